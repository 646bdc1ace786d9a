"""Diagnostics for people: each with its place in the source, then how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from packc.diagnostics.diagnostic import Diagnostic
from packc.diagnostics.rule import Severity
from packc.diagnostics.show.characters import shown
from packc.diagnostics.show.excerpt import Mark, excerpt, location
from packc.diagnostics.show.look import BOLD, FRAME, SEVERITY, Look
from packc.source import SourceMap

_PLURALS = {
    Severity.ERROR: "errors",
    Severity.WARNING: "warnings",
    Severity.LOSS: "losses",
    Severity.NOTE: "notes",
}


def render(
    diagnostics: Iterable[Diagnostic], sources: SourceMap, look: Look, *, losses_in_full: bool = False
) -> str:
    """Return the text that shows `diagnostics`, in their order, and a last line that counts them.

    Losses come after the others, one line for each target and construct, unless `losses_in_full`. The
    text is empty where there is nothing to show, and can be encoded for the stream that `look` describes.
    """
    found = list(diagnostics)
    if not found:
        return ""
    grouped = [each for each in found if each.severity is Severity.LOSS and not losses_in_full]
    single = [each for each in found if each.severity is not Severity.LOSS or losses_in_full]
    parts = ["\n".join(_full(each, sources, look)) + "\n" for each in single]
    if grouped:
        parts.append("\n".join(_grouped(grouped, sources, look)) + "\n")
    return "\n".join((*parts, tally(found) + _fixable(found) + "\n"))


def _fixable(found: Iterable[Diagnostic]) -> str:
    fixes = [each.fix for each in found if each.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    offers = []
    if safe:
        offers.append(f"{safe:,} fixable with `packc check --fix`")
    if len(fixes) > safe:
        how = "more with `--fix --unsafe`" if safe else "fixable with `packc check --fix --unsafe`"
        offers.append(f"{len(fixes) - safe:,} {how}")
    return "".join(f"; {offer}" for offer in offers)


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many there are of each severity, e.g. `2 errors, 1 warning, 5 losses`."""
    counts = Counter(found.severity for found in diagnostics)
    return ", ".join(
        f"{counts[severity]:,} {severity if counts[severity] == 1 else _PLURALS[severity]}"
        for severity in Severity
        if counts[severity]
    )


def _full(found: Diagnostic, sources: SourceMap, look: Look) -> Iterator[str]:
    yield _headline(found, look)
    gutter = 1
    if found.span is not None:
        marks = [Mark(found.span, found.rule.label(), SEVERITY[found.severity], True)]
        marks += [Mark(label.span, label.text, FRAME, False) for label in found.labels]
        lines = [sources[mark.span.file].line_of(mark.span.start) + 1 for mark in marks]
        gutter = len(str(max(lines)))
        yield from excerpt(marks, sources, look)
        if found.rule.help():
            yield look.paint(" " * gutter + " |", FRAME)
    elif found.file:
        yield f"{look.paint(' -->', FRAME)} {shown(found.file, look)}"
    if found.rule.help():
        # Not splitlines(), which also breaks at characters that have to be shown by number.
        first, *others = f"{found.rule.help()}   (packc explain {found.code})".split("\n")
        yield f"{look.paint(' ' * gutter + ' = ', FRAME)}{look.paint('help: ', BOLD)}{shown(first, look)}"
        yield from (" " * (gutter + len(" = help: ")) + shown(line, look) for line in others)


def _headline(found: Diagnostic, look: Look) -> str:
    kind = look.paint(f"{found.severity}[{found.code}]", SEVERITY[found.severity])
    target = f" {found.target}" if found.target else ""
    return kind + look.paint(f"{target}: {shown(found.rule.message(), look)}", BOLD)


def _grouped(losses: list[Diagnostic], sources: SourceMap, look: Look) -> Iterator[str]:
    groups: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for loss in losses:
        groups.setdefault((loss.target, loss.code, loss.rule.message()), []).append(loss)
    for key in sorted(groups, key=lambda key: key[0]):
        places = [_where(loss, sources, look) for loss in groups[key]]
        noun = "place" if len(places) == 1 else "places"
        yield f"{_headline(groups[key][0], look)}: {len(places):,} {noun}: {', '.join(places)}"


def _where(found: Diagnostic, sources: SourceMap, look: Look) -> str:
    if found.span is not None:
        return location(found.span, sources, look)
    return shown(found.file, look) or "the whole pack"
