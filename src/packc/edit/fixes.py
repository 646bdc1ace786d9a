"""Fixes to a changed text."""

from __future__ import annotations

from collections.abc import Iterable

from packc.diagnostics import Diagnostic, Fix
from packc.source import SourceFile


def chosen(diagnostics: Iterable[Diagnostic], file: int, *, unsafe: bool) -> list[Fix]:
    """Return the fixes for file number `file` that can be made at once: the first of any that overlap."""
    found: list[Fix] = []
    taken: list[tuple[int, int]] = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or fix in found or not (fix.safe or unsafe):
            continue
        places = [(edit.span.start, edit.span.end) for edit in fix.edits if edit.span.file == file]
        if len(places) != len(fix.edits) or any(_overlap(one, other) for one in places for other in taken):
            continue
        taken += places
        found.append(fix)
    return found


def applied(source: SourceFile, fixes: Iterable[Fix]) -> str:
    """Return the text of `source` after the edits of `fixes`, which do not overlap."""
    text = source.text
    edits = [edit for fix in fixes for edit in fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two edits touch the same text; two insertions at one place do."""
    return one == other or (one[0] < other[1] and other[0] < one[1])
