"""What an importer is. It is pure: text and a name in, packs and diagnostics out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from packc.ast.pack import Pack
from packc.diagnostics import Sink
from packc.reader.grammar import DEFAULT, Grammar
from packc.source import SourceFile

_LONGEST_ID = 64


class Info(NamedTuple):
    """What the registry knows of a format without importing its code."""

    name: str  # what `--from` takes
    title: str  # one line for people


class Importer(Protocol):
    """One source format."""

    @property
    def info(self) -> Info: ...

    def recognises(self, source: SourceFile) -> bool:
        """Tell whether `source` looks like this format."""

    def read(
        self, source: SourceFile, sink: Sink, *, fallback_id: str, grammar: Grammar = DEFAULT
    ) -> Sequence[Pack]:
        """Return the packs that `source` holds; what cannot be recovered is reported. Never raises.

        `fallback_id` is an allowed id, for a pack that gives nothing to make one of; `grammar` is that of
        the project that the packs will belong to.
        """


def pack_id(title: str) -> str:
    """Return the pack id that a title gives: lower-case words with `-`, '' if it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    words = re.findall(r"[a-z0-9]+", letters.replace("'", "").replace("’", ""))
    while words and not words[0][0].isalpha():
        words = words[1:]
    return "-".join(words)[:_LONGEST_ID].rstrip("-")
