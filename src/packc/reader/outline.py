"""Headings and what stands under them to questions and sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packc.ast.pack import Part, Section
from packc.ast.question import Question
from packc.ast.richtext import Block, Blocks, Divider, Heading, Inline, Para, Strong, Text
from packc.diagnostics import Fix, Sink
from packc.diagnostics.rules.headings import LabelHeadingTooHigh, NestedQuestion, QuestionTooHigh
from packc.diagnostics.rules.kinds import UnknownClass
from packc.diagnostics.rules.structure import (
    IdWithoutFields,
    QuestionTooLarge,
    QuestionWithoutId,
    TextAfterDivider,
    UnderlinedText,
)
from packc.limits import Limits
from packc.named import NamedTuple
from packc.near import nearest
from packc.reader.boxes import has_misspelt_boxes
from packc.reader.fields import Content, FieldLine
from packc.reader.grammar import META, FieldKey
from packc.reader.headings import HeadingLine, id_letters
from packc.reader.ids import next_id
from packc.reader.items import Items
from packc.reader.labels import Dress, LabelLine
from packc.reader.question import QuestionReader
from packc.reader.remedies import blank_line_above, with_id, with_level
from packc.reader.tasklists import TaskList
from packc.source import SourceFile

# As headings on the level of a question these alone show that there is one: others are common titles.
_ASKING = frozenset({FieldKey.PROMPT, FieldKey.ANSWER, FieldKey.SOLUTION})
STIMULUS = ".stimulus"  # the class of a section whose text its questions share


class _Container:
    """A section that is still being read; level 0 is the pack itself."""

    def __init__(self, level: int, heading: HeadingLine | None = None) -> None:
        self.level = level
        self.heading = heading
        self.blocks: list[Block] = []
        self.parts: list[Question | _Container] = []
        self.reported = False


class Outline(NamedTuple):
    """What the body of a pack holds. `title` is the first heading, if it is one of level 1."""

    title: HeadingLine | None
    intro: Blocks
    parts: tuple[Part, ...]


class OutlineReader:
    """Walks the items once and sorts them into questions and sections.

    What became a question goes from the items at once: a text is read while its questions are made.
    """

    def __init__(
        self,
        source: SourceFile,
        sink: Sink,
        items: Items,
        questions: QuestionReader,
        limits: Limits,
    ) -> None:
        self._source = source
        self._sink = sink
        self._items = items
        self._questions = questions
        self._largest = limits.question_characters
        self._grammar = questions.grammar
        self._stack = [_Container(0)]
        self._title: HeadingLine | None = None
        self._without_id: list[HeadingLine] = []
        # Those of the ids that headings of questions begin with, up to here or in all of the text.
        self._letters: set[str] = set()
        self._knows_all_letters = False

    def read(self) -> Outline:
        """Return the outline. What belongs to nothing is reported."""
        index = 0
        while (item := self._items.at(index)) is not None:
            index += 1
            if not isinstance(item, HeadingLine):
                self._add_text(item)
                continue
            if item.underlined and "\n" in self._source.text[item.span.start : item.span.end].strip("\n-= "):
                last = self._source.line_of(max(item.span.start, item.span.end - 1))
                self._sink.report(UnderlinedText(), item.span, fix=blank_line_above(self._source, last))
            identifier = self._question_id(item, index - 1)
            if identifier is not None:
                meant = item._replace(level=2) if item.level < 2 else item  # one that is too high is reported
                index = self._read_question(meant, identifier, index)
            elif self._title is None and item.level == 1 and item.inlines and self._nothing_yet():
                self._title = item
            else:
                self._open_section(item)
        root = self._stack[0]
        self._report_without_id(root)
        return Outline(self._title, tuple(root.blocks), _frozen(root.parts))

    def _report_without_id(self, root: _Container) -> None:
        """Report headings of what must be questions, each with the next id that is free."""
        if not self._without_id:
            return
        asked = list(_questions(root))
        ids = [question.id for question in asked]
        retired = [alias for question in asked for alias in question.aliases]
        retired += filter(None, (one.leading_id() or one.anchor_id() for one in self._items.headings()))
        for heading in self._without_id:
            near = heading.nearly_id()
            if near is not None:
                start = self._source.text.index(near[0], heading.span.start)
                place = self._source.span(start, start + len(near[0]))
                fix: Fix | None = Fix.replacing(place, f"{near['id']}. ", safe=False)
            else:
                ids.append(next_id(ids, retired))
                fix = with_id(self._source, heading.span, ids[-1])
            self._sink.report(QuestionWithoutId(near["id"] if near else ""), heading.span, fix=fix)

    def _question_id(self, heading: HeadingLine, index: int) -> str | None:
        """Return the id of the question that begins at `heading`, or None if it is a section."""
        identifier = heading.leading_id()
        written = identifier or heading.anchor_id()
        if written is None or (heading.level == 1 and identifier is None):
            return None
        if self._has_evidence(index):
            if heading.level == 1:
                fix = with_level(self._source, heading.span, 2, safe=True)
                self._sink.report(QuestionTooHigh(written), heading.span, fix=fix)
            if identifier:
                self._letters.add(id_letters(identifier))
            return written
        if identifier and self._begin_questions(id_letters(identifier), index):
            self._sink.report(IdWithoutFields(identifier), heading.span)
        return None

    def _begin_questions(self, letters: str, index: int) -> bool:
        """Tell whether a question's id has these letters, in the text up to `index` or in the rest of it."""
        if letters not in self._letters and not self._knows_all_letters:
            self._knows_all_letters = True
            self._letters.update(
                id_letters(identifier)
                for place, item in self._items.after(index)
                if isinstance(item, HeadingLine)
                and (identifier := item.leading_id()) is not None
                and self._has_evidence(place)
            )
        return letters in self._letters

    def _has_evidence(self, index: int) -> bool:
        """Tell whether a content label or a task list stands under the heading at `index`."""
        own = self._items.at(index)
        assert isinstance(own, HeadingLine)
        for _, item in self._items.after(index):
            if isinstance(item, HeadingLine):
                label = item.label(self._grammar)
                if item.level == own.level > 1 and label is not None and label.key in _ASKING:
                    return True  # meant as a field; its level is reported
                if item.level <= own.level or item.leading_id() is not None:
                    return False
                if own.level == 1 and label is None:
                    return False  # a title may begin like an id; sections follow it
                if label is not None and _is_evidence(label):
                    return True
            elif isinstance(item, FieldLine):
                if _is_evidence(item.label):
                    return True
            elif isinstance(item, TaskList) or has_misspelt_boxes(item, self._source):
                return True
        return False

    def _read_question(self, heading: HeadingLine, identifier: str, index: int) -> int:
        """Read the question and return the index of the first item that is no longer its own."""
        begin = index - 1
        own: list[FieldLine | Content] = []
        stray: Content | FieldLine | None = None
        ended = False
        last_end = heading.span.end
        while (item := self._items.at(index)) is not None:
            if isinstance(item, HeadingLine):
                if item.level <= heading.level or self._is_nested(item, index, heading.level):
                    self._check_label_heading(item, heading.level)
                    if item.level < heading.level or not self._is_missed(item, own):
                        break
                item = self._inside(item)
            index += 1
            if isinstance(item, Divider):
                ended = self._ends_question(item)
            elif not ended:
                own.append(item)
            elif stray is None:
                stray = item
            span = item.span
            last_end = span.end if span else last_end
        if stray is not None:
            self._sink.report(TextAfterDivider(), stray.span)
        size = last_end - heading.span.start
        if size > self._largest:
            self._sink.report(QuestionTooLarge(size, self._largest), heading.span)
        self._check_classes(heading, known=())
        self._close_to(heading.level)
        self._stack[-1].parts.append(self._questions.read(heading, identifier, own))
        self._items.forget(begin, index)
        return index

    def _is_nested(self, heading: HeadingLine, index: int, level: int) -> bool:
        identifier = heading.leading_id()
        if identifier is None:
            return False
        if not self._has_evidence(index):
            # Reported as a question without fields then.
            return self._begin_questions(id_letters(identifier), index)
        fix = with_level(self._source, heading.span, level, safe=False)
        self._sink.report(NestedQuestion(identifier), heading.span, fix=fix)
        return True

    def _check_label_heading(self, heading: HeadingLine, level: int) -> None:
        """Report a heading that ends the question at `level`, but is the label of a field."""
        label = heading.label(self._grammar)
        if label is not None:
            fix = with_level(self._source, heading.span, level + 1, safe=True)
            self._sink.report(LabelHeadingTooHigh(label.label), heading.span, fix=fix)

    def _is_missed(self, heading: HeadingLine, own: Sequence[FieldLine | Content]) -> bool:
        """Tell whether a heading on the level of the question is the label of a field that it has not yet."""
        label = heading.label(self._grammar)
        return label is not None and all(
            item.label.field != label.field for item in own if isinstance(item, FieldLine)
        )

    def _inside(self, heading: HeadingLine) -> FieldLine | Heading:
        """Return what a deeper heading inside a question is: a field if it is a label, else content."""
        label = heading.label(self._grammar)
        if label is not None:
            return FieldLine(label, heading.span)
        return Heading(heading.level, heading.inlines, span=heading.span)

    def _ends_question(self, divider: Divider) -> bool:
        """A `---` ends the question, unless it stands right under text and so was meant otherwise."""
        assert divider.span is not None
        line = self._source.line_of(divider.span.start)
        if (
            line > 0
            and self._source.line_text(line - 1).strip()
            and self._source.line_text(line).startswith("-")
        ):
            above = self._source.span(self._source.line_starts[line - 1], self._source.line_end(line - 1))
            self._sink.report(UnderlinedText(), above, fix=blank_line_above(self._source, line))
            return False
        return True

    def _nothing_yet(self) -> bool:
        return len(self._stack) == 1 and not self._stack[0].parts

    def _open_section(self, heading: HeadingLine) -> None:
        self._check_classes(heading, known=(STIMULUS,))
        self._close_to(heading.level)
        section = _Container(heading.level, heading)
        self._stack[-1].parts.append(section)
        self._stack.append(section)

    def _check_classes(self, heading: HeadingLine, *, known: tuple[str, ...]) -> None:
        for attribute in heading.attributes():
            if not attribute.startswith("#") and attribute not in known:
                near = nearest(attribute, (STIMULUS,), alike=0.75) if known else ""
                start = self._source.text.rindex(attribute, heading.span.start, heading.span.end)
                place = self._source.span(start, start + len(attribute))
                fix = Fix.replacing(place, near, safe=False) if near else None
                self._sink.report(UnknownClass(attribute, near), place, fix=fix)

    def _close_to(self, level: int) -> None:
        while self._stack[-1].level >= level:
            self._stack.pop()

    def _add_text(self, item: FieldLine | Content) -> None:
        """Add text outside questions; a label there is text, and under a heading a question without an id."""
        here = self._stack[-1]
        is_field = isinstance(item, FieldLine) and item.whole is None and item.label.key not in META
        is_key = isinstance(item, TaskList) and any(task.box for task in item.tasks)
        if here.heading is not None and not here.reported and (is_field or (is_key and _is_asked(here))):
            here.reported = True
            self._without_id.append(here.heading)
        if isinstance(item, FieldLine):
            is_plain = item.label.dress is Dress.PLAIN
            label = Text(item.label.written) if is_plain else Strong((Text(f"{item.label.label}:"),))
            here.blocks.append(item.whole or Para((label,), span=item.span))
            for block in () if item.whole else item.value or ():
                self._add_text(block)
        elif isinstance(item, TaskList):
            here.blocks.append(item.plain)
        else:
            here.blocks.append(_merged(here.blocks, item))


