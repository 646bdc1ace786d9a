"""Our own packs, written and read again; and texts that need an escape, or need none."""

from __future__ import annotations

from pathlib import Path

import pytest

from packc.ast.pack import Pack
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.escape import Place, resolve
from packc.writer.marks import text
from packc.writer.pack import write

PACKS = sorted((Path(__file__).parents[3] / "content").rglob("*.md"))


def read(markdown: str) -> Pack:
    return read_pack(SourceFile.from_text(markdown, name="pack.md"), Sink(), fallback_id="pack")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_our_own_packs_are_written_as_they_are(path: Path) -> None:
    pack = read(path.read_text(encoding="utf-8"))
    written = write(pack)
    assert read(written) == pack
    assert write(read(written)) == written


@pytest.mark.parametrize(
    "plain",
    [
        "snake_case and 2 * 3, or a*b",
        "it costs $5, or $10",
        "x^2 and ~5 and a < b & c > d",
        "a == b and c == d",
        "[see] (this), f(x)[0], C# and {a}",
        "1.5 and - no list",
    ],
)
def test_what_does_no_harm_is_not_escaped(plain: str) -> None:
    assert resolve(text(plain), Place.PARAGRAPH) == plain


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("*a*", r"\*a\*"),
        ("_a_", r"\_a\_"),
        ("$x$", r"\$x$"),
        ("`x`", r"\`x\`"),
        ("[a](b)", r"[a\](b)"),
        ("# a\n", r"\# a&#10;"),
        ("- a", r"\- a"),
        ("3. a", r"3\. a"),
        ("<b>", r"\<b>"),
        ("&amp;", r"\&amp;"),
        (" a ", "&#32;a&#32;"),
        ("a\\", "a\\\\"),
    ],
)
def test_what_would_be_syntax_is_escaped(plain: str, written: str) -> None:
    assert resolve(text(plain), Place.PARAGRAPH) == written
