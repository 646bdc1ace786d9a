"""What no case file can show of footnotes: how much they may be."""

from __future__ import annotations

from packc.diagnostics import Sink
from packc.limits import LIMITS
from packc.reader.pack import read_pack
from packc.source import SourceFile


def _codes(text: str) -> set[str]:
    sink = Sink()
    read_pack(SourceFile.from_text(text, name="n.md"), sink, fallback_id="n")
    return {found.code for found in sink}


def test_a_long_note_is_not_repeated_without_end() -> None:
    words = 2_000
    note = "\n\n[^a]: " + "word " * words + "\n"
    fitting = LIMITS.question_characters // (5 * words)
    assert "PK310" not in _codes("[^a] " * fitting + note)
    assert "PK310" in _codes("[^a] " * (fitting + 2) + note)
