"""The limits are those that the format reference promises."""

from __future__ import annotations

from packc.limits import LIMITS, Limits
from tests.support.judges import ROOT

PROMISES = (
    "File 32 MiB; question and line 512 Ki characters; lists and quotes 32 deep; "
    "front matter 64 Ki characters and 32 deep"
)


def test_the_limits_are_what_the_reference_says() -> None:
    kibi = 1024
    assert (
        Limits(
            file_bytes=32 * kibi * kibi,
            question_characters=512 * kibi,
            line_characters=512 * kibi,
            nesting=32,
            yaml_characters=64 * kibi,
            yaml_depth=32,
            image_bytes=10 * kibi * kibi,
            image_pixels=40_000_000,
        )
        == LIMITS
    )
    reference = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    assert PROMISES in reference
    assert "up to 10 MiB and 40 megapixels" in reference
