"""Markdown sources: the reader reads them, so that an import says what a check would say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from packc.ast.pack import Pack
from packc.ast.richtext import Image
from packc.ast.walk import pack_nodes
from packc.diagnostics import Sink
from packc.diagnostics.rules.formatting import KeptAsWritten
from packc.diagnostics.rules.frontmatter import NoPackId
from packc.diagnostics.rules.importing import ImageLeftBehind, NotTakenOver
from packc.edit.format import formatted
from packc.importers.base import Given, Info, Made
from packc.importers.markdown import INFO
from packc.intake.ids import pack_id
from packc.reader.frontmatter import KEYS
from packc.reader.grammar import DEFAULT, Grammar
from packc.reader.pack import read_pack
from packc.source import SourceFile

_HEADING = r"^ {0,3}#{1,6}[ \t]+\S"


class MarkdownImporter:
    """Reads what the reader reads. A pack without an id is called after its title."""

    @property
    def info(self) -> Info:
        return INFO

    def recognises(self, given: Given) -> bool:
        """Tell whether there is front matter or a heading with `#`."""
        text = given.source.text
        return text.startswith("---\n") or re.search(_HEADING, text, re.MULTILINE) is not None

    def read(
        self, given: Given, sink: Sink, *, fallback_id: str, grammar: Grammar = DEFAULT
    ) -> Sequence[Made]:
        """Return the one pack. What it cannot take over is named: images, comments, foreign keys."""
        found = Sink()
        source = given.source
        pack = read_pack(source, found, fallback_id=fallback_id, grammar=grammar)
        if any(isinstance(each.rule, NoPackId) for each in found):  # the title is a better name
            pack = replace(pack, id=pack_id(pack.title) or fallback_id)
        for each in found:
            if not isinstance(each.rule, NoPackId):
                sink.report(each.rule, each.span, labels=each.labels, fix=each.fix)
        if not sink.has_errors:
            _report_left_behind(source, pack, sink)
        return () if sink.has_errors else (Made(pack),)


def _report_left_behind(source: SourceFile, pack: Pack, sink: Sink) -> None:
    for node in pack_nodes(pack):
        if isinstance(node, Image):
            sink.report(ImageLeftBehind(node.src), node.span)
    for key, place in pack.meta.places.items():
        if key not in KEYS:
            sink.report(NotTakenOver(f"{key}:"), place)
    kept = Sink()
    formatted(source, pack, kept)
    for each in kept:
        if isinstance(each.rule, KeptAsWritten):
            sink.report(NotTakenOver(each.rule.what), each.span)
