"""The trailing brace of a choice or an answer: a weight, a pin, `case`."""

from __future__ import annotations

import re
from decimal import Decimal

from packc.ast.keys import HUNDRED
from packc.ast.question import Pin
from packc.diagnostics import Edit, Fix, Sink
from packc.diagnostics.rules.choices import BraceMisplaced, BraceWord
from packc.diagnostics.rules.keys import WeightOutOfRange
from packc.named import NamedTuple
from packc.near import nearest
from packc.reader.written import Written
from packc.source import Span

_PINS = {".first": Pin.FIRST, ".last": Pin.LAST, ".fixed": Pin.FIXED}
# Patterns as text: `re` compiles them when a pack first needs them.
_TRAILING = r"\{(?P<inside>[^{}\n]*)\}$"
_WEIGHT = r"[+\-−]?[0-9]{1,6}(?:\.[0-9]{1,6})?%"
_OURS = rf"(?:^|\s)(?:{_WEIGHT}|\.[A-Za-z]+|case)(?:\s|$)"  # `{1, 2}` and `{x}` are text
_BARE = r"\s*[+\-−]?[0-9]{1,3}\s*"  # a weight without its sign, perhaps
_BEGUN = r"\{\s*(?:[+\-−]?[0-9]{1,6}(?:\.[0-9]{1,6})?\s*%|\.(?:first|last|fixed)\b)[^{}\n]*"
FRONT = rf"{_BEGUN}\}}"  # of a choice
_ANYWHERE = rf"{_BEGUN}(?:\}}|$)"


class Brace(NamedTuple):
    """What the trailing braces of a text say, and where the text before them ends."""

    end: int
    weight: Decimal | None = None
    pin: Pin = Pin.NONE
    case: bool = False


NO_BRACE = Brace(0)


def take_brace(written: Written, start: int, end: int, sink: Sink, *, choice: bool) -> Brace:
    """Read the braces at the end of `written.text[start:end]`.

    `choice`: weights and pins stand there, and not `case`. What is not understood is reported.
    """
    _, end = written.stripped(start, end)
    brace = Brace(end)
    trailing = re.compile(_TRAILING)
    while found := trailing.search(written.text, max(start, written.text.rfind("{", start, end)), brace.end):
        inside = re.sub(r"(?<=[0-9])\s+%", "%", found["inside"])
        doubtful = re.fullmatch(_BARE, inside) and written.text[start : found.start()].strip()
        if not re.search(_OURS, inside) and not doubtful:
            break
        brace = _with_words(brace, inside, written, found, sink, choice=choice)
        _, last = written.stripped(start, found.start())
        brace = brace._replace(end=last)
        end = last
    return brace


def _with_words(
    brace: Brace, inside: str, written: Written, found: re.Match[str], sink: Sink, *, choice: bool
) -> Brace:
    place = written.span(*found.span())
    known = [*_PINS, "50%"] if choice else ["case", "50%"]
    for word in inside.split():
        if re.fullmatch(_WEIGHT, word) and brace.weight is None:
            weight = Decimal(word[:-1].replace("−", "-"))
            if abs(weight) > HUNDRED or (weight <= 0 and not choice):
                sink.report(WeightOutOfRange(word, "from -100" if choice else "above 0"), place)
                continue
            brace = brace._replace(weight=weight)
        elif choice and word in _PINS and brace.pin is Pin.NONE:
            brace = brace._replace(pin=_PINS[word])
        elif not choice and word == "case":
            brace = brace._replace(case=True)
        else:
            sink.report(BraceWord(word, nearest(word, known) or known[0]), place)
    return brace


def report_misplaced(written: Written, start: int, end: int, sink: Sink) -> None:
    """Report every weight or pin in `written.text[start:end]`, which is what stands before the last brace."""
    first, _ = written.stripped(start, end)
    for found in re.compile(_ANYWHERE).finditer(written.text, start, end):
        place = written.span(*found.span())
        fix = None
        if found[0].endswith("}"):
            last = written.span(len(written.text) - 1, len(written.text)).end
            behind = Span(place.file, last, last)
            gone = found.end()
            while gone < end and written.text[gone] == " ":
                gone += 1
            edits = (Edit(written.span(found.start(), gone), ""), Edit(behind, f" {found[0]}"))
            fix = Fix("move the brace behind the text", edits, safe=found.start() == first)
        sink.report(BraceMisplaced(found[0]), place, fix=fix)
