"""What is wrong in a formula whatever shows it: braces, `\\left` and `\\begin` that have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packc.diagnostics.rules.formulas import BrokenFormula
from packc.named import NamedTuple

# A comment, a command with what belongs to it, an escaped character, or a brace.
_PART = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*)|\\(?P<side>left|right|middle)(?![A-Za-z])|\\(?P<pair>begin|end)\s*\{(?P<name>[^{}\\]*)\}"
    r"|\\(?:[A-Za-z]+|.)|(?P<brace>[{}])",
    re.DOTALL,
)
_PLAINLY_BALANCED = re.compile(r"[^{}\\%]*(?:\{[^{}\\%]*\}[^{}\\%]*)*")  # as most formulas are
_DELIMITER = r"\s*(?:\\(?P<word>[A-Za-z]+)|\\(?P<mark>[{}|.])|(?P<character>[^\s\\{}]))"
_CHARACTERS = "()[]|/<>.⟨⟩⌈⌉⌊⌋‖∣∥↑↓↕⇑⇓⇕\\"
_WORDS = frozenset(
    {
        *("langle", "rangle", "lang", "rang", "lbrace", "rbrace", "lBrace", "rBrace", "lbrack", "rbrack"),
        *("lparen", "rparen", "lvert", "rvert", "lVert", "rVert", "vert", "Vert", "lceil", "rceil", "lfloor"),
        *("rfloor", "lgroup", "rgroup", "lmoustache", "rmoustache", "ulcorner", "urcorner", "llcorner"),
        *("lrcorner", "llbracket", "rrbracket", "uparrow", "downarrow", "updownarrow", "Uparrow"),
        *("Downarrow", "Updownarrow", "backslash", "lt", "gt"),
    }
)


class TexFault(NamedTuple):
    """A fault between two offsets into the TeX."""

    rule: BrokenFormula
    start: int
    end: int


class _Open(NamedTuple):
    kind: str  # `{`, `left` or `begin`
    name: str
    start: int
    end: int


def tex_faults(tex: str) -> Iterator[TexFault]:
    """Yield what is unbalanced or unknown in `tex`, in one pass; the first fault of a kind ends it."""
    if _PLAINLY_BALANCED.fullmatch(tex):
        return
    stack: list[_Open] = []
    for part in _PART.finditer(tex):
        start, end = part.span()
        if part["brace"] == "{":
            stack.append(_Open("{", "", start, end))
        elif part["side"]:
            word = _delimiter_fault(tex, end)
            if word is not None:
                what = f"`{word}` is no delimiter" if word else "no delimiter stands"
                yield TexFault(BrokenFormula(f"{what} after `{part[0]}`"), start, end)
            if part["side"] == "left":
                stack.append(_Open("left", "", start, end))
            elif not stack or stack[-1].kind != "left":
                yield TexFault(BrokenFormula(f"`{part[0]}` has no `\\left` in its group"), start, end)
                return
            elif part["side"] == "right":
                stack.pop()
        elif part["pair"] == "begin":
            stack.append(_Open("begin", part["name"], start, end))
        elif part["pair"] == "end" or part["brace"] == "}":
            wanted = "begin" if part["pair"] else "{"
            if not stack or stack[-1].kind != wanted or stack[-1].name != (part["name"] or ""):
                yield _unexpected(part, stack)
                return
            stack.pop()
    if stack:
        yield _unclosed(stack[-1])


def _delimiter_fault(tex: str, position: int) -> str | None:
    """Return what stands where a delimiter should, or None if it is one."""
    found = re.compile(_DELIMITER).match(tex, position)
    if found is None:
        return tex[position : position + 1].strip()
    if found["word"]:
        return None if found["word"] in _WORDS else f"\\{found['word']}"
    if found["mark"]:
        return None if found["mark"] != "." else "\\."
    return None if found["character"] in _CHARACTERS else found["character"]


def _unexpected(part: re.Match[str], stack: list[_Open]) -> TexFault:
    if not stack:
        opener = "{" if part["brace"] else f"\\begin{{{part['name']}}}"
        return TexFault(BrokenFormula(f"`{part[0]}` has no `{opener}` before it"), *part.span())
    if part["brace"] and stack[-1].kind == "left":
        return TexFault(
            BrokenFormula("`\\left` has no `\\right` in its group"), stack[-1].start, stack[-1].end
        )
    return TexFault(BrokenFormula(f"`{part[0]}` comes before {_closer(stack[-1])}"), *part.span())


def _unclosed(last: _Open) -> TexFault:
    opener = {"{": "{", "left": "\\left", "begin": f"\\begin{{{last.name}}}"}[last.kind]
    return TexFault(BrokenFormula(f"`{opener}` is never followed by {_closer(last)}"), last.start, last.end)


def _closer(last: _Open) -> str:
    closer = {"{": "}", "left": "\\right", "begin": f"\\end{{{last.name}}}"}[last.kind]
    return f"its `{closer}`"
