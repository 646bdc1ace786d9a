"""Texts of a Moodle XML file, with the files that stand beside each."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import unquote

from packc.ast.richtext import Blocks, Inlines
from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import MediaLeftOut
from packc.importers.base import Given
from packc.intake.credit import decimal
from packc.intake.moodle import HEADING_SHIFT, blocks_of, line_in
from packc.intake.pictures import Pictures, decoded_base64
from packc.intake.remarks import Remarks
from packc.intake.richtext import Place, Setting
from packc.intake.tree import Element
from packc.intake.xml import line_span
from packc.named import NamedTuple
from packc.source import SourceFile, Span

_PLUGINFILE = "@@PLUGINFILE@@"


class Reading(NamedTuple):
    """What reads the texts of one file."""

    source: SourceFile
    sink: Sink
    remarks: Remarks
    pictures: Pictures
    least_level: int = 3

    @classmethod
    def of(cls, given: Given, sink: Sink) -> Reading:
        return cls(given.source, sink, Remarks(sink), Pictures(sink, given.limits))

    def span(self, element: Element) -> Span:
        """Return the line that an element begins on."""
        return line_span(self.source, element.line)

    def blocks(self, holder: Element | None) -> Blocks:
        """Return the text in an element that has a `format`, a `text` and perhaps files."""
        if holder is None or not written(holder).strip():
            return ()
        setting, place = self.setting(holder)
        found = blocks_of(written(holder), holder.get("format", "html"), setting, place)
        self._unused(holder)
        return found

    def line(self, holder: Element) -> Inlines:
        """Return such a text as one line."""
        setting, place = self.setting(holder)
        found = line_in(written(holder), holder.get("format", "html"), setting, place)
        self._unused(holder)
        return found

    def setting(self, holder: Element) -> tuple[Setting, Place]:
        """Return how such a text is read, and where its lines stand."""
        first = (holder.child("text") or holder).line
        files = {_name(each): each for each in holder.elements("file")}

        def find(path: str) -> bytes | None:
            name = path.removeprefix(_PLUGINFILE).lstrip("/")
            found = files.get(name) or files.get(unquote(name))
            return decoded_base64(found.text()) if found is not None else None

        def place(line: int) -> Span:
            return line_span(self.source, first + line)

        def take(element: Element) -> str | None:
            return self.pictures.take(element, find, place(element.line))

        setting = Setting(self.remarks, take, heading_shift=HEADING_SHIFT, least_level=self.least_level)
        return setting, place

    def _unused(self, holder: Element) -> None:
        """Report the files that the text does not show."""
        text = unquote(written(holder))
        for each in holder.elements("file"):
            if f"{_PLUGINFILE}{each.get('path', '/')}{each.get('name')}" not in text:
                why = "no text shows it"
                self.sink.report(MediaLeftOut(each.get("name"), why), self.span(each))


def written(holder: Element) -> str:
    """Return the text in an element: in a `text` of its own, or right in it."""
    text = holder.child("text")
    return holder.text() if text is None and not any(holder.elements()) else text.text() if text else ""


def _name(file: Element) -> str:
    return (file.get("path", "/").strip("/") + "/" + file.get("name")).lstrip("/")


def number(text: str, default: Decimal | None = None) -> Decimal | None:
    """Return the number that a setting is."""
    found = decimal(text)
    return default if found is None else found


def flag(element: Element, name: str) -> bool | None:
    """Return a setting that is on or off, None where nothing is said."""
    said = element.said(name).lower()
    if re.fullmatch(r"(?:true|1|yes)", said):
        return True
    return False if said else None
