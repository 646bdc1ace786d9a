"""What a person reads: the picture of a diagnostic, and the last line."""

from __future__ import annotations

import re
import time
from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from packc.diagnostics import Diagnostic, Fix, Label
from packc.diagnostics.show.characters import width
from packc.diagnostics.show.look import Look
from packc.diagnostics.show.text import render, tally
from packc.source import SourceMap
from tests.unit.show.rules import Lost, Noted, Said, Warned, source, span_of


def shown(text: str, part: str, look: Look | None = None, **words: str) -> list[str]:
    """The lines of one diagnostic about `part` of `text`, without the last line."""
    sources, file = source(text)
    found = Diagnostic(Said("wrong", **words), span_of(file, part))
    return render([found], sources, look or Look()).split("\n\n")[0].splitlines()


def test_the_picture_of_the_design() -> None:
    choice = "- [ ] Keep the best-validation checkpoint"
    sources, file = source("\n" * 40 + choice + "\n", "content/deep-learning.md")
    rule = Said(
        "question QD03 marks no choice as correct",
        "none of these 3 choices is `[x]`",
        "write `- [x]` before the right choice",
    )
    found = Diagnostic(rule, span_of(file, choice))
    assert render([found], sources, Look()) == dedent(
        """\
        error[PK201]: question QD03 marks no choice as correct
          --> content/deep-learning.md:41:1
           |
        41 | - [ ] Keep the best-validation checkpoint
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none of these 3 choices is `[x]`
           |
           = help: write `- [x]` before the right choice   (packc explain PK201)

        1 error
        """
    )


def test_without_label_and_help_nothing_is_left_over() -> None:
    assert shown("one two\n", "two") == [
        "error[PK201]: wrong",
        " --> a.md:1:5",
        "  |",
        "1 | one two",
        "  |     ^^^",
    ]


def test_help_of_several_lines_is_aligned() -> None:
    lines = shown("x\n", "x", advice="first\nsecond")
    assert lines[-3:] == ["  |", "  = help: first", "          second   (packc explain PK201)"]


def test_labels_show_their_lines_in_order_with_a_gap_between() -> None:
    sources, file = source("first Q1\n\n\nsecond Q1 again\nend\n")
    second = file.span(file.text.index("Q1 again"), file.text.index(" again"))
    found = Diagnostic(Said("twice", "again here"), second, (Label(span_of(file, "Q1"), "first here"),))
    assert render([found], sources, Look()).splitlines()[:-2] == [
        "error[PK201]: twice",
        " --> a.md:4:8",
        "  |",
        "1 | first Q1",
        "  |       -- first here",
        "...",
        "4 | second Q1 again",
        "  |        ^^ again here",
    ]


def test_two_marks_on_a_line_share_it() -> None:
    sources, file = source("one two\n")
    found = Diagnostic(Said("m"), span_of(file, "two"), (Label(span_of(file, "one"), "see"),))
    assert render([found], sources, Look()).splitlines()[3:-2] == [
        "1 | one two",
        "  | --- see",
        "  |     ^^^",
    ]


def test_a_label_in_another_file_names_that_file() -> None:
    sources, file = source("here\n")
    other = sources.add_text("\n" * 11 + "there\n", "b.md")
    found = Diagnostic(Said("m", advice="h"), span_of(file, "here"), (Label(span_of(other, "there"), "see"),))
    assert render([found], sources, Look()).splitlines()[:-2] == [
        "error[PK201]: m",
        "  --> a.md:1:1",
        "   |",
        " 1 | here",
        "   | ^^^^",
        "   |",
        "  ::: b.md:12:1",
        "   |",
        "12 | there",
        "   | ----- see",
        "   |",
        "   = help: h   (packc explain PK201)",
    ]


def test_without_a_place_there_is_no_excerpt() -> None:
    bare = Diagnostic(Said("no project", advice="make one"))
    filed = Diagnostic(Said("unreadable"), file="b.md")
    assert render([bare, filed], SourceMap(), Look()) == (
        "error[PK201]: no project\n  = help: make one   (packc explain PK201)\n\n"
        "error[PK201]: unreadable\n --> b.md\n\n2 errors\n"
    )


def test_a_span_over_several_lines_is_shown_by_its_first() -> None:
    assert shown("a first\nsecond\nthird\n", "first\nsecond")[3:] == ["1 | a first", "  |   ^^^^^"]


