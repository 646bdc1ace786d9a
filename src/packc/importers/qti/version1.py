"""QTI 1.2: files of Canvas, Blackboard, Sakai and others, and the quizzes of Common Cartridges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from packc.ast.pack import Part, Section
from packc.ast.question import Feedback, OpenQuestion, Question
from packc.ast.richtext import Blocks
from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import QuestionLeftOut
from packc.importers.qti import answers1
from packc.importers.qti.documents import Document
from packc.importers.qti.scoring1 import Scoring
from packc.intake.bank import description, line_of_text, one_line
from packc.intake.credit import decimal
from packc.intake.fault import LeftOut
from packc.intake.ids import Ids
from packc.intake.moodle import named, prompt_of, words_of
from packc.intake.remarks import Remarks
from packc.intake.richtext import Setting, html_blocks, plain_blocks
from packc.intake.tree import Element
from packc.intake.xml import line_span
from packc.reader.headings import ID
from packc.source import Span

_KNOWN = ("response_lid", "response_str", "response_num")
RESPONSES = (*_KNOWN, "response_grp", "response_xy", "response_extension")
_BASE = re.compile(r"^(?:%24|\$)IMS-CC-FILEBASE(?:%24|\$)/", re.IGNORECASE)
_TELLS = re.compile(r"[0-9._-]")  # an id rather than a word


class Item1:
    """One item of QTI 1.2 while it is read."""

    def __init__(self, document: Document, root: Element, setting: Setting, ids: Ids) -> None:
        self.root = root
        self.document = document
        self.setting = setting
        self.remarks: Remarks = setting.remarks
        self.span = document.span(root)
        self.scoring = Scoring.of(root)
        self._ids = ids
        fields = root.below("qtimetadatafield")
        self._fields = {each.said("fieldlabel").lower(): each.said("fieldentry") for each in fields}

    @property
    def kind(self) -> str:
        """What the item says it is, in the words of Canvas or of a Common Cartridge; '' for nothing."""
        return self._fields.get("question_type") or self._fields.get("cc_profile") or ""

    def place(self, line: int) -> Span:
        return line_span(self.document.source, line)

    def material(self, *holders: Element) -> Blocks:
        """Return the texts and images of some `material` elements as blocks."""
        found: Blocks = ()
        for holder in holders:
            for each in holder.walk():
                if each.name in ("mattext", "matemtext"):
                    found += self.text(each)
                elif each.name == "matimage":
                    source = each.get("uri") or each.get("label")
                    sizes = {key: each.get(key) for key in ("width", "height") if each.get(key)}
                    image = Element("img", {"src": source, "alt": each.get("label"), **sizes}, line=each.line)
                    found += _image(self, image)
                elif each.name in ("mataudio", "matvideo", "matapplet", "matapplication"):
                    self.remarks.element(each.name, "it is left out", self.document.span(each))
        return found

    def text(self, element: Element) -> Blocks:
        """Return a `mattext` as blocks."""
        first = element.line
        text_type = element.get("texttype", "text/plain").lower()
        if "html" in text_type or any(element.elements()):
            written = element.text() if not any(element.elements()) else _markup(element)
            setting = self.setting._replace(picture=lambda image: self._picture(image, first))
            return html_blocks(written, setting, lambda line: self.place(first + line))
        return plain_blocks(element.text())

    def _picture(self, image: Element, first: int) -> str | None:
        image.line += first
        return self.setting.picture(image)

    def shared(self, prompt: Blocks, *, asks: bool = True) -> dict[str, Any]:
        """Return what questions of all kinds have, but for the feedback. Raises LeftOut."""
        title, ident = one_line(self.root.get("title")), self.root.get("ident")
        written = title if ID.fullmatch(title) and _TELLS.search(title) else ident
        identifier = self._ids.give(written, title, words_of(prompt), self.span)
        called = named(identifier, title, self.feedback("general"))
        asking = prompt_of(prompt, called.title or line_of_text(title)) if asks else prompt
        if asks and not asking:
            raise LeftOut("it asks nothing")
        points = decimal(self._fields.get("points_possible") or self._fields.get("qmd_weighting") or "")
        return {
            "id": identifier,
            "title": called.title,
            "prompt": asking,
            "solution": called.explanation,
            "points": points if points is not None and points > 0 and points != 1 else None,
            "span": self.span,
        }

    def feedback(self, kind: str, label: str = "") -> Blocks:
        """Return the feedback of this kind: `general`, `right`, `wrong`, or `choice` with its label."""
        found: Blocks = ()
        for each in self.root.elements("itemfeedback"):
            if self.scoring.feedback_kind(each.get("ident")) == (kind, label):
                found += self.material(each)
        return found

    def verdicts(self) -> Feedback:
        """Return the feedback on right and wrong answers; what has no place is reported."""
        for each in self.root.elements("itemfeedback"):
            if self.scoring.feedback_kind(each.get("ident"))[0] == "" and each.text().strip():
                what = f"the feedback `{each.get('ident')}`"
                how = "when it is shown is no case that a pack has"
                self.remarks.lost(what, how, self.document.span(each))
        return Feedback(right=self.feedback("right"), wrong=self.feedback("wrong"))

    def question(self) -> Question | Section:
        """Return the question that the item holds. Raises LeftOut."""
        shown = self.root.child("presentation")
        if shown is None:
            raise LeftOut("it has no presentation")
        parts = list(_parts(shown))
        asked = [each for each in parts if each.name in RESPONSES]
        texts = [each for each in parts if each.name == "material"]
        if not asked or self.kind == "text_only_question":
            return description(one_line(self.root.get("title")), self.material(*texts), self.span)
        unknown = [each.name for each in asked if each.name not in _KNOWN]
        if unknown or self.kind in ("calculated_question", "file_upload_question"):
            raise LeftOut(f"no pack has a `{(unknown or [self.kind])[0]}`")
        if "essay" in self.kind or self._is_open(asked):
            shared = self.shared(self.material(*texts))
            return OpenQuestion(**shared, essay=not shared["solution"], feedback=self.verdicts())
        return answers1.question(self, parts, asked, texts)

    def _is_open(self, asked: list[Element]) -> bool:
        """Tell whether nothing is said about what is right in a single field."""
        alone = len(asked) == 1 and asked[0].name != "response_lid"
        return alone and not self.scoring.texts(asked[0].get("ident")) and not self.scoring.has_bounds


def _image(item: Item1, image: Element) -> Blocks:
    from packc.intake.richtext import element_blocks

    return element_blocks([image], item.setting, item.place)


def _parts(shown: Element) -> Iterator[Element]:
    """Yield the materials and responses of a presentation in their order, whatever flows are around them."""
    waiting = [*reversed(list(shown.elements()))]
    while waiting:
        found = waiting.pop()
        if found.name == "material" or found.name in RESPONSES:
            yield found
        else:
            waiting += reversed(list(found.elements()))


def _markup(element: Element) -> str:
    """Return XHTML that stands in a text as elements, as a text again."""
    from html import escape

    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(escape(child, quote=False))
        else:
            attributes = "".join(f' {key}="{escape(value)}"' for key, value in child.attributes.items())
            parts.append(f"<{child.name}{attributes}>{_markup(child)}</{child.name}>")
    return "".join(parts)


class Version1:
    """One document of QTI 1.2: an assessment, its sections, its items."""

    def __init__(self, document: Document, reading: Any, sink: Sink) -> None:
        self._document = document
        self._reading = reading
        self._sink = sink
        self._setting: Setting = reading.setting._replace(picture=self._picture)

    def _picture(self, element: Element) -> str | None:
        element.attributes["src"] = _BASE.sub("", element.get("src"))
        found: str | None = self._reading.picture(self._document, element)
        return found

    def parts(self) -> list[Part]:
        """Return the questions and sections of the document."""
        return list(self._run(self._document.root, 0))

    def _run(self, holder: Element, depth: int) -> Iterator[Part]:
        for element in holder.elements("assessment", "objectbank", "section", "item"):
            if element.name == "item":
                yield from self._item(element)
                continue
            title = one_line(element.get("title"))
            inner = tuple(self._run(element, depth + (element.name == "section" and bool(title))))
            if element.name == "section" and title and inner and depth < 2:
                yield Section(title=line_of_text(title), parts=inner, span=self._document.span(element))
            else:
                yield from inner

    def _item(self, element: Element) -> Iterator[Part]:
        item = Item1(self._document, element, self._setting, self._reading.ids)
        try:
            yield item.question()
        except LeftOut as fault:
            name = one_line(element.get("title")) or element.get("ident")
            line = element.line if fault.line is None else fault.line
            self._sink.report(QuestionLeftOut(name, str(fault)), line_span(self._document.source, line))
