"""What names, id numbers and tags Moodle's import can take (facts: Moodle 4.5)."""

from __future__ import annotations

import re

from packc.ast.pack import Pack
from packc.ast.question import Question
from packc.backends.gift import escape
from packc.source import without_refused

MAX_ID = 100
MAX_NAME = 255

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TAG_REFUSES = re.compile(r"[\x00-\x1f\x7f<>`]")
_RESERVED_NAME = re.compile(r"top|\$[a-z]+\$")


class IdNumbers:
    """The id numbers of one file: each can be given once, whatever its case (MySQL ignores case)."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def fault(self, identifier: str) -> str:
        """Return why Moodle cannot take `identifier` as an id number; "" takes it for this file."""
        if not _in_brackets(identifier) or _CONTROL.search(identifier):
            return "GIFT has no way to write this id"
        if len(identifier) > MAX_ID:
            return f"Moodle's import dies at an id of more than {MAX_ID} characters"
        if identifier.casefold() in self._given:
            return "Moodle drops an id that was given before"
        self._given.add(identifier.casefold())
        return ""


def tag_fault(tag: str) -> str:
    """Return why Moodle cannot take `tag`, or ""."""
    if not _in_brackets(tag):
        return "GIFT has no way to write this tag"
    if _TAG_REFUSES.search(tag):
        return "Moodle ignores a tag with `<`, `>`, a backtick or a control character"
    return f"Moodle's tags end at {MAX_NAME} characters" if len(tag) > MAX_NAME else ""


def tags(pack: Pack, question: Question | None = None) -> tuple[str, ...]:
    """Return the pack's tags, and the question's own, that Moodle can take; each of them once."""
    written = (*pack.meta.tags, *(question.tags if question else ()))
    return tuple(dict.fromkeys(tag for tag in written if not tag_fault(tag)))


def name(value: str) -> str:
    """Return `value` as a name that Moodle stores unchanged, or "" if nothing is left.

    Moodle strips tags from names, and takes `<` for one unless white space follows.
    """
    cleaned = escape.without_placeholders(escape.one_line(value))
    cleaned = re.sub(r"<(?! )", "< ", cleaned).rstrip("< ")
    return cleaned if len(cleaned) <= MAX_NAME else cleaned[: MAX_NAME - 1].rstrip("< ") + "…"


def category_name(value: str) -> str:
    """Return `value` as the name of a category, or "" if nothing is left.

    "top" and names such as `$course$` mean something else to Moodle, so they get parentheses.
    """
    cleaned = name(value)
    return f"({cleaned})" if _RESERVED_NAME.fullmatch(cleaned) else cleaned


def _in_brackets(value: str) -> bool:
    """Tell whether `[id:value]` is read back as `value`: it is trimmed, and `\\]` is an escaped bracket."""
    kept = bool(value) and value == value.strip() and value == without_refused(value)
    return kept and not value.endswith("\\") and "[id:" not in value and "[tag:" not in value
