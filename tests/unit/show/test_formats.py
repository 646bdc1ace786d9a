"""One line each, GitHub's commands, SARIF: what other programs make of diagnostics."""

from __future__ import annotations

import re

import pytest

from packc.diagnostics import Diagnostic, Label
from packc.diagnostics.rules.answers import NoCorrectChoice, OneChoice
from packc.diagnostics.rules.choices import BraceMisplaced
from packc.diagnostics.rules.loss import Dropped
from packc.diagnostics.rules.project import NoProject, UnreadableFile
from packc.diagnostics.show import concise, github, sarif
from packc.source import SourceMap
from tests.unit.show.rules import Lost, Noted, Said, Warned, source, span_of


def everything() -> tuple[list[Diagnostic], SourceMap]:
    """Diagnostics of every shape: with and without a place, labels, a target, over two lines."""
    sources, file = source("one 😀 two\nthree\n", "a b/ü,1.md")
    two = span_of(file, "two\nthr")
    return [
        Diagnostic(NoCorrectChoice("Q1", 3), span_of(file, "two"), (Label(span_of(file, "one"), "see"),)),
        Diagnostic(BraceMisplaced("{-50%}"), two),
        Diagnostic(Dropped("tables", "left: out"), None, file="c.md", target="gift"),
        Diagnostic(NoProject()),
    ], sources


def test_one_line_each() -> None:
    found, sources = everything()
    assert concise.render(found, sources) == (
        "a b/ü,1.md:1:7: error[PK201] question Q1 marks no choice as correct\n"
        "a b/ü,1.md:1:7: error[PK211] `{-50%}` is no brace at the end of its text\n"
        "c.md: loss[PK601] gift: tables: left: out\n"
        "error[PK802] there is no packc.yaml here or above, and no folder `content` with Markdown files\n"
    )


def test_commands_for_github() -> None:
    found, sources = everything()
    assert github.render(found, sources).splitlines() == [
        "::error file=a b/ü%2C1.md,line=1,endLine=1,col=7,endColumn=10,title=packc PK201"
        "::question Q1 marks no choice as correct%0Ahelp: write `- [x]` before the right choice",
        "::error file=a b/ü%2C1.md,line=1,endLine=2,title=packc PK211"
        "::`{-50%25}` is no brace at the end of its text%0Ahelp: put it in one brace behind the text",
        "::notice file=c.md,title=packc PK601 gift::tables: left: out",
        "::error title=packc PK802"
        "::there is no packc.yaml here or above, and no folder `content` with Markdown files"
        "%0Ahelp: go to your project's folder, or name a file: packc build FILE.md",
    ]


@pytest.mark.parametrize(
    ("rule", "command"), [(Said, "error"), (Warned, "warning"), (Lost, "notice"), (Noted, "notice")]
)
def test_every_severity_has_a_command(rule: type[Said], command: str) -> None:
    assert github.render([Diagnostic(rule("m"))], SourceMap()).startswith(f"::{command} ")


@pytest.mark.parametrize("show", [concise.render, github.render])
def test_foreign_text_begins_no_line_and_commands_no_terminal(show: object) -> None:
    assert callable(show)
    sources, file = source("x\n", "a\n::error::b.md")
    words = "\n::stop-commands::x\r\x1b[31m\u202e"
    text = show([Diagnostic(Said(words, words, words), file.span(0, 1))], sources)
    assert text.count("\n") == 1
    assert not re.search(r"[\r\x1b\u202e]", text)


def test_sarif_holds_the_run() -> None:
    found, sources = everything()
    log = sarif.document(found, sources, "1.2.3")
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "utf16CodeUnits")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("packc", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["PK201", "PK211", "PK601", "PK802"]
    assert [result["level"] for result in run["results"]] == ["error", "error", "note", "error"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first = driver["rules"][0]
    assert first["defaultConfiguration"] == {"level": "error"}
    assert first["shortDescription"]["text"].endswith(".")
    assert "- [x] The learning rate" in first["help"]["markdown"]


def test_sarif_has_places_in_utf16_units() -> None:
    found, sources = everything()
    results = sarif.document(found, sources, "1")["runs"][0]["results"]
    uri = "a%20b/%C3%BC%2C1.md"
    region = {"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 11}
    place = {"artifactLocation": {"uri": uri}, "region": region}
    label = {"text": "none of these 3 choices is `[x]`"}
    assert results[0]["locations"] == [{"physicalLocation": place, "message": label}]
    (related,) = results[0]["relatedLocations"]
    assert (related["id"], related["message"]) == (1, {"text": "see"})
    assert related["physicalLocation"]["region"]["startColumn"] == 1
    region = {"startLine": 1, "startColumn": 8, "endLine": 2, "endColumn": 4}
    assert results[1]["locations"][0]["physicalLocation"]["region"] == region
    assert results[2]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "c.md"}}}]
    assert results[2]["properties"] == {"target": "gift"}
    assert "locations" not in results[3]


def test_sarif_escapes_braces_and_addresses() -> None:
    found = [
        Diagnostic(BraceMisplaced("{.first}")),
        Diagnostic(UnreadableFile("/a b/c.md", "x"), file="/a b/c.md"),
        Diagnostic(OneChoice("Q"), file="\udcff:x.md"),
    ]
    results = sarif.document(found, SourceMap(), "1")["runs"][0]["results"]
    assert "`{{.first}}`" in results[0]["message"]["text"]
    uris = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results[1:]]
    assert uris == ["file:///a%20b/c.md", "%FF%3Ax.md"]
