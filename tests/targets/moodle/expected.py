"""What a learner, a teacher and a grader should find of a question in Moodle, told from the tree alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pytest

from packc.ast.keys import HUNDRED, DropdownKey, Number, NumberKey, TextKey
from packc.ast.pack import Pack, Section, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Blocks, Inlines, Text
from packc.ast.walk import walk
from packc.render.labels import note_label
from packc.render.plain import PLAIN
from packc.words import ENGLISH
from tests.targets.gift.samples import characters, seen
from tests.targets.gift.samples import shown as shown_without
from tests.targets.moodle.reader import Answer, Bank, Stored
from tests.targets.moodle.reader import Blank as ReadBlank
from tests.targets.moodle.structure import expected as structure_of
from tests.targets.moodle.structure import lacking, structure

KINDS: dict[type[Question], str] = {
    OpenQuestion: "essay",
    ChoiceQuestion: "multichoice",
    TrueFalseQuestion: "truefalse",
    ShortAnswerQuestion: "shortanswer",
    NumericQuestion: "numerical",
    ClozeQuestion: "cloze",
    MatchingQuestion: "matching",
    CategorisingQuestion: "matching",
    OrderingQuestion: "ordering",
}
_COMBINED = ("multichoice", "matching", "ordering")
_WITH_ANSWERS = ("truefalse", "shortanswer", "numerical")


def shown(nodes: Blocks | Inlines) -> str:
    return shown_without(nodes, pictures=True)


def compare(pack: Pack, bank: Bank) -> None:
    """Fail unless the bank holds what the pack says: every text, key, weight, setting and picture."""
    expected = list(_expected(pack))
    assert [stored.kind for stored in bank.questions] == [kind for kind, _, _ in expected]
    about = "".join(seen(text) for text in bank.about.values())
    meta = pack.meta
    told = (meta.description, meta.license, meta.version, meta.source_url, meta.lang, *meta.authors)
    assert all(characters(text) in about for text in told)
    assert [same_names(stored.category) for stored in bank.questions] == list(categories(pack))
    for stored, (_, text, question) in zip(bank.questions, expected, strict=True):
        if question is None:
            assert (seen(stored.text), stored.mark) == (text, 0)
        else:
            _compare_question(pack, stored, question, text)


def same_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a path without what Moodle needs them changed in: `<`, "top", `$course$`.

    A name of which nothing shows is none.
    """
    shown = (name for one in names if (name := characters(one).strip("<()")))
    return tuple(name for name in shown if name.strip("\u200b\u2060"))


def categories(pack: Pack) -> Iterator[tuple[str, ...]]:
    """Yield the path of each description and question."""
    path = same_names((*pack.meta.collection.split("/"), pack.title or pack.id)) or ("-",)
    yield from (path for _ in range(bool(pack.intro)))
    yield from _categories(pack, path)


