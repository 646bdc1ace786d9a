"""Fixes to a changed text."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from packc.diagnostics import Diagnostic, Fix
from packc.source import SourceFile


def chosen(diagnostics: Iterable[Diagnostic], file: int, *, unsafe: bool) -> list[Fix]:
    """Return the fixes for file number `file` that can be made at once: the first of any that overlap."""
    found: dict[Fix, None] = {}
    taken: list[tuple[int, int]] = []  # in order; none overlaps another
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or fix in found or not (fix.safe or unsafe):
            continue
        places = [(edit.span.start, edit.span.end) for edit in fix.edits if edit.span.file == file]
        if len(places) != len(fix.edits) or any(_overlaps(place, taken) for place in places):
            continue
        for place in places:
            insort(taken, place)
        found[fix] = None
    return list(found)


def applied(source: SourceFile, fixes: Iterable[Fix]) -> str:
    """Return the text of `source` after the edits of `fixes`, which do not overlap."""
    pieces = []
    at = 0
    # What is inserted at a place goes before what replaces the text behind it.
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span[1:]):
        pieces += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join((*pieces, source.text[at:]))


def _overlaps(place: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an edit touches the text of one that is taken; two insertions at one place do."""
    after = bisect_left(taken, place)
    return (after > 0 and taken[after - 1][1] > place[0]) or (
        after < len(taken) and (taken[after] == place or taken[after][0] < place[1])
    )
