"""Ids for questions of other programs: theirs where they are ids, else made of what the question says."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BankIdChanged
from packc.reader.headings import ID, proposed_id
from packc.source import Span
from packc.writer.blocks import LEADING_ID

_LONGEST = 64
_LONGEST_SLUG = 40


class Ids:
    """Gives the ids of one file. The same file gives the same ids, wherever a question stands in it."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last one that an id was given

    def give(self, written: str, name: str, text: str, span: Span | None) -> str:
        """Return an id that is free: `written` if it is one, else one after the name or the text."""
        wanted = written.strip()
        if ID.fullmatch(wanted):
            found, why = wanted, ""
        elif wanted:
            found, why = proposed_id(wanted), "is no id here"
        else:
            found, why = self._made(name, text), ""
        free = self._free(found)
        if free != found and wanted and not why:
            why = "is there twice"
        if why:
            self._sink.report(BankIdChanged(wanted, free, why), span)
        self._taken.add(_folded(free))
        return free

    def _made(self, name: str, text: str) -> str:
        name = name.strip()
        if LEADING_ID.fullmatch(name):
            return name
        for words in (name, text):
            found = slug(words)
            if found:
                return found
        digest = sha256(f"{name}\n{text}".encode("utf-8", "replace")).hexdigest()
        return f"q-{digest[:8]}"

    def _free(self, wanted: str) -> str:
        found, number = wanted, self._numbers.get(_folded(wanted), 1)
        while _folded(found) in self._taken:
            number += 1
            ending = f"-{number}"
            found = wanted[: _LONGEST - len(ending)] + ending
        self._numbers[_folded(wanted)] = number
        return found


def pack_id(title: str) -> str:
    """Return the pack id that a title gives: lower-case words with `-`, '' if it has no Latin letters."""
    return _words(title)[:_LONGEST].rstrip("-")


def slug(text: str) -> str:
    """Return the id that a name gives, '' if it has no Latin letters; a long one ends with a word."""
    found = _words(text[:400])
    if len(found) > _LONGEST_SLUG:
        found = found[: _LONGEST_SLUG + 1].rpartition("-")[0] or found[:_LONGEST_SLUG]
    return found


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    words = re.findall(r"[a-z0-9]+", letters.replace("'", "").replace("’", ""))
    while words and not words[0][0].isalpha():
        words = words[1:]
    return "-".join(words)


def _folded(identifier: str) -> str:
    return unicodedata.normalize("NFC", identifier).casefold()