def _categories(container: Pack | Section, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for part in container.parts:
        if not isinstance(part, Section):
            yield path
            continue
        asks = bool(list(questions(part)))
        inner = (*path, *same_names((PLAIN.inlines(part.title),))) if asks else path
        if (part.blocks or not asks) and not (part.stimulus and asks):
            yield inner
        yield from _categories(part, inner)


def _expected(pack: Pack) -> Iterator[tuple[str, str, Question | None]]:
    if pack.intro and shown_or_picture(pack.intro):
        yield "description", shown(pack.intro), None
    yield from _parts(pack, "")


def shown_or_picture(blocks: Blocks) -> bool:
    return bool(blocks)


def _parts(container: Pack | Section, stimulus: str) -> Iterator[tuple[str, str, Question | None]]:
    for part in container.parts:
        if isinstance(part, Section):
            asks = bool(list(questions(part)))
            shares = part.stimulus and asks
            if (part.blocks or not asks) and not shares:
                yield "description", shown(part.title) + shown(part.blocks), None
            yield from _parts(part, stimulus + shown(part.blocks) if shares else stimulus)
        else:
            yield KINDS[type(part)], stimulus, part


def _compare_question(pack: Pack, stored: Stored, question: Question, stimulus: str) -> None:
    title = shown(question.title)
    front = stimulus + (title if pack.meta.title_on_front else "") + shown(question.prompt)
    front += _notes(question, Side.FRONT) + _below(question)
    assert seen(stored.text) == front
    assert seen(stored.general) == ("" if pack.meta.title_on_front else title) + _back(question, stored.kind)
    assert lacking(stored.text, question.prompt) == []
    behind = (question.solution, question.feedback.general, *_kept_notes(question))
    assert lacking(stored.text + stored.general + stored.graders, *behind) == []
    assert stored.name == stored.idnumber == question.id
    own = [*question.tags, *([f"Difficulty: {question.difficulty}"] if question.difficulty else [])]
    assert [tag for tag in stored.tags if tag not in pack.meta.tags] == list(
        dict.fromkeys(tag for tag in own if tag not in pack.meta.tags)
    )
    hints = () if stored.kind == "essay" else question.hints
    assert [seen(hint) for hint in stored.hints] == [shown(hint) for hint in hints]
    assert [structure(hint) for hint in stored.hints] == [structure_of(hint) for hint in hints]
    if not isinstance(question, ClozeQuestion):
        assert stored.mark == pytest.approx(float(_points(question)))
    if stored.kind in _COMBINED:
        right, wrong = shown(question.feedback.right), shown(question.feedback.wrong)
        assert [seen(text) for text in stored.combined] == [right, wrong, wrong]
    _compare_kind(stored, question)


def _points(question: Question) -> Decimal:
    if question.points is None and isinstance(question, OpenQuestion):
        return sum((one.points for one in question.rubric if one.points), Decimal(0)) or Decimal(1)
    return Decimal(1) if question.points is None else question.points


def _below(question: Question) -> str:
    match question:
        case NumericQuestion() if question.key.unit:
            return characters(f"[{question.key.unit}]")
        case MatchingQuestion() | CategorisingQuestion():
            return "–".join(shown(head) for head in question.heads if head)
        case ClozeQuestion():
            return _with_places(question)
        case _:
            return ""


def _with_places(question: ClozeQuestion) -> str:
    """Return the text of a cloze with `{#1}` for its first blank, as the reader gives it."""
    found = ""
    number = 0
    inside: set[int] = set()
    for node in walk(question.text):
        if id(node) in inside:
            continue
        if isinstance(node, Blank):
            number += 1
            found += f"{{#{number}}}"
            if isinstance(node.key, NumberKey):
                found += characters(node.key.unit)
            inside |= {id(one) for one in walk((node,)) if one is not node}
        elif isinstance(node, Text):
            found += characters(node.text)
    return found


def _kept_notes(question: Question) -> Iterator[Blocks]:
    """Yield the notes that have a place: those for graders have one in essays alone."""
    for note in question.notes:
        if note.side is not Side.GRADERS or isinstance(question, OpenQuestion):
            yield note.body


def _notes(question: Question, side: Side) -> str:
    notes = (note for note in question.notes if note.side is side)
    return "".join(characters(note_label(note, ENGLISH)) + shown(note.body) for note in notes)


def _back(question: Question, kind: str) -> str:
    back = shown(question.solution) + _notes(question, Side.BACK) + shown(question.feedback.general)
    if kind not in (*_COMBINED, *_WITH_ANSWERS):
        for word, said in (("Right", question.feedback.right), ("Wrong", question.feedback.wrong)):
            back += characters(word) + shown(said) if said else ""
    return back


def _compare_kind(stored: Stored, question: Question) -> None:
    settings = stored.settings
    match question:
        case OpenQuestion():
            assert settings["responsefieldlines"] == str(question.lines or 15)
            assert settings.get("minwordlimit") == _count(question.least_words)
            assert settings.get("maxwordlimit") == _count(question.most_words)
            assert seen(stored.graders) == _graders(question)
        case ChoiceQuestion():
            _compare_choices(stored, question)
        case TrueFalseQuestion():
            shares = [answer.share for answer in stored.answers]
            assert shares == ([100, 0] if question.answer else [0, 100])
            _compare_verdicts(stored, question)
        case ShortAnswerQuestion():
            assert settings["usecase"] == str(int(question.key.case))
            _compare_typed(_without_rest(stored), question.key)
            _compare_verdicts(stored, question)
        case NumericQuestion():
            assert list(stored.units) == ([question.key.unit] if question.key.unit else [])
            _compare_numbers(_without_rest(stored), question.key.numbers)
            _compare_verdicts(stored, question)
        case ClozeQuestion():
            blanks = [node for node in walk(question.text) if isinstance(node, Blank)]
            for read, blank in zip(stored.blanks, blanks, strict=True):
                _compare_blank(read, blank, shuffle=question.shuffle is not False)
        case MatchingQuestion() | CategorisingQuestion():
            pairs = [(shown(pair.left), _plain(pair.right)) for pair in question.pairs]
            pairs += [("", _plain(right)) for right in question.distractors]
            assert [(seen(left), characters(right)) for left, right in stored.pairs] == pairs
            assert settings["shuffleanswers"] == ("false" if question.shuffle is False else "true")
        case OrderingQuestion():
            assert [seen(answer.text) for answer in stored.answers] == [
                shown(item.blocks) for item in question.items
            ]
            assert [answer.share for answer in stored.answers] == list(range(1, len(question.items) + 1))


def _count(value: int | None) -> str | None:
    return None if value is None else str(value)


def _graders(question: OpenQuestion) -> str:
    lines = "".join(
        (f"({criterion.points})" if criterion.points is not None else "") + shown(criterion.blocks)
        for criterion in question.rubric
    )
    return (characters("Marking") + lines if lines else "") + _notes(question, Side.GRADERS)


def _compare_choices(stored: Stored, question: ChoiceQuestion) -> None:
    choices = list(question.choices)
    pinned = any(choice.pin is not Pin.NONE for choice in choices) and question.shuffle is not False
    if pinned:
        first = [choice for choice in choices if choice.pin is Pin.FIRST]
        last = [choice for choice in choices if choice.pin is Pin.LAST]
        between = [choice for choice in choices if choice.pin not in (Pin.FIRST, Pin.LAST)]
        choices = [*first, *between, *last]
    shuffled = question.shuffle is not False and not pinned
    assert stored.settings["shuffleanswers"] == ("true" if shuffled else "false")
    assert stored.settings["single"] == ("false" if question.multiple else "true")
    for answer, choice in zip(stored.answers, choices, strict=True):
        assert seen(answer.text) == shown(choice.blocks)
        assert structure(answer.text) == structure_of(choice.blocks)
        assert seen(answer.feedback) == shown(choice.feedback)
        assert structure(answer.feedback) == structure_of(choice.feedback)
        assert answer.share == pytest.approx(choice_share(choice, question), abs=1e-4)


def choice_share(choice: Choice, question: ChoiceQuestion) -> float:
    """Return what a choice earns or costs in Moodle, in percent."""
    if choice.correct and not question.multiple:
        return 100
    if choice.weight is not None:
        return float(choice.weight)
    if not question.multiple:
        return 0
    right = sum(one.correct for one in question.choices)
    return 100 / right if choice.correct else -100 / max(1, len(question.choices) - right)


def _without_rest(stored: Stored) -> tuple[Answer, ...]:
    """Return the answers without the one that stands for all others, which is there for its feedback."""
    last = stored.answers[-1]
    return stored.answers[:-1] if (last.share, last.text) == (0, "*") and last.feedback else stored.answers


def _compare_verdicts(stored: Stored, question: Question) -> None:
    right = shown(question.feedback.right)
    wrong = shown(question.feedback.wrong)
    best = max(answer.share for answer in stored.answers if answer.text != "*")
    told = {seen(answer.feedback) for answer in stored.answers if answer.share == best and answer.text != "*"}
    assert told == {right}
    rest = [answer for answer in stored.answers if answer.text == "*" or stored.kind == "truefalse"]
    untold = [seen(answer.feedback) for answer in rest if answer.share == 0]
    assert untold == ([wrong] if wrong or stored.kind == "truefalse" or untold else [])


def _compare_typed(answers: tuple[Answer, ...], key: TextKey) -> None:
    expected = [(characters(PLAIN.inlines(one.children)), _share(one.weight)) for one in key.accepted]
    read = [(characters(answer.text.replace("\\*", "*")), answer.share) for answer in answers]
    assert [text for text, _ in read] == [text for text, _ in expected]
    assert [share for _, share in read] == pytest.approx([share for _, share in expected])


def _compare_numbers(answers: tuple[Answer, ...], numbers: tuple[Number, ...]) -> None:
    for answer, number in zip(answers, numbers, strict=True):
        low, high = number.bounds
        middle = float(answer.text)
        assert (middle - answer.tolerance, middle + answer.tolerance) == pytest.approx(
            (float(low), float(high))
        )
        assert answer.share == pytest.approx(_share(number.weight))


def _share(weight: Decimal | None) -> float:
    return float(HUNDRED if weight is None else weight)


def _compare_blank(read: ReadBlank, blank: Blank, *, shuffle: bool) -> None:
    key = blank.key
    answers = read.answers
    hint = characters(blank.hint)
    if not isinstance(key, DropdownKey) and blank.hint:
        assert (answers[-1].text, answers[-1].share, seen(answers[-1].feedback)) == ("*", 0, hint)
        answers = answers[:-1]
    match key:
        case TextKey():
            assert read.kind == ("SAC" if key.case else "SA")
            sayable = [one for one in key.accepted if "~" not in PLAIN.inlines(one.children)]
            _compare_typed(answers, TextKey(accepted=tuple(sayable)))
        case NumberKey():
            assert read.kind == "NM"
            _compare_numbers(answers, key.numbers)
        case DropdownKey():
            assert read.kind == ("MCS" if shuffle else "MC")
            expected = [(_plain(option.children), 100 if option.correct else 0) for option in key.options]
            assert [(seen(answer.text), answer.share) for answer in answers] == expected
            told = [seen(answer.feedback) for answer in answers if answer.share == 0]
            assert told == [hint] * len(told)


def _plain(inlines: Inlines) -> str:
    return characters(PLAIN.inlines(inlines))
