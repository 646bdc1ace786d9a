"""One item to one question."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from packc.ast.pack import Section
from packc.ast.question import Feedback, OpenQuestion, Question
from packc.ast.richtext import Block, Blocks, Inline
from packc.importers.qti import interactions, typed
from packc.importers.qti.declared import Declared
from packc.importers.qti.documents import Document
from packc.importers.qti.feedback import Said, feedback_of, hint_outcomes
from packc.intake.bank import description, line_of_text, one_line
from packc.intake.fault import LeftOut
from packc.intake.ids import Ids
from packc.intake.moodle import named, prompt_of, words_of
from packc.intake.richtext import Setting, element_blocks
from packc.intake.rubric import rubric_of
from packc.intake.tree import Child, Element
from packc.named import NamedTuple
from packc.reader.headings import ID

_USUAL_LINES = 6
_MOST_LINES = 200
_APART = frozenset(["rubricBlock", "feedbackBlock", "endAttemptInteraction"])
INLINE = ("textEntryInteraction", "inlineChoiceInteraction")


class Reading(NamedTuple):
    """How the texts of a document are read; `picture` takes an image of it over."""

    setting: Setting
    ids: Ids
    picture: Callable[[Document, Element], str | None]


class Item:
    """One item while it is read."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self.document = document
        self.root = document.root
        self.declared = Declared.of(document.root)
        self.remarks = reading.setting.remarks
        self._reading = reading
        self._shown = hint_outcomes(self.root, self.declared)
        self.blank: Callable[[Element], Inline | None] = lambda _element: None
        self.span = document.span(document.root)
        self.setting = reading.setting._replace(
            picture=lambda element: reading.picture(document, element), own=self._own
        )

    def place(self, line: int) -> Any:
        from packc.intake.xml import line_span

        return line_span(self.document.source, line)

    def blocks(self, children: list[Child]) -> Blocks:
        """Return a run of the body as blocks, without what is read apart."""
        return element_blocks(children, self.setting, self.place)

    def _own(self, element: Element) -> Inline | Block | tuple[Child, ...] | None:
        if element.name in _APART:
            return ()
        if element.name == "feedbackInline":
            if element.get("identifier") not in self._shown and element.text().strip():
                place = self.place(element.line)
                self.remarks.lost("feedback inside a text", "a text has none here", place)
            return ()
        if element.name.endswith("Interaction") or element.name == "gap":
            return self.blank(element) or ()
        if element.name in ("contentBody", "templateBlock", "templateInline", "hottext"):
            return tuple(element.children)
        return None

    # The question

    def question(self, metadata: dict[str, Any]) -> Question | Section:
        """Return the question that the item holds. Raises LeftOut."""
        body = self.root.child("itemBody")
        if body is None:
            raise LeftOut("it has no body")
        asked = [each for each in body.walk() if each.name.endswith("Interaction")]
        asked = [each for each in asked if each.name != "endAttemptInteraction"]
        if self.root.get("adaptive") == "true":
            self.remarks.lost("an adaptive item", "it is answered once here", self.span)
        if not asked:
            title = one_line(self.root.get("title"))
            return description(title, self.blocks(body.children), self.span)
        if all(each.name in INLINE for each in asked):
            return typed.question(self, body, asked, metadata)
        if len(asked) > 1:
            names = ", ".join(dict.fromkeys(f"`{each.name}`" for each in asked))
            raise LeftOut(f"it asks for {len(asked)} answers of different kinds ({names})")
        return self._one(body, asked[0], metadata)

    def _one(self, body: Element, asked: Element, metadata: dict[str, Any]) -> Question:
        make = interactions.KINDS.get(asked.name)
        if make is None and asked.name != "extendedTextInteraction":
            raise LeftOut(f"no pack has a `{asked.name}`")
        prompt = self.blocks(body.children)
        own = asked.child("prompt")
        if own is not None and asked.name not in ("matchInteraction", "gapMatchInteraction"):
            prompt += self.blocks(own.children)
        if make is not None:
            return make(self, asked, prompt, metadata)
        return self._open(asked, prompt, metadata)

    def _open(self, asked: Element, prompt: Blocks, metadata: dict[str, Any]) -> Question:
        shared, said = self.shared(prompt, metadata, frozenset())
        lines = asked.get("expectedLines")
        own = int(lines) if lines.isdecimal() and 0 < int(lines) <= _MOST_LINES else None
        rubric = rubric_of(self.graders(said))
        return OpenQuestion(
            **shared,
            essay=not shared["solution"] or bool(rubric),
            rubric=rubric,
            lines=None if own == _USUAL_LINES else own,
            feedback=Feedback(right=said.right, wrong=said.wrong),
        )

    def stimulus(self) -> Blocks:
        """Return the text that the item shares with others, if it is marked as that."""
        body = self.root.child("itemBody")
        first = next(body.elements(), None) if body is not None else None
        if first is None or first.name != "div" or "stimulus" not in first.get("class").split():
            return ()
        return self.blocks([first])

    def graders(self, said: Said) -> Blocks:
        """Return what only graders see, without what learners are told afterwards anyway."""
        found: Blocks = ()
        for rubric in self.root.below("rubricBlock"):
            if "scorer" in rubric.get("view") or "tutor" in rubric.get("view"):
                found += self.blocks(rubric.children)
        if said.general and found[-len(said.general) :] == said.general:
            found = found[: -len(said.general)]
        return found

    def shared(
        self, prompt: Blocks, metadata: dict[str, Any], choices: frozenset[str], *, asks: bool = True
    ) -> tuple[dict[str, Any], Said]:
        """Return what questions of all kinds have, and the feedback."""
        said = feedback_of(
            self.root,
            self.declared,
            choices,
            lambda element: self.blocks(element.children),
            self.remarks,
            self.document.span,
        )
        candidates = [each for each in self.root.below("rubricBlock") if "candidate" in each.get("view")]
        prompt = tuple(block for each in candidates for block in self.blocks(each.children)) + prompt
        title = one_line(self.root.get("title"))
        identifier = self._reading.ids.give(self._wanted(title), title, words_of(prompt), self.span)
        called = named(identifier, title, said.general)
        asking = prompt_of(prompt, called.title or line_of_text(title)) if asks else prompt
        if asks and not asking:
            raise LeftOut("it asks nothing")
        points = self.declared.points
        shared = {
            "id": identifier,
            "title": called.title,
            "prompt": asking,
            "solution": called.explanation,
            "hints": self._hints(),
            "points": None if points == 1 else points,
            "span": self.span,
            **metadata,
        }
        return shared, said

    def _wanted(self, title: str) -> str:
        """Return the id: the item's identifier, or the title where the identifier was made of that."""
        identifier = self.root.get("identifier")
        cut = re.sub(r"_[0-9a-f]{8}$", "", identifier)  # packc marks so what it had to shorten
        plain = ["".join(one for one in word if one.isalnum()).casefold() for word in (cut, title)]
        same = plain[0] == plain[1] if cut == identifier else plain[1].startswith(plain[0])
        made_of_title = same and re.search(r"[0-9._-]", title) and ID.fullmatch(title)
        return title if made_of_title else identifier

    def _hints(self) -> tuple[Blocks, ...]:
        found = []
        for each in self.root.below("feedbackBlock"):
            said = self.blocks(each.children)
            if said and each.get("identifier") in self._shown:
                found.append(said)
            elif said:
                self.remarks.lost("feedback inside a text", "a text has none here", self.document.span(each))
        return tuple(found)

    def verdicts(self, said: Said) -> Feedback:
        """Return the feedback on right and wrong answers; graders' notes on them have no place."""
        if self.graders(said):
            self.remarks.lost("what graders are told", "only open questions have that", self.span)
        return Feedback(right=said.right, wrong=said.wrong)