def _questions(container: _Container) -> Iterator[Question]:
    for part in container.parts:
        if isinstance(part, _Container):
            yield from _questions(part)
        else:
            yield part


def _is_asked(section: _Container) -> bool:
    """Tell whether a ticked list in a section answers something: without a question it ticks things off."""
    heading = section.heading
    assert heading is not None  # only the pack itself has none
    return bool(section.blocks) or heading.nearly_id() is not None or heading.is_asking()


def _is_evidence(label: LabelLine) -> bool:
    """Tell whether a label shows that there is a question: `Type` does, an essay may have no other field."""
    return label.key not in META or label.key is FieldKey.TYPE


def _merged(blocks: list[Block], item: Block) -> Block:
    """Put a paragraph back behind the label on its line."""
    if not blocks or not isinstance(item, Para):
        return item
    label = blocks[-1]
    if (
        isinstance(label, Para)
        and len(label.children) == 1
        and isinstance(label.children[0], Strong | Text)
        and label.children[0].span is None
        and label.span is not None
        and item.span is not None
        and item.span.start - label.span.end <= 1
    ):
        blocks.pop()
        first, *rest = item.children or (Text(""),)
        if isinstance(label.children[0], Text):
            begun = f"{label.children[0].text} {first.text if isinstance(first, Text) else ''}"
            after: tuple[Inline, ...] = tuple(rest) if isinstance(first, Text) else (first, *rest)
            return Para((Text(begun, span=label.span), *after), span=label.span.to(item.span))
        if isinstance(first, Text):
            after = (Text(f" {first.text}", span=first.span), *rest)
        else:
            after = (Text(" "), first, *rest)
        return Para((*label.children, *after), span=label.span.to(item.span))
    return item


def _frozen(parts: list[Question | _Container]) -> tuple[Part, ...]:
    return tuple(_section(part) if isinstance(part, _Container) else part for part in parts)


def _section(container: _Container) -> Section:
    heading = container.heading
    assert heading is not None  # only the pack itself has none
    return Section(
        title=heading.section_title(),
        stimulus=STIMULUS in heading.attributes(),
        blocks=tuple(container.blocks),
        parts=_frozen(container.parts),
        span=heading.span,
    )
