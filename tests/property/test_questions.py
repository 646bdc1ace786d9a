"""Questions of generated pieces: every kind, every field, keys and braces in all places and orders."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.keys import NumberKey, TextKey
from packc.ast.node import Node
from packc.ast.pack import Pack, questions
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    Question,
    ShortAnswerQuestion,
    kind_of,
)
from packc.check import check_answers, check_structure
from packc.diagnostics import Sink
from packc.reader.grammar import ENGLISH
from packc.reader.pack import read_pack
from packc.source import SourceFile

LABELS = [f"\n**{label.capitalize()}:** " for label in ENGLISH]
KEYS = [
    *("true", "0.1 ± 0.02 kg", "1,000", "٣", "1e999", "-5..2", "+- 5%", "a | b", " | ", "B"),
    *("A, C", "A. one", "{50%}", "{-25% .fixed}", "{.last}", "{case}", "{", "}", "\\{50%}", "{50}"),
    *("&lbrace;50%}", "&amp;", "\nA. one\nB. two\n", "\n- A) one\n- B) two\n"),
    *("\n- [] a\n- [ x ] b\n", "\n-[x] a", "[v]", "\n- [x] a {50%}", "\n1. one\n3. two\n"),
    *("\n| a | b |\n|---|---|\n| 1 | 2 |\n| | 3 |\n", "(2) ", "\n- (1) a", "\n  > quote\n"),
    *("\n## Q1. Title {.stimulus}\n", "\n### Solution\n", "\n## S {.stimulus}\n", "\n# A {#b}\n"),
    *("\n---\n", "essay", "at least 5", "100–200", "2 min", "Q7, Q8", "word", "`code`", "$x$"),
    *("m/s^2^", "![](x)", "<!-- c -->", "\n", "\n\n", " ", "\t", "  \n", "\\\n", "*", "**", "[x]"),
    *("\x00", "￼", "\u200f", "é", "🙂"),
]
TEXTS = st.lists(st.sampled_from([*LABELS, *KEYS]), max_size=30).map(
    lambda pieces: "## Q1. T\n" + "".join(pieces)
)


def _read(text: str) -> tuple[SourceFile, Pack, Sink]:
    source = SourceFile.from_text(text, name="generated.md")
    sink = Sink()
    pack = read_pack(source, sink, fallback_id="generated")
    check_structure(pack, ("solution", "hint", "points", "words"), sink)
    check_answers(pack, sink)
    return source, pack, sink


@settings(derandomize=True, max_examples=600, deadline=None)
@given(TEXTS)
def test_any_question_is_read_and_every_place_lies_in_it(text: str) -> None:
    source, pack, sink = _read(text)
    for found in sink:
        assert found.rule.message() and isinstance(found.rule.help(), str)
        assert "\0" not in found.rule.message() or "\0" in text
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(source.text)
    for question in questions(pack):
        kind_of(question)
        for place in question.places.values():
            assert source.text[place.start : place.end].strip()
        for node in _parts(question):
            assert node.span is not None
            assert 0 <= node.span.start < node.span.end <= len(source.text)


def _parts(question: Question) -> list[Node]:
    """Return what a question holds besides its texts."""
    match question:
        case ShortAnswerQuestion(key=TextKey(accepted=accepted)):
            return list(accepted)
        case NumericQuestion(key=NumberKey(numbers=numbers)):
            return list(numbers)
        case ChoiceQuestion():
            return list(question.choices)
        case MatchingQuestion() | CategorisingQuestion():
            return list(question.pairs)
        case OpenQuestion():
            return [*question.rubric, *question.notes]
        case _:
            return []


# Values that hold a word of their own, @, and what may follow a label.
VALUES = [
    *("@", "@.", "@ | @ {50%}", "\n\n- @\n- @", "\n\n1. @\n2. @", "\n\n- [x] @\n- [ ] @", "@\n@ @"),
    *("\n\n```\n@\n```", "\n\n| @ | @ |\n|---|---|\n| @ | @ |\n| | @ |\n| @ | @ |"),
    *("\nA. @\nB. @\n", "A", "\n\n- (1) @\n- @", "> @"),
]
FIELDS = st.lists(st.tuples(st.sampled_from(["", *LABELS]), st.sampled_from(VALUES)), min_size=1, max_size=4)


@settings(derandomize=True, max_examples=600, deadline=None)
@given(FIELDS)
def test_nothing_that_was_written_vanishes_without_a_word(fields: list[tuple[str, str]]) -> None:
    """Every word of a question that nothing is said about is in the tree."""
    parts = "\n".join(label + value for label, value in fields).split("@")
    text = "## Q1. Title\n\n" + "".join(f"{part}w{number}x" for number, part in enumerate(parts[:-1]))
    text += parts[-1]
    _, pack, sink = _read(text)
    if not list(sink):
        shown = repr(pack)
        assert [number for number in range(len(parts) - 1) if f"w{number}x" not in shown] == [], text


_SIZE = 10_000


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("", "  A. one\n"),
        ("", "- A. one\n"),
        ("", "- [ ] a {.last}\n"),
        ("", "-[x] a\n"),
        ("", "**Hint:** a\n"),
        ("**Answer:** ", "`a` | "),
        ("**Answer:** ", "a {50%} | "),
        ("**Answer:** ", "{{{50% "),
        ("**Answer:** ", "<!-- "),
        ("**Answer:** ", "A and "),
        ("**Answer:** ", "5,000"),
        ("**Order:**\n\n", "1. a\n"),
        ("**Match:**\n\n| a | b |\n|---|---|\n", "| | b |\n"),
    ],
)
def test_reading_takes_time_in_proportion(before: str, piece: str) -> None:
    count = _SIZE // len(piece)
    text = f"## Q1. T\n\n**Question:** What?\n\n{before}"
    tries = [(_seconds(text + piece * count), _seconds(text + piece * count * 8))]
    while not _in_proportion(*tries[-1]) and len(tries) < 4:  # others may be at work on the machine
        tries.append((_seconds(text + piece * count), _seconds(text + piece * count * 8)))
    assert _in_proportion(*tries[-1]), tries


def _in_proportion(once: float, more: float) -> bool:
    return more < 0.3 or more < once * 24


def _seconds(text: str) -> float:
    start = time.process_time()
    _read(text)
    return time.process_time() - start
