"""The numbers of blanks. Each is a card of its own, which Anki knows by its number: progress hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from packc.ast.keys import DropdownKey, NumberKey, TextKey
from packc.ast.question import ClozeQuestion, Question
from packc.ast.richtext import Blank
from packc.ast.walk import walk
from packc.named import NamedTuple
from packc.render.plain import PLAIN


class ReleasedBlank(NamedTuple):
    """A number that learners were given, and the answer it stood for last. `gone`: no blank has it now."""

    number: int
    answer: str
    gone: bool = False


class Numbering(NamedTuple):
    """The numbers of a question's blanks, in the order of the text.

    `unclear` are the blanks whose number cannot be told: several answers changed at once. They have numbers
    that were never used.
    """

    numbers: tuple[int, ...]
    unclear: tuple[Blank, ...] = ()


def blanks_of(question: Question) -> tuple[Blank, ...]:
    """Return the blanks of `question`, in the order of its text."""
    if not isinstance(question, ClozeQuestion):
        return ()
    return tuple(node for node in walk(question.text) if isinstance(node, Blank))


def numbered(blanks: Sequence[Blank], released: Sequence[ReleasedBlank] = ()) -> Numbering:
    """Number the blanks of one question, given what was `released` of it.

    The author's own numbers go first. A blank with a released answer keeps its number, those that are gone
    included; if just one blank and one number are left, they belong together, since then that answer was
    edited. The rest take the lowest numbers that were never used.
    """
    numbers: list[int | None] = [blank.number for blank in blanks]
    waiting = [index for index, number in enumerate(numbers) if number is None]
    free = [each for each in released if each.number not in numbers]
    for each in sorted(free, key=lambda each: (each.gone, each.number)):
        index = next((at for at in waiting if answer_of(blanks[at]) == each.answer), None)
        if index is not None:
            numbers[index] = each.number
            waiting.remove(index)
    left = [each for each in free if not each.gone and each.number not in numbers]
    unclear: list[int] = []
    if len(waiting) == len(left) == 1:
        numbers[waiting.pop()] = left[0].number
    elif left:
        unclear = waiting
    used = {each.number for each in released} | set(numbers)
    unused = (number for number in count(1) if number not in used)
    whole = tuple(next(unused) if number is None else number for number in numbers)
    return Numbering(whole, tuple(blanks[index] for index in unclear))


def released_with(
    blanks: Sequence[Blank], numbers: Sequence[int], before: Sequence[ReleasedBlank]
) -> tuple[ReleasedBlank, ...]:
    """Return what the ledger remembers once `blanks` have been released with `numbers`."""
    now: dict[int, ReleasedBlank] = {}
    for blank, number in zip(blanks, numbers, strict=True):
        now.setdefault(number, ReleasedBlank(number, answer_of(blank)))
    gone = {each.number: each._replace(gone=True) for each in before}
    return tuple(each for _, each in sorted({**gone, **now}.items()))


def answer_of(blank: Blank) -> str:
    """Return the best answer of a blank as a text on one line."""
    return " ".join("".join(_answer(blank)).split())


def _answer(blank: Blank) -> Iterator[str]:
    match blank.key:
        case TextKey(accepted=accepted):
            yield PLAIN.inlines(accepted[0].children)
        case DropdownKey(options=options):
            yield from (PLAIN.inlines(option.children) for option in options if option.correct)
        case NumberKey(numbers=numbers):
            yield f"{numbers[0].value}"
