"""A GIFT file to one pack. Every fault is named with its line, and all good questions are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from packc.ast.pack import Section
from packc.ast.question import ClozeQuestion, Question
from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BankRepaired, EmptyBank, QuestionLeftOut
from packc.importers.base import Given, Info, Made
from packc.importers.gift import INFO
from packc.importers.gift.answers import Answers
from packc.importers.gift.escapes import hidden, shown, written
from packc.importers.gift.paragraphs import Category, Paragraphs, Raw, line_span
from packc.importers.gift.question import Parts, name_of, taken_apart
from packc.intake.bank import Entry, description, one_line, pack_of, section_depth
from packc.intake.cloze import cloze_blocks, is_blank
from packc.intake.fault import LeftOut
from packc.intake.ids import Ids
from packc.intake.moodle import HEADING_SHIFT, category_path, clean_tag, named, prompt_of, words_of
from packc.intake.pictures import Pictures
from packc.intake.remarks import Remarks
from packc.intake.richtext import Setting, span_place
from packc.reader.grammar import DEFAULT, Grammar
from packc.reader.pack import check_source
from packc.source import SourceFile, Span

_SIGNS = re.compile(r"(?m)^[ \t]*(?:::[^\n]*?::|\$CATEGORY:)")
_ANSWERS = re.compile(r"\{\s*(?:[=~#][^{}]*|T|TRUE|F|FALSE|>[0-9][^{}]*)(?:#[^{}]*)?\}")
_MARKDOWN = re.compile(r"^---\n|^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)


class GiftImporter:
    """Reads what Moodle reads, and what it was meant to read."""

    @property
    def info(self) -> Info:
        return INFO

    def recognises(self, given: Given) -> bool:
        """Tell whether there is a name, a category, or in a text without headings answers in braces."""
        text = given.source.text
        if given.source.name.lower().endswith(".gift"):
            return True
        if text.startswith("---\n"):
            return False
        if _SIGNS.search(text):
            return True
        return not _MARKDOWN.search(text) and _ANSWERS.search(hidden(text)) is not None

    def read(
        self,
        given: Given,
        sink: Sink,
        *,
        fallback_id: str,
        grammar: Grammar = DEFAULT,  # noqa: ARG002 (GIFT has no labels)
    ) -> Sequence[Made]:
        """Return the one pack that the file makes."""
        check_source(given.source, sink)
        if any(fault.kind == "encoding" for fault in given.source.faults):
            return ()
        bank = _Bank(given, sink)
        entries = bank.entries()
        if not any(not isinstance(entry.part, Section) for entry in entries):
            if not sink.has_errors:
                sink.report(EmptyBank(), given.source.span(0, given.source.line_end(0)))
            return ()
        place = given.source.span(0, given.source.line_end(0))
        pack = pack_of(entries, title=given.stem, fallback_id=fallback_id, span=place)
        return (Made(pack, bank.pictures.files),)


class _Bank:
    """One file while it is read."""

    def __init__(self, given: Given, sink: Sink) -> None:
        self._source: SourceFile = given.source
        self._sink = sink
        self._remarks = Remarks(sink)
        self._ids = Ids(sink)
        self.pictures = Pictures(sink, given.limits)

    def entries(self) -> list[Entry]:
        """Return the questions and texts with their categories."""
        paragraphs = Paragraphs(self._source, self._sink)
        found = list(paragraphs.cut())
        paths = self._paths(found)
        setting = Setting(
            self._remarks,
            lambda element: self.pictures.take(element, lambda _path: None, self._here),
            heading_shift=HEADING_SHIFT,
            least_level=3 + section_depth(path for path, one in paths if isinstance(one, Raw)),
        )
        entries = []
        for path, one in paths:
            if isinstance(one, Raw):
                part = self._part(one, setting)
                entries += [Entry(path, part)] if part is not None else []
        for comment in paragraphs.comments:
            self._remarks.setting("a comment", comment)
        self._remarks.finish()
        return entries

    _here: Span | None = None

    def _paths(self, found: list[Category | Raw]) -> list[tuple[tuple[str, ...], Category | Raw]]:
        path: tuple[str, ...] = ()
        paths = []
        for one in found:
            if isinstance(one, Category):
                path = category_path(one.written.replace("\\\\", "\\"))
            paths.append((path, one))
        return paths

    def _part(self, raw: Raw, setting: Setting) -> Question | Section | None:
        """Return the question or text that a paragraph holds, or None after reporting why it is left out."""
        self._here = raw.span
        name = one_line(shown(name_of(raw)))
        try:
            parts = taken_apart(raw)
            answers = Answers(self._source, setting, parts.text.format or "moodle")
            if parts.block is not None and is_blank("{" + shown(parts.block.text) + "}"):
                return self._cloze(raw, parts, setting)
            if parts.remark:
                self._sink.report(BankRepaired(parts.remark, "it is text here"), raw.span)
            if parts.block is None:
                return self._text(parts, answers, raw)
            return self._question(raw, parts, answers, setting)
        except LeftOut as fault:
            place = raw.span if fault.line is None else line_span(self._source, fault.line, fault.line)
            self._sink.report(QuestionLeftOut(name or raw.id, str(fault)), place)
        return None

    def _text(self, parts: Parts, answers: Answers, raw: Raw) -> Section | None:
        blocks = answers.blocks(parts.text)
        name = one_line(shown(parts.name))
        if not blocks and not name:
            return None
        return description(name, blocks, raw.span)

    def _question(self, raw: Raw, parts: Parts, answers: Answers, setting: Setting) -> Question:
        prompt = answers.blocks(parts.text)
        explanation = answers.blocks(parts.general) if parts.general else ()
        shared = self._shared(raw, one_line(shown(parts.name)), words_of(prompt), setting)
        called = named(shared["id"], one_line(shown(parts.name)), explanation)
        shared |= {
            "title": called.title,
            "prompt": prompt_of(prompt, called.title),
            "solution": called.explanation,
        }
        if not shared["prompt"]:
            raise LeftOut("it asks nothing", raw.lines[0].number)
        return answers.question(parts.block, shared)

    def _cloze(self, raw: Raw, parts: Parts, setting: Setting) -> Question:
        """Return a question that is a Cloze text: its braces are blanks, not answers."""
        what = "a Cloze question, which GIFT does not have"
        self._sink.report(BankRepaired(what, "it is read as the one that it was meant to be"), raw.span)
        text = "\n".join(line.hidden for line in raw.lines)
        if text.startswith("::") and text.find("::", 2) > 0:
            text = text[text.find("::", 2) + 2 :]
        text = re.sub(r"^\s*\[(?:html|moodle|plain|markdown)\]", "", text)
        blocks = cloze_blocks(_cloze_escapes(text), setting, span_place(raw.span), raw.span)
        shared = self._shared(raw, one_line(shown(parts.name)), words_of(blocks), setting)
        called = named(shared["id"], one_line(shown(parts.name)), ())
        return ClozeQuestion(**shared, title=called.title, text=blocks)

    def _shared(self, raw: Raw, name: str, words: str, setting: Setting) -> dict[str, Any]:
        tags = tuple(dict.fromkeys(clean_tag(tag, setting, raw.span) for tag in raw.tags if tag.strip()))
        return {
            "id": self._ids.give(raw.id, name, words, raw.span),
            "tags": tags,
            "span": raw.span,
        }


def _cloze_escapes(text: str) -> str:
    """Return a hidden text as Cloze reads it: the escapes of both languages for the same characters."""
    return re.sub(r"\\([={:])", r"\1", written(text))
