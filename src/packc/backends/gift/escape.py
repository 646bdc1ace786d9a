"""GIFT's own escaping. Facts: Moodle 4.5's `qformat_gift`, measured by importing.

Texts are rendered as HTML first. HTML writes `&` as `&amp;` and `>` as `&gt;`, so two things that GIFT has
no escape for cannot occur in them: `->` (which makes an answer a matching pair) and runs such as `&&058;`
(Moodle's placeholders for escaped characters, turned into the character wherever they stand).
"""

from __future__ import annotations

import re

from packc.source import without_refused

_CONTROLS = str.maketrans(
    {character: f"\\{character}" for character in "\\#=~{}:"} | {"\n": "\\n"},
)
_LINE_END = re.compile(r"\r\n?")
_PLACEHOLDER = re.compile(r"&&(?=\d{3})")


def text(value: str) -> str:
    """Return `value` on one line, each of GIFT's seven live characters escaped by itself."""
    return _LINE_END.sub("\n", without_refused(value)).translate(_CONTROLS)


def category_path(names: tuple[str, ...]) -> str:
    """Return the path for a `$CATEGORY:` line; nothing but `/` and the backslash is escaped there.

    `top/` keeps the path in the context that the teacher chose, but Moodle takes it for a category named
    "top" where only one name follows; a single name gets the same place without it. The space beside a
    slash at a name's end is how Moodle's own export keeps it apart from the separator.
    """
    path = "/".join(_category_name(name) for name in names)
    return f"top/{path}" if len(names) > 1 else path.strip()


def _category_name(name: str) -> str:
    before = " " if name.startswith("/") else ""
    after = " " if name.endswith("/") else ""
    return before + name.replace("\\", "\\\\").replace("/", "//") + after


def bracketed(kind: str, value: str) -> str:
    """Return `[id:…]` or `[tag:…]`, as Moodle reads them in the comment above a question."""
    return f"[{kind}:{value.replace(']', chr(92) + ']')}]"


def without_placeholders(value: str) -> str:
    """Return `value` with `&&058;` and its like written so that Moodle shows, but does not replace them."""
    return _PLACEHOLDER.sub("&amp;&", value)


def has_placeholder(value: str) -> bool:
    """Tell whether plain text holds a run such as `&&058;`, which Moodle would replace."""
    return bool(_PLACEHOLDER.search(value))


def one_line(value: str) -> str:
    """Return `value` with every run of white space as one space, none at the ends."""
    return " ".join(without_refused(value).split())
