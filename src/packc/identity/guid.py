"""The identity of a question in a learner's collection."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from packc.ast.pack import Pack
    from packc.ast.question import Question

_FORMULA = "packc guid 1"
_BYTES = 10  # 80 bits are 16 characters: among a million notes a clash has odds of 1 in 10**12
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PLACES = range(_BYTES * 8 - 5, -1, -5)  # of the characters in those bits


@lru_cache(maxsize=64)  # a target asks more than once for the same question
def guid(namespace: str, pack_id: str, question_id: str) -> str:
    """Return the GUID of a question: 16 characters of `a-z2-7`, the same for ever.

    The formula is frozen, since learners' schedules hang on it. Each of the three is put into NFC, case
    folded and put into NFC again. `packc guid 1` and the three are encoded as UTF-8 and joined as netstrings
    (`<number of bytes>:<bytes>,`), so that no two different triples give one text. The first ten bytes of its
    SHA-256 are written in base 32 (RFC 4648), in lower case.

    Wording, title, position, section and file name do not enter. An empty namespace is a namespace.
    """
    parts = (_FORMULA, _folded(namespace), _folded(pack_id), _folded(question_id))
    joined = b"".join(_netstring(part) for part in parts)
    number = int.from_bytes(sha256(joined).digest()[:_BYTES], "big")
    return "".join([_ALPHABET[number >> place & 31] for place in _PLACES])


def question_guid(pack: Pack, question: Question) -> str:
    """Return the GUID of `question` in `pack`: that of the ids under which learners met it first.

    The first alias of the pack, and of the question, is the oldest of its ids.
    """
    pack_id, question_id = (*pack.meta.aliases, pack.id)[0], (*question.aliases, question.id)[0]
    return guid(pack.meta.namespace, pack_id, question_id)


def _folded(value: str) -> str:
    return normalize("NFC", normalize("NFC", value).casefold())


def _netstring(value: str) -> bytes:
    data = value.encode("utf-8")
    return b"%d:%s," % (len(data), data)
