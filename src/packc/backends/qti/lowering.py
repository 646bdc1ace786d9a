"""A question as an item: what stands before the answer, how it is answered, what stands after it."""

from __future__ import annotations

from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    Note,
    OpenQuestion,
    Question,
    Side,
)
from packc.ast.richtext import Blank, Blocks, Text
from packc.ast.walk import walk
from packc.backends.qti.answering import Answering, Asking, choice_identifiers
from packc.backends.qti.credit import points_of
from packc.backends.qti.hints import Hints
from packc.backends.qti.model import Feedback, Flow, Graders, Item, Part, Response, Shown
from packc.backends.qti.typed import number_text
from packc.backends.qti.xhtml import QtiRenderer, plain
from packc.record import record
from packc.render.labels import note_label
from packc.words import Words


@record
class Setting:
    """What an item takes from its pack, its sections and its target.

    `stimulus` is what several questions share. `buttons`: hints are asked for; else they stand in the
    general feedback.
    """

    lang: str
    words: Words
    direction: str = ""
    title_on_front: bool = False
    stimulus: Blocks = ()
    buttons: bool = True


def lower(question: Question, identifier: str, setting: Setting, render: QtiRenderer) -> Item:
    """Return the item of `question`. Its title is the question's id: learners see it before they answer.

    `render` collects the images that the item uses.
    """
    return Lowering(setting, render).item(question, identifier)


@record
class Lowering:
    """Lowers one question; its parts serve targets that ask for the answer in a way of their own."""

    setting: Setting
    render: QtiRenderer

    def item(self, question: Question, identifier: str) -> Item:
        hints = Hints(self.setting.words, self.setting.buttons)
        points = points_of(question)
        front = self.front(question)
        answering = Asking(points, self.render, self.setting.words, hints).answering(question)
        asked_for = [self.render.blocks(hint) for hint in question.hints] if self.setting.buttons else []
        buttons, texts = hints.of_question(asked_for)
        after = self.after(question)
        body: list[Part] = [*front, *answering.parts]
        body += [Flow(buttons), *texts] if texts else []
        graders = self._graders(question, after)
        body += [Graders(graders)] if graders else []
        asked = tuple(Response(hint.response, "single", "boolean") for hint in hints.found)
        return Item(
            identifier=identifier,
            title=question.id,
            lang=self.setting.lang,
            direction=self.setting.direction,
            points=points,
            body=tuple(body),
            responses=(*answering.responses, *asked),
            inline=dict((*answering.inline, *hints.inline)),
            hints=tuple(hints.found),
            feedback=self.feedback(question, answering, after),
        )

    def front(self, question: Question) -> list[Part]:
        """Each text stands in one `div`: of what the body itself holds, Canvas reads only `p` and `div`."""
        render = self.render
        parts: list[Part] = []
        if self.setting.stimulus:
            parts.append(Flow(render.blocks(self.setting.stimulus), "stimulus"))
        title = self._title(question) if self.setting.title_on_front else ""
        parts.append(Flow(title + render.blocks(question.prompt)))
        parts += [Flow(self._note(note)) for note in question.notes if note.side is Side.FRONT]
        if isinstance(question, OpenQuestion):
            limit = self.setting.words.word_limit(question.least_words, question.most_words)
            parts += [Flow(f"<p>{plain(limit)}</p>\n")] if limit else []
        return parts

    def after(self, question: Question) -> str:
        """Return what learners see after answering: title, solution, notes and general feedback."""
        title = "" if self.setting.title_on_front else self._title(question)
        notes = "".join(self._note(note) for note in question.notes if note.side is Side.BACK)
        general = self.render.blocks(question.feedback.general)
        hints = "" if self.setting.buttons else self._hints(question)
        return title + self.render.blocks(question.solution) + notes + general + hints

    def _hints(self, question: Question) -> str:
        """Return the hints as a text, for targets on which nobody can ask for them."""
        said = [self.render.blocks(hint) for hint in question.hints]
        if isinstance(question, ClozeQuestion):
            blanks = (node for node in walk(question.text) if isinstance(node, Blank))
            said += [f"<p>{plain(blank.hint)}</p>\n" for blank in blanks if blank.hint]
        return self.render.bold((Text(self.setting.words.hint),)) + "".join(said) if said else ""

    def _title(self, question: Question) -> str:
        return self.render.bold(question.title) if question.title else ""

    def _note(self, note: Note) -> str:
        return self._titled(note_label(note, self.setting.words), note.body)

    def _titled(self, label: str, blocks: Blocks) -> str:
        return self.render.bold((Text(label),)) + self.render.blocks(blocks)

    def _graders(self, question: Question, after: str) -> str:
        """Return what only graders see: their notes and, where people score, what there is to score by."""
        notes = "".join(self._note(note) for note in question.notes if note.side is Side.GRADERS)
        if not isinstance(question, OpenQuestion):
            return notes
        words, feedback = self.setting.words, question.feedback
        verdicts = ((words.right_feedback, feedback.right), (words.wrong_feedback, feedback.wrong))
        said = "".join(self._titled(label, blocks) for label, blocks in verdicts if blocks)
        return self._rubric(question) + after + notes + said

    def _rubric(self, question: OpenQuestion) -> str:
        if not question.rubric:
            return ""
        items = ""
        for criterion in question.rubric:
            marks = "" if criterion.points is None else f"({number_text(criterion.points)}) "
            items += f"<li>{marks}{self.render.flow(criterion.blocks)}</li>"
        return self.render.bold((Text(self.setting.words.rubric),)) + f"<ul>{items}</ul>\n"

    def feedback(self, question: Question, answering: Answering, after: str) -> tuple[Feedback, ...]:
        found: list[Feedback] = []
        if isinstance(question, ChoiceQuestion):
            for name, choice in zip(choice_identifiers(question.choices), question.choices, strict=True):
                if choice.feedback:
                    found.append(Feedback(Shown.CHOICE, name, self.render.blocks(choice.feedback)))
        if any(response.scoring for response in answering.responses):
            verdicts = (
                (Shown.RIGHT_VALUE, question.feedback.right),
                (Shown.WRONG_VALUE, question.feedback.wrong),
            )
            found += [
                Feedback(Shown.VERDICT, value, self.render.blocks(said)) for value, said in verdicts if said
            ]
        if after:
            found.append(Feedback(Shown.GENERAL, Shown.GENERAL_VALUE, after))
        return tuple(found)