@pytest.mark.parametrize(("start", "carets"), [(3, "   ^"), (0, "^"), (4, "^")])
def test_an_empty_span_gets_one_caret(start: int, carets: str) -> None:
    sources, file = source("abc\n")
    lines = render([Diagnostic(Said("m"), file.span(start, start))], sources, Look()).splitlines()
    assert lines[4] == f"  | {carets}"


def test_a_place_in_an_empty_file_can_be_shown() -> None:
    sources, file = source("")
    assert render([Diagnostic(Said("m"), file.span(0, 0))], sources, Look()).splitlines()[3:5] == [
        "1 |",
        "  | ^",
    ]


@pytest.mark.parametrize(
    ("text", "row", "carets"),
    [
        ("\ta\tX b\n", "    a    X b", "         ^"),
        ("学習率 X b\n", "学習率 X b", "       ^"),  # two columns each
        ("e\u0301e\u0301 X\n", "e\u0301e\u0301 X", "   ^"),  # a combining accent takes none
        ("ＡX\n", "ＡX", "  ^"),
        ("a\u200dX\n", "a\u200dX", " ^"),
    ],
)
def test_carets_stand_under_their_characters(text: str, row: str, carets: str) -> None:
    assert shown(text, "X")[3:] == [f"1 | {row}", f"  | {carets}"]


def test_carets_are_as_wide_as_what_they_mark() -> None:
    assert shown("a 学習\te\u0301 b\n", "学習\te\u0301")[4] == "  |   " + "^" * 9


@pytest.mark.parametrize(
    ("harmful", "harmless"),
    [
        ("\x1b[31m", "<U+001B>[31m"),
        ("\u202e", "<U+202E>"),
        ("\u2066", "<U+2066>"),
        ("\x9b", "<U+009B>"),
        ("\u2028", "<U+2028>"),
        ("\u200b", "<U+200B>"),
        ("\ufeff", "<U+FEFF>"),
        ("\ud800", "<U+D800>"),
        ("\x07", "<U+0007>"),
        ("\U000e0041", "<U+E0041>"),
    ],
)
def test_characters_that_deceive_or_command_are_shown_by_number(harmful: str, harmless: str) -> None:
    lines = shown(f"a{harmful}bX\n", "X", mark=harmful, advice=harmful)
    assert lines[3] == f"1 | a{harmless}bX"
    assert lines[4] == f"  | {' ' * (2 + len(harmless))}^ {harmless}"
    assert lines[6] == f"  = help: {harmless}   (packc explain PK201)"
    sources = SourceMap()
    assert render([Diagnostic(Said(harmful), file=harmful)], sources, Look()).count(harmless) == 2


def test_a_message_stays_on_one_line() -> None:
    assert render([Diagnostic(Said("a\nb"))], SourceMap(), Look()).startswith("error[PK201]: a<U+000A>b\n")


def test_a_long_line_is_cut_around_its_mark() -> None:
    lines = shown("x" * 300 + " NEEDLE " + "y" * 300 + "\n", "NEEDLE", Look(width=60))
    row, carets = lines[3], lines[4]
    assert width(row) <= 60
    assert row.startswith("1 | …x")
    assert row.endswith("y…")
    assert row[carets.index("^") : carets.rindex("^") + 1] == "NEEDLE"


@pytest.mark.parametrize("where", ["start", "end"])
def test_a_cut_line_has_an_ellipsis_only_where_it_is_cut(where: str) -> None:
    text = "NEEDLE" + "y" * 300 if where == "start" else "x" * 300 + "NEEDLE"
    row = shown(text + "\n", "NEEDLE", Look(width=60))[3]
    assert (row.startswith("1 | …"), row.endswith("…")) == (
        (False, True) if where == "start" else (True, False)
    )
    assert width(row) >= 58, "the room is used"


def test_a_mark_longer_than_the_room_keeps_its_beginning() -> None:
    lines = shown("ab " + "z" * 500 + "\n", "z" * 500, Look(width=60), mark="too long")
    assert lines[3].startswith("1 | ab zzz")
    assert lines[4].startswith("  |    ^^^")
    assert max(map(width, lines)) <= 60
    assert lines[5] == "  |    too long"


def test_a_label_without_room_beside_the_carets_stands_below() -> None:
    lines = shown(
        "- [ ] Keep the best\n", "- [ ] Keep the best", Look(width=40), mark="none of these is `[x]`"
    )
    assert lines[4:] == ["  | ^^^^^^^^^^^^^^^^^^^", "  | none of these is `[x]`"]


def test_a_line_of_half_a_million_characters_is_shown_at_once() -> None:
    sources, file = source("学" * 500_000)
    found = [Diagnostic(Said("m"), file.span(place, place + 1)) for place in range(0, 500_000, 5000)]
    before = time.process_time()
    assert render(found, sources, Look()).count("^^") == 100
    assert time.process_time() - before < 2


