"""Footnotes: the definitions of a file, read where they are referred to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from packc.ast.richtext import Blocks, Footnote
from packc.diagnostics import Label
from packc.diagnostics.rules.footnotes import (
    EmptyFootnote,
    FootnoteInFootnote,
    FootnotesTooLarge,
    FootnoteTwice,
    UnknownFootnote,
    UnusedFootnote,
)
from packc.limits import LIMITS
from packc.reader.grammar import fold
from packc.source import Span

if TYPE_CHECKING:
    from packc.reader.markdown import Note
    from packc.reader.richtext import RichTextReader


class NoteReader:
    """The footnotes of one file. A note stands in the tree wherever it is referred to."""

    def __init__(self, reader: RichTextReader, notes: Sequence[Note]) -> None:
        self._reader = reader
        self._notes: dict[str, Note] = {}
        self._read: dict[str, Blocks] = {}
        self._inside = ""  # the label of the note that is being read
        self._size = 0  # of all notes as often as they are referred to
        for note in notes:
            first = self._notes.setdefault(fold(note.label), note)
            if first is not note:
                labels = (Label(self._place(first), "the first one is here"),)
                reader.sink.report(FootnoteTwice(note.label), self._place(note), labels=labels)

    def footnote(self, label: str, span: Span) -> Footnote | None:
        """Return the footnote for a reference at `span`; report why there is none and return None."""
        folded = fold(label)
        note = self._notes.get(folded)
        report = self._reader.sink.report
        if note is None:
            report(UnknownFootnote(label), span)
            return None
        if self._inside:
            self._read.setdefault(folded, ())
            report(FootnoteInFootnote(label, self._inside), span)
            return None
        if not self._read.get(folded):
            self._inside = label
            self._read[folded] = self._blocks(note)
            self._inside = ""
        blocks = self._read[folded]
        self._size += sum(block.span.end - block.span.start for block in blocks if block.span)
        if self._size > LIMITS.question_characters:
            report(FootnotesTooLarge(LIMITS.question_characters), span)
            return None
        return Footnote(note.label, blocks, span=span)

    def report_unused(self) -> None:
        for folded, note in self._notes.items():
            if folded not in self._read:
                self._reader.sink.report(UnusedFootnote(note.label), self._place(note))

    def _blocks(self, note: Note) -> Blocks:
        if not note.tokens:
            self._reader.sink.report(EmptyFootnote(note.label), self._place(note))
            return ()
        return self._reader.all_blocks(note.tokens)

    def _place(self, note: Note) -> Span:
        return self._reader.source.span(*note.place)
