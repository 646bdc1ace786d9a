"""What GIFT and Moodle XML have in common: text formats, category paths, the shape of a finished question."""

from __future__ import annotations

import re
from itertools import groupby

from packc.ast.richtext import Blocks, Inlines, Para, Strong
from packc.intake.bank import line_of_text, one_line
from packc.intake.markdown import markdown_blocks
from packc.intake.richtext import (
    Place,
    Setting,
    as_line,
    breaks_shown,
    html_blocks,
    plain_blocks,
)
from packc.named import NamedTuple
from packc.render.plain import PLAIN
from packc.source import Span

HEADING_SHIFT = -2
"""Headings in Moodle's texts begin below those of its own page, `h3` and `h4`."""

_CONTEXT = re.compile(r"\$[a-z]+\$$")
_FORMATS = {"html": "html", "markdown": "markdown", "plain_text": "plain", "plain": "plain"}


def blocks_of(text: str, text_format: str, setting: Setting, place: Place) -> Blocks:
    """Return a text in one of Moodle's formats: `html`, `markdown`, `plain`, or else Moodle's own."""
    match _FORMATS.get(text_format, "moodle"):
        case "html":
            return html_blocks(text, setting, place)
        case "markdown":
            return markdown_blocks(text, setting, place(0))
        case "plain":
            return plain_blocks(text)
        case _:
            return html_blocks(breaks_shown(text), setting, place)


def line_in(text: str, text_format: str, setting: Setting, place: Place) -> Inlines:
    """Return a text in one of Moodle's formats as one line."""
    return as_line(blocks_of(text, text_format, setting, place), setting.remarks, place(0))


def category_path(written: str) -> tuple[str, ...]:
    """Return the names of a category's path, without the context it begins in.

    A lone slash separates; of a longer run two stand for one that belongs to the name.
    """
    parts = [""]
    for is_slash, run in groupby(written.strip(), lambda one: one == "/"):
        text = "".join(run)
        if not is_slash:
            parts[-1] += text
        elif len(text) == 1:
            parts.append("")
        else:
            parts[-1] += "/" * (len(text) // 2)
            if len(text) % 2:
                parts.append("")
    names = [one_line(part) for part in parts]
    if names and _CONTEXT.match(names[0]):
        names = names[1:]
    if len(names) > 1 and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


class Named(NamedTuple):
    """What a question is called: its id, its title, and its explanation without a title that began it."""

    id: str
    title: Inlines
    explanation: Blocks


def named(identifier: str, name: str, explanation: Blocks) -> Named:
    """Return how a question is called.

    A name that is the id says nothing more: packc writes such names, because titles give answers away, and
    then the title in bold is the first line of the explanation.
    """
    if one_line(name) != identifier:
        return Named(identifier, line_of_text(name), explanation)
    first = explanation[0] if explanation else None
    if isinstance(first, Para) and len(first.children) == 1 and isinstance(first.children[0], Strong):
        return Named(identifier, first.children[0].children, explanation[1:])
    return Named(identifier, (), explanation)


def prompt_of(blocks: Blocks, title: Inlines) -> Blocks:
    """Return what a question asks: its text, or else its title."""
    return blocks or ((Para(title),) if title else ())


def words_of(blocks: Blocks) -> str:
    """Return the first words of a text, to make an id of."""
    return " ".join(PLAIN.blocks(blocks).split())[:200]


def clean_tag(tag: str, setting: Setting, span: Span | None) -> str:
    """Return a tag as a pack can hold it: commas separate tags there."""
    words = one_line(tag)
    if "," in words:
        setting.remarks.lost(f"the tag `{words}`", "a comma would end it, so it has none here", span)
        words = one_line(words.replace(",", " "))
    return words
