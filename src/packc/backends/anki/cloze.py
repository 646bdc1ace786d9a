"""Cloze texts in Anki's own notation: `{{c1::answer::hint}}` for each blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from packc.ast.keys import DropdownKey, NumberKey
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Blank, BulletList, Inlines, ListItem, Para, Text
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.richtext import CardRenderer
from packc.backends.anki.typed import accepted, best, minds_case
from packc.identity.blanks import blanks_of, numbered
from packc.named import NamedTuple
from packc.render import escape
from packc.render.neutral import neutral
from packc.render.plain import PLAIN

MOST_NUMBERS = 500  # higher ones share Anki's 500th card (rslib, `cloze.rs`)

# What Anki would take for its own notation, in texts, formulas, code and addresses alike.
_NOTATION = re.compile(r"(?<=\{)\{|(?<=\})\}|(?<=:):|^[{}:]|[{}:]\Z")

# Where a blank stands in rendered text. No text can look like this, since `<` is escaped in all of them.
_MARK = re.compile(r'<pk-blank n="(\d+)"/>')

_WRITTEN = re.compile(r"\{\{c(\d+)::")


def cloze_fields(question: ClozeQuestion, texts: CardTexts) -> Iterator[tuple[str, str]]:
    """Yield the text with its blanks, and what counts as right where that is not just what it shows."""
    renderer = _ClozeRenderer(_numbers(question, texts), texts)
    html = renderer.blocks(question.text)
    pieces = _MARK.split(html)  # a text, a blank's index, a text, …
    pieces[::2] = map(_safe, pieces[::2])
    pieces[1::2] = (renderer.written[int(index)].notation for index in pieces[1::2])
    yield "Text", texts.in_language("".join(pieces))
    entries = tuple(ListItem((Para(entry),)) for entry in map(_counting, renderer.written) if entry)
    if entries:
        listed = texts.renderer.blocks((BulletList(entries),))
        case = texts.how(texts.words.case_counts) if any(map(_minds_case, renderer.written)) else ""
        label = f'<p class="pk-label">{texts.word(texts.words.answers)}</p>'
        yield "Answers", texts.in_language(f"{label}{listed}{case}")


def _numbers(question: ClozeQuestion, texts: CardTexts) -> Mapping[int, int]:
    """Return each blank's number, by the identity of its node: two blanks may be equal."""
    blanks = blanks_of(question)
    numbers = texts.blanks.get(question.id) or numbered(blanks).numbers
    taken = {number for number in numbers if 1 <= number <= MOST_NUMBERS}
    free = (number for number in count(1) if number not in taken)
    return {
        id(blank): number if number in taken else min(next(free), MOST_NUMBERS)
        for blank, number in zip(blanks, numbers, strict=True)
    }


def cards_of(text_field: str) -> tuple[int, ...]:
    """Return the numbers of a cloze note's cards, from 0, as Anki makes them of its text."""
    return tuple(sorted({int(number) - 1 for number in _WRITTEN.findall(text_field)}))


def fits(blank: Blank) -> bool:
    """Whether Anki can keep the number that the author fixed."""
    return blank.number is None or 1 <= blank.number <= MOST_NUMBERS


class _Written(NamedTuple):
    blank: Blank
    notation: str


class _ClozeRenderer(CardRenderer):
    """Leaves a mark for each blank, and keeps what is to stand there.

    Each has the number that learners know it by, as far as Anki knows such a number.
    """

    def __init__(self, numbers: Mapping[int, int], texts: CardTexts) -> None:
        super().__init__(texts.renderer.media, source_url=texts.renderer.source_url, words=texts.words)
        self.written: list[_Written] = []
        self.numbers = numbers

    def blank(self, node: Blank) -> str:
        number = self.numbers[id(node)]
        hint = self.hint(node)
        inside = f"{number}::{_safe(self.inlines(best(node.key)))}{f'::{_safe(hint)}' if hint else ''}"
        unit = f" {escape.text(node.key.unit)}" if isinstance(node.key, NumberKey) and node.key.unit else ""
        self.written.append(_Written(node, f"{{{{c{inside}}}}}"))
        return f'<pk-blank n="{len(self.written) - 1}"/>{unit}'

    def hint(self, node: Blank) -> str:
        """Return what the empty blank shows: the entries of its list and the author's hint."""
        entries = ""
        if isinstance(node.key, DropdownKey):
            options = [option.children for option in node.key.options]
            order = neutral(map(PLAIN.inlines, options))
            entries = " / ".join(self.inlines(options[index]) for index in order)
        return " – ".join(part for part in (entries, escape.text(node.hint)) if part)


def _counting(written: _Written) -> Inlines:
    """Return all that counts as right; nothing if the card shows all of it."""
    counting = accepted(written.blank.key)
    if counting == [best(written.blank.key)]:
        return ()
    return tuple(node for entry in counting for node in (Text(" / "), *entry))[1:]


def _minds_case(written: _Written) -> bool:
    return minds_case(written.blank.key)


def _safe(html: str) -> str:
    """Return `html` without anything that Anki reads as the beginning, a part or the end of a blank."""
    return _NOTATION.sub(lambda found: f"&#{ord(found[0])};", html)
