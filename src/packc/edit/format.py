"""A source in canonical form. What the tree does not hold is kept: its question stays as it was written."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from packc.ast.pack import Pack
from packc.diagnostics import Diagnostic, Sink
from packc.diagnostics.rules.formatting import KeptAsWritten
from packc.named import NamedTuple
from packc.source import SourceFile
from packc.writer.pack import Piece, pieces


class _Region(NamedTuple):
    """A stretch of the source, and what the writer makes of it."""

    start: int
    written: str
    canonical: str


def formatted(source: SourceFile, pack: Pack, sink: Sink, doubtful: Sequence[Diagnostic] = ()) -> str:
    """Return the text of `source`, which is read as `pack`, in canonical form.

    The front matter stays as it is. A part that holds something that no tree can hold (a comment, an
    attribute, a named link) stays as it is written, and so does one with something `doubtful`, which an
    escape would silence; a note says so. Whether the result means the same has to be seen by reading it.
    """
    rest = pieces(pack)[1:]
    regions = list(_regions(source, rest))
    body = regions[0].start if regions else len(source.text)
    lost = _words(source.text[body:]) - _words("\n".join(piece.text for piece in rest))
    parts = [source.text[:body].rstrip()]
    for region in regions:
        reason = _only_here(region, lost) or _doubt(region, doubtful)
        if not reason:
            parts.append(region.canonical)
            continue
        parts.append(_with_level_of(region))
        line = region.written.split("\n", 1)[0]
        start = source.text.index(line, region.start)
        sink.report(KeptAsWritten(reason), source.span(start, start + len(line)))
    return "\n\n".join(part for part in parts if part) + "\n"


def body_start(source: SourceFile) -> int:
    """Return where the text below the front matter begins."""
    if source.line_text(0).rstrip() == "---":
        for line in range(1, len(source.line_starts)):
            if source.line_text(line).rstrip() == "---":
                return min(source.line_end(line) + 1, len(source.text))
    return 0


def _regions(source: SourceFile, rest: Sequence[Piece]) -> Iterator[_Region]:
    starts = [_start(source, piece, number) for number, piece in enumerate(rest)]
    for piece, start, end in zip(rest, starts, [*starts[1:], len(source.text)], strict=True):
        yield _Region(start, source.text[start:end].strip("\n").rstrip(), piece.text)


def _start(source: SourceFile, piece: Piece, number: int) -> int:
    if number == 0:
        return body_start(source)
    assert piece.node is not None  # only the front matter has none
    assert piece.node.span is not None  # the reader gives every part its place
    return source.line_starts[source.line_of(piece.node.span.start)]


def _with_level_of(region: _Region) -> str:
    """Return the region as it is written, its heading on the level that the others around it have."""
    ours, theirs = (re.match(r"#{1,6}(?=[ \t]|$)", text) for text in (region.canonical, region.written))
    return ours[0] + region.written[theirs.end() :] if ours and theirs else region.written


def _doubt(region: _Region, doubtful: Sequence[Diagnostic]) -> str:
    """Return the code of what is reported in this region, or ''."""
    end = region.start + len(region.written)
    here = (each.code for each in doubtful if each.span and region.start <= each.span.start <= end)
    return next(here, "")


_COMMENT = re.compile(r"<!--[\s\S]*?-->")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_NAMED_LINK = re.compile(r"(?m)^ {0,3}\[([^\]\n^][^\]\n]*)\]:")
_LONG_INFO = re.compile(r"(?m)^[ \t>]*(?:`{3,}|~{3,})[ \t]*[^\s`]+[ \t]+([^`\n]*\S)[ \t]*$")


def _only_here(region: _Region, lost: Counter[str]) -> str:
    """Return something of the region that its canonical form lacks and no tree holds, or ''."""
    if region.written == region.canonical:
        return ""
    kept = "".join(region.canonical.split())
    for pattern in (_COMMENT, _ATTRIBUTES):
        for found in pattern.finditer(region.written):
            if found[0].strip("<!-> {}\n\t") and "".join(found[0].split()) not in kept:
                return found[0]
    for pattern in (_NAMED_LINK, _LONG_INFO):
        found_here = pattern.search(region.written)
        if found_here and found_here[0].strip() not in region.canonical:
            return found_here[0].strip()
    missing = (_words(region.written) - _words(region.canonical)) & lost
    return next(iter(missing), "")


# What is written in another way, but read as the same: no word of it is missed.
_REWORDED = re.compile(
    r"(?im)"
    r"^[ \t>]*(?:\*\*|__)[^*_\n]{1,60}(?:\*\*|__)[:：]?"  # labels
    r"|^[ \t]*(?:question|solution|answer|hint|why it matters|common wrong answer|cold target|source family)"
    r"[:：]"
    r"|^#{2,6}[ \t]+[^\n{]*$"  # headings, which may be labels; attributes are looked at apart
    r"|^[ \t>]*(?:[-*+][ \t]+)?(?:\d{1,9}|[a-z])[.)](?=\s)"  # numbers and letters of lists
    r"|<summary>[^<\n]*</summary>"  # perhaps a label
    r"|</?(?:br|sub|sup|mark|kbd|u|details|summary)\b"
    r"|^[ \t>]*(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+\"[^\"\n]*\")?"  # with a title, perhaps a label
    r"|\[!\w+\]"
)
_META = re.compile(
    r"(?im)^(?:\*\*|__)"
    r"(?:answers?|correct answer|accept|alias|tags|difficulty|points|time|type|shuffle|lines|words?( limit)?)"
    r"(?:[:：](?:\*\*|__)|(?:\*\*|__)[:：]).*$"
)


def _words(text: str) -> Counter[str]:
    text = _REWORDED.sub(" ", _META.sub("", html.unescape(text)))
    return Counter(word.casefold() for word in re.findall(r"[^\W_]+", text))
