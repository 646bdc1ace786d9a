"""What a program reads."""

from __future__ import annotations

import json

from packc.diagnostics import Diagnostic, Edit, Fix, Label
from packc.diagnostics.show.json import document, render
from packc.source import SourceMap
from tests.unit.show.rules import Lost, Said, source, span_of


def test_a_diagnostic_with_everything() -> None:
    sources, file = source("one\n\ttwo\nthree\n")
    found = Diagnostic(Said("m", "l", "h"), span_of(file, "two\nth"), (Label(span_of(file, "one"), "see"),))
    assert document([found], sources) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "PK201",
                "severity": "error",
                "message": "m",
                "label": "l",
                "help": "h",
                "target": None,
                "file": "a.md",
                "line": 2,
                "column": 2,
                "utf16_column": 2,
                "end_line": 3,
                "end_column": 3,
                "utf16_end_column": 3,
                "labels": [
                    {
                        "text": "see",
                        "file": "a.md",
                        "line": 1,
                        "column": 1,
                        "utf16_column": 1,
                        "end_line": 1,
                        "end_column": 4,
                        "utf16_end_column": 4,
                    }
                ],
                "fix": None,
            }
        ],
    }


def test_a_fix() -> None:
    sources, file = source("one\n")
    fix = Fix("write `1`", (Edit(span_of(file, "one"), "1"),), safe=False)
    record = document([Diagnostic(Said("m"), file.span(0, 0), fix=fix)], sources)["diagnostics"][0]
    assert record["fix"] == {
        "title": "write `1`",
        "safe": False,
        "edits": [
            {
                "file": "a.md",
                "line": 1,
                "column": 1,
                "utf16_column": 1,
                "end_line": 1,
                "end_column": 4,
                "utf16_end_column": 4,
                "text": "1",
            }
        ],
    }


def test_columns_in_the_units_of_editors() -> None:
    sources, file = source("é🎲🎲 x🎲\n")
    found = Diagnostic(Said("m", "l", "h"), span_of(file, "x🎲"))
    record = document([found], sources)["diagnostics"][0]
    assert (record["column"], record["end_column"]) == (5, 7)
    assert (record["utf16_column"], record["utf16_end_column"]) == (7, 10)


def test_a_loss_without_a_place() -> None:
    record = document([Diagnostic(Lost("gone"), file="b.md", target="qti")], SourceMap())["diagnostics"][0]
    assert (record["severity"], record["target"], record["file"]) == ("loss", "qti", "b.md")
    places = ("line", "column", "utf16_column", "end_line", "end_column", "utf16_end_column")
    assert [record[key] for key in places] == [None] * 6


def test_the_text_is_ascii_and_survives_anything() -> None:
    words = '学 \ud800 \u202e \x00 "'
    text = render(document([Diagnostic(Said(words))], SourceMap()))
    text.encode("ascii")
    assert text.endswith("}\n")
    assert json.loads(text)["diagnostics"][0]["message"] == words
