"""One pasted page to a pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from packc.ast.pack import Pack, PackMeta, Part, Section
from packc.ast.question import Note, OpenQuestion, Role
from packc.ast.richtext import Blocks, Inlines, Para
from packc.diagnostics import Label as Pointer
from packc.diagnostics import Sink
from packc.diagnostics.rules.fields import EmptyField
from packc.diagnostics.rules.importing import (
    FieldContinued,
    LinkTargetLost,
    NoQuestions,
    QuestionWithoutFields,
    SectionGuessed,
)
from packc.importers.academy.blocks import blocks_of
from packc.importers.academy.labels import HINT, PROMPT, SOLUTION, Label
from packc.importers.academy.lines import Line, Sort
from packc.intake.ids import pack_id
from packc.named import NamedTuple
from packc.render.plain import PLAIN
from packc.source import Span

_LONGEST_LINK = 80  # characters of a list item that looks like a link


class _Field(NamedTuple):
    label: Label | None  # None: the text before the first one
    span: Span | None
    body: Blocks


class Page:
    """One page. The parts of a page are headings, each with the lines up to the next."""

    def __init__(self, lines: Sequence[Line], sink: Sink) -> None:
        self._sink = sink
        heads = [i for i, line in enumerate(lines) if line.sort in (Sort.HEADING, Sort.QUESTION)]
        self._before = lines[: heads[0]] if heads else lines
        pairs = pairwise([*heads, len(lines)])
        self._parts = [(lines[start], lines[start + 1 : end]) for start, end in pairs]

    def pack(self, fallback_id: str) -> Pack:
        """Return the pack. The first heading is its title, if it is no question's."""
        parts = self._parts
        heading: Inlines = ()
        intro = _plain(self._before)
        if parts and parts[0][0].sort is Sort.HEADING:
            heading = parts[0][0].heading().inlines
            intro += _plain(parts[0][1])
            parts = parts[1:]
        if not any(head.sort is Sort.QUESTION for head, _ in parts):
            first = self._parts[0][0].span if self._parts else None
            self._sink.report(NoQuestions(), first)
        title = " ".join(PLAIN.inlines(heading).split())
        identifier = pack_id(title) or fallback_id
        return Pack(
            id=identifier,
            title=title or identifier,
            meta=PackMeta(),
            heading=heading,
            intro=intro,
            parts=self._outline(parts),
            span=self._parts[0][0].span if self._parts else None,
        )

    def _outline(self, parts: Sequence[tuple[Line, Sequence[Line]]]) -> tuple[Part, ...]:
        """A heading right above a question is a chapter; one with a text of its own stands beside them."""
        outline: list[Part] = []
        chapter: tuple[Line, list[Part]] | None = None
        for index, (head, lines) in enumerate(parts):
            if head.sort is Sort.QUESTION:
                (chapter[1] if chapter else outline).append(self._question_or_section(head, lines))
                continue
            if chapter:
                outline.append(_chapter(*chapter))
                chapter = None
            is_followed = index + 1 < len(parts) and parts[index + 1][0].sort is Sort.QUESTION
            if is_followed:
                self._sink.report(SectionGuessed(head.text), head.span)
            if is_followed and not any(line.sort is not Sort.BLANK for line in lines):
                chapter = (head, [])
            else:
                outline.append(self._section(head, lines))
        if chapter:
            outline.append(_chapter(*chapter))
        return tuple(outline)

    def _section(self, head: Line, lines: Sequence[Line]) -> Section:
        for line in lines:
            words = line.text.rpartition(": ")[2]
            if line.sort is Sort.BULLET and 0 < len(words) <= _LONGEST_LINK and not words.endswith("."):
                place = line.span._replace(start=line.span.end - len(words))
                self._sink.report(LinkTargetLost(words), place)
        return Section(title=head.heading().inlines, blocks=_plain(lines), span=head.span)

    def _question_or_section(self, head: Line, lines: Sequence[Line]) -> Part:
        """An id with nothing below it that asks or answers makes no question in a pack either."""
        fields = self._fields(lines)
        if any(line.label for line in lines) and any(field.body for field in fields.values()):
            return self._question(head, fields)
        identifier = head.heading().leading_id() or ""
        self._sink.report(QuestionWithoutFields(identifier), head.span)
        return Section(title=head.heading().inlines, blocks=fields[PROMPT].body, span=head.span)

    def _question(self, head: Line, fields: Mapping[str, _Field]) -> OpenQuestion:
        heading = head.heading()
        title = heading.title()
        prompt = fields[PROMPT].body
        if not prompt and title:
            prompt = (Para(title, span=heading.span),)
        notes = (
            Note(role=Role(key), label=field.label.written, body=field.body, span=field.span)
            for key, field in fields.items()
            if key in set(Role) and field.label
        )
        return OpenQuestion(
            id=heading.leading_id() or "",
            title=title,
            prompt=prompt,
            solution=fields[SOLUTION].body if SOLUTION in fields else (),
            notes=tuple(note for note in notes if note.body),
            hints=tuple(field.body for key, field in fields.items() if key.startswith(HINT) and field.body),
            span=heading.span,
        )

    def _fields(self, lines: Sequence[Line]) -> dict[str, _Field]:
        """Split `lines` at the labels. A field that comes twice goes on: the text of both is kept."""
        starts = [index for index, line in enumerate(lines) if line.label]
        fields = {PROMPT: _Field(None, None, blocks_of(lines[: starts[0]] if starts else lines))}
        for start, end in pairwise([*starts, len(lines)]):
            line, label = lines[start], lines[start].label
            assert label is not None
            own = (line._replace(sort=Sort.TEXT),) if line.text else ()
            body = blocks_of((*own, *lines[start + 1 : end]))
            key = f"{HINT} {start}" if label.key == HINT else label.key
            earlier = fields.get(key)
            if earlier and earlier.body and earlier.span and body:
                first = (Pointer(earlier.span, "the first one is here"),)
                self._sink.report(FieldContinued(label.written), label.span, labels=first)
            before = earlier.body if earlier else ()
            fields[key] = _Field(label, label.span, before + body)
        for field in fields.values():
            if field.label and not field.body:
                self._sink.report(EmptyField(field.label.written), field.span)
        return fields


def _chapter(head: Line, parts: Sequence[Part]) -> Section:
    return Section(title=head.heading().inlines, parts=tuple(parts), span=head.span)


def _plain(lines: Sequence[Line]) -> Blocks:
    """Return the blocks of a text that is no question's: a label there is text."""
    return blocks_of([_unlabelled(line) for line in lines])


def _unlabelled(line: Line) -> Line:
    if line.label is None:
        return line
    text = f"{line.label.written}: {line.text}".strip()
    return line._replace(sort=Sort.TEXT, text=text, span=line.label.span.to(line.span))
