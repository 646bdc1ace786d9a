"""A pasted page to packs. What the paste has lost is named, never guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packc.diagnostics import Sink
from packc.diagnostics.rules.importing import LooksLikeMarkup, SecondPage
from packc.importers.academy import INFO
from packc.importers.academy.lines import Line, Sort, lines_of
from packc.importers.academy.page import Page
from packc.importers.base import Given, Info, Made
from packc.reader.grammar import DEFAULT, Grammar
from packc.reader.pack import check_source

# Marks of Markdown or TeX. A browser shows none, so they are characters; but somebody may have meant them.
_MARKUP = re.compile(r"\*\*\S|`[^`]+`|\]\(|\$[^\s$][^$]*\$|\\[(\[]|!\[|<[a-z]+>")


class AcademyImporter:
    """Reads one pasted page, or several in one file."""

    @property
    def info(self) -> Info:
        return INFO

    def recognises(self, given: Given) -> bool:
        """Tell whether there is a heading with an id and a label below it."""
        below = False
        for line in lines_of(given.source):
            below = below or line.sort is Sort.QUESTION
            if below and line.sort is Sort.LABEL:
                return True
        return False

    def read(
        self,
        given: Given,
        sink: Sink,
        *,
        fallback_id: str,
        grammar: Grammar = DEFAULT,  # noqa: ARG002 (the academy's labels are its own)
    ) -> Sequence[Made]:
        """Return a pack for each page that `given` holds."""
        check_source(given.source, sink)
        lines = lines_of(given.source)
        _check_markup(lines, sink)
        pages = list(_pages(lines))
        for page in pages[1:]:
            sink.report(SecondPage(page[0].text), page[0].span)
        packs = [Page(page, sink).pack(fallback_id) for page in pages]
        return () if sink.has_errors else tuple(map(Made, packs))


def _check_markup(lines: Sequence[Line], sink: Sink) -> None:
    for line in lines:
        found = _MARKUP.search(line.text)
        if found is not None:
            start = line.span.start + found.start()
            place = line.span._replace(start=start, end=start + len(found[0]))
            sink.report(LooksLikeMarkup(found[0]), place)


def _pages(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Split `lines` where another page begins: at the last heading before an id that was there already."""
    start, heading = 0, None
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.sort is Sort.HEADING:
            heading = index
        elif line.sort is Sort.QUESTION:
            identifier = (line.heading().leading_id() or "").casefold()
            if identifier in seen and heading is not None and heading > start:
                yield lines[start:heading]
                start, seen = heading, set()
            seen.add(identifier)
    yield lines[start:]
