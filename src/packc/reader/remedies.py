"""Fixes for what the reader reports: edits that are mechanical, made only once something is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from packc.diagnostics import Edit, Fix
from packc.reader.labels import LabelLine
from packc.source import SourceFile, Span


def replaced(title: str, span: Span, text: str, *, safe: bool = True) -> Fix:
    """Return the fix that puts `text` where `span` is."""
    return Fix(title, (Edit(span, text),), safe)


def space_after(label: Span) -> Fix:
    return replaced("add a space", label._replace(start=label.end), " ")


def label_dress(label: LabelLine, span: Span, source: SourceFile) -> Fix | None:
    """Return the fix that writes an oddly dressed label as a label, with the text that stood in its dress."""
    written = re.match(
        rf"[*_]{{1,3}}[ ]?{re.escape(label.label)}[ ]?[:：]?(?P<inner>[^*_\n]*)[*_]{{1,3}}[:：]?",
        source.text[span.start : span.end],
    )
    if written is None:
        return None
    end = span.start + written.end()
    inner = written["inner"].strip()
    gap = "" if source.text[end : end + 1] in ("", " ", "\n", "\t") else " "
    text = f"**{label.label}:**" + (f" {inner}" if inner else "") + gap
    return replaced(f"write `**{label.label}:**`", span._replace(end=end), text)


def pack_id(identifier: str, source: SourceFile, *, has_front_matter: bool) -> Fix:
    """Return the fix that writes the id that the file's name stands for."""
    at = source.line_starts[1] if has_front_matter else 0
    text = f"id: {identifier}\n" if has_front_matter else f"---\nid: {identifier}\n---\n\n"
    return replaced(f"write `id: {identifier}`", source.span(at, at), text)


def blank_line_above(span: Span, source: SourceFile) -> Fix | None:
    """Return the fix that sets the `---` at the end of `span` apart from the text above it."""
    line = source.line_of(max(span.start, span.end - 1))
    if set(source.line_text(line).strip()) != {"-"}:
        return None
    at = source.line_starts[line]
    return replaced("add a blank line above the `---`", source.span(at, at), "\n")


def under_the_choice(first: Span, second: Span, source: SourceFile) -> Fix | None:
    """Return the fix that indents what stands between two task lists, under the last choice of the first."""
    start, end = source.line_of(max(first.start, first.end - 1)) + 1, source.line_of(second.start)
    marker = re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+", source.line_text(source.line_of(first.start)))
    if marker is None or "\t" in marker[0]:
        return None
    indent = " " * len(re.sub(r"(?<=[-*+.)])[ ]{2,}$", " ", marker[0]))
    edits = tuple(
        Edit(source.span(source.line_starts[line], source.line_starts[line]), indent)
        for line in range(start, end)
        if source.line_text(line).strip()
    )
    return Fix("indent it under the choice above", edits) if edits else None


def question_id(heading: Span, used: Iterable[str], source: SourceFile) -> Fix | None:
    """Return the fix that gives a heading the next id of its pack. Unsafe: it may be no question."""
    marks = re.match(r"#{2,6}[ \t]+", source.text[heading.start : heading.end])
    if marks is None:
        return None
    split = [found for identifier in used if (found := re.fullmatch(r"(\D+)(\d+)\D?", identifier))]
    letters = Counter(found[1] for found in split).most_common(1)[0][0] if split else "Q"
    numbers = [found[2] for found in split if found[1] == letters]
    highest = max(map(int, numbers), default=0)
    width = max(map(len, numbers), default=1)
    identifier = f"{letters}{highest + 1:0{width}}"
    at = heading._replace(start=heading.start + marks.end(), end=heading.start + marks.end())
    return replaced(f"give it the id `{identifier}`", at, f"{identifier}. ", safe=False)


def what_is_advised(advice: str, span: Span) -> Fix | None:
    """Return the unsafe fix that writes what `advice` says, if it names just one thing: "write `3.14`"."""
    found = re.fullmatch(r"write `([^`]+)`", advice)
    return replaced(advice, span, found[1], safe=False) if found else None
