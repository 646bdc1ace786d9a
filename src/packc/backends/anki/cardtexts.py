"""What the fields of every kind of question have in common: texts in the pack's language, labels, words.

Every word that packc itself puts on a card goes into a field: the templates are shared by packs of every
language.
"""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.ast.question import ClozeQuestion, Criterion, Feedback, Note, OpenQuestion, Question, Role, Side
from packc.ast.richtext import Blocks, BulletList, Heading, ListItem, Para, Strong, Text
from packc.backends.anki.numbers import number_text
from packc.backends.anki.richtext import CardRenderer
from packc.backends.base import EmitContext
from packc.identity.guid import question_guid
from packc.render import escape
from packc.render.labels import note_label
from packc.render.plain import shows_something

_NOTE_FIELDS = {
    "ColdTarget": Role.COLD_TARGET,
    "Misconception": Role.MISCONCEPTION,
    "Why": Role.WHY,
    "Source": Role.SOURCE,
}


class CardTexts:
    """The texts of one pack's cards. Each method returns HTML, '' for nothing."""

    def __init__(self, pack: Pack, context: EmitContext) -> None:
        self.pack = pack
        self.words = context.words
        self.blanks = context.blanks
        self.renderer = CardRenderer(context.media, source_url=pack.meta.source_url, words=context.words)
        self._said: dict[str, str] = {}  # packc's own words, as `word` shows them
        self.locale = f'lang="{escape.attribute(pack.meta.lang)}" dir="{pack.meta.direction}"'

    def common(self, question: Question, stimulus: Blocks) -> Iterator[tuple[str, str]]:
        """Yield the fields that every kind has."""
        yield "ID", escape.text(question.id)
        yield "Pack", escape.text(self.pack.title)
        yield "Stimulus", self.text(stimulus)
        prompt = self.prompt(question)
        yield "Question", self.text(prompt)
        yield "Hints", self.hints(question.hints)
        yield "Solution", self.text(question.solution)
        yield "Feedback", self.feedback(question.feedback)
        shows_title = prompt is not question.prompt or prompt == (Para(question.title),)
        if question.title and not shows_title:
            yield "Title", self.text((Para(question.title),))
        for name, role in _NOTE_FIELDS.items():
            note = question.note(role)
            yield name, self.note(note) if note else ""
        for name, side in (("OwnFront", Side.FRONT), ("OwnBack", Side.BACK)):
            own = (note for note in question.notes if note.role is Role.OWN and note.side is side)
            yield name, "".join(map(self.note, own))

    def prompt(self, question: Question) -> Blocks:
        """Return what the front asks. Where the prompt shows nothing, the title is the prompt."""
        if not question.title:
            return question.prompt
        if not isinstance(question, ClozeQuestion) and not shows_something(question.prompt):
            return (*question.prompt, Para(question.title))
        if self.pack.meta.title_on_front and question.prompt != (Para(question.title),):
            return (Heading(3, question.title), *question.prompt)
        return question.prompt

    def text(self, blocks: Blocks) -> str:
        return self.in_language(self.renderer.blocks(blocks)) if blocks else ""

    def note(self, note: Note) -> str:
        shown = note_label(note, self.words)
        label = escape.text(shown) if shown in (note.label, note.key) else self.word(shown)
        return self.in_language(f"{_label(label)}{self.renderer.blocks(note.body)}")

    def hints(self, hints: tuple[Blocks, ...]) -> str:
        """Return each hint in a fold of its own, which opens on demand, with or without scripts."""
        if not hints:
            return ""
        label = self.label("hint", self.words.hint)
        folds = ""
        for number, hint in enumerate(hints, 1):
            name = label if len(hints) == 1 else f"{label} {number}"
            shown = self.renderer.blocks(hint)
            folds += f'<details class="pk-hint"><summary>{name}</summary>{shown}</details>'
        return self.in_language(folds)

    def feedback(self, feedback: Feedback) -> str:
        """Return the feedback; what is for right or wrong answers alone says so."""
        parts = (
            ("any", "feedback", feedback.general),
            ("right", "right_feedback", feedback.right),
            ("wrong", "wrong_feedback", feedback.wrong),
        )
        shown = ""
        for when, key, blocks in parts:
            if blocks:
                label = _label(self.label(key, str(getattr(self.words, key))))
                shown += f'<div class="pk-if-{when}">{label}{self.renderer.blocks(blocks)}</div>'
        return self.in_language(shown) if shown else ""

    def open_fields(self, question: OpenQuestion) -> Iterator[tuple[str, str]]:
        """Yield how long the answer should be, and how it is marked."""
        limit = self.words.word_limit(question.least_words, question.most_words)
        yield "How", self.in_language(self.how(limit)) if limit else ""
        yield "Rubric", self.rubric(question.rubric)

    def rubric(self, rubric: tuple[Criterion, ...]) -> str:
        """Return what is worth how much: learners grade their own cards."""
        if not rubric:
            return ""
        label = _label(self.label("rubric", self.words.rubric))
        items = tuple(ListItem(_with_points(criterion)) for criterion in rubric)
        return self.in_language(f"{label}{self.renderer.blocks((BulletList(items),))}")

    def how(self, word: str) -> str:
        return f'<p class="pk-how">{self.word(word)}</p>'

    def label(self, key: str, word: str) -> str:
        """Return the author's own label for a field, else packc's word."""
        own = self.pack.labels.get(key, "")
        return escape.text(own) if own else self.word(word)

    def word(self, word: str) -> str:
        """Return a word of packc's own; where it is not in the pack's language, it says so."""
        said = self._said.get(word)
        if said is None:
            said = escape.text(word)
            if word and self.words.lang != self.pack.meta.lang:
                said = f'<bdi lang="{self.words.lang}">{said}</bdi>'
            self._said[word] = said
        return said

    def in_language(self, html: str) -> str:
        return f'<div class="pk-text" {self.locale}>{html.strip()}</div>'

    def seed(self, question: Question) -> str:
        """Return what the order of a question's items depends on, besides the day."""
        return question_guid(self.pack, question)


def _with_points(criterion: Criterion) -> Blocks:
    if criterion.points is None:
        return criterion.blocks
    points = (Strong((Text(number_text(criterion.points)),)), Text(" – "))
    match criterion.blocks:
        case (Para(children), *rest):
            return (Para((*points, *children)), *rest)
        case blocks:
            return (Para(points[:1]), *blocks)


def _label(label: str) -> str:
    return f'<p class="pk-label">{label}</p>'
