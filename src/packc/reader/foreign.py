"""Syntax of site generators and note-taking programs that packc does not read: named, and kept as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token

from packc.diagnostics import Sink
from packc.diagnostics.rules.unread import ForeignSyntax
from packc.source import SourceFile

# Each group is one kind of syntax. As text: `re` compiles it when a pack first needs it.
_SYNTAX = r"""(?mx)
    ^(?P<tab>===[+!]?[ ]+".*)
    | (?P<include>-{1,3}8<-{1,3}(?:[ ]+".*)?)
    | (?P<icon>:(?:material|octicons|fontawesome|simple)-[a-z0-9-]+:)
    | (?<![\w:/])(?P<emoji>:[a-z][a-z0-9_+-]*:)(?![\w:/])
    | (?P<template>\{%[^\n]{0,200}?%\})
    | ^(?P<container>:{3,}.*|/{3,}[ ]*[a-z].*)
    | ^(?P<contents>\[(?:TOC|toc|_TOC_|_toc_|\[TOC\]|\[_TOC_\]|\[toc\]|\[_toc_\])\]$)
    | (?P<wiki>\[\[[^\[\]\n]+\]\])
    | (?P<comment>%%(?:[^%\n]{0,500}%%)?)
    | (?P<inline_note>\^\[[^\[\]\n]+\])
    | ^(?P<abbreviation>\*\[[^\[\]\n]+\]:.*)
    | ^(?P<admonition>(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z].*)
    | (?P<entity>&[A-Za-z][A-Za-z0-9]{1,31};)
    | ^(?P<definition>:[ \t]+\S.*)
"""
# What such syntax has, by a character that most texts are without.
_MARKS = {"=": ["\n==="], "<": ["8<"], "%": ["{%", "%%"], "/": ["///"], "!": ["!!!"], "?": ["???"]}
# Each begins with one character that `re` looks for quickly.
_COLON = r":(?:::|[a-z][a-z0-9_+-]*:)"
_DEFINITION = r"\n[ \t>*+\-\d.)]*:[ \t]"
_BRACKET = r"\[(?:\[|_?TOC|_?toc|(?<=[\^*]\[))"
_ENTITY = r"&\w+;"
_PATTERNS = (_COLON, _DEFINITION, _BRACKET, _ENTITY)
_LONGEST = 200  # characters that such syntax goes on behind the text it begins in
_NAMES = {
    "tab": "a tab of a site generator",
    "include": "an include of a site generator",
    "icon": "an icon of a site generator",
    "emoji": "the code of an emoji",
    "template": "a tag of a template language",
    "container": "a container of a site generator",
    "contents": "a table of contents",
    "wiki": "a wiki link",
    "comment": "a comment mark of another program",
    "inline_note": "a footnote without a definition of its own",
    "abbreviation": "an abbreviation",
    "admonition": "an admonition without an indented text below it",
    "entity": "the name of no character that HTML knows",
    "definition": "a definition without its term on the line above",
}


def has_foreign(text: str) -> bool:
    """Tell whether `text` may hold such syntax; quicker than looking, and never wrong in saying no."""
    return any(
        character in text and any(mark in text for mark in marks) for character, marks in _MARKS.items()
    ) or any(re.search(pattern, text) for pattern in _PATTERNS)


def foreign_in(content: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the name and the place of each such syntax between two offsets of a paragraph's content."""
    for found in re.compile(_SYNTAX).finditer(content, start, end + _LONGEST):
        if found.start() >= end:
            return
        group = found.lastgroup
        assert group is not None  # every alternative is a group
        yield _NAMES[group], found.start(group), found.end(group)


def check_front_matter_in_text(tokens: list[Token], source: SourceFile, sink: Sink) -> None:
    """Report a block of `key: value` lines between two `---`, which Markdown takes for a heading."""
    for before, token in pairwise(tokens):
        if before.type != "hr" or token.type != "heading_open" or token.markup != "-":
            continue
        if before.map is None or token.map is None or before.map[1] != token.map[0]:
            continue
        lines = [source.line_text(number) for number in range(token.map[0], token.map[1] - 1)]
        if all(re.match(r"[A-Za-z_][\w-]*:(?:\s|$)|\s+\S|- ", line) for line in lines):
            start, end = source.line_starts[before.map[0]], source.line_end(token.map[1] - 1)
            sink.report(ForeignSyntax("front matter inside a text", "---"), source.span(start, end))
