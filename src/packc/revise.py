"""The library's other half: sources in canonical form, and with their mechanical faults mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from packc import api
from packc.api import LoadedPack, Report
from packc.ast.pack import questions, sections
from packc.diagnostics import Diagnostic, Severity, Sink
from packc.diagnostics.rules.fields import NoSpaceAfterLabel
from packc.diagnostics.rules.formatting import MeaningWouldChange, NotFormatted
from packc.edit.fixes import applied, chosen
from packc.edit.format import formatted
from packc.named import NamedTuple
from packc.source import SourceFile, Span

_MENDED = frozenset({NoSpaceAfterLabel.code})  # by formatting
_MOST_ROUNDS = 12  # of fixing; each may make room for further fixes


class Change(NamedTuple):
    """A source that would read otherwise. `path` is None for standard input."""

    name: str
    path: Path | None
    before: str
    after: str


class Revision(NamedTuple):
    """What was found, and what would be written. `fixed` counts the faults that were mended."""

    report: Report
    changes: tuple[Change, ...]
    fixed: int = 0


def fmt(paths: Sequence[Path | str], *, cwd: Path | None = None, stdin: bytes | None = None) -> Revision:
    """Return the packs of `paths` in canonical form, those that would change. Writes nothing.

    A pack with errors is left alone, and so is one whose canonical form would read otherwise; both are
    reported. Raises ProjectFault.
    """
    before = api.check(paths, targets=[], cwd=cwd, stdin=stdin)
    sink = Sink()
    texts = _canonical(before, sink, ())
    after = _checked_again(paths, before, texts, cwd)
    silenced = _silenced(before, after)
    if silenced:
        sink = Sink()
        texts = _canonical(before, sink, silenced)
        after = _checked_again(paths, before, texts, cwd)
    changes = []
    for old, new in zip(before.loaded, after.loaded, strict=True):
        if old.source not in texts:
            continue
        source = before.sources[old.source]
        differing = _difference(old, new)
        if differing is not None:
            sink.report(MeaningWouldChange(differing[0]), differing[1] or source.span(0, 0))
        elif texts[old.source] != _on_disk(source, old.path):
            changes.append(Change(old.name, old.path, source.text, texts[old.source]))
    errors = [found for found in before.diagnostics if found.severity is Severity.ERROR]
    found = sorted((*errors, *sink), key=lambda each: each.span or Span(-1, 0, 0))
    return Revision(before._replace(diagnostics=tuple(found)), tuple(changes))


def _canonical(report: Report, sink: Sink, doubtful: Sequence[Diagnostic]) -> dict[int, str]:
    """Return the canonical form of every pack without errors, by the number of its source."""
    texts = {}
    for loaded in report.loaded:
        source = report.sources[loaded.source]
        if loaded.ok:
            here = [found for found in doubtful if found.span and found.span.file == source.number]
            texts[loaded.source] = formatted(source, loaded.pack, sink, here)
        else:
            sink.report(NotFormatted(), source.span(0, 0))
    return texts


def _silenced(before: Report, after: Report) -> list[Diagnostic]:
    """Return the warnings of kinds that are fewer in `after`, but for those that formatting mends."""

    def counts(report: Report) -> Counter[str]:
        return Counter(found.code for found in report.diagnostics if found.severity is Severity.WARNING)

    fewer = counts(before) - counts(after)
    return [
        found
        for found in before.diagnostics
        if found.code in fewer and found.severity is Severity.WARNING and found.code not in _MENDED
    ]


def fix(
    paths: Sequence[Path | str],
    *,
    unsafe: bool = False,
    targets: Sequence[str] | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    options: Sequence[str] = (),
) -> Revision:
    """Mend what can be mended mechanically, and report what is left. Writes nothing. Raises ProjectFault.

    `unsafe`: also where the author should look at it afterwards. A file that would have more errors than
    before keeps its text.
    """
    first = report = api.check(paths, targets=targets, cwd=cwd, stdin=stdin, options=options)
    texts: dict[int, str] = {}
    stuck: set[int] = set()
    fixed = 0
    for _ in range(_MOST_ROUNDS):
        tried = dict(texts)
        counts: dict[int, int] = {}
        for loaded in report.loaded:
            source = report.sources[loaded.source]
            fixes = chosen(report.diagnostics, loaded.source, unsafe=unsafe)
            if fixes and loaded.source not in stuck:
                tried[loaded.source], counts[loaded.source] = applied(source, fixes), len(fixes)
        if not counts:
            break
        again = _checked_again(paths, first, tried, cwd, targets, options)
        worse = {number for number in counts if _errors(again, number) > _errors(report, number)}
        stuck |= worse
        if worse:
            tried = {n: text for n, text in tried.items() if n not in worse} | {
                n: texts[n] for n in worse if n in texts
            }
            again = _checked_again(paths, first, tried, cwd, targets, options)
        fixed += sum(count for number, count in counts.items() if number not in worse)
        texts, report = tried, again
    changes = tuple(
        Change(loaded.name, loaded.path, first.sources[loaded.source].text, texts[loaded.source])
        for loaded in first.loaded
        if texts.get(loaded.source, first.sources[loaded.source].text) != first.sources[loaded.source].text
    )
    return Revision(report, changes, fixed)


def _checked_again(
    paths: Sequence[Path | str],
    first: Report,
    texts: Mapping[int, str],
    cwd: Path | None,
    targets: Sequence[str] | None = (),
    options: Sequence[str] = (),
) -> Report:
    """Return the report on the packs of `first` with these texts, by the numbers of their sources."""
    contents = {loaded.path: _bytes(first, texts, loaded) for loaded in first.loaded if loaded.path}
    stdin = [_bytes(first, texts, loaded) for loaded in first.loaded if loaded.path is None]
    given = stdin[0] if stdin else None
    return api.check(paths, targets=targets, cwd=cwd, stdin=given, contents=contents, options=options)


def _bytes(first: Report, texts: Mapping[int, str], loaded: LoadedPack) -> bytes:
    return texts.get(loaded.source, first.sources[loaded.source].text).encode("utf-8", "surrogatepass")


def _on_disk(source: SourceFile, path: Path | None) -> str:
    """Return what the file holds, with its own line ends and byte order mark."""
    return path.read_bytes().decode("utf-8", "replace") if path else source.text


def _errors(report: Report, number: int) -> int:
    return sum(_is_error_of(found, number) for found in report.diagnostics)


def _is_error_of(found: Diagnostic, number: int) -> bool:
    return found.severity is Severity.ERROR and found.span is not None and found.span.file == number


def _difference(old: LoadedPack, new: LoadedPack) -> tuple[str, Span | None] | None:
    """Return what means something else in `new`, and its place in the old source; None if nothing does."""
    if new.ok and old.pack == new.pack:
        return None
    news = {question.id: question for question in questions(new.pack)}
    for question in questions(old.pack):
        if news.get(question.id) != question:
            return f"question {question.id}", question.span
    for mine, theirs in zip(sections(old.pack), sections(new.pack), strict=False):
        if replace(mine, parts=()) != replace(theirs, parts=()):
            return "this section", mine.span
    return "the pack", old.pack.span
