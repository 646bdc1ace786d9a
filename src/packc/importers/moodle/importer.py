"""A Moodle XML file to one pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from packc.ast.pack import Pack, Section
from packc.ast.question import Question
from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BrokenXml, EmptyBank, QuestionLeftOut
from packc.importers.base import Given, Info, Made
from packc.importers.moodle import INFO
from packc.importers.moodle.about import About
from packc.importers.moodle.kinds import KINDS
from packc.importers.moodle.texts import Reading, flag, number, written
from packc.intake.bank import Entry, description, line_of_text, one_line, pack_of, section_depth, shared_path
from packc.intake.cloze import begins_blank
from packc.intake.fault import LeftOut
from packc.intake.ids import Ids
from packc.intake.moodle import category_path, clean_tag, named, prompt_of, words_of
from packc.intake.tree import Element
from packc.intake.xml import line_span, parse_xml, root_name, whole_elements
from packc.reader.grammar import DEFAULT, Grammar
from packc.reader.pack import check_source
from packc.source import SourceFile

# What is read, or says nothing about the question.
_READ = frozenset(
    [
        *("name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags"),
        *(
            "hint",
            "answer",
            "subquestion",
            "single",
            "shuffleanswers",
            "correctfeedback",
            "incorrectfeedback",
        ),
        *("partiallycorrectfeedback", "usecase", "units", "unitgradingtype", "unitpenalty", "showunits"),
        *("unitsleft", "responsefieldlines", "minwordlimit", "maxwordlimit", "graderinfo", "attachments"),
        *("responsetemplate", "selectoption", "dragbox", "shownumcorrect", "showstandardinstruction"),
        *("attachmentsrequired", "maxbytes", "filetypeslist", "responserequired", "layouttype", "selecttype"),
        *("selectcount", "category", "info"),
    ]
)
_USUAL = {
    "answernumbering": ("abc", ""),
    "responseformat": ("editor", ""),
    "gradingtype": ("ABSOLUTE_POSITION", ""),
    "showgrading": ("SHOW", "1", ""),
    "numberingstyle": ("none", ""),
}
_USUAL_PENALTIES = ("", "0", "0.0000000", "0.3333333", "0.333333", "1", "1.0000000")


class MoodleImporter:
    """Reads what Moodle exports."""

    @property
    def info(self) -> Info:
        return INFO

    def recognises(self, given: Given) -> bool:
        """Tell whether the root element is `quiz`."""
        return root_name(given.source.text) == "quiz"

    def read(
        self,
        given: Given,
        sink: Sink,
        *,
        fallback_id: str,
        grammar: Grammar = DEFAULT,  # noqa: ARG002 (XML has no labels)
    ) -> Sequence[Made]:
        """Return the one pack that the file makes."""
        check_source(given.source, sink)
        root = None if sink.has_errors else _root(given.source, sink)
        if root is None:
            return ()
        bank = _Bank(given, sink)
        entries = bank.entries(root)
        bank.read.remarks.finish()
        place = given.source.span(0, given.source.line_end(0))
        if not any(not isinstance(entry.part, Section) for entry in entries):
            if not sink.has_errors:
                sink.report(EmptyBank(), place)
            return ()
        pack = pack_of(entries, title=given.stem, fallback_id=fallback_id, span=place)
        return (Made(bank.described(pack, entries), bank.read.pictures.files),)


def _root(source: SourceFile, sink: Sink) -> Element | None:
    """Return the root of the file; if that is broken, one with the questions that are whole."""
    told = Sink()
    root = parse_xml(source, told)
    if root is None and all(isinstance(found.rule, BrokenXml) for found in told):
        before = len(list(sink))
        root = whole_elements(source, sink, "question")
        if len(list(sink)) > before:  # it named each fault
            return root
    sink.adopt(told)
    return root


class _Bank:
    """One file while it is read."""

    def __init__(self, given: Given, sink: Sink) -> None:
        self.read = Reading.of(given, sink)
        self._sink = sink
        self._ids = Ids(sink)
        self._about = About()

    def entries(self, root: Element) -> list[Entry]:
        """Return the questions and texts with their categories."""
        path: tuple[str, ...] = ()
        found: list[tuple[tuple[str, ...], Element]] = []
        for element in root.elements():
            if element.name != "question":
                self.read.remarks.setting(f"`<{element.name}>`", self.read.span(element))
            elif element.get("type") == "category":
                category = element.child("category")
                path = category_path(written(category)) if category is not None else ()
                self._about.take(path, element, self.read)
            else:
                found.append((path, element))
        self.read = self.read._replace(least_level=3 + section_depth(path for path, _ in found))
        entries = []
        for path, element in found:
            part = self._part(element)
            entries += [Entry(path, part)] if part is not None else []
        return entries

    def described(self, pack: Pack, entries: Sequence[Entry]) -> Pack:
        """Return the pack with what its category says about it."""
        shared = shared_path(dict.fromkeys(entry.path for entry in entries))
        meta = self._about.meta(pack.meta, shared, self.read)
        return replace(pack, meta=meta)

    def _part(self, element: Element) -> Question | Section | None:
        name = one_line(element.said("name") if element.child("name") else "")
        kind = element.get("type")
        span = self.read.span(element)
        try:
            if kind == "description":
                return self._text(element, name)
            if kind not in KINDS:
                raise LeftOut(f"no pack has questions of the type `{kind}`")
            shared = self._shared(element, name, kind)
            self._settings(element)
            return KINDS[kind](element, self.read, shared)
        except LeftOut as fault:
            place = span if fault.line is None else line_span(self.read.source, fault.line)
            self._sink.report(QuestionLeftOut(name or element.said("idnumber"), str(fault)), place)
        return None

    def _text(self, element: Element, name: str) -> Section:
        blocks = self.read.blocks(element.child("questiontext"))
        more = self.read.blocks(element.child("generalfeedback"))
        return description(name, (*blocks, *more), self.read.span(element))

    def _shared(self, element: Element, name: str, kind: str) -> dict[str, Any]:
        """Return what questions of all kinds have."""
        read, span = self.read, self.read.span(element)
        text = element.child("questiontext")
        is_cloze = kind in ("cloze", "multianswer", "gapselect", "ddwtos")
        if text is not None and not is_cloze and begins_blank(written(text)):
            read.remarks.lost("what looks like a Cloze blank", "in a question of this type it is text", span)
        prompt = () if is_cloze else read.blocks(text)
        words = words_of(prompt) if prompt else one_line(written(text) if text is not None else "")
        identifier = self._ids.give(element.said("idnumber"), name, words, span)
        called = named(identifier, name, read.blocks(element.child("generalfeedback")))
        asks = prompt_of(prompt, called.title or line_of_text(name))
        if not asks and not is_cloze:
            raise LeftOut("it asks nothing")
        grade = number(element.said("defaultgrade"))
        setting, _ = read.setting(element)
        tags = (
            each.said("text") or each.text()
            for holder in element.elements("tags")
            for each in holder.elements()
        )
        return {
            "id": identifier,
            "title": called.title,
            "prompt": asks,
            "solution": called.explanation,
            "hints": tuple(hint for each in element.elements("hint") if (hint := read.blocks(each))),
            "tags": tuple(dict.fromkeys(clean_tag(tag, setting, span) for tag in tags if tag.strip())),
            "points": grade if grade is not None and grade > 0 and (is_cloze or grade != 1) else None,
            "shuffle": False if flag(element, "shuffleanswers") is False and kind != "ordering" else None,
            "span": span,
        }

    def _settings(self, element: Element) -> None:
        """Remember the settings that a pack has no word for, where they are not the usual ones."""
        remarks = self.read.remarks
        for child in element.elements():
            place = self.read.span(child)
            said = child.text().strip()
            if child.name in _USUAL:
                if said not in _USUAL[child.name]:
                    remarks.setting(f"`<{child.name}>`", place)
            elif child.name not in _READ and said:
                remarks.setting(f"`<{child.name}>`", place)
        if element.said("penalty") not in _USUAL_PENALTIES:
            remarks.setting("`<penalty>`", self.read.span(element))
        if flag(element, "hidden"):
            remarks.setting("that a question is hidden", self.read.span(element))
        for hint in element.elements("hint"):
            if any(child.name in ("clearwrong", "shownumcorrect") for child in hint.elements()):
                remarks.setting("what a hint does besides its text", self.read.span(hint))
