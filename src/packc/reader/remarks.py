"""Comments that speak to packc: `<!-- packc: ignore PK301 -->`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from packc.diagnostics import Ignore, Severity, Sink
from packc.diagnostics.rules.remarks import IgnoredError, UnknownRemark
from packc.source import SourceFile, Span

_REMARK = r"<!--\s*packc\s*:\s*(?P<verb>[^\s>]*)(?P<rest>.*?)-->"


def ignores_of(
    comments: Iterable[Span], starts: Sequence[int], source: SourceFile, sink: Sink
) -> tuple[Ignore, ...]:
    """Return what the comments at these places ask to ignore; report what they ask in vain.

    `starts` are where the questions and sections begin, in order. An ignore holds from the start before it
    to the next one: for the question, the section's own text or the introduction in which it stands.
    """
    found: list[Ignore] = []
    for comment in comments:
        match = re.match(_REMARK, source.text[comment.start : comment.end], re.DOTALL)
        if match is None:
            continue
        if match["verb"] != "ignore" or not match["rest"].strip(" ,>\n\t"):
            sink.report(UnknownRemark(f"`{' '.join(match[0].split())}`"), comment)
            continue
        index = bisect_right(starts, comment.start)
        end = starts[index] if index < len(starts) else len(source.text) + 1
        scope = source.span(starts[index - 1] if index else 0, end)
        for code in re.finditer(r"[^\s,>]+", match["rest"]):
            offset = comment.start + match.start("rest")
            place = source.span(offset + code.start(), offset + code.end())
            if _is_ignorable(code[0], place, sink):
                found.append(Ignore(code[0], place, scope))
    return tuple(found)


def _is_ignorable(code: str, place: Span, sink: Sink) -> bool:
    from packc.diagnostics import all_rules  # the rarest of needs

    known = all_rules().get(code)
    if known is None:
        sink.report(UnknownRemark(f"`{code}`: it is no code"), place)
    elif known.severity is Severity.ERROR:
        sink.report(IgnoredError(code), place)
    return known is not None and known.severity is not Severity.ERROR
