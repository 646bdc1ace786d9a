"""The order of a package: sections of its test, or its items one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from packc.ast.pack import Part, Section
from packc.ast.question import ClozeQuestion, Question
from packc.ast.richtext import Blocks, Text
from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import QuestionLeftOut
from packc.importers.qti.documents import Document, Documents
from packc.importers.qti.item import Item, Reading
from packc.importers.qti.manifest import Manifest
from packc.intake.bank import DEEPEST, line_of_text, one_line, without_headings
from packc.intake.fault import LeftOut
from packc.intake.ids import Ids
from packc.intake.pictures import Pictures
from packc.intake.remarks import Remarks
from packc.intake.richtext import Setting, element_blocks
from packc.intake.tree import Element
from packc.intake.xml import line_span
from packc.limits import Limits


class Outline:
    """Reads the items of one package in their order."""

    def __init__(self, documents: Documents, manifest: Manifest, sink: Sink, limits: Limits) -> None:
        self.pictures = Pictures(sink, limits)
        self._documents = documents
        self._manifest = manifest
        self._sink = sink
        self._remarks = Remarks(sink)
        depth = _depth(manifest.test.root) if manifest.test else 0
        setting = Setting(self._remarks, lambda _element: None, least_level=3 + min(depth, DEEPEST))
        self._reading = Reading(setting, Ids(sink), self._picture)
        self._done: set[str] = set()
        self._stimuli: dict[str, Blocks] = {}  # by the question's id

    def finish(self) -> None:
        self._remarks.finish()

    def parts(self) -> tuple[tuple[Part, ...], Blocks]:
        """Return the questions and sections, and the text before them."""
        intro: Blocks = ()
        found: tuple[Part, ...] = ()
        test = self._manifest.test
        if test is not None:
            holders = list(test.root.elements("testPart")) or [test.root]
            if test.root.name == "assessmentSection":
                holders = [test.root]
            tops = [each for holder in holders for each in self._children(holder)]
            while len(tops) == 1 and tops[0].name == "assessmentSection" and self._is_outer(tops[0]):
                intro += self._text(tops[0], test)
                tops = self._children(tops[0])
            found = self._run(tops, test, 0)
        rest = [each for each in self._manifest.items if each.path not in self._done and each is not test]
        return found + tuple(part for each in rest for part in self._items(each)), intro

    def _is_outer(self, section: Element) -> bool:
        """Tell whether a section is only the frame around a whole test."""
        title, own = one_line(section.get("title")), self._manifest.title
        has_inner = any(True for _ in section.elements("assessmentSection"))
        return not title or title == own or title.endswith(f" / {own}") or has_inner

    def _children(self, holder: Element) -> list[Element]:
        return list(holder.elements("assessmentSection", "assessmentItemRef", "assessmentItem", "sectionRef"))

    def _run(self, elements: Sequence[Element], test: Document, depth: int) -> tuple[Part, ...]:
        found: list[Part] = []
        for element in elements:
            if element.name == "assessmentSection":
                found += self._section(element, test, depth)
            else:
                path = test.resolve(element.get("href")) if element.get("href") else ""
                document = self._documents.get(path) if path else None
                if document is None:
                    why = f"its file `{element.get('href')}` is not there, or is broken"
                    self._left_out(element.get("identifier"), LeftOut(why), test, element)
                    continue
                found += self._items(document)
        return tuple(found)

    def _section(self, element: Element, test: Document, depth: int) -> tuple[Part, ...]:
        title = line_of_text(element.get("title")) or (Text("…"),)
        text = self._text(element, test)
        if depth >= DEEPEST:  # deeper headings would be too deep for their questions
            inner = self._run(self._children(element), test, depth)
            return (Section(title=title, blocks=text, span=test.span(element)), *inner)
        parts = self._run(self._children(element), test, depth + 1)
        shared = self._shared_text(parts)
        if shared and not text:
            asked = tuple(replace(each, prompt=each.prompt[len(shared) :]) for each in _questions(parts))
            return (Section(title=title, stimulus=True, blocks=shared, parts=asked),)
        return (Section(title=title, blocks=text, parts=parts, span=test.span(element)),)

    def _shared_text(self, parts: Sequence[Part]) -> Blocks:
        """Return the text that all questions of a section begin with, if it is marked as shared."""
        asked = _questions(parts)
        texts = [self._stimuli.get(each.id, ()) for each in asked]
        if len(asked) < len(parts) or not texts or any(text != texts[0] for text in texts):
            return ()
        shared = without_headings(texts[0])
        rest = [each.prompt[len(shared) :] or isinstance(each, ClozeQuestion) for each in asked]
        return shared if all(rest) and shared == texts[0] else ()

    def _text(self, element: Element, test: Document) -> Blocks:
        found: Blocks = ()
        for rubric in element.elements("rubricBlock"):
            reading = self._reading.setting._replace(picture=lambda one: self._picture(test, one))
            children = [child for part in [rubric] for child in part.children]
            found += element_blocks(children, reading, lambda line: line_span(test.source, line))
        return without_headings(found)

    def _items(self, document: Document) -> list[Part]:
        if document.path in self._done and document.path:
            place = document.span(document.root)
            self._remarks.lost("an item that stands in the test twice", "it is here once", place)
            return []
        self._done.add(document.path)
        if document.root.name == "questestinterop":
            from packc.importers.qti.version1 import Version1

            return Version1(document, self._reading, self._sink).parts()
        try:
            if document.root.name != "assessmentItem":
                raise LeftOut(f"it is a `{document.root.name}`")
            item = Item(document, self._reading)
            part = item.question(self._manifest.metadata(document.path))
            if not isinstance(part, Section):
                self._stimuli[part.id] = item.stimulus()
            return [part]
        except LeftOut as fault:
            name = one_line(document.root.get("title")) or document.root.get("identifier")
            self._left_out(name, fault, document, document.root)
            return []

    def _left_out(self, name: str, fault: LeftOut, document: Document, element: Element) -> None:
        line = element.line if fault.line is None else fault.line
        self._sink.report(QuestionLeftOut(name, str(fault)), line_span(document.source, line))

    def _picture(self, document: Document, element: Element) -> str | None:
        def find(path: str) -> bytes | None:
            beside = document.resolve(path.replace("%", "%25"))
            for place in (beside, path, f"web_resources/{path}"):  # the last two as Canvas has them
                data = self._documents.data(place)
                if data is not None:
                    return data
            return None

        path = self.pictures.take(element, find, document.span(element))
        sizes = (element.get("width"), element.get("height"))
        if path is not None and sizes == tuple(map(str, self.pictures.sizes.get(path, ()))):
            for name in ("width", "height"):  # the picture's own
                element.attributes.pop(name, None)
        return path


def _depth(test: Element) -> int:
    """Return how deep sections stand in each other."""
    deepest, waiting = 0, [(test, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(each, depth + (each.name == "assessmentSection")) for each in node.elements()]
    return max(deepest - 1, 0)


def _questions(parts: Sequence[Part]) -> list[Question]:
    return [part for part in parts if not isinstance(part, Section)]
