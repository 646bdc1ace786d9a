"""Inline rules of our own: formulas, taken out before Markdown's escapes can touch them, and comments."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

_ONLY_WORDS = re.compile(r"[A-Za-z ,.;:'’-]*[A-Za-z]{3}[A-Za-z ,.;:'’-]*")
_AFTER_DOLLAR = re.compile(r"(?:th|st|nd|rd|s)?(?![\w${])")
_BACKTICKS = re.compile(r"`+")
_LONGEST = 10_000  # characters of a formula or comment; keeps the search for a missing closer linear


def math(state: StateInline, silent: bool) -> bool:
    """`$…$`, `$$…$$`, `\\(…\\)` and, where it begins or ends its line, `\\[…\\]`. Prices are text."""
    character = state.src[state.pos]
    if character == "$":
        found = _dollars(state.src, state.pos, state.posMax)
    elif character == "\\":
        found = _brackets(state.src, state.pos, state.posMax)
    else:
        return False
    if found is None:
        return False
    end, tex, display = found
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = tex
        token.meta["display"] = display
    state.pos = end
    return True


def _dollars(text: str, start: int, limit: int) -> tuple[int, str, bool] | None:
    if text.startswith("$$", start):
        end = _find_dollar(text, start + 2, limit)
        if end is None or not text.startswith("$$", end) or end + 2 > limit:
            return None
        tex = text[start + 2 : end].strip()
        return (end + 2, tex, True) if tex else None
    if start > 0 and (text[start - 1].isalnum() or text[start - 1] == "$"):
        return None
    if start + 1 >= limit or text[start + 1].isspace():
        return None
    end = _find_dollar(text, start + 1, limit)
    if end is None or end == start + 1 or text[end - 1].isspace():
        return None
    if not _AFTER_DOLLAR.match(text, end + 1, limit):
        return None
    return end + 1, text[start + 1 : end], False


def _find_dollar(text: str, position: int, limit: int) -> int | None:
    """Return the next unescaped `$` that is not inside a code span."""
    while position < limit:
        character = text[position]
        if character == "$":
            return position
        if character == "\\":
            position += 2
        elif character == "`":
            run = _BACKTICKS.match(text, position, limit)
            assert run is not None
            closer = re.compile(rf"(?<!`){run[0]}(?!`)").search(text, run.end(), limit)
            position = closer.end() if closer else run.end()
        else:
            position += 1
    return None


def _brackets(text: str, start: int, limit: int) -> tuple[int, str, bool] | None:
    opener = text[start : start + 2]
    if opener not in ("\\(", "\\["):
        return None
    closer = "\\)" if opener == "\\(" else "\\]"
    limit = min(limit, start + _LONGEST)
    end = text.find(closer, start + 2, limit)
    while end > 0 and text[end - 1] == "\\" and text[end - 2] != "\\":
        end = text.find(closer, end + 2, limit)  # two backslashes are TeX's line break: no closer
    if end < 0:
        return None
    tex = text[start + 2 : end].strip()
    if not tex or (opener == "\\(" and _ONLY_WORDS.fullmatch(tex)):
        return None
    if opener == "\\[" and not _at_line_edge(text, start, end + 2):
        return None
    return end + 2, tex, opener == "\\["


def _at_line_edge(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    return not before.strip() or not after.strip()


def comment(state: StateInline, silent: bool) -> bool:  # noqa: ARG001  (the signature is markdown-it's)
    """An HTML comment in running text is no content."""
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 4, min(state.posMax, state.pos + _LONGEST))
    if end < 0:
        return False
    state.pos = end + 3
    return True
