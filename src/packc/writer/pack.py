"""A whole pack as canonical Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packc.ast.pack import Pack, Part, Section, questions
from packc.ast.question import Question, Role
from packc.ast.richtext import Heading
from packc.ast.walk import texts_of
from packc.named import NamedTuple
from packc.render.plain import PLAIN
from packc.writer.blocks import LEADING_ID, BlockWriter, hanging, heading
from packc.writer.escape import Fields
from packc.writer.frontmatter import front_matter
from packc.writer.labels import Labels
from packc.writer.question import QuestionWriter

_DEEPEST = 6


class Piece(NamedTuple):
    """A part of a pack's file: the front matter, the title with the introduction, a section's own text, a
    question."""

    node: Pack | Part | None
    text: str


def write(pack: Pack) -> str:
    """Return `pack` as canonical Markdown, a whole file.

    Read again it is the same pack, if the pack is one that Markdown can express. Writing that again gives
    the same text.
    """
    return "\n\n".join(piece.text for piece in pieces(pack) if piece.text) + "\n"


def pieces(pack: Pack) -> list[Piece]:
    """Return the parts of which `write` makes the file, in their order."""
    written = list(_PackWriter(pack, plain_labels=False).pieces())
    if any(re.search(r"(?m)^\*\*[^*\n]+:\*\*", piece.text) for piece in written):
        return written
    # Without any bold label some plain words would be taken for labels.
    return list(_PackWriter(pack, plain_labels=True).pieces())


class _PackWriter:
    def __init__(self, pack: Pack, *, plain_labels: bool) -> None:
        self._pack = pack
        self._labels = Labels(pack.labels)
        for question in questions(pack):
            for note in question.notes:
                if note.role is Role.OWN:
                    self._labels.learn(note.label)
        self._writer = BlockWriter()
        self._in_question = Fields(self._labels.is_known, plain_labels)
        self._in_section = Fields(self._labels.is_content, plain_labels)
        self._questions = QuestionWriter(self._writer, self._labels)
        self._defined: set[str] = set()  # labels of the footnotes that stand in the file already

    def pieces(self) -> Iterator[Piece]:
        plain = " ".join(PLAIN.inlines(self._pack.heading).split())
        yield Piece(None, front_matter(self._pack, heading=plain))
        title = heading("#", self._writer.line(self._pack.heading)) if self._pack.heading else ""
        yield Piece(self._pack, self._with_footnotes(title, self._writer.blocks(self._pack.intro)))
        yield from self._parts(self._pack.parts, _first_level(self._pack))

    def _parts(self, parts: tuple[Part, ...], level: int) -> Iterator[Piece]:
        marks = "#" * min(level, _DEEPEST)
        for part in parts:
            if isinstance(part, Section):
                self._writer.fields = self._in_section
                attributes = " {.stimulus}" if part.stimulus else ""
                title = heading(marks, self._writer.title(part.title) + attributes)
                yield Piece(part, self._with_footnotes(title, self._writer.blocks(part.blocks)))
                yield from self._parts(part.parts, level + 1)
            else:
                self._writer.fields = self._in_question
                title = heading(marks, self._question_title(part))
                yield Piece(part, self._with_footnotes(title, *self._questions.fields(part)))

    def _question_title(self, question: Question) -> str:
        title = self._writer.line(question.title)
        if LEADING_ID.fullmatch(question.id):
            return f"{question.id}. {title}" if title else question.id
        return f"{self._writer.title(question.title)} {{#{question.id}}}".strip()

    def _with_footnotes(self, *parts: str) -> str:
        """Join the parts of one piece and put the definitions of its footnotes at its end."""
        texts = [part for part in parts if part]
        notes = self._writer.footnotes
        while waiting := [label for label in notes if label not in self._defined]:
            for label in waiting:
                self._defined.add(label)
                texts.append(_definition(label, self._writer.blocks(notes[label])))
        return "\n\n".join(texts)


def _definition(label: str, body: str) -> str:
    marker = f"[^{label}]: "
    return marker + hanging("    ", body)[4:]


def _first_level(pack: Pack) -> int:
    """Return the level of the outermost headings: 2, or 1 where the pack needs every level there is."""
    if not pack.heading or any(not isinstance(part, Section) for part in pack.parts):
        return 2
    return 2 if _fits(pack.parts, 2) else 1


def _fits(parts: tuple[Part, ...], level: int) -> bool:
    for part in parts:
        if isinstance(part, Section):
            if level > _DEEPEST or not _fits(part.parts, level + 1):
                return False
        elif level > _DEEPEST or any(
            isinstance(block, Heading) and block.level <= level for text in texts_of(part) for block in text
        ):
            return False
    return True
