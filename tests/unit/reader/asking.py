"""One question, read, with what packc says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from packc.ast.question import Question
from packc.diagnostics import Diagnostic, Fix, Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile

HEAD = "---\nid: made\nnamespace: example\nlang: {}\n---\n\n## Q1. Title\n\n"


class Asked(NamedTuple):
    question: Question
    text: str
    found: Sequence[Diagnostic]

    @property
    def said(self) -> list[tuple[str, str]]:
        """The code of each diagnostic, and the text that it points to."""
        return [
            (each.code, self.text[each.span.start : each.span.end] if each.span else "")
            for each in self.found
        ]

    @property
    def messages(self) -> list[str]:
        return [f"{each.rule.message()} {each.rule.help()}" for each in self.found]

    @property
    def remedies(self) -> list[Fix]:
        return [each.fix for each in self.found if each.fix]

    def after(self, fix: Fix) -> str:
        """Return the source with `fix` applied."""
        text = self.text
        for edit in sorted(fix.edits, key=lambda each: each.span.start, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        return text


def ask(body: str, *, lang: str = "en") -> Asked:
    """Return the one question whose text below the heading is `body`."""
    source = SourceFile.from_text(HEAD.format(lang) + body, name="made.md")
    sink = Sink()
    (question,) = read_pack(source, sink, fallback_id="made").parts
    assert isinstance(question, Question)
    found = sorted(sink, key=lambda each: (each.span.start if each.span else -1, each.code))
    return Asked(question, source.text, found)
