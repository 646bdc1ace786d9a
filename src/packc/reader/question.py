"""The fields below a question's heading to one `Question`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from sys import intern

from packc.ast.keys import NumberKey, TextKey
from packc.ast.kinds import Kind
from packc.ast.question import (
    NO_FEEDBACK,
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    Feedback,
    MatchingQuestion,
    Note,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    Role,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
    kind_of,
)
from packc.ast.richtext import Blocks, Para
from packc.diagnostics import Fix, Label, Sink
from packc.diagnostics.rules.choices import AnswerForOtherKind, ChoicesInField, TwoKeys
from packc.diagnostics.rules.fields import AnswerIsSolution, FieldTwice
from packc.diagnostics.rules.kinds import FieldNotForKind, TypeDiffers
from packc.named import NamedTuple
from packc.reader.answers import KeyReader
from packc.reader.choices import ChoiceReader, Found
from packc.reader.fields import Content, Field, FieldLine, FieldReader, Fields
from packc.reader.grammar import ENGLISH, FieldKey, Grammar, fold
from packc.reader.headings import HeadingLine
from packc.reader.meta import Meta, read_meta, read_type
from packc.reader.pairs import PairReader
from packc.reader.tasklists import TaskList
from packc.source import SourceFile, Span

_ROLES = {
    FieldKey.WHY: Role.WHY,
    FieldKey.SOURCE: Role.SOURCE,
    FieldKey.MISCONCEPTION: Role.MISCONCEPTION,
    FieldKey.COLD_TARGET: Role.COLD_TARGET,
    FieldKey.OWN: Role.OWN,
}
_KEY_FIELDS = (FieldKey.CLOZE, FieldKey.MATCH, FieldKey.SORT, FieldKey.ORDER)
_MAKE_AN_ANSWER = {FieldKey.SOLUTION, FieldKey.ANSWER, FieldKey.ACCEPT, FieldKey.CHOICES, *_KEY_FIELDS}
_OPEN = frozenset({Kind.OPEN, Kind.ESSAY})
_GRADED = frozenset(Kind) - _OPEN
# The fields that not every kind of question has.
_KINDS = {
    FieldKey.ACCEPT: frozenset({Kind.SHORT}),
    FieldKey.RUBRIC: _OPEN,
    FieldKey.LINES: _OPEN,
    FieldKey.WORDS: _OPEN,
    FieldKey.SHUFFLE: frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.MATCHING, Kind.CATEGORISING}),
    FieldKey.RIGHT_FEEDBACK: _GRADED,
    FieldKey.WRONG_FEEDBACK: _GRADED,
}


# How each kind is written, for a `Type` that says otherwise.
_WRITTEN_AS = {
    Kind.OPEN: "`**Solution:**` with the model answer",
    Kind.ESSAY: "`**Solution:**` with the model answer, or no answer at all",
    Kind.SINGLE: "a task list with one `[x]`",
    Kind.MULTIPLE: "a task list with several `[x]`",
    Kind.TRUE_FALSE: "`**Answer:** true` or `**Answer:** false`",
    Kind.SHORT: "`**Answer:** a word | another spelling`",
    Kind.NUMERIC: "`**Answer:** 0.1 ± 0.02`",
    Kind.CLOZE: "`**Cloze:**` with `{{blanks}}`",
    Kind.MATCHING: "`**Match:**` and a table with two columns",
    Kind.CATEGORISING: "`**Sort:**` and a table with two columns",
    Kind.ORDERING: "`**Order:**` and a numbered list",
}


class _Kind(NamedTuple):
    """What makes a question one of its kind. `prose`: its `Answer`, if there is one, is no key."""

    make: Callable[..., Question]
    own: dict[str, object]
    prompt: Blocks = ()
    prose: bool = False


class QuestionReader:
    """Makes questions of headings with the fields below them, and reports what is wrong in them."""

    def __init__(
        self, source: SourceFile, sink: Sink, grammar: Grammar, *, plain_labels: bool, lang: str = "en"
    ) -> None:
        self._source = source
        self._sink = sink
        self.grammar = grammar
        self._fields = FieldReader(source, sink, grammar, plain_labels=plain_labels)
        self._choices = ChoiceReader(source, sink)
        self._keys = KeyReader(source, sink, lang)
        self._pairs = PairReader(source, sink)

    def read(self, heading: HeadingLine, identifier: str, items: Sequence[FieldLine | Content]) -> Question:
        """Return the question that `items` below `heading` make. What is missing stays empty."""
        fields = self._fields.read(items)
        stated = read_type(fields, self._sink)
        answer = fields.get(FieldKey.ANSWER)
        found = self._choices.find(fields.one[FieldKey.PROMPT], fields.one.get(FieldKey.CHOICES), answer)
        kind = self._kind(fields, found, stated)
        title = heading.title()
        prompt = (*found.prompt, *kind.prompt)
        if not prompt and title and kind.make is not ClozeQuestion:
            prompt = (Para(title, span=heading.span),)
        meta = read_meta(fields, self._sink)
        question = kind.make(
            id=identifier,
            title=title,
            prompt=prompt,
            solution=self._solution(fields, stated, prose=kind.prose),
            notes=_notes(fields),
            hints=tuple(hint.blocks for hint in fields.hints if hint.body),
            feedback=_feedback(fields),
            aliases=meta.aliases,
            tags=meta.tags,
            difficulty=meta.difficulty,
            points=meta.points,
            minutes=meta.minutes,
            shuffle=meta.shuffle,
            stated=stated is not None,
            places=self._places(fields, found),
            span=heading.span,
            **kind.own,
            **(self._open_fields(fields, meta) if kind.make is OpenQuestion else {}),
        )
        self._fields.check_empty(fields, _lacks(question))
        self._check_kind(question, fields, stated)
        return question

    def _kind(self, fields: Fields, found: Found, stated: Kind | None) -> _Kind:
        """Return what the fields make of the question."""
        key_field = self._key_field(fields, found)
        if found.choices is not None:
            several = stated is Kind.MULTIPLE and sum(choice.correct for choice in found.choices) <= 1
            return _Kind(ChoiceQuestion, {"choices": found.choices, "several": several})
        answer = fields.get(FieldKey.ANSWER)
        if key_field is None:
            made = self._typed(answer, fields.get(FieldKey.ACCEPT), stated)
            if made.make is ShortAnswerQuestion and stated is None:
                self._choices.check_unread(found.prompt, answer)
            return made
        key, field = key_field
        prose = not self._keys.is_key(answer, stated)
        if answer is not None and answer.line and not prose:
            self._sink.report(AnswerForOtherKind(field.label), answer.line.span)
        return self._block_kind(key, field)._replace(prose=prose)

    def _block_kind(self, key: FieldKey, field: Field) -> _Kind:
        if key is FieldKey.CLOZE:
            return _Kind(ClozeQuestion, {"text": field.blocks})
        if key is FieldKey.ORDER:
            order = self._pairs.order(field)
            return _Kind(OrderingQuestion, {"items": order.items}, order.prompt)
        rows = self._pairs.pairs(field)
        own: dict[str, object] = {
            "pairs": rows.pairs,
            "heads": rows.heads,
            "distractors": rows.distractors,
        }
        return _Kind(MatchingQuestion if key is FieldKey.MATCH else CategorisingQuestion, own, rows.prompt)

    def _typed(self, answer: Field | None, accept: Field | None, stated: Kind | None) -> _Kind:
        key = self._keys.key(answer, accept, stated)
        match key:
            case None:
                return _Kind(OpenQuestion, {"essay": stated is Kind.ESSAY}, prose=True)
            case bool():
                return _Kind(TrueFalseQuestion, {"answer": key})
            case NumberKey():
                return _Kind(NumericQuestion, {"key": key})
            case TextKey():
                return _Kind(ShortAnswerQuestion, {"key": key}, prose=not self._keys.is_key(answer, stated))

    def _key_field(self, fields: Fields, found: Found) -> tuple[FieldKey, Field] | None:
        """Return the first field that makes the kind; what would make a second kind is reported."""
        written = [
            (field.line.span, key, field)
            for key in _KEY_FIELDS
            if (field := fields.get(key)) is not None and field.line is not None
        ]
        written.sort(key=lambda entry: entry[0])
        first = found.span
        for span, _, field in written:
            if first is not None:
                labels = (Label(first, "the first one is here"),)
                self._sink.report(TwoKeys(field.label), span, labels=labels)
            first = first or span
        return written[0][1:] if written else None

    def _open_fields(self, fields: Fields, meta: Meta) -> dict[str, object]:
        rubric = fields.get(FieldKey.RUBRIC)
        return {
            "rubric": self._pairs.rubric(rubric) if rubric else (),
            "lines": meta.lines,
            "least_words": meta.words[0],
            "most_words": meta.words[1],
        }

    def _solution(self, fields: Fields, stated: Kind | None, *, prose: bool) -> Blocks:
        """Return the solution. `prose`: an `Answer` is no key, so that it is the solution."""
        solution = fields.get(FieldKey.SOLUTION)
        answer = fields.get(FieldKey.ANSWER) if prose else None
        if answer is None or answer.line is None:
            return solution.blocks if solution else ()
        if solution is not None and solution.line:
            labels = (Label(solution.line.span, "the solution is here"),)
            self._sink.report(FieldTwice("solution"), answer.line.span, labels=labels)
            return solution.blocks
        if stated not in _OPEN:
            fix = self._as_solution(answer.line)
            self._sink.report(AnswerIsSolution(), answer.line.span, fix=fix)
        return answer.blocks

    def _as_solution(self, line: FieldLine) -> Fix | None:
        """Return the fix that calls an answer of prose a solution, where its label is an English one."""
        written = line.label.written
        if (
            fold(line.label.label) not in ENGLISH
            or self._source.text[line.span.start : line.span.end] != written
        ):
            return None
        return Fix.replacing(line.span, written.replace(line.label.label, "Solution"))

    def _places(self, fields: Fields, found: Found) -> dict[str, Span]:
        places: dict[str, Span] = {}
        for line, field in fields.written():
            place = field.place(self._source)
            if place is not None and field.body:
                places.setdefault(line.label.field, place)
            elif not field.body and line.label.key in _MAKE_AN_ANSWER:
                places.setdefault(FieldKey.SOLUTION, line.span)  # here an answer is missing
        if found.choices is not None and found.span is not None:
            places.setdefault(FieldKey.CHOICES, found.span)
        return {intern(str(key)): place for key, place in places.items()}

    def _check_kind(self, question: Question, fields: Fields, stated: Kind | None) -> None:
        """Report a stated kind that is not the one written, and fields that this kind does not have."""
        kind = kind_of(question)
        both_open = {kind, stated} <= _OPEN
        if stated is not None and stated is not kind and not both_open:
            field = fields.get(FieldKey.TYPE)
            place = field.place(self._source) if field else None
            self._sink.report(TypeDiffers(stated, kind, _WRITTEN_AS[stated]), place)
        if kind is Kind.OPEN and stated is None:
            self._check_task_lists(fields)
        for key, kinds in _KINDS.items():
            found = fields.get(key) if key in fields.one else None
            if found is not None and found.line is not None and kind not in kinds:
                self._sink.report(FieldNotForKind(found.label, kind, _named(kinds)), found.line.span)

    def _check_task_lists(self, fields: Fields) -> None:
        """Report task lists that look like choices, but belong to a field."""
        for _, field in fields.written():
            for item in field.body:
                if isinstance(item, TaskList) and any(task.box for task in item.tasks):
                    self._sink.report(ChoicesInField(field.label), item.span)


def _lacks(question: Question) -> frozenset[str]:
    """Return the fields whose text is missed in any case, so that one message is enough."""
    lacks = set() if question.prompt else {FieldKey.PROMPT}
    if isinstance(question, OpenQuestion) and not question.essay and not question.solution:
        lacks |= _MAKE_AN_ANSWER
    return frozenset(lacks)


def _named(kinds: frozenset[Kind]) -> str:
    if len(kinds) > 4:
        return "questions that are graded by a machine"
    return ", ".join(kind for kind in Kind if kind in kinds) + " questions"


def _feedback(fields: Fields) -> Feedback:
    keys = (FieldKey.FEEDBACK, FieldKey.RIGHT_FEEDBACK, FieldKey.WRONG_FEEDBACK)
    general, right, wrong = (found.blocks if (found := fields.get(key)) else () for key in keys)
    return Feedback(general=general, right=right, wrong=wrong) if general or right or wrong else NO_FEEDBACK


def _notes(fields: Fields) -> tuple[Note, ...]:
    return tuple(
        Note(
            role=_ROLES[line.label.key],
            label=line.label.label,
            body=found.blocks,
            key=own.key if (own := line.label.own) else "",
            side=own.side if own else Side.BACK,
            span=line.span,
        )
        for line, found in fields.written()
        if line.label.key in _ROLES and found.body
    )
