"""The mutation run: that it changes what matters and nothing else, and that it knows dead from alive."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.judges import ROOT
from tests.support.mutants import mutants, pattern_changes, sample
from tests.support.watched import WATCHED

SOURCE = '''\
"""A docstring."""
__all__ = ["read"]
LIMIT: int = 3
WORD = r"[ab]+(?=\\\\.)"

def read(text: str, *, deep: bool = False) -> str:
    """Return "it"."""
    assert text is not None
    if len(text) > LIMIT and not deep:
        raise ValueError("this text is longer than that")
    return text.lstrip() + "é"
'''


def changed(source: str) -> list[str]:
    """Return the lines that the mutants of `source` change, as they are then."""
    before = source.splitlines()
    lines = []
    for mutant in mutants(source):
        after = mutant.apply(source.encode()).decode().splitlines()
        lines += [new for old, new in zip(before, after, strict=True) if old != new]
    return lines


def test_what_is_changed() -> None:
    assert changed(SOURCE) == [
        "LIMIT: int = 4",
        'WORD = r"[b]+(?=\\\\.)"',
        'WORD = r"[a]+(?=\\\\.)"',
        'WORD = r"[ab]*(?=\\\\.)"',
        'WORD = r"[ab]+(?!\\\\.)"',
        "def read(text: str, *, deep: bool = True) -> str:",
        "    if (not (len(text) > LIMIT and not deep)):",
        "    if len(text) >= LIMIT and not deep:",
        "    if len(text) > LIMIT or not deep:",
        "    if len(text) > LIMIT and deep:",
        "    return None",
        '    return text.rstrip() + "é"',
        '    return text.lstrip() - "é"',
        "    return text.lstrip() + '§'",
    ]


@pytest.mark.parametrize(
    ("pattern", "formatted", "found"),
    [
        ("a?b|c$", False, ["ab|c$", "a?bc$", "a?b|c"]),
        (r"\?\[a]*", False, [r"\?\[a]+"]),
        ("[^]a-z]+?", False, ["[]a-z]+?", "[^]a-z]*?"]),
        ("(?P<a>x)(?:y)(?<!z)", False, ["(?P<a>x)(?:y)(?<=z)"]),
        ("a{2,3}b{4}", False, ["a{2,4}b{4}", "a{1,3}b{4}", "a{2,3}b{5}"]),
        (r"[\x00-\x1f\u2028]", False, [r"[\u2028]", r"[\x00-\x1f]"]),
        ("{X}a{{0,1}}", True, ["{X}a{{0,2}}"]),
    ],
)
def test_what_is_changed_in_a_pattern(pattern: str, formatted: bool, found: list[str]) -> None:
    changes = pattern_changes(pattern, formatted=formatted)
    assert [pattern[:start] + text + pattern[end:] for start, end, text in changes] == found


def test_a_larger_sample_holds_the_smaller_one() -> None:
    found = mutants(SOURCE)
    for most in range(len(found)):
        assert set(sample(found, most, "seed")) < set(sample(found, most + 1, "seed"))
    assert sample(found, 99, "seed") == found


@pytest.mark.parametrize("key", WATCHED)
def test_every_mutant_of_the_files_that_are_watched_is_python(key: str) -> None:
    file, _, functions = key.partition("#")
    source = (ROOT / "src/packc" / file).read_text(encoding="utf-8")
    found = mutants(source, functions.split(",") if functions else ())
    assert found
    for mutant in sample(found, 15, file):
        compile(mutant.apply(source.encode()), file, "exec")
    for group in WATCHED[key]:
        assert [path for path in group.split() if not (ROOT / path).exists()] == []


def run(*words: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.mutate", "--workers=1", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_mutants_that_a_test_watches_are_killed() -> None:
    tests = "--tests=tests/unit/identity/test_guid.py"  # twice: nothing is left for the second time
    code, said = run("identity/guid.py", "--most=6", tests, tests)
    assert (code, said[0]) == (0, "identity/guid.py: 6 of 6 killed"), said


def test_mutants_that_no_test_watches_survive() -> None:
    code, said = run("identity/guid.py", "--most=2", "--tests=tests/unit/words/test_languages.py")
    assert code == 1
    assert [line.split()[0] for line in said[:2]] == ["survived"] * 2
    assert said[2] == "identity/guid.py: 0 of 2 killed"


ENDLESS = """
import os, subprocess, sys
from tests.support.trials import _ended, _forked
def work():
    print(subprocess.Popen(["sleep", "600"]).pid, flush=True)
    while True:
        pass
run = _ended(_forked(work, 1))
print(run.code)
"""


def test_what_never_ends_is_ended_with_all_that_it_began() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    child, code = map(int, done.stdout.split())
    assert code < 0
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False
    )
    assert state.stdout.strip()[:1] in ("", "Z")  # then come its niceness and others