def test_losses_are_one_line_for_each_target_and_construct() -> None:
    sources, file = source("one two\nthree\n")
    places = [span_of(file, word) for word in ("one", "two", "three")]
    losses = [Diagnostic(Lost("images: left out"), place, target="gift") for place in places]
    losses.insert(1, Diagnostic(Lost("tags: left out"), None, file="a.md", target="anki"))
    losses.append(Diagnostic(Lost("tags: left out"), places[0], target="gift"))
    error = Diagnostic(Said("wrong"), places[2])
    assert render([*losses, error], sources, Look()).split("\n\n")[1:] == [
        "loss[PK601] anki: tags: left out: 1 place: a.md\n"
        "loss[PK601] gift: images: left out: 3 places: a.md:1:1, a.md:1:5, a.md:2:1\n"
        "loss[PK601] gift: tags: left out: 1 place: a.md:1:1",
        "1 error, 5 losses\n",
    ]


def test_losses_in_full_have_their_places() -> None:
    sources, file = source("one\n")
    text = render(
        [Diagnostic(Lost("gone"), span_of(file, "one"), target="qti")], sources, Look(), losses_in_full=True
    )
    assert text.startswith("loss[PK601] qti: gone\n --> a.md:1:1\n  |\n1 | one\n  | ^^^\n")


def test_nothing_is_shown_as_nothing() -> None:
    assert render([], SourceMap(), Look()) == ""


def test_the_last_line_counts() -> None:
    found = [Diagnostic(rule("x")) for rule in (Said, Warned, Said, Lost, Noted)]
    assert tally(found) == "2 errors, 1 warning, 1 loss, 1 note"
    assert tally([Diagnostic(Said("x"))] * 1200) == "1,200 errors"


def test_the_last_line_says_how_many_are_fixable() -> None:
    safe, unsafe = Fix("a", ()), Fix("b", (), safe=False)
    found = [Diagnostic(Said("x"), fix=fix) for fix in (safe, safe, unsafe, None)]
    last = render(found, SourceMap(), Look()).splitlines()[-1]
    assert last == "4 errors; 2 fixable with `packc check --fix`; 1 more with `--fix --unsafe`"
    assert render(found[2:], SourceMap(), Look()).splitlines()[-1] == (
        "2 errors; 1 fixable with `packc check --fix --unsafe`"
    )


def test_colours_change_nothing_but_the_colours() -> None:
    sources, file = source("one two\n")
    found = [
        Diagnostic(Said("m", "l", "h"), span_of(file, "two"), (Label(span_of(file, "one"), "see"),)),
        Diagnostic(Lost("gone"), span_of(file, "one"), target="qti"),
    ]
    coloured = render(found, sources, Look(colour=True))
    assert "\x1b[1;31merror[PK201]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(found, sources, Look())


@pytest.mark.parametrize(
    ("encoding", "row"),
    [
        ("ascii", "1 | <U+00E9> ... <U+5B66> -> X"),
        ("cp1252", "1 | é … <U+5B66> -> X"),
        ("", "1 | é … 学 → X"),
    ],
)
def test_a_console_that_is_not_utf8_gets_what_it_can_show(encoding: str, row: str) -> None:
    lines = shown("é … 学 → X\n", "X", Look(encoding=encoding))
    assert lines[3] == row
    lines[3].encode(encoding or "utf-8")
    assert lines[4].index("^") == width(row) - 1


anything = st.text(st.characters(codec=None) | st.sampled_from("\t\n e\u0301学\u202e…"), max_size=60)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(anything, anything, st.integers(0, 60), st.integers(0, 60), st.integers(40, 90))
@example("学" * 60, "学" * 60, 30, 59, 40)
@example("\ud800" * 60, "\ud800", 5, 60, 40)
def test_any_text_can_be_shown_anywhere(text: str, words: str, start: int, length: int, columns: int) -> None:
    sources, file = source(text)
    start = min(start, len(file.text))
    place = file.span(start, min(start + length, len(file.text)))
    found = [Diagnostic(Said(words, words, words), place, (Label(place, words),))]
    for encoding in ("ascii", "cp1252", ""):
        shown_text = render(found, sources, Look(encoding=encoding, width=columns))
        shown_text.encode(encoding or "utf-8")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown_text)
        rows = [line for line in shown_text.splitlines() if re.match(r"\d+ \|", line)]
        assert all(width(row) <= columns for row in rows)
