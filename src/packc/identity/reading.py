"""Reading `packc.lock`, strictly: what packc did not write is reported with its place; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from packc.diagnostics import Sink
from packc.diagnostics.rules.ledger import LedgerConflict, LedgerEdited, LedgerNewer, LedgerTruncated
from packc.identity.blanks import ReleasedBlank
from packc.identity.content import HASHES
from packc.identity.ledger import (
    LAST,
    REMARK,
    VERSION,
    Entry,
    Ledger,
    Look,
    PackEntry,
    PackKey,
    pack_key,
)
from packc.named import NamedTuple
from packc.source import SourceFile, Span

K = TypeVar("K")
V = TypeVar("V")
_MARKS = r"(?m)^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)"
_FIRST = re.compile(r"packc ledger (\d{1,9})\n")


class _Block(NamedTuple):
    """A block without its sum: the words of each line, and where it begins."""

    lines: list[tuple[str, str]]
    place: Span


def read_ledger(source: SourceFile, sink: Sink) -> Ledger:
    """Return the ledger that `source` holds. Every fault is reported, as an error; what is read then counts
    for nothing."""
    conflict = any(mark * 7 in source.text for mark in "<=>|")  # quicker said than compiled
    mark = re.search(_MARKS, source.text) if conflict else None
    if mark:
        sink.report(LedgerConflict(), source.span(mark.start(), mark.end()))
        return Ledger()
    first = _FIRST.match(source.text)
    if first and int(first[1]) > VERSION:
        sink.report(LedgerNewer("the ledger"), source.span(0, first.end() - 1))
        return Ledger()
    if not first or not source.text.startswith(f"{REMARK}\n\n", first.end()):
        sink.report(LedgerEdited("its first two lines are not"), source.span(0, source.line_end(0)))
        return Ledger()
    if not source.text.endswith(f"\n\n{LAST}\n"):
        end = len(source.text)
        last = source.text.find(f"\n\n{LAST}\n")
        if last < 0:
            sink.report(LedgerTruncated(), source.span(source.line_starts[source.line_of(end)], end))
        else:
            rest = source.span(last + len(LAST) + 3, end)
            sink.report(LedgerEdited("something follows its last line"), rest)
        return Ledger()
    return _Reader(source, sink).read(first.end() + len(REMARK) + 2)


class _Reader:
    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self._looks: dict[str, Look] = {}
        self._packs: dict[PackKey, PackEntry] = {}
        self._entries: dict[str, Entry] = {}

    def read(self, start: int) -> Ledger:
        for block in self._blocks(start):
            kind, name = block.lines[0]
            try:
                match kind:
                    case "target":
                        self._look(name, block)
                    case "pack":
                        self._pack(name, block)
                    case "question":
                        self._entry(name, block)
                    case _:
                        self._edited(f"there are no blocks of the kind `{kind}`", block.place)
            except (ValueError, IndexError):
                self._edited("this block is not of the form", block.place)
        return Ledger(self._looks, self._packs, self._entries)

    def _blocks(self, start: int) -> Iterator[_Block]:
        """Yield the blocks whose sums are right."""
        end = len(self._source.text) - len(LAST) - 3
        if end < start:  # a ledger without a block
            return
        for text in self._source.text[start:end].split("\n\n"):
            body, _, written = text.rpartition("\nsum ")
            place = self._source.span(start, start + len(text.partition("\n")[0]))
            if sha256(body.encode("utf-8")).hexdigest()[:8] == written:
                yield _Block([_words(line) for line in body.split("\n")], place)
            else:
                self._edited("a line of this block was changed, or its sum", place)
            start += len(text) + 2

    def _look(self, name: str, block: _Block) -> None:
        renderer, templates, published = _values(block.lines[1:], ("renderer", "templates", "published"))
        self._add(self._looks, name, Look(int(renderer), templates, _moment(published)), block)

    def _pack(self, name: str, block: _Block) -> None:
        (namespace,) = _values(block.lines[1:2], ("namespace",))
        decks = tuple(_text(value) for key, value in block.lines[2:] if key == "deck")
        pack = PackEntry(_text(namespace), name, decks)
        self._add(self._packs, pack_key(pack.namespace, name), pack, block)

    def _entry(self, name: str, block: _Block) -> None:
        pack, identifier = name.split("/")
        names = ("namespace", "guid", "hash", "published")
        namespace, guid, content, published = _values(block.lines[1:5], names)
        shown, blanks, retired = identifier, [], None
        for key, value in block.lines[5:]:
            match key:
                case "shown":
                    shown = value
                case "blank" | "gone":
                    number, answer = _words(value)
                    blanks.append(ReleasedBlank(int(number), _text(answer), key == "gone"))
                case "retired":
                    retired = _moment(value)
                case _:
                    raise ValueError(key)
        if int(content.partition(":")[0]) not in HASHES:
            self._sink.report(LedgerNewer("this hash"), block.place)
        entry = Entry(
            _text(namespace), pack, identifier, content, _moment(published), shown, tuple(blanks), retired
        )
        self._add(self._entries, guid, entry, block)

    def _add(self, known: dict[K, V], key: K, value: V, block: _Block) -> None:
        if key in known:
            self._edited("this block is there twice", block.place)
        known[key] = value

    def _edited(self, reason: str, place: Span) -> None:
        self._sink.report(LedgerEdited(reason), place)


def _words(line: str) -> tuple[str, str]:
    key, _, value = line.partition(" ")
    return key, value


def _values(lines: Sequence[tuple[str, str]], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of lines that have exactly these keys. Raises ValueError."""
    if tuple(key for key, _ in lines) != keys:
        raise ValueError(keys)
    return tuple(value for _, value in lines)


def _text(written: str) -> str:
    if not written.startswith('"'):
        return written
    import json  # few texts need it

    return str(json.loads(written))


def _moment(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
