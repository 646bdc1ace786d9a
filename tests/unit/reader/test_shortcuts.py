"""Lines that could underline a heading, and lines that could stand below a table's header."""

from __future__ import annotations

import pytest

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
