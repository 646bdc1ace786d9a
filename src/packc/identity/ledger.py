"""The ledger: what learners were given, and when. `packc.lock` is its text.

One block for each target, pack and question, sorted, with a blank line between, so that it reads well in a
diff and neighbouring changes merge. Every block ends with a sum of its own lines: a line that somebody
changed by hand is noticed, and two branches have no line in common that both must change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TypeAlias
from unicodedata import normalize

from packc.identity.blanks import ReleasedBlank
from packc.identity.guid import guid
from packc.named import NamedTuple

VERSION = 1
FIRST = f"packc ledger {VERSION}"
REMARK = "What learners were given. `packc release` writes this file: commit it, and do not edit it."
LAST = "end of ledger"


class Entry(NamedTuple):
    """What learners were given of one question.

    `namespace`, `pack` and `id` are those under which they met it first; `shown` is the id that they saw
    last. `hash` is of the content that was given out at `published`, in UTC seconds. `retired` is when a
    release found the question gone.
    """

    namespace: str
    pack: str
    id: str
    hash: str
    published: int
    shown: str
    blanks: tuple[ReleasedBlank, ...] = ()
    retired: int | None = None

    @property
    def guid(self) -> str:
        return guid(self.namespace, self.pack, self.id)


class PackEntry(NamedTuple):
    """What learners were given of one pack: the decks that its questions are in, the pack's own first."""

    namespace: str
    id: str
    decks: tuple[str, ...]


class Look(NamedTuple):
    """How a target shows questions: its renderer's version, its templates' hash, and since when."""

    renderer: int
    templates: str
    published: int

    def after(self, before: Look | None, moment: int) -> Look:
        """Return this look with the moment from which it counts, given the one that learners have.

        It keeps the moment as long as the templates stay. New ones count from when packc has them, if it
        knows, else from `moment`, and always later than what learners have. The renderer stays the one that
        the notes came from.
        """
        if before is not None and before.templates == self.templates:
            return before
        since = self.published or moment
        if before is None:
            return self._replace(published=since)
        return before._replace(templates=self.templates, published=max(since, before.published + 1))


PackKey: TypeAlias = tuple[str, str]


class Ledger(NamedTuple):
    """What was released: each target's look, packs by `pack_key`, questions by GUID."""

    looks: Mapping[str, Look] = MappingProxyType({})
    packs: Mapping[PackKey, PackEntry] = MappingProxyType({})
    entries: Mapping[str, Entry] = MappingProxyType({})

    @property
    def newest(self) -> int:
        """The date of the last release, or 0. Looks do not tell: packc dates its own."""
        return max((max(each.published, each.retired or 0) for each in self.entries.values()), default=0)


def folded(text: str) -> str:
    """Return a part of an identity as it is compared."""
    return normalize("NFC", normalize("NFC", text).casefold())


def pack_key(namespace: str, identifier: str) -> PackKey:
    return folded(namespace), folded(identifier)


def render(ledger: Ledger) -> str:
    """Return the text of `packc.lock`: the same for the same ledger in any order."""
    return "\n\n".join((f"{FIRST}\n{REMARK}", *map(block_text, _blocks(ledger)), LAST)) + "\n"


def _blocks(ledger: Ledger) -> Iterator[list[str]]:
    for target, look in sorted(ledger.looks.items()):
        yield look_lines(target, look)
    for pack in sorted(ledger.packs.values(), key=lambda each: pack_key(each.namespace, each.id)):
        yield pack_lines(pack)
    for entry in sorted(ledger.entries.values(), key=_order):
        yield entry_lines(entry)


def block_text(lines: Iterable[str]) -> str:
    """Return a block with the sum of its lines."""
    text = "\n".join(lines)
    return f"{text}\nsum {sha256(text.encode('utf-8')).hexdigest()[:8]}"


def look_lines(target: str, look: Look) -> list[str]:
    return [
        f"target {target}",
        f"renderer {look.renderer}",
        f"templates {look.templates}",
        f"published {moment_text(look.published)}",
    ]


def pack_lines(pack: PackEntry) -> list[str]:
    return [
        f"pack {pack.id}",
        f"namespace {quoted(pack.namespace)}",
        *(f"deck {quoted(deck)}" for deck in pack.decks),
    ]


def entry_lines(entry: Entry) -> list[str]:
    lines = [
        f"question {entry.pack}/{entry.id}",
        f"namespace {quoted(entry.namespace)}",
        f"guid {entry.guid}",
        f"hash {entry.hash}",
        f"published {moment_text(entry.published)}",
    ]
    if entry.shown != entry.id:
        lines.append(f"shown {entry.shown}")
    lines += [
        f"{'gone' if blank.gone else 'blank'} {blank.number} {quoted(blank.answer)}" for blank in entry.blanks
    ]
    if entry.retired is not None:
        lines.append(f"retired {moment_text(entry.retired)}")
    return lines


def moment_text(seconds: int) -> str:
    """Return UTC seconds as `2026-11-28T12:31:50Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def quoted(text: str) -> str:
    """Return `text` on one line: as it is, or as a JSON string where that would not show what it is."""
    if text and text.isprintable() and text == text.strip() and text[0] != '"':
        return text
    import json  # few texts need it

    return json.dumps(text)


def _order(entry: Entry) -> tuple[object, ...]:
    """Sort by pack, then by id as people count: `Q2` before `Q10`."""
    parts = re.split(r"([0-9]+)", folded(entry.id))
    # Between the texts, which may be empty, stand the numbers.
    numbered = tuple((part, 0) if index % 2 == 0 else ("", int(part)) for index, part in enumerate(parts))
    return folded(entry.pack), folded(entry.namespace), numbered, entry.id
