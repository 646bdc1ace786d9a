"""Texts that make careless parsers slow: what is twice as long may not take much more than twice the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

SIZE = 100_000  # characters, and twice that: start-up no longer counts, and both are within the limits


class Hostile(NamedTuple):
    """`text` makes a text of so many characters; `field` is what stands before it in its question."""

    name: str
    text: Callable[[int], str]
    field: str = ""


def _again(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def _numbered(piece: str) -> Callable[[int], str]:
    return lambda size: "".join(piece.format(number) for number in range(size // len(piece)))


HOSTILE = (
    Hostile("brackets that open", _again("[")),
    Hostile("images that open", _again("![")),
    Hostile("stars and underscores", _again("*a_ ")),
    Hostile("tags", _again("<b>")),
    Hostile("braces that open", _again("{{a")),
    Hostile("blanks", _again("{{a}} "), "**Cloze:** "),
    Hostile("formulas that open", _again("\\(")),
    Hostile("marks of footnotes", _numbered("[^{}]")),
    Hostile("lines", _again("a\n")),
    Hostile("quotes with lazy lines", _again("> a\nb\n\n")),
    Hostile("items", _again("1. a\n")),
    Hostile("definitions", _again("a\n: b\n\n")),
)


_HEAD = "---\nid: h\nnamespace: h\n---\n\n# H\n\n## Q1. A\n\nWhat?\n\n"


def packs(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield the name of each text, a pack that holds it, and one that holds twice as much."""
    for number, hostile in enumerate(HOSTILE):
        small, large = (folder / f"hostile{number}-{times}.md" for times in (1, 2))
        for file, size in ((small, SIZE), (large, 2 * SIZE)):
            text = f"{_HEAD}{hostile.field}{hostile.text(size)}\n\n**Solution:** b\n"
            file.write_text(text, encoding="utf-8")
        yield hostile.name, small, large
