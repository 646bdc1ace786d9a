"""When there are colours, and what a stream can take."""

from __future__ import annotations

import io

import pytest

from packc.diagnostics.show.look import Look


class Stream(io.TextIOWrapper):
    def __init__(self, *, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "colour"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"TERM": "xterm"}, True),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": ""}, False),
        ("auto", True, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(choice: str, terminal: bool, environ: dict[str, str], colour: bool) -> None:
    assert Look.of(Stream(terminal=terminal), choice, environ).colour is colour


@pytest.mark.parametrize(
    ("encoding", "limit"),
    [("utf-8", ""), ("UTF8", ""), ("utf-16", ""), ("ascii", "ascii"), ("cp1252", "cp1252")],
)
def test_the_encoding_limits_what_is_shown(encoding: str, limit: str) -> None:
    assert Look.of(Stream(terminal=False, encoding=encoding)).encoding == limit


def test_the_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert Look.of(Stream(terminal=True)).width == 72
    assert Look.of(Stream(terminal=False)).width == 120
    monkeypatch.setenv("COLUMNS", "10")
    assert Look.of(Stream(terminal=True)).width == 40
