"""What names, id numbers and tags Moodle's question bank can take (facts: Moodle 4.5)."""

from __future__ import annotations

import re

from packc.source import without_refused

MAX_ID = 100
MAX_NAME = 255

_INVISIBLE = "\u200b\u2060\ufeff"  # space without width, word joiner, the byte order mark
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TAG_REFUSES = re.compile(r"[\x00-\x1f\x7f<>`]")
_RESERVED_NAME = re.compile(r"top|\$[a-z]+\$")


class IdNumbers:
    """The id numbers of one file: each can be given once, whatever its case (MySQL ignores case)."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def fault(self, identifier: str) -> str:
        """Return why Moodle cannot take `identifier` as an id number; "" takes it for this file."""
        if not identifier or identifier != identifier.strip() or identifier != without_refused(identifier):
            return "Moodle has no way to keep this id"
        if _CONTROL.search(identifier):
            return "Moodle has no way to keep this id"
        if len(identifier) > MAX_ID:
            return f"Moodle's import dies at an id of more than {MAX_ID} characters"
        if identifier.casefold() in self._given:
            return "Moodle drops an id that was given before"
        self._given.add(identifier.casefold())
        return ""


def tag_fault(tag: str) -> str:
    """Return why Moodle cannot take `tag`, or ""."""
    if not tag or tag != tag.strip():
        return "Moodle trims tags, and ignores empty ones"
    if _TAG_REFUSES.search(tag) or tag != without_refused(tag):
        return "Moodle ignores a tag with `<`, `>`, a backtick or a control character"
    return f"Moodle's tags end at {MAX_NAME} characters" if len(tag) > MAX_NAME else ""


def one_line(value: str) -> str:
    """Return `value` with every run of white space as one space, none at the ends; "" if none of it shows."""
    line = " ".join(without_refused(value).split())
    return line if line.strip(f" {_INVISIBLE}") else ""


def name(value: str) -> str:
    """Return `value` as a name that Moodle stores unchanged, or "" if nothing is left.

    Moodle strips tags from names, and takes `<` for one unless white space follows.
    """
    cleaned = re.sub(r"<(?! )", "< ", one_line(value)).rstrip("< ")
    return cleaned if len(cleaned) <= MAX_NAME else cleaned[: MAX_NAME - 1].rstrip("< ") + "…"


def category_name(value: str) -> str:
    """Return `value` as the name of a category, or "" if nothing is left.

    "top" and names such as `$course$` mean something else to Moodle, so they get parentheses.
    """
    cleaned = name(value)
    return f"({cleaned})" if _RESERVED_NAME.fullmatch(cleaned) else cleaned


def category_path(names: tuple[str, ...]) -> str:
    """Return the path of a category, `/` between the names and `//` for a slash inside one.

    `top/` keeps the path in the context that the teacher chose, but Moodle takes it for a category named
    "top" where only one name follows; a single name gets the same place without it. The space beside a
    slash at a name's end is how Moodle's own export keeps it apart from the separator.
    """
    path = "/".join(_category_name(name) for name in names)
    return f"top/{path}" if len(names) > 1 else path.strip()


def _category_name(name: str) -> str:
    before = " " if name.startswith("/") else ""
    after = " " if name.endswith("/") else ""
    return before + name.replace("/", "//") + after
