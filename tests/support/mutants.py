"""Which small changes to a source file are worth trying: the mutants of `mutate.py`.

Left out is what cannot matter by construction: docstrings, annotations, enums' values, assertions for the
type checker, `__all__`, and the wording of messages (the pages of the rules have tests of their own).
"""

from __future__ import annotations

import ast
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PROSE = re.compile(r"[a-z`,]{2,} [a-z`]{2,}")  # what is said to people

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_METHODS = {
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "startswith": "endswith",
    "find": "rfind",
    "rfind": "find",
    "search": "match",
    "fullmatch": "match",
}
_UNTOUCHED = ("annotation", "returns", "decorator_list", "type_params", "type_comment")
_RAW = re.compile(r"(?P<prefix>[rR][fF]?|[fF][rR])\"(?P<body>(?:\\.|[^\"\\\n])*)\"")
_COUNT = re.compile(r"(?P<open>\{{1,2})(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)(?P<close>\}{1,2})")
_CHARACTER = r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|[^\\\]])"
_MEMBER = re.compile(f"{_CHARACTER}(?:-{_CHARACTER})?")
_LOOKS = {"(?=": "(?!", "(?!": "(?=", "(?<=": "(?<!", "(?<!": "(?<="}


class Mutant(NamedTuple):
    """One change: the bytes from `start` to `end` become `text`."""

    line: int
    start: int
    end: int
    text: str

    def apply(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants(source: str, functions: Sequence[str] = ()) -> list[Mutant]:
    """Return every change of `source` that we know how to make, in order; `functions` limits them to some."""
    tree = ast.parse(source)
    parts: list[ast.AST] = [tree]
    if functions:
        kinds = (ast.FunctionDef, ast.ClassDef)
        parts = [node for node in ast.walk(tree) if isinstance(node, kinds) and node.name in functions]
        if {node.name for node in parts if isinstance(node, kinds)} != set(functions):
            raise ValueError(f"not all of these are functions: {', '.join(functions)}")
    data = source.encode()
    found = {mutant for part in parts for mutant in _Finder(data).find(part)}
    return sorted(each for each in found if data[each.start : each.end].decode() != each.text)


def sample(found: Sequence[Mutant], most: int, seed: str) -> list[Mutant]:
    """Return at most `most` of the mutants, always the same; a larger sample holds every smaller one."""
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    return sorted(shuffled[:most])


class _Finder:
    def __init__(self, source: bytes) -> None:
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def find(self, node: ast.AST) -> Iterator[Mutant]:
        """Yield the mutants of `node` and below."""
        if _cannot_matter(node):
            return
        if isinstance(node, ast.JoinedStr):
            yield from self._patterns(node)
            return
        yield from self._of(node)
        for name, value in ast.iter_fields(node):
            if name in _UNTOUCHED:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from self.find(child)

    def _of(self, node: ast.AST) -> Iterator[Mutant]:  # noqa: PLR0912 (one branch per kind of node)
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                for before, op, after in zip((left, *others), ops, others, strict=False):
                    yield self._between(before, after, f" {_COMPARISONS[type(op)]} ")
            case ast.BoolOp(op=op, values=values):
                for before, after in itertools.pairwise(values):
                    yield self._between(before, after, " or " if isinstance(op, ast.And) else " and ")
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield self._between(left, right, " - ")
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                yield self._between(left, right, " + ")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield self._whole(node, self._text(operand))
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield self._whole(test, f"(not ({self._text(test)}))")
            case ast.Expr(value=ast.Call()):
                yield self._whole(node, "None")
            case ast.Continue():
                yield self._whole(node, "break")
            case ast.Break():
                yield self._whole(node, "continue")
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield self._whole(value, "None")
            case ast.Call(func=ast.Name(id=name) as function) if name in _NAMES:
                yield self._whole(function, _NAMES[name])
            case ast.Call(func=ast.Attribute(attr=name) as function) if name in _METHODS:
                end = self._place(function)[1]
                yield Mutant(node.lineno, end - len(name), end, _METHODS[name])
            case ast.Constant(value=bool() as value):
                yield self._whole(node, str(not value))
            case ast.Constant(value=int() as value):
                yield self._whole(node, str(value + 1))
            case ast.Constant(value=str() as value) if _RAW.match(self._text(node)):
                yield from self._patterns(node)
            case ast.Constant(value=str() as value) if not _PROSE.search(value) and value != "utf-8":
                yield self._whole(node, repr(value[:-1] if len(value) > 1 else "§"))
            case _:
                pass

    def _patterns(self, node: ast.expr) -> Iterator[Mutant]:
        """Yield the mutants of the regular expressions among the literals that `node` consists of."""
        start = self._place(node)[0]
        written = self._text(node)
        for literal in _RAW.finditer(written):
            formatted = len(literal["prefix"]) > 1
            for first, last, text in pattern_changes(literal["body"], formatted=formatted):
                at = literal.start("body")
                before = len(written[: at + first].encode())
                length = len(literal["body"][first:last].encode())
                line = node.lineno + written.count("\n", 0, at)
                yield Mutant(line, start + before, start + before + length, text)

    def _between(self, left: ast.expr, right: ast.expr, text: str) -> Mutant:
        """Replace the operator, but keep the brackets around the operands."""
        start, end = self._place(left)[1], self._place(right)[0]
        gap = self._source[start:end].decode()
        closing = gap[: len(gap) - len(gap.lstrip(" \n)"))].rstrip(" ")
        opening = gap[len(gap.rstrip(" \n(")) :].lstrip(" ")
        return Mutant(left.end_lineno or left.lineno, start, end, closing + text + opening)

    def _whole(self, node: ast.expr | ast.stmt, text: str) -> Mutant:
        start, end = self._place(node)
        return Mutant(node.lineno, start, end, text)

    def _text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self._place(node)
        return self._source[start:end].decode()

    def _place(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._lines[node.lineno - 1] + node.col_offset,
            self._lines[node.end_lineno - 1] + node.end_col_offset,
        )


def _cannot_matter(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.ClassDef(bases=bases):
            names = {base.id for base in bases if isinstance(base, ast.Name)}
            return bool(names & {"Enum", "IntEnum", "StrEnum"})
        case _:
            return False


def pattern_changes(body: str, *, formatted: bool) -> Iterator[tuple[int, int, str]]:
    """Yield changes of the regular expression `body`, each as start, end and new text.

    `formatted`: it is the body of an f-string, where braces are doubled and fields stand in single ones.
    """
    at = 0
    while at < len(body):
        character = body[at]
        count = _COUNT.match(body, at)
        if character == "\\":
            at += 2
        elif count and (count["least"] or count["most"]) and (len(count["open"]) > 1) == formatted:
            yield from _other_counts(count)
            at = count.end()
        elif formatted and character == "{" and body[at : at + 2] != "{{":
            at = body.index("}", at) + 1
        elif character == "[":
            changes = _smaller_classes(body, at)
            yield from (each for each in changes if not (formatted and body[each[0]] in "{}"))
            at = _class_end(body, at)
        elif body.startswith("(?", at):
            look = next((each for each in sorted(_LOOKS, key=len) if body.startswith(each, at)), "")
            if look:
                yield at, at + len(look), _LOOKS[look]
            at = body.index(">", at) + 1 if body.startswith("(?P<", at) else at + max(2, len(look))
        else:
            if character in "*+":
                yield at, at + 1, "*" if character == "+" else "+"
                at += body[at + 1 : at + 2] in ("?", "+")  # lazy or possessive: how, not what
            elif character in "?^$|":
                yield at, at + 1, ""
            at += 1


def _other_counts(count: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    least, most = count["least"], count["most"]
    if most:
        yield *count.span("most"), str(int(most) + 1)
    if least and least != "0":
        yield *count.span("least"), str(int(least) - 1 if most else int(least) + 1)


def _class_end(body: str, start: int) -> int:
    at = start + 1 + body.startswith("^", start + 1)
    at += body.startswith("]", at)
    while body[at] != "]":
        at += 2 if body[at] == "\\" else 1
    return at + 1


def _smaller_classes(body: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Yield the class of characters turned round, and without each of its members."""
    end = _class_end(body, start) - 1
    first = start + 1
    if body[first] == "^":
        yield first, first + 1, ""
        first += 1
    members = list(_MEMBER.finditer(body, first, end))
    if len(members) > 1 and members[0].start() == first:
        yield from ((*member.span(), "") for member in members)
