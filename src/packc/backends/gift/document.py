"""A pack as the text of one GIFT file.

The name of a question is its id, not its title: titles give answers away, and although Moodle itself shows
names to teachers only, activities built on its question bank (StudentQuiz is one) list them for learners.
The title is the first line of the general feedback, which is shown once the question is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Note, NumericQuestion, Question, Side
from packc.ast.richtext import Blocks, Heading
from packc.backends.gift import escape, limits
from packc.backends.gift.answers import Said, answers
from packc.backends.gift.richtext import GiftRenderer
from packc.render.labels import note_label
from packc.render.plain import PLAIN
from packc.words import ENGLISH, Words

CategoryPath: TypeAlias = tuple[str, ...]
Entry: TypeAlias = tuple[CategoryPath, str]


def gift_text(pack: Pack, words: Words = ENGLISH) -> str:
    """Return the GIFT file of `pack`, without the questions that `answers` refuses.

    Every text is one physical line with an explicit `[html]`, so no content can begin a line of its own.
    """
    document = _Document(pack, words)
    current = _pack_path(pack)
    paragraphs = [document.header(), _category_line(current)]
    for path, paragraph in document.entries():
        if path != current:
            paragraphs.append(_category_line(path))
            current = path
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


class _Document:
    def __init__(self, pack: Pack, words: Words) -> None:
        self.pack = pack
        self.words = words
        self.renderer = GiftRenderer(source_url=pack.meta.source_url, words=words)
        self.ids = limits.IdNumbers()

    def header(self) -> str:
        """The front matter that Moodle has no place for, as comments for whoever reads the file."""
        meta = self.pack.meta
        told = (
            ("Title", self.pack.title),
            ("Description", meta.description),
            ("Authors", ", ".join(meta.authors)),
            ("License", meta.license),
            ("Version", meta.version),
            ("Source", meta.source_url),
            ("Language", meta.lang),
        )
        return "\n".join(f"// {key}: {escape.one_line(value)}" for key, value in told if value)

    def entries(self) -> Iterator[Entry]:
        path = _pack_path(self.pack)
        if self.pack.intro:
            yield path, self._description(self.pack.title, self.renderer.blocks(self.pack.intro))
        yield from self._entries(self.pack, path)

    def _entries(
        self, container: Pack | Section, path: CategoryPath, stimulus: Blocks = ()
    ) -> Iterator[Entry]:
        for part in container.parts:
            if isinstance(part, Section):
                yield from self._section(part, path, stimulus)
            else:
                said = answers(part, self.renderer)
                if not said.refusal and self.renderer.shows(part.prompt):
                    yield path, self._question(part, said, stimulus)

    def _section(self, section: Section, path: CategoryPath, stimulus: Blocks) -> Iterator[Entry]:
        title = PLAIN.inlines(section.title)
        has_questions = any(True for _ in questions(section))
        named = limits.category_name(title) if has_questions else ""
        inner = (*path, named) if named else path
        shared = section.stimulus and has_questions
        if not shared and (section.blocks or not has_questions):
            heading = self.renderer.block(Heading(2, section.title)) if section.title else ""
            text = heading + self.renderer.blocks(section.blocks)
            if text:
                yield inner, self._description(title, text)
        yield from self._entries(section, inner, (*stimulus, *section.blocks) if shared else stimulus)

    def _description(self, title: str, html: str) -> str:
        return self._above("", limits.tags(self.pack)) + _opening(title or self.pack.id, html)

    def _question(self, question: Question, said: Said, stimulus: Blocks) -> str:
        identifier = "" if self.ids.fault(question.id) else question.id
        text = self._front(question, stimulus)
        back = self._back(question, verdicts=not said.carries_verdicts)
        if said.glued:
            answer = f"{{{''.join((*said.lines, *_general_feedback(back)))}}}"
        else:
            block = "".join(f"\t{line}\n" for line in (*said.lines, *_general_feedback(back)))
            answer = f"{{\n{block}}}" if block else "{}"
        above = self._above(identifier, limits.tags(self.pack, question))
        return above + _opening(question.id, text) + answer

    def _front(self, question: Question, stimulus: Blocks) -> str:
        """All that is shown before the answer. A unit stands below the text: GIFT has no place for it."""
        title = self.renderer.bold_line(question.title) if self.pack.meta.title_on_front else ""
        text = self.renderer.blocks(stimulus) + title + self.renderer.blocks(question.prompt)
        text += "".join(self._note(note) for note in question.notes if note.side is Side.FRONT)
        if isinstance(question, NumericQuestion) and question.key.unit:
            text += self.renderer.titled(f"[{question.key.unit}]", ())
        return text

    def _above(self, identifier: str, tags: tuple[str, ...]) -> str:
        """The comment line from which Moodle takes id number and tags; it must touch its question."""
        said = [escape.bracketed("id", identifier)] if identifier else []
        said += [escape.bracketed("tag", tag) for tag in tags]
        return f"// {' '.join(said)}\n" if said else ""

    def _back(self, question: Question, *, verdicts: bool) -> str:
        """All that belongs to the back of a card: title, model answer, then the rest under its labels.

        `verdicts`: feedback on right and wrong answers has no place of its own, so it stands here.
        """
        title = () if self.pack.meta.title_on_front else question.title
        html = self.renderer.bold_line(title) + self.renderer.blocks(question.solution)
        html += "".join(self._note(note) for note in question.notes if note.side is Side.BACK)
        html += self.renderer.blocks(question.feedback.general)
        if verdicts and question.feedback.right:
            html += self.renderer.titled(self.words.right, question.feedback.right)
        if verdicts and question.feedback.wrong:
            html += self.renderer.titled(self.words.wrong, question.feedback.wrong)
        return html

    def _note(self, note: Note) -> str:
        return self.renderer.titled(note_label(note, self.words), note.body)


def _general_feedback(html: str) -> tuple[str, ...]:
    return (f"####[html]{escape.text(html)}",) if html else ()


def _opening(name: str, html: str) -> str:
    return f"::{escape.text(limits.name(name) or '-')}::[html]{escape.text(html)}"


def _pack_path(pack: Pack) -> CategoryPath:
    names = (*pack.meta.collection_path, pack.title or pack.id)
    return tuple(cleaned for name in names if (cleaned := limits.category_name(name))) or ("-",)


def _category_line(path: CategoryPath) -> str:
    return f"$CATEGORY: {escape.category_path(path)}"
