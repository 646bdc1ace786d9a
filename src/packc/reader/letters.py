"""Choices with letters: lines or items that begin `A.`, `B.`, `C.` …, and answers that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packc.ast.richtext import Block, Blocks, BulletList, OrderedList, Para
from packc.named import NamedTuple
from packc.reader.written import Written
from packc.source import SourceFile, Span

# Patterns as text: `re` compiles them when a pack first needs them.
_LETTER = r"\s*(?P<letter>[A-Za-z])(?P<mark>[.):])(?=\s)\s*"
_FIRST = r"(?:^|\n)[ \t]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+)?[Aa][.):]\s"
_PARENTHESISED = r"\s*\((?P<letter>[A-Za-z])\)\s"
_ONE = r"\(?(?P<letter>[A-Za-z])[.):]?\)?"
_ALL = r"\(?[A-Za-z]\)?(?:\s*(?:,\s*and\b|,|;|/|&|\+|\band\b|\s)\s*\(?[A-Za-z]\)?)*[.)]?"


class Lettered(NamedTuple):
    """One choice with a letter, without it."""

    blocks: Blocks
    span: Span


class Letters(NamedTuple):
    """The choices, and the blocks around them. `span` covers the first choice's letter."""

    choices: tuple[Lettered, ...]
    before: Blocks
    after: Blocks
    span: Span


class _Line(NamedTuple):
    """A line of a paragraph, or a list item. `rest`: the item's further blocks; `item`: its place."""

    block: int
    written: Written
    start: int
    end: int
    rest: Blocks = ()
    item: Span | None = None


def find_letters(blocks: Sequence[Block], source: SourceFile) -> Letters | None:
    """Return the first choices with letters in `blocks`: two at least, in order, with one mark."""
    if not any(_may_begin(block, source) for block in blocks):
        return None
    lines = list(_lines(blocks, source))
    for first, line in enumerate(lines):
        mark = _mark(line, 0)
        if mark is None:
            continue
        starts = [first]
        for index in range(first + 1, len(lines)):
            if _mark(lines[index], len(starts)) == mark:
                starts.append(index)
            elif _mark(lines[index], 0) is not None or not _goes_on(lines, index):
                break
        if len(starts) > 1 and _whole_lists(lines, starts):
            return _letters(blocks, lines, starts)
    return None


def first_letter(blocks: Sequence[Block], source: SourceFile) -> Span | None:
    """Return the place of the first line that begins `A.`, `A)` or `A:`."""
    for line in _lines(blocks, source):
        if _mark(line, 0) is not None:
            return line.item or line.written.span(*line.written.stripped(line.start, line.end))
    return None


def _whole_lists(lines: list[_Line], starts: list[int]) -> bool:
    """Tell whether every item is a choice of the lists that these lines stand in."""
    chosen = {index for index in starts if lines[index].item is not None}
    touched = {lines[index].block for index in chosen}
    return all(index in chosen for index, line in enumerate(lines) if line.block in touched)


def _may_begin(block: Block, source: SourceFile) -> bool:
    """Tell whether some line of `block` begins with the first letter: most texts have none."""
    return block.span is not None and bool(re.search(_FIRST, source.text[block.span.start : block.span.end]))


def letter_end(text: str, index: int) -> tuple[str, int] | None:
    """Return the mark after the letter number `index` at the start of `text`, and where its text begins."""
    found = re.match(_LETTER, text)
    return (found["mark"], found.end()) if found and ord(found["letter"].lower()) == 97 + index else None


def named_letters(answer: str) -> tuple[int, ...] | None:
    """Return the numbers, from 0, of the letters that `answer` consists of, or None if it says more."""
    if not re.fullmatch(_ALL, answer.strip()) or re.fullmatch(r"(?i)and", answer.strip()):
        return None
    letters = re.findall(r"\b[A-Za-z]\b", answer)
    return tuple(ord(letter.lower()) - 97 for letter in letters)


