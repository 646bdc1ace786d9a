"""Highlighting colours code and changes none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packc.render.highlight import KINDS, MOST_CHARACTERS, highlighted

# Lexers of several families, some of which want a last line end or drop white space.
LANGUAGES = ("python", "pycon", "console", "c", "sql", "html", "json", "yaml", "diff", "r", "text", "no-such")


def test_parts_have_kinds_and_neighbours_of_one_kind_are_one_part() -> None:
    assert highlighted("for x in [1]:  # all\n    say('x')", "python") == (
        ("keyword", "for"),
        ("", " x "),
        ("keyword", "in"),
        ("", " ["),
        ("constant", "1"),
        ("", "]:  "),
        ("comment", "# all"),
        ("", "\n    say("),
        ("string", "'x'"),
        ("", ")"),
    )


def test_every_alias_and_any_case_of_it_counts() -> None:
    assert highlighted("None", "PY") == highlighted("None", "python3") == (("constant", "None"),)


def test_the_prompt_of_a_session_is_no_command() -> None:
    assert highlighted("$ ls", "console")[0] == ("comment", "$ ")


@pytest.mark.parametrize("language", ["", "no-such-language", "../python", "python "])
def test_code_in_an_unknown_language_is_plain(language: str) -> None:
    assert highlighted("for x in y", language) == (("", "for x in y"),)


def test_a_long_piece_is_plain() -> None:
    line = "x = 1\n"
    code = line * (MOST_CHARACTERS // len(line))
    assert len(highlighted(code, "python")) > 1
    assert highlighted(code + line, "python") == (("", code + line),)


@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.from_regex(r"[ \t\r\n'\"$>#{}<&x]*"),
    st.sampled_from(LANGUAGES),
)
def test_no_character_changes(code: str, language: str) -> None:
    parts = highlighted(code, language)
    assert "".join(text for _, text in parts) == code
    assert {kind for kind, _ in parts} <= {"", *KINDS}
