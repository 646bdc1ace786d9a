"""Inline rules of our own: formulas, taken out before Markdown's escapes can touch them, and comments."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from packc.diagnostics.rules.richtext import RawHtml
from packc.reader.attributes import braces_at

# As text: `re` compiles them when a pack first needs them.
_ONLY_WORDS = r"[A-Za-z ,.;:'’-]*[A-Za-z]{3}[A-Za-z ,.;:'’-]*"
_AFTER_DOLLAR = r"(?:th|st|nd|rd|s)?(?![\w${])"
_BACKTICKS = r"`+"
_LONGEST = 10_000  # characters of a formula or comment; keeps the search for a missing closer linear


def math(state: StateInline, silent: bool) -> bool:
    """`$…$`, `$$…$$`, `\\(…\\)` and, where it begins or ends its line, `\\[…\\]`. Prices are text."""
    character = state.src[state.pos]
    if character == "$":
        found = dollars(state.src, state.pos, state.posMax)
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
        opener = 2 if display or character == "\\" else 1
        token.meta["tex"] = state.src.index(tex, state.pos + opener)  # only white space stands before it
    state.pos = end
    return True


def dollars(text: str, start: int, limit: int) -> tuple[int, str, bool] | None:
    """Return where the formula between dollars at `start` ends, its TeX, and if it is displayed, or None."""
    if text.startswith("$$", start):
        end = _find(text, "$", start + 2, limit)
        if end is None or not text.startswith("$$", end) or end + 2 > limit:
            return None
        tex = text[start + 2 : end].strip()
        return (end + 2, tex, True) if tex else None
    if start > 0 and (text[start - 1].isalnum() or text[start - 1] == "$"):
        return None
    if start + 1 >= limit or text[start + 1].isspace():
        return None
    end = _find(text, "$", start + 1, limit)
    if end is None or end == start + 1 or text[end - 1].isspace():
        return None
    if not re.compile(_AFTER_DOLLAR).match(text, end + 1, limit):
        return None
    return end + 1, text[start + 1 : end], False


def _find(text: str, wanted: str, position: int, limit: int) -> int | None:
    """Return where `wanted` stands next, unescaped and not inside a code span."""
    while position < limit:
        if text.startswith(wanted, position):
            return position
        character = text[position]
        if character == "\\":
            position += 2
        elif character == "`":
            position = code_end(text, position, limit)
        else:
            position += 1
    return None


def code_end(text: str, start: int, limit: int) -> int:
    """Return where the code span at `start` ends; if there is none, where its run of backticks does."""
    run = re.compile(_BACKTICKS).match(text, start, limit)
    assert run is not None  # the character is a backtick
    closer = re.compile(rf"(?<!`){run[0]}(?!`)").search(text, run.end(), limit)
    return closer.end() if closer else run.end()


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
    if not tex or (opener == "\\(" and re.fullmatch(_ONLY_WORDS, tex)):
        return None
    if opener == "\\[" and not _at_line_edge(text, start, end + 2):
        return None
    return end + 2, tex, opener == "\\["


def _at_line_edge(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    return not before.strip() or not after.strip()


def comment(state: StateInline, silent: bool) -> bool:
    """An HTML comment in running text is no content."""
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 2, min(state.posMax, state.pos + _LONGEST))  # `<!-->` is one, too
    if end < 0:
        return False
    if not silent:
        state.push("comment", "", 0)
    state.pos = end + 3
    return True


_TAG = (
    r"</?[A-Za-z][A-Za-z0-9-]*"
    r"(?:[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'=<>`]+))?)*[ \t]*/?>"
)


def tag(state: StateInline, silent: bool) -> bool:
    """Any other HTML tag is text, and nothing in it is markup."""
    if state.src[state.pos] != "<":
        return False
    found = re.compile(_TAG).match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("text", "", 0)
        token.content = found[0]
        token.meta["fault"] = RawHtml(found[0])
    state.pos = found.end()
    return True


_FOOTNOTE = r"\[\^(?P<label>[^\s\[\]]{1,200})\]"


def footnote(state: StateInline, silent: bool) -> bool:
    """`[^label]` refers to a footnote; whether there is one is known when all of them are."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = re.compile(_FOOTNOTE).match(state.src, state.pos, state.posMax)
    if found is None or state.src.startswith("(", found.end()):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).content = found["label"]
    state.pos = found.end()
    return True


def attributes(state: StateInline, silent: bool) -> bool:
    """Braces with attributes directly behind what may have them; the reader sees whether it does."""
    start = state.pos
    if state.src[start] != "{" or start == 0 or state.src[start - 1] not in "*_~^=`)]>":
        return False
    end = braces_at(state.src, start, state.posMax)
    if end is None:
        return False
    if not silent:
        state.push("attributes", "", 0).content = state.src[start:end]
    state.pos = end
    return True


_TAGS = {"sub": "sub", "sup": "sup", "mark": "mark", "kbd": "kbd", "u": "underline"}
_OPENING_TAG = r"(?i)<(sub|sup|mark|kbd|u)>"
_BREAK_TAG = r"(?i)<br[ ]?/?>"
_LONGEST_SUBSCRIPT = 3  # characters between single tildes; more is struck-out text on a code host


def style(state: StateInline, silent: bool) -> bool:
    """`==mark==`, `H~2~O`, `x^2^`, and the few HTML tags that packc understands."""
    text, start = state.src, state.pos
    character = text[start]
    if character not in "=~^<":
        return False
    if character == "<":
        line_break = re.compile(_BREAK_TAG).match(text, start, state.posMax)
        if line_break:
            if not silent:
                state.push("hardbreak", "br", 0)
            state.pos = line_break.end()
            return True
    found = _styled(text, start, state.posMax)
    if found is None:
        return False
    kind, inner, inner_end, end = found
    if not silent:
        limit = state.posMax
        state.pos, state.posMax = inner, inner_end
        state.push(f"{kind}_open", "", 1).meta["inner"] = inner
        state.md.inline.tokenize(state)
        state.push(f"{kind}_close", "", -1)
        state.posMax = limit
    state.pos = end
    return True


def _styled(text: str, start: int, limit: int) -> tuple[str, int, int, int] | None:
    """Return the kind of the construct at `start`, where its content begins and ends, and where it ends."""
    limit = min(limit, start + _LONGEST)
    tag = re.compile(_OPENING_TAG).match(text, start, limit)
    if tag:
        closer = f"</{tag[1]}>"
        end = _find(text, closer, tag.end(), limit)
        return (_TAGS[tag[1].lower()], tag.end(), end, end + len(closer)) if end else None
    mark = "==" if text.startswith("==", start) else text[start]
    if mark not in ("==", "~", "^") or text[start + len(mark) : start + len(mark) + 1] in ("", mark[0]):
        return None
    if start > 0 and text[start - 1] == mark[0]:
        return None
    inner = start + len(mark)
    end = _find(text, mark, inner, limit)
    if end is None or end == inner or text[inner].isspace() or text[end - 1].isspace():
        return None
    if mark != "==" and any(one.isspace() for one in text[inner:end]):
        return None
    if mark == "~" and (end - inner > _LONGEST_SUBSCRIPT or text.startswith("~~", end)):
        return None
    return {"==": "mark", "~": "sub", "^": "sup"}[mark], inner, end, end + len(mark)
