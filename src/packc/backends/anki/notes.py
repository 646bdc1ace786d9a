"""A question as the fields and tags of a note.

All words that packc itself puts on a card stand here and go into fields: the templates are shared by packs
of every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from packc.ast.pack import Pack, PackMeta
from packc.ast.question import Choice, ChoiceQuestion, Note, Question, Role
from packc.ast.richtext import Blocks, Image, Para
from packc.ast.walk import walk
from packc.backends.anki.notetypes import note_type_of
from packc.backends.anki.richtext import CardRenderer, inert
from packc.backends.base import EmitContext
from packc.render import escape
from packc.render.plain import PLAIN

_LABELS = {
    Role.WHY: "Why it matters",
    Role.SOURCE: "Source",
    Role.MISCONCEPTION: "Common wrong answer",
    Role.COLD_TARGET: "A good answer names",
}
_NOTE_FIELDS = {
    "Why": Role.WHY,
    "Source": Role.SOURCE,
    "Misconception": Role.MISCONCEPTION,
    "ColdTarget": Role.COLD_TARGET,
}
_CHOOSE_ONE = "Choose one."
_CHOOSE_ALL = "Choose all that apply."
_RIGHT = "Right"
_WRONG = "Wrong"


def note_fields(question: Question, pack: Pack, context: EmitContext) -> tuple[str, ...]:
    """Return the field values in the order of the question's note type; fields without content are ''.

    The first field is the id. Raises KeyError for an image that `context.media` lacks.
    """
    writer = _FieldWriter(pack.meta, CardRenderer(context.media, source_url=pack.meta.source_url))
    values = dict(writer.fields(question))
    values["Pack"] = escape.text(pack.title)
    return tuple(inert(values.get(name, "")) for name in note_type_of(question).fields)


class _FieldWriter:
    """The fields of one pack's questions."""

    def __init__(self, meta: PackMeta, renderer: CardRenderer) -> None:
        self.renderer = renderer
        self.locale = f'lang="{escape.attribute(meta.lang)}" dir="{meta.direction}"'

    def fields(self, question: Question) -> Iterator[tuple[str, str]]:
        prompt = self.prompt(question)
        yield "ID", escape.text(question.id)
        yield "Question", self.text(prompt)
        yield "Solution", self.text(question.solution)
        if question.title and prompt != (Para(question.title),):
            yield "Title", self.in_language(self.renderer.inlines(question.title))
        for name, role in _NOTE_FIELDS.items():
            note = question.note(role)
            if note is not None:
                yield name, self.note(note)
        if isinstance(question, ChoiceQuestion):
            yield "Choices", self.choices(question)
            yield (
                "Correct",
                ",".join(str(n) for n, choice in enumerate(question.choices, 1) if choice.correct),
            )
            yield "Answers", self.answers(question.choices)

    def prompt(self, question: Question) -> Blocks:
        """Return what the front asks. Where the prompt shows nothing, the title is the prompt."""
        if _shows_something(question.prompt) or not question.title:
            return question.prompt
        return (*question.prompt, Para(question.title))

    def text(self, blocks: Blocks) -> str:
        return self.in_language(self.renderer.blocks(blocks)) if blocks else ""

    def note(self, note: Note) -> str:
        label = escape.text(note.label) or _own_word(_LABELS[note.role])
        return self.in_language(f'<p class="pk-label">{label}</p>{self.renderer.blocks(note.body)}')

    def choices(self, question: ChoiceQuestion) -> str:
        how = _CHOOSE_ALL if question.multiple else _CHOOSE_ONE
        items = (f"<li>{self.choice(choice)}</li>" for choice in question.choices)
        kind = "multiple" if question.multiple else "single"
        return self.in_language(
            f'<p class="pk-how">{_own_word(how)}</p>{_letters(items, f"pk-choices pk-{kind}")}'
        )

    def answers(self, choices: Iterable[Choice]) -> str:
        return self.in_language(_letters(map(self.answer, choices), "pk-choices pk-answers"))

    def answer(self, choice: Choice) -> str:
        kind, word = ("pk-right", _RIGHT) if choice.correct else ("pk-wrong", _WRONG)
        verdict = f'<p class="pk-verdict">{_own_word(word)}</p>'
        feedback = self.renderer.blocks(choice.feedback)
        if feedback:
            feedback = f'<div class="pk-feedback">{feedback}</div>'
        return f'<li class="{kind}">{self.choice(choice)}{verdict}{feedback}</li>'

    def choice(self, choice: Choice) -> str:
        return f'<div class="pk-choice">{self.renderer.blocks(choice.blocks)}</div>'

    def in_language(self, html: str) -> str:
        return f'<div class="pk-text" {self.locale}>{html.strip()}</div>'


def _letters(items: Iterable[str], classes: str) -> str:
    # The style sheet draws the letters; `type` keeps them where it is not read.
    return f'<ol class="{classes}" type="A">{"".join(items)}</ol>'


def _own_word(word: str) -> str:
    # packc's words are English, whatever language and direction the pack has.
    return f'<bdi lang="en">{word}</bdi>'


def _shows_something(blocks: Blocks) -> bool:
    return bool(PLAIN.blocks(blocks).strip()) or any(isinstance(node, Image) for node in walk(blocks))
