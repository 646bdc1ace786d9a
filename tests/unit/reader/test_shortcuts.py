"""What the reader looks for ahead of the rules: landmarks, simple texts, syntax of other programs."""

from __future__ import annotations

import pytest

from packc.reader.foreign import foreign_in, has_foreign
from packc.reader.plaininlines import pieces_of
from packc.reader.shortcuts import landmarks


@pytest.mark.parametrize(
    ("line", "underlines", "delimits"),
    [
        ("---", True, True),
        ("=", True, False),
        ("===\t ", True, False),
        (" \t> ---", True, True),
        ("---|---", False, True),
        ("|---|", False, True),
        (":-:", False, True),
        (":-", False, True),
        ("-:", False, True),
        ("- | -", False, True),
        ("-\t|\t-\t", False, True),
        ("- -", False, True),
        ("=-", False, False),
        ("a", False, False),
        ("--- a", False, False),
        ("", False, False),
    ],
)
def test_landmarks(line: str, underlines: bool, delimits: bool) -> None:
    found = landmarks(f"text\n{line}\nmore\n\n{line}")
    assert found["underlines"] == ([1, 4] if underlines else [])
    assert found["delimiter_rows"] == ([1, 4] if delimits else [])
    first = landmarks(f"{line}\n{line}")
    assert first == {"underlines": [0, 1] if underlines else [], "delimiter_rows": [0, 1] if delimits else []}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a `b` c", "text code text"),
        ("$x$, `y`", "math text code"),
        ("a *b* c", "text open text close text"),
        ("*a*\n**b**, (c = d)", "open text close line open text close text"),
        ("*a.*, b", "open text close text"),
        ("**`a` and $b$**", "open code text math close"),
    ],
)
def test_simple_texts_are_read_without_the_rules(text: str, kinds: str) -> None:
    pieces = pieces_of(text)
    assert pieces is not None
    assert " ".join(kind for kind, _, _ in pieces) == kinds
    assert "".join(text[start:end] for _, start, end in pieces) == text


@pytest.mark.parametrize(
    "text",
    [
        *("a_b", "a*b*", "*a **b** c*", "*a", "a* b", "`a", "` a `", "``a``", "$5", "a$b$", "$$a$$"),
        *("a  \nb", "a == b", "\\$", "<b>", "&amp;", "[a](b)", "H~2~O", "x^2^", "{50%}"),
        *("*a**", "**a*", "***a***", "`a``b`", "$a$b"),
    ],
)
def test_other_texts_are_left_to_the_rules(text: str) -> None:
    assert pieces_of(text) is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            '=== "Tab"',
            "a -8<- b",
            ":material-x:",
            "a :smile:",
            "{% x %}",
            "::: warning",
            "/// note",
            "[TOC]",
        ),
        *(
            "[_toc_]",
            "[[toc]]",
            "[[wiki]]",
            "%% a",
            "a ^[b]",
            "*[HTML]: x",
            "!!! note",
            "??? tip",
            "a &nosuch;",
        ),
        *(": x", "  : x", "\t: x", "> : x", "1. : x", "- > :\tx"),
    ],
)
def test_syntax_of_other_programs_is_looked_for(written: str) -> None:
    content = written.lstrip("1.-> \t") if ": x" in written or ":\tx" in written else written
    assert list(foreign_in(content, 0, len(content)))
    assert has_foreign(f"Text\n{written}\n")
