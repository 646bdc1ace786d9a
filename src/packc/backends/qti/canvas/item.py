"""One question as an item of QTI 1.2, with the fields by which Canvas knows it."""

from __future__ import annotations

from packc.ast.question import ChoiceQuestion, OpenQuestion, Question
from packc.backends.qti.canvas.asking import RESPONSE, Asked, Asking, without_brackets
from packc.backends.qti.canvas.markup import HTML, condition, equal, field, material, other
from packc.backends.qti.canvas.texts import CanvasRenderer
from packc.backends.qti.credit import points_of
from packc.backends.qti.elements import Element, element
from packc.backends.qti.lowering import Lowering, Setting
from packc.backends.qti.model import Flow, Shown
from packc.backends.qti.typed import number_text
from packc.record import record

TEXT_ONLY = "text_only_question"


@record
class ItemWriter:
    """Writes the items of one pack. `render` collects the images."""

    setting: Setting
    render: CanvasRenderer

    def item(self, question: Question, identifier: str) -> Element:
        """Return the item of `question`. Its title is the question's id, which teachers see."""
        asked = Asking(self.render, self.setting.words).asked(question)
        lowering = Lowering(self.setting, self.render)
        stem = "".join(part.xhtml for part in lowering.front(question) if isinstance(part, Flow))
        if asked.named:
            stem = without_brackets(stem)  # several lists: some of them may have names that stand in brackets
        said = self._said(question, lowering, asked)
        points = number_text(points_of(question)) if asked.type != TEXT_ONLY else "0"
        texts = [material(self.framed(stem + asked.stem), HTML)]
        return element(
            "item",
            _metadata(asked.type, points, identifier),
            element("presentation", *texts, *asked.responses),
            *_processing(asked, said, isinstance(question, OpenQuestion)),
            *(_feedback(name, html) for name, html in said.items()),
            ident=identifier,
            title=question.id,
        )

    def text(self, html: str, identifier: str, title: str) -> Element:
        """Return an item that only says something."""
        presentation = element("presentation", material(self.framed(html), HTML))
        return element(
            "item", _metadata(TEXT_ONLY, "0", identifier), presentation, ident=identifier, title=title
        )

    def framed(self, html: str) -> str:
        """Return `html` in one `div` that tells its language and direction."""
        lang = f' lang="{self.setting.lang}"' if self.setting.lang else ""
        direction = f' dir="{self.setting.direction}"' if self.setting.direction else ""
        return f"<div{lang}{direction}>{html}</div>"

    def _said(self, question: Question, lowering: Lowering, asked: Asked) -> dict[str, str]:
        """Return each feedback by the name under which Canvas looks for it."""
        blocks = self.render.blocks
        found = {}
        after = lowering.after(question)
        if after:
            found[Shown.GENERAL_VALUE] = self.framed(after)
        if not isinstance(question, OpenQuestion):
            if question.feedback.right:
                found[Shown.RIGHT_VALUE] = self.framed(blocks(question.feedback.right))
            if question.feedback.wrong:
                found[Shown.WRONG_VALUE] = self.framed(blocks(question.feedback.wrong))
        if isinstance(question, ChoiceQuestion):
            for number, choice in zip(asked.numbers, question.choices, strict=True):
                if choice.feedback:
                    found[f"{number}_fb"] = self.framed(blocks(choice.feedback))
        return found


def _metadata(kind: str, points: str, identifier: str) -> Element:
    """Return the notes of Canvas; its type comes first, where one reader looks for it."""
    fields = [
        field("question_type", kind),
        field("points_possible", points),
        field("assessment_question_identifierref", f"{identifier}_question"),
    ]
    return element("itemmetadata", element("qtimetadata", *fields))


def _processing(asked: Asked, said: dict[str, str], by_people: bool) -> list[Element]:
    if not asked.responses:
        return []
    rules = [condition(other(), show=Shown.GENERAL_VALUE)] if Shown.GENERAL_VALUE in said else []
    rules += [
        condition(equal(RESPONSE, number), show=f"{number}_fb")
        for number in asked.numbers
        if f"{number}_fb" in said
    ]
    shown = {"show": Shown.RIGHT_VALUE} if Shown.RIGHT_VALUE in said else {}
    rules += [condition(*parts, go_on=False, score="100", **shown) for parts in asked.whole]
    rules += asked.parts
    if Shown.WRONG_VALUE in said:
        rules.append(condition(other(), show=Shown.WRONG_VALUE))
    if by_people:
        rules.append(condition(other(), go_on=False))
    score = element("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    rules = rules or [condition(other())]
    return [element("resprocessing", element("outcomes", score), *rules)]


def _feedback(name: str, html: str) -> Element:
    return element("itemfeedback", element("flow_mat", material(html, HTML)), ident=name)
