"""Breaks the code in small ways, one at a time, and sees whether a test notices: `make mutants`.

Escapers, grammar and limits are where a slip does harm that nobody sees. A mutant is one small change: a
comparison turned round, a condition negated, a number one higher, a text one character shorter. It is killed
by the first test that fails. What survives is printed: either a test is missing, or the code does nothing.
Which mutants are tried follows from the sources alone, so that two runs say the same.

    python -m tests.support.mutate                  # all files, a few mutants of each
    python -m tests.support.mutate --most 1000      # every mutant there is
    python -m tests.support.mutate reader/numbers.py
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
WANTED = 85  # per cent of the mutants that have to be killed
_PATIENCE = 600  # seconds: a mutant that runs for ever is noticed, too
_COPIED = ("src", "tests", "templates", "content", "docs")
_LINKED = (".venv-judges", "tests/node/node_modules")

_CASES = ("tests/cases tests/unit/reader tests/unit/test_ignores.py tests/unit/test_front_matter.py",)
_READER = (
    *_CASES,
    "tests/content/test_broken.py",
    "tests/unit/test_rule_pages.py",
    "tests/property/test_reader.py",
)

# The tests that watch a file, the quickest first. `#name` means one function of the file alone.
TESTS: dict[str, tuple[str, ...]] = {
    "render/escape.py": (
        "tests/unit/render",
        "tests/targets/qti/test_texts.py",
        "tests/property/test_targets.py",
        "tests/targets/html/test_student_sheet.py tests/targets/html/test_generated.py",
    ),
    "backends/gift/escape.py": ("tests/targets/gift",),
    "backends/anki/richtext.py#inert": (
        "tests/targets/anki/test_notes.py tests/targets/anki/test_fields.py",
        "tests/targets/anki/test_generated.py tests/targets/anki/test_import.py",
    ),
    "writer/escape.py": ("tests/unit/writer", "tests/property", "tests/unit/importers"),
    "writer/frontmatter.py": ("tests/unit/writer", "tests/property", "tests/unit/importers"),
    "reader/labels.py": _READER,
    "reader/headings.py": _READER,
    "reader/outline.py": _READER,
    "reader/numbers.py": _READER,
    "reader/braces.py": _READER,
    "reader/letters.py": _READER,
    "reader/answers.py": _READER,
    "reader/choices.py": _READER,
    "reader/blanks.py": _READER,
    "reader/pairs.py": _READER,
    "reader/meta.py": _READER,
    "reader/tex.py": _READER,
    "limits.py": (
        "tests/unit/test_limits.py",
        "tests/unit/test_bad_input.py",
        "tests/unit/project",
        "tests/content/test_broken.py",
    ),
    "importers/academy/lines.py": ("tests/unit/importers", "tests/unit/test_convert.py"),
    "importers/academy/blocks.py": ("tests/unit/importers", "tests/unit/test_convert.py"),
}

_PROSE = re.compile(r"[a-z`,]{2,} [a-z`]{2,}")  # what is said to people; the rule pages' tests read that

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


class Mutant(NamedTuple):
    """One change: the characters from `start` to `end` become `text`."""

    line: int
    start: int
    end: int
    text: str


def mutants(source: str, function: str = "") -> list[Mutant]:
    """Return every change of `source` that we know how to make, in order; `function` limits them to one."""
    tree: ast.AST = ast.parse(source)
    if function:
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        tree = next(node for node in functions if node.name == function)
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line.encode()))
    found = sorted(set(_Finder(source.encode(), lines).find(tree)))
    return [each for each in found if source.encode()[each.start : each.end].decode() != each.text]


class _Finder:
    def __init__(self, source: bytes, lines: Sequence[int]) -> None:
        self._source = source
        self._lines = lines

    def find(self, node: ast.AST) -> Iterator[Mutant]:
        """Yield the mutants of `node` and below; docstrings, annotations, enums and f-strings stay."""
        if isinstance(node, ast.JoinedStr) or _is_enum(node):
            return
        yield from self._of(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
                if isinstance(child, ast.AST) and not is_docstring:
                    yield from self.find(child)

    def _of(self, node: ast.AST) -> Iterator[Mutant]:
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
                yield self._between(left, right, f" {_COMPARISONS[type(op)]} ")
            case ast.BoolOp(op=op, values=[first, second, *_]):
                yield self._between(first, second, " or " if isinstance(op, ast.And) else " and ")
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield self._between(left, right, " - ")
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                yield self._between(left, right, " + ")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield self._whole(node, self._text(operand))
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield self._whole(test, f"(not ({self._text(test)}))")
            case ast.Constant(value=bool() as value):
                yield self._whole(node, str(not value))
            case ast.Constant(value=int() as value):
                yield self._whole(node, str(value + 1))
            case ast.Constant(value=str() as value) if not _PROSE.search(value):
                yield self._whole(node, repr(value[:-1] if len(value) > 1 else "§"))
            case _:
                pass

    def _between(self, left: ast.expr, right: ast.expr, text: str) -> Mutant:
        """Replace the operator, but keep the brackets around the operands."""
        start, end = self._place(left)[1], self._place(right)[0]
        gap = self._source[start:end].decode()
        closing = gap[: len(gap) - len(gap.lstrip(" \n)"))].rstrip(" ")
        opening = gap[len(gap.rstrip(" \n(")) :].lstrip(" ")
        return Mutant(left.lineno, start, end, closing + text + opening)

    def _whole(self, node: ast.AST, text: str) -> Mutant:
        start, end = self._place(node)
        return Mutant(node.lineno, start, end, text)  # type: ignore[attr-defined]

    def _text(self, node: ast.AST) -> str:
        start, end = self._place(node)
        return self._source[start:end].decode()

    def _place(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._lines[node.lineno - 1] + node.col_offset,
            self._lines[node.end_lineno - 1] + node.end_col_offset,
        )


def _is_enum(node: ast.AST) -> bool:
    """Tell whether `node` lists names for values: which values they are matters nowhere else."""
    if not isinstance(node, ast.ClassDef):
        return False
    names = {base.id for base in node.bases if isinstance(base, ast.Name)}
    return bool(names & {"Enum", "IntEnum", "StrEnum"})


def spread(found: Sequence[Mutant], most: int) -> list[Mutant]:
    """Return at most `most` of the mutants, evenly spread."""
    if len(found) <= most:
        return list(found)
    return [found[number * len(found) // most] for number in range(most)]


class _House:
    """A copy of the repository, in which one file at a time is broken."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "packc"
        self._root.mkdir()
        for name in _COPIED:
            ignored = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(ROOT / name, self._root / name, ignore=ignored)
        for path in ROOT.glob("*"):
            if path.is_file():
                shutil.copy(path, self._root)
        for name in _LINKED:
            (self._root / name).symlink_to(ROOT / name)
        (folder / "shared").symlink_to((ROOT / "../shared").resolve())

    def killer(self, file: str, mutant: Mutant | None, groups: Sequence[str]) -> str:
        """Return the tests that notice the mutant (None: no change), '' if none does."""
        path = self._root / "src/packc" / file
        source = path.read_bytes()
        if mutant:
            changed = source[: mutant.start] + mutant.text.encode() + source[mutant.end :]
            path.write_bytes(changed)
        try:
            return next((group for group in groups if not self._passes(group)), "")
        finally:
            path.write_bytes(source)

    def _passes(self, group: str) -> bool:
        words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *group.split()]
        environ = {**os.environ, "PYTHONPATH": str(self._root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                words, cwd=self._root, env=environ, capture_output=True, check=False, timeout=_PATIENCE
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def run(files: Sequence[str], most: int) -> int:
    """Try the mutants of `files`; print each that survives and the sum. Return 1 if too many do."""
    tried = killed = 0
    with tempfile.TemporaryDirectory() as folder:
        house = _House(Path(folder))
        for key in files:
            file, _, function = key.partition("#")
            blind = house.killer(file, None, TESTS[key])
            if blind:
                print(f"{key}: {blind} fails without any mutant")
                return 2
            source = (ROOT / "src/packc" / file).read_text(encoding="utf-8")
            found = spread(mutants(source, function), most)
            here = 0
            for mutant in found:
                killer = house.killer(file, mutant, TESTS[key])
                here += bool(killer)
                if not killer:
                    before = source.encode()[mutant.start : mutant.end].decode()
                    print(f"  survived  {file}:{mutant.line}  {before!r} -> {mutant.text!r}", flush=True)
            tried, killed = tried + len(found), killed + here
            print(f"{key}: {here} of {len(found)} killed", flush=True)
    share = 100 * killed / max(1, tried)
    print(f"{killed} of {tried} mutants killed, {share:.0f} %")
    return int(share < WANTED)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", help=f"of {', '.join(TESTS)}")
    parser.add_argument("--most", type=int, default=8, help="mutants of one file")
    words = parser.parse_args()
    unknown = [name for name in words.files if name not in TESTS]
    if unknown:
        parser.error(f"no tests are known for {', '.join(unknown)}")
    return run(words.files or list(TESTS), words.most)


if __name__ == "__main__":
    sys.exit(main())
