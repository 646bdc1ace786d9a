"""A pack as Moodle's question bank holds it: what stands in which category, and before and after an answer.

The name of a question is its id, not its title: titles give answers away, and although Moodle itself shows
names to teachers only, activities built on its question bank (StudentQuiz is one) list them for learners.
The title is the first line of the general feedback, which is shown once the question is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import CategorisingQuestion, MatchingQuestion, Note, NumericQuestion, Question, Side
from packc.ast.richtext import Blocks, Heading
from packc.backends.shared.moodle.html import MoodleRenderer
from packc.named import NamedTuple
from packc.render.labels import note_label
from packc.render.plain import PLAIN
from packc.words import Words

CategoryPath: TypeAlias = tuple[str, ...]


class Description(NamedTuple):
    """A text that asks nothing: an introduction, or the text of a section."""

    path: CategoryPath
    name: str
    html: str


class Asked(NamedTuple):
    """A question, with the stimulus texts that it is about."""

    path: CategoryPath
    question: Question
    stimulus: Blocks


Entry: TypeAlias = Description | Asked


class Texts(NamedTuple):
    """The texts of one pack. `named` makes a title one that a category can have, or ""."""

    pack: Pack
    words: Words
    renderer: MoodleRenderer
    named: Callable[[str], str]

    @property
    def path(self) -> CategoryPath:
        """The category of the pack itself."""
        titles = (*self.pack.meta.collection_path, self.pack.title or self.pack.id)
        return tuple(cleaned for title in titles if (cleaned := self.named(title))) or ("-",)

    def entries(self) -> Iterator[Entry]:
        """Yield all that goes into the bank, in source order."""
        if self.pack.intro:
            yield Description(self.path, self.pack.title, self.renderer.blocks(self.pack.intro))
        yield from self._entries(self.pack, self.path)

    def _entries(
        self, container: Pack | Section, path: CategoryPath, stimulus: Blocks = ()
    ) -> Iterator[Entry]:
        for part in container.parts:
            if isinstance(part, Section):
                yield from self._section(part, path, stimulus)
            else:
                yield Asked(path, part, stimulus)

    def _section(self, section: Section, path: CategoryPath, stimulus: Blocks) -> Iterator[Entry]:
        title = PLAIN.inlines(section.title)
        has_questions = any(True for _ in questions(section))
        named = self.named(title) if has_questions else ""
        inner = (*path, named) if named else path
        shared = section.stimulus and has_questions
        if not shared and (section.blocks or not has_questions):
            heading = self.renderer.block(Heading(2, section.title)) if section.title else ""
            text = heading + self.renderer.blocks(section.blocks)
            if text:
                yield Description(inner, title, text)
        yield from self._entries(section, inner, (*stimulus, *section.blocks) if shared else stimulus)

    def front(self, question: Question, stimulus: Blocks) -> str:
        """Return all that is shown before the answer: units and headings of pairs, too, below the text."""
        title = self.renderer.bold_line(question.title) if self.pack.meta.title_on_front else ""
        text = self.renderer.blocks(stimulus) + title + self.renderer.blocks(question.prompt)
        text += self.notes(question, Side.FRONT)
        if isinstance(question, NumericQuestion) and question.key.unit:
            text += self.renderer.titled(f"[{question.key.unit}]", ())
        if isinstance(question, MatchingQuestion | CategorisingQuestion):
            heads = (self.renderer.inlines(head) for head in question.heads)
            line = " – ".join(f"<strong>{head}</strong>" for head in heads if head)
            text += f"<p>{line}</p>" if line else ""
        return text

    def tags(self, fault: Callable[[str], str], question: Question | None = None) -> tuple[str, ...]:
        """Return the pack's tags, and the question's own, in which `fault` finds none; each of them once."""
        written = [*self.pack.meta.tags]
        if question is not None:
            written += question.tags
            written += [f"{self.words.difficulty}: {question.difficulty}"] if question.difficulty else []
        return tuple(dict.fromkeys(tag for tag in written if not fault(tag)))

    def back(self, question: Question, *, verdicts: bool) -> str:
        """Return all that belongs to the back of a card: title, model answer, then the rest, labelled.

        `verdicts`: feedback on right and wrong answers has no place of its own, so it stands here.
        """
        title = () if self.pack.meta.title_on_front else question.title
        html = self.renderer.bold_line(title) + self.renderer.blocks(question.solution)
        html += self.notes(question, Side.BACK)
        html += self.renderer.blocks(question.feedback.general)
        if verdicts and question.feedback.right:
            html += self.renderer.titled(self.words.right, question.feedback.right)
        if verdicts and question.feedback.wrong:
            html += self.renderer.titled(self.words.wrong, question.feedback.wrong)
        return html

    def notes(self, question: Question, side: Side) -> str:
        """Return the notes of one side, each under its label."""
        return "".join(self._note(note) for note in question.notes if note.side is side)

    def _note(self, note: Note) -> str:
        return self.renderer.titled(note_label(note, self.words), note.body)
