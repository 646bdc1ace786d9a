"""Footnotes: the definitions of a file, read where they are referred to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from packc.ast.richtext import Blocks, Footnote
from packc.diagnostics import Label, Sink
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
from packc.source import SourceFile, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from packc.reader.markdown import Note


class NoteReader:
    """The footnotes of one file. A note stands in the tree wherever it is referred to.

    What reads a note's text is given with each reference: kept here, it and this would hold each other, and
    the source with them.
    """

    def __init__(self, source: SourceFile, sink: Sink, notes: Sequence[Note]) -> None:
        self._source = source
        self._sink = sink
        self._notes: dict[str, Note] = {}
        self._read: dict[str, Blocks] = {}
        self._inside = ""  # the label of the note that is being read
        self._size = 0  # of all notes as often as they are referred to
        for note in notes:
            first = self._notes.setdefault(fold(note.label), note)
            if first is not note:
                labels = (Label(self._place(first), "the first one is here"),)
                sink.report(FootnoteTwice(note.label), self._place(note), labels=labels)

    def footnote(self, label: str, span: Span, read: Callable[[list[Token]], Blocks]) -> Footnote | None:
        """Return the footnote for a reference at `span`; report why there is none and return None.

        `read` makes blocks of tokens.
        """
        folded = fold(label)
        note = self._notes.get(folded)
        report = self._sink.report
        if note is None:
            report(UnknownFootnote(label), span)
            return None
        if self._inside:
            self._read.setdefault(folded, ())
            report(FootnoteInFootnote(label, self._inside), span)
            return None
        if not self._read.get(folded):
            self._inside = label
            self._read[folded] = self._blocks(note, read)
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
                self._sink.report(UnusedFootnote(note.label), self._place(note))

    def _blocks(self, note: Note, read: Callable[[list[Token]], Blocks]) -> Blocks:
        if not note.tokens:
            self._sink.report(EmptyFootnote(note.label), self._place(note))
            return ()
        return read(note.tokens)

    def _place(self, note: Note) -> Span:
        return self._source.span(*note.place)
