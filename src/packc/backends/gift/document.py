"""A pack as the text of one GIFT file.

The name of a question is its id, not its title: titles give answers away, and although Moodle itself shows
names to teachers only, activities built on its question bank (StudentQuiz is one) list them for learners.
The title is the first line of the general feedback, which is shown once the question is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Choice, ChoiceQuestion, Note, OpenQuestion, Question, Role
from packc.ast.richtext import Heading
from packc.backends.gift import escape, limits
from packc.backends.gift.richtext import GiftRenderer
from packc.render.plain import PLAIN

CategoryPath: TypeAlias = tuple[str, ...]
Entry: TypeAlias = tuple[CategoryPath, str]


def gift_text(pack: Pack) -> str:
    """Return the GIFT file of `pack`, without the questions that `limits.refusal` names.

    Every text is one physical line with an explicit `[html]`, so no content can begin a line of its own.
    """
    document = _Document(pack)
    current = _pack_path(pack)
    paragraphs = [document.header(), _category_line(current)]
    for path, paragraph in document.entries():
        if path != current:
            paragraphs.append(_category_line(path))
            current = path
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


class _Document:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.renderer = GiftRenderer(source_url=pack.meta.source_url)
        self.ids = limits.IdNumbers()
        self.tags = tuple(escape.bracketed("tag", tag) for tag in limits.tags(pack))

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

    def _entries(self, container: Pack | Section, path: CategoryPath) -> Iterator[Entry]:
        for part in container.parts:
            if isinstance(part, Section):
                yield from self._section(part, path)
            elif not limits.refusal(part, self.renderer):
                yield path, self._question(part)

    def _section(self, section: Section, path: CategoryPath) -> Iterator[Entry]:
        title = PLAIN.inlines(section.title)
        has_questions = any(True for _ in questions(section))
        named = limits.category_name(title) if has_questions else ""
        inner = (*path, named) if named else path
        if section.blocks or not has_questions:
            heading = self.renderer.block(Heading(2, section.title)) if section.title else ""
            text = heading + self.renderer.blocks(section.blocks)
            if text:
                yield inner, self._description(title, text)
        yield from self._entries(section, inner)

    def _description(self, title: str, html: str) -> str:
        return self._above("") + _opening(title or self.pack.id, html)

    def _question(self, question: Question) -> str:
        identifier = "" if self.ids.fault(question.id) else question.id
        text = self.renderer.blocks(question.prompt)
        cold_target = question.note(Role.COLD_TARGET)
        if cold_target is not None:
            text += self._note(cold_target)
        lines = [*self._answers(question), *_general_feedback(self._feedback(question))]
        block = "".join(f"\t{line}\n" for line in lines)
        answers = f"{{\n{block}}}" if block else "{}"
        return self._above(identifier) + _opening(question.id, text) + answers

    def _above(self, identifier: str) -> str:
        """The comment line from which Moodle takes id number and tags; it must touch its question."""
        said = (escape.bracketed("id", identifier), *self.tags) if identifier else self.tags
        return f"// {' '.join(said)}\n" if said else ""

    def _answers(self, question: Question) -> Iterator[str]:
        match question:
            case OpenQuestion():
                return
            case ChoiceQuestion():
                right_mark, wrong_mark = _marks(question)
                for choice in question.choices:
                    yield self._choice(choice, right_mark if choice.correct else wrong_mark)

    def _choice(self, choice: Choice, mark: str) -> str:
        feedback = self.renderer.compact(choice.feedback).strip()
        said = f"#[html]{escape.text(feedback)}" if feedback else ""
        return f"{mark}[html]{escape.text(self.renderer.compact(choice.blocks))}{said}"

    def _feedback(self, question: Question) -> str:
        """All that belongs to the back of a card: title, model answer, then the notes under their labels."""
        notes = (note for note in question.notes if note.role is not Role.COLD_TARGET)
        solution = self.renderer.blocks(question.solution)
        return self.renderer.bold_line(question.title) + solution + "".join(map(self._note, notes))

    def _note(self, note: Note) -> str:
        return self.renderer.titled(note.label, note.body)


def _marks(question: ChoiceQuestion) -> tuple[str, str]:
    """Return what stands before a right and before a wrong choice.

    In a multiple-choice question the right choices share 100 % and the wrong ones share -100 %: who ticks
    everything gets nothing, and guessing gains nothing on average. Past ten wrong choices each costs 10 %,
    the least that Moodle's list has and still at least their share.
    """
    if not question.multiple:
        return "=", "~"
    right = sum(choice.correct for choice in question.choices)
    wrong = len(question.choices) - right
    return f"~%{_share(right)}%", f"~%-{_share(min(max(wrong, 1), limits.MAX_RIGHT))}%"


def _share(parts: int) -> str:
    """Return 100/parts as Moodle's list of grades has it: five decimals, for 1 to 10 parts."""
    return f"{100 / parts:.5f}".rstrip("0").rstrip(".")


def _general_feedback(html: str) -> tuple[str, ...]:
    return (f"####[html]{escape.text(html)}",) if html else ()


def _opening(name: str, html: str) -> str:
    return f"::{escape.text(limits.name(name) or '-')}::[html]{escape.text(html)}"


def _pack_path(pack: Pack) -> CategoryPath:
    names = (*pack.meta.collection_path, pack.title or pack.id)
    return tuple(cleaned for name in names if (cleaned := limits.category_name(name))) or ("-",)


def _category_line(path: CategoryPath) -> str:
    return f"$CATEGORY: {escape.category_path(path)}"