def unread_choices(blocks: Sequence[Block], answer: str, source: SourceFile) -> Span | None:
    """Return the place of what `answer` names by letters, although it has none that are read: `(a)`, or 1, 2.

    None if there is no such thing.
    """
    named = named_letters(answer)
    if not named:
        return None
    before = -1
    for line in _lines(blocks, source):
        found = re.match(_PARENTHESISED, line.written.text[line.start : line.end])
        number = ord(found["letter"].lower()) - 97 if found else -1
        if number > 0 and number == before + 1:
            return line.item or line.written.span(*line.written.stripped(line.start, line.end))
        before = number
    lists = (block for block in blocks if isinstance(block, OrderedList) and len(block.items) > max(named))
    return next((block.span for block in lists), None)


def missing_letters(answer: str, count: int) -> str:
    """Return the letters in `answer` that none of `count` choices has, in words; '' if it is no letters."""
    letters = [chr(97 + number).upper() for number in named_letters(answer) or () if number >= count]
    return " and ".join(f"`{letter}`" for letter in dict.fromkeys(letters))


def leading_letter(answer: str) -> tuple[int, str] | None:
    """Return the number of the letter that `answer` begins with, and the text after it."""
    found = re.match(rf"{_ONE}\s+(?P<rest>\S.*)", answer.strip())
    return (ord(found["letter"].lower()) - 97, found["rest"]) if found else None


def _lines(blocks: Sequence[Block], source: SourceFile) -> Iterator[_Line]:
    for number, block in enumerate(blocks):
        if isinstance(block, Para):
            written = Written(block.children, source)
            start = 0
            for part in written.text.split("\n"):
                yield _Line(number, written, start, start + len(part))
                start += len(part) + 1
        elif isinstance(block, BulletList | OrderedList):
            for item in block.items:
                if item.blocks and isinstance(item.blocks[0], Para):
                    written = Written(item.blocks[0].children, source)
                    yield _Line(number, written, 0, len(written.text), item.blocks[1:], item.span)
                else:
                    yield _Line(number, Written((), source), 0, 0)
        else:
            yield _Line(number, Written((), source), 0, 0)


def _mark(line: _Line, index: int) -> str | None:
    found = letter_end(line.written.text[line.start : line.end], index)
    return found[0] if found else None


def _goes_on(lines: list[_Line], index: int) -> bool:
    """Tell whether this line goes on with the choice above it: indented, in the same paragraph."""
    line, above = lines[index], lines[index - 1]
    if line.item is not None or line.start == line.end or above.block != line.block:
        return False
    return line.start > 0 and line.written.is_indented(line.start)


def _letters(blocks: Sequence[Block], lines: list[_Line], starts: list[int]) -> Letters:
    choices: list[Lettered] = []
    for number, index in enumerate(starts):
        line = lines[index]
        last = index
        while last + 1 < len(lines) and last + 1 not in starts and _goes_on(lines, last + 1):
            last += 1
        end = lines[last].end
        found = letter_end(line.written.text[line.start : end], number)
        assert found is not None  # these lines were chosen for their letters
        inner, end = line.written.stripped(line.start + found[1], end)
        text: Blocks = (
            (Para(line.written.cut(inner, end), span=line.written.span(inner, end)),) if inner < end else ()
        )
        place = line.item or line.written.span(*line.written.stripped(line.start, max(end, inner)))
        choices.append(Lettered((*text, *line.rest), place))
    before, after = _around(blocks, lines, starts[0], last)
    return Letters(tuple(choices), before, after, choices[0].span)


def _around(blocks: Sequence[Block], lines: list[_Line], first: int, last: int) -> tuple[Blocks, Blocks]:
    """Return what stands before line `first` and after line `last`."""
    head, tail = lines[first], lines[last]
    before = [*blocks[: head.block]]
    after = [*blocks[tail.block + 1 :]]
    before += _part(head, 0, head.start)
    after[:0] = _part(tail, tail.end, len(tail.written.text))
    return tuple(before), tuple(after)


def _part(line: _Line, start: int, end: int) -> list[Block]:
    """Return the paragraph that a part of the one that holds `line` makes, if anything is left of it."""
    start, end = line.written.stripped(start, end)
    if line.item is not None or start == end:
        return []
    return [Para(line.written.cut(start, end), span=line.written.span(start, end))]
