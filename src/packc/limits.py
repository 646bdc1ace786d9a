"""How large and how deep a source may be. Each limit has a diagnostic of its own."""

from __future__ import annotations

from packc.named import NamedTuple


class Limits(NamedTuple):
    """Sizes are bytes for files and images, characters for lines and questions."""

    file_bytes: int = 32 * 1024 * 1024
    question_characters: int = 512 * 1024
    line_characters: int = 512 * 1024
    nesting: int = 32
    yaml_characters: int = 64 * 1024
    yaml_depth: int = 32
    image_bytes: int = 10 * 1024 * 1024
    image_pixels: int = 40_000_000


LIMITS = Limits()
