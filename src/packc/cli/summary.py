"""What happened, in one screen, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from packc.build.report import Report
from packc.cli.counting import counted
from packc.diagnostics.rule import Severity

_KILO = 1000


def lines(report: Report, seconds: float) -> Iterator[str]:
    """Yield the lines that sum up a build."""
    yield contents(report)
    yield from _artefacts(report)
    if report.fresh:
        yield f"{report.fresh:,} of {counted(report.packs, 'pack')} unchanged, taken from the cache"
    if report.why_uncached:
        yield f"the cache is not used: {report.why_uncached}"
    lost = losses(report)
    if lost:
        yield f"losses: {', '.join(f'{target} {count:,}' for target, count in lost.items())}"
    if report.broken:
        yield f"not built because of errors: {', '.join(report.broken)}"
    yield f"took {seconds:.2f} s"


def losses(report: Report) -> dict[str, int]:
    """Return how many losses each target has, of those that have any."""
    counts = Counter(found.target for found in report.diagnostics if found.severity is Severity.LOSS)
    return dict(sorted(counts.items()))


def contents(report: Report) -> str:
    """Return the line that says what was read."""
    total = sum(report.kinds.values())
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in report.kinds.items())
    line = f"{counted(report.packs, 'pack')}, {counted(total, 'question')}"
    line += f": {kinds}" if kinds else ""
    return line + (f"; {report.unreleased:,} unreleased" if report.unreleased else "")


def _artefacts(report: Report) -> Iterator[str]:
    rows: list[tuple[str, str, str, str]] = []
    for target in dict.fromkeys(artefact.target for artefact in report.artefacts):
        ours = [artefact for artefact in report.artefacts if artefact.target == target]
        questions = sum({artefact.pack: artefact.questions for artefact in ours}.values())
        size = sum(artefact.size for artefact in ours)
        rows.append((target, counted(len(ours), "file"), counted(questions, "question"), in_bytes(size)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for target, *numbers in rows:
        columns = (f"{text:>{width}}" for text, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join((f"  {target:<{widths[0]}}", *columns))


def in_bytes(size: float) -> str:
    """Return a size as people read it: `1.5 MB`."""
    for unit in ("B", "kB", "MB"):
        if size < _KILO:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= _KILO
    return f"{size:.1f} GB"
