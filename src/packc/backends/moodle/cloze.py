r"""Cloze questions: Moodle's small language of blanks inside a text, `{1:SA:=rate~%50%speed#Nearly.}`.

Facts, read in Moodle 4.5 and 5.1: a blank ends at the first `}` without a backslash before it, an answer at
the first such `~`, `#` or `}`, feedback at the first such `~` or `}`. Then HTML's entities are decoded, once,
and `\}` and `\#` lose their backslash; `\~` does not, so no typed answer can hold a `~`. Entities with
numbers need a `#`, so in an answer they are written `&amp;\#126;`, which is decoded in two steps. Every blank
needs an answer that earns everything, every list two entries, and marks are whole numbers.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from packc.ast.keys import HUNDRED, BlankKey, DropdownKey, NumberKey, TextKey
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Blank
from packc.backends.base import Loss
from packc.backends.moodle.losses import CLOZE_POINTS
from packc.backends.moodle.lowered import Lowered
from packc.backends.moodle.richtext import XmlRenderer, blank_mark
from packc.backends.shared.moodle import grades
from packc.backends.shared.moodle.answers import bands
from packc.backends.shared.moodle.losses import ANSWER, WEIGHT, formatting_losses, verdict_losses
from packc.render import escape
from packc.render.plain import PLAIN
from packc.source import Span

# PHP's regular expressions give up, and Moodle then sees no blank, past some 270 answers where PHP has no
# just-in-time compiler (1,600 where it has), and past a million characters.
_MOST_ANSWERS = 250
_LONGEST = 500_000
_STEP = Decimal("0.00001")  # of a percentage, as Moodle's data base keeps it
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in "~}{\\"}


class _Refused(Exception):
    """Why Moodle would not take a blank."""


def cloze(question: ClozeQuestion, renderer: XmlRenderer) -> Lowered:
    """Return the text of a cloze with its blanks, and what is lost of them."""
    losses: list[Loss] = list(verdict_losses(question))
    found: list[Blank] = []

    def place(blank: Blank) -> str:
        found.append(blank)
        unit = blank.key.unit if isinstance(blank.key, NumberKey) else ""
        return blank_mark(len(found) - 1) + (f" {renderer.escaped(unit)}" if unit else "")

    html = renderer.with_blanks(question.text, place)
    mark = _mark(question, len(found), losses)
    writer = _Writer(renderer, mark, question.shuffle is not False, losses)
    try:
        blanks = tuple(writer.blank(blank) for blank in found)
    except _Refused as refused:
        return Lowered("cloze", str(refused))
    if not blanks:
        return Lowered("cloze", "it has no blank")
    return Lowered("cloze", losses=tuple(losses), below=html, blanks=blanks, worth=mark * len(blanks))


def _mark(question: ClozeQuestion, count: int, losses: list[Loss]) -> int:
    """Return what one blank is worth: the question's points, shared out in whole numbers."""
    if question.points is None or not count:
        return 1
    share = question.points / count
    mark = max(1, int(share.to_integral_value(ROUND_HALF_EVEN)))
    if mark != share:
        how = f"every blank is worth {mark}, which makes {mark * count} in all"
        span = question.places.get("points", question.span)
        losses.append(CLOZE_POINTS.at(span, f"{grades.plain(question.points)} points", how))
    return mark


class _Writer:
    def __init__(self, renderer: XmlRenderer, mark: int, shuffle: bool, losses: list[Loss]) -> None:
        self.renderer = renderer
        self.mark = mark
        self.shuffle = shuffle
        self.losses = losses

    def blank(self, blank: Blank) -> str:
        """Return one blank. Its hint is what a wrong answer is told: a blank has no other place for it."""
        hint = f"#{feedback(self.renderer.escaped(blank.hint))}" if blank.hint else ""
        kind, answers = self._answers(blank, blank.key, hint)
        written = f"{{{self.mark}:{kind}:{'~'.join(answers)}}}"
        if len(answers) > _MOST_ANSWERS or len(written) > _LONGEST:
            size = f"{_MOST_ANSWERS} answers or {_LONGEST:,} characters"
            raise _Refused(f"Moodle does not find a blank of more than {size}")
        return written

    def _answers(self, blank: Blank, key: BlankKey, hint: str) -> tuple[str, list[str]]:
        match key:
            case TextKey():
                answers = self._typed(key)
                kind = "SAC" if key.case else "SA"
            case NumberKey():
                answers = self._numbers(key)
                kind = "NM"
            case DropdownKey():
                return ("MCS" if self.shuffle else "MC"), self._options(blank, key, hint)
        if not any(answer.startswith("=") for answer in answers):
            raise _Refused("a blank has no answer that earns all the points, and Moodle refuses it")
        return kind, [*answers, *([f"%0%*{hint}"] if hint else [])]

    def _typed(self, key: TextKey) -> list[str]:
        answers = []
        for answer in key.accepted:
            text = PLAIN.inlines(answer.children).strip()
            if fault := _typed_fault(text):
                self.losses.append(ANSWER.at(answer.span, f"the answer {text!r}", fault))
            else:
                answers.append(self._share(answer.weight, answer.span) + typed(text))
        return answers

    def _numbers(self, key: NumberKey) -> list[str]:
        found, refusal = bands(key, self.losses)
        if refusal:
            raise _Refused(refusal)
        return [
            f"{self._share(band.number.weight, band.number.span)}{band.centre}:{band.off}" for band in found
        ]

    def _options(self, blank: Blank, key: DropdownKey, hint: str) -> list[str]:
        self.losses += formatting_losses((option.children for option in key.options), blank.span)
        texts = [PLAIN.inlines(option.children).strip() for option in key.options]
        if len(texts) < 2 or not all(texts):
            raise _Refused("Moodle wants two entries in every list, and none of them empty")
        if not any(option.correct for option in key.options):
            raise _Refused("a list has no right entry, and Moodle refuses it")
        return [
            f"={entry(self.renderer.escaped(text))}"
            if option.correct
            else f"%0%{entry(self.renderer.escaped(text))}{hint}"
            for text, option in zip(texts, key.options, strict=True)
        ]

    def _share(self, weight: Decimal | None, span: Span | None) -> str:
        """Return what stands before an answer. Moodle's list of grades does not count inside a cloze."""
        if weight is None or weight == HUNDRED:
            return "="
        kept = min(max(weight.quantize(_STEP), -HUNDRED), HUNDRED)
        if kept != weight:
            self.losses.append(WEIGHT.at(span, f"the weight {grades.plain(weight)} %"))
        return "=" if kept == HUNDRED else grades.percent(kept)


def _typed_fault(text: str) -> str:
    if not text:
        return "it is empty"
    return "no answer in a cloze can hold a tilde" if "~" in text else ""


def typed(text: str) -> str:
    """Return an answer to be typed: `*` is Moodle's wild card, a backslash makes it a character.

    What ends in a backslash gets a space, which Moodle trims: the backslash would hide the answer's end. So
    would an ampersand in many releases, though not in 5.1.
    """
    written = escape.text(text.replace("*", "\\*")).replace("}", "\\}").replace("#", "\\#")
    return f"{written} " if written.endswith(("\\", "&amp;")) else written


def entry(html: str) -> str:
    """Return an entry of a list, given as HTML."""
    return feedback(html).replace("#", "\\#")


def feedback(html: str) -> str:
    """Return what a blank says after an answer, given as HTML. A line end behind it would be an answer."""
    return html.strip().translate(_ENTITIES).replace("&", "&amp;")
