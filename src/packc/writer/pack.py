"""A whole pack as canonical Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from packc.ast.pack import Pack, Part, Section, questions
from packc.ast.question import Question, Role
from packc.ast.richtext import Heading, Inlines
from packc.ast.walk import texts_of
from packc.render.plain import PLAIN
from packc.writer.blocks import BlockWriter, hanging, heading
from packc.writer.escape import Fields
from packc.writer.frontmatter import front_matter
from packc.writer.labels import Labels
from packc.writer.question import QuestionWriter

_LEADING_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*?(?<=\d)[A-Za-z]?")
_LIKE_AN_ID = re.compile(rf"({_LEADING_ID.pattern})(?:([.):])(?!\d)|\s+([-–—])\s|\s*$)")
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
        self._writer = BlockWriter(Fields(self._labels.is_known, plain_labels))
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
                attributes = " {.stimulus}" if part.stimulus else ""
                title = heading(marks, self._section_title(part.title) + attributes)
                yield Piece(part, self._with_footnotes(title, self._writer.blocks(part.blocks)))
                yield from self._parts(part.parts, level + 1)
            else:
                title = heading(marks, self._question_title(part))
                yield Piece(part, self._with_footnotes(title, *self._questions.fields(part)))

    def _question_title(self, question: Question) -> str:
        title = self._writer.line(question.title)
        if _LEADING_ID.fullmatch(question.id):
            return f"{question.id}. {title}" if title else question.id
        return f"{self._section_title(question.title)} {{#{question.id}}}".strip()

    def _section_title(self, title: Inlines) -> str:
        """Return a title that is not taken for an id with a title, nor for a label."""
        line = self._writer.line(title)
        found = _LIKE_AN_ID.match(line)
        if found:
            at = found.start(2) if found[2] else found.start(3) if found[3] else -1
            return f"{line[:at]}\\{line[at:]}" if at >= 0 and line[at] in ".):-" else _numbered(line)
        return (
            _numbered(line) if self._labels.is_known(line.strip("*_ ").rstrip(":： ").strip("*_ ")) else line
        )

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


def _numbered(line: str) -> str:
    """Return `line` with its first letter written by number."""
    at = next((at for at, character in enumerate(line) if character.isalnum()), 0)
    return f"{line[:at]}&#{ord(line[at])};{line[at + 1 :]}"


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
