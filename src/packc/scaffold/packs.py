"""A new pack, and where a question is added to one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from packc.ast.kinds import Kind
from packc.ast.pack import Pack, questions
from packc.reader.headings import HeadingLine
from packc.reader.ids import next_id
from packc.scaffold.questions import question_text
from packc.source import SourceFile
from packc.writer.labels import CANONICAL


def pack_id(name: str) -> str:
    """Return the id that fits a pack's name, or '' if none of its letters can stand in an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[:64].strip("-")


def pack_text(
    identifier: str, title: str, kind: Kind, own: Mapping[str, str], required: tuple[str, ...]
) -> str:
    """Return a pack with one question of `kind` to write over. `own` are the project's labels by field."""

    def label(key: str) -> str:
        return own.get(key) or CANONICAL.get(key, key)

    # A bracket that opens stays: with a backslash it would be a formula.
    heading = re.sub(r"([\\`*_\]<$~^={])", r"\\\1", " ".join(title.split()))
    head = f"---\nid: {identifier}\n---\n\n# {heading}\n\n"
    return head + question_text("## Q1. A title that is shown after answering", kind, label, required)


def further_question(
    source: SourceFile,
    pack: Pack,
    kind: Kind,
    own: Mapping[str, str],
    required: tuple[str, ...],
    released: Iterable[str] = (),
) -> tuple[str, str]:
    """Return the id of a further question of `kind`, and the text to put at the end of the source.

    Labels are the author's: where the pack has others than packc's, the project's (`own`) serve for what it
    has not used yet. `released` are ids that learners know, those of removed questions too.
    """

    def label(key: str) -> str:
        others = own if pack.labels.keys() & CANONICAL.keys() else {}
        return pack.labels.get(key) or others.get(key) or CANONICAL.get(key, key)

    asked = list(questions(pack))
    retired = [alias for question in asked for alias in question.aliases] + _ids_in_headings(source)
    retired += released
    identifier = next_id([question.id for question in asked], retired)
    marks = "##"
    if asked and asked[-1].span:
        heading = source.text[asked[-1].span.start : asked[-1].span.end]
        marks = heading[: len(heading) - len(heading.lstrip("#"))] or marks
    heading = f"{marks} {identifier}. A title that is shown after answering"
    wanted = dict.fromkeys((*required, *pack.meta.required))
    above = source.text
    gap = "" if above.endswith("\n\n") else "\n" if above.endswith("\n") else "\n\n"
    return identifier, gap + question_text(heading, kind, label, wanted)


def _ids_in_headings(source: SourceFile) -> list[str]:
    """Return every id that a heading begins with, also of what is no question (yet)."""
    texts = re.findall(r"^#{1,6}[ \t]+(.*)$", source.text, re.MULTILINE)
    lines = (HeadingLine(2, text, (), source.span(0, 0)) for text in texts)
    return [found for line in lines if (found := line.leading_id() or line.anchor_id())]
