"""XML from other hands: no DTD, no entities of its own, no network, no giant trees. Faults are located."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BrokenXml, UnsafeXml
from packc.intake.lxmltree import grown
from packc.intake.tree import Element
from packc.source import SourceFile, Span

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(rb"""\A\s*<\?xml[^<>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^<>]*\?>")
_SPACE = re.compile(r"\s+")
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_PATTERNS = {b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be", b"<\0q\0": "utf-16-le", b"\0<\0q": "utf-16-be"}


def decoded(data: bytes) -> str | None:
    """Return the text of what is not in UTF-8 and says so: XML, or any text with a byte order mark.

    None for anything else, broken text included.
    """
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    encoding = marked or _PATTERNS.get(data[:4], "")
    declared = _DECLARED.match(data)
    if not encoding and declared:
        encoding = declared[1].decode("ascii")
    try:
        if not encoding or codecs.lookup(encoding).name in ("utf-8", "ascii"):
            return None
        text = data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):  # ValueError: a codec that makes no text
        return None
    text = text.removeprefix("\ufeff")
    return text if marked or text.lstrip()[:1] == "<" else None


def root_name(text: str) -> str:
    """Return the local name of the root element that `text` seems to have, '' if it seems to be no XML."""
    start = _after_remarks(text, _doctype(text)[1])
    found = re.compile(r"<(?:[\w.-]{1,64}:)?([A-Za-z_][\w.-]{0,63})(?=[\s/>])").match(text, start)
    return found[1] if found else ""


def parse_xml(source: SourceFile, sink: Sink) -> Element | None:
    """Return the root of the document that `source` holds, or None after reporting why there is none."""
    from lxml import etree  # only who imports XML needs it

    text = _DECLARATION.sub(lambda found: _blank(found[0]), source.text)  # it names another encoding, perhaps
    start, end = _doctype(text)
    if end > start:
        if "[" in text[start:end]:
            sink.report(UnsafeXml(), source.span(start, min(end, source.line_end(source.line_of(start)))))
            return None
        text = text[:start] + _blank(text[start:end]) + text[end:]
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        sink.report(BrokenXml(_reason(error.msg or "")), _at(source, line - 1, column - 1))
        return None
    found = grown(root)
    if found.flattened:
        sink.report(BrokenXml("elements are nested too deep"), line_span(source, 0))
        return None
    return found.root


def whole_elements(source: SourceFile, sink: Sink, name: str) -> Element | None:
    """Return an element with all that is well-formed of a broken document's elements called `name`.

    Each of the others is reported; None, and no report, if there is nothing to keep. Lines stay as they are.
    """
    from lxml import etree

    told = Sink()
    kept: list[str] = []
    position = 0
    for found in re.finditer(_WHOLE.format(name=name), source.text, re.DOTALL):
        gap = source.text[position : found.start()]
        _unclosed(source, position, gap, name, told)
        position = found.end()
        kept.append(_blank(gap))
        try:
            etree.fromstring(found[0].encode("utf-8", "replace"), _parser())
        except etree.XMLSyntaxError as error:
            line = source.line_of(found.start()) + error.position[0] - 1
            told.report(BrokenXml(_reason(error.msg or "")), line_span(source, line))
            kept.append(_blank(found[0]))
        else:
            kept.append(found[0])
    text = "".join(kept)
    if not text.strip():
        return None
    _unclosed(source, position, source.text[position:], name, told)
    sink.adopt(told)
    found_tree = grown(etree.fromstring(f"<all>{text}</all>".encode("utf-8", "replace"), _parser()))
    return None if found_tree.flattened else found_tree.root


# An element from its start to its end, with no other of that name in it; markup in CDATA is text.
_WHOLE = r"<{name}\b(?:<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[|<{name}\b).)*+\]\]>|(?!</?{name}\b).)*+</{name}\s*>"


def _unclosed(source: SourceFile, start: int, text: str, name: str, sink: Sink) -> None:
    """Report the elements called `name` that begin in `text` and never end."""
    for found in re.finditer(rf"<{name}\b(?![^<>]*/>)", text):
        line = source.line_of(start + found.start())
        sink.report(BrokenXml(f"`<{name}>` is never closed"), line_span(source, line))


def _parser() -> etree.XMLParser:
    """Return a parser that loads nothing, and takes no entities of the document's own."""
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def line_span(source: SourceFile, line: int) -> Span:
    """Return the place of a line, counted from 0, without its indentation."""
    line = min(max(line, 0), len(source.line_starts) - 1)
    text = source.line_text(line)
    start = source.line_starts[line] + len(text) - len(text.lstrip())
    end = source.line_starts[line] + len(text.rstrip())
    return source.span(min(start, end), min(end, start + 160))


def _at(source: SourceFile, line: int, column: int) -> Span:
    line = min(max(line, 0), len(source.line_starts) - 1)
    start = min(source.line_starts[line] + max(column, 0), source.line_end(line))
    return source.span(start, min(start + 1, len(source.text)))


def _reason(message: str) -> str:
    """Return what libxml2 says in one clause, without the place, which the diagnostic has."""
    return re.sub(r",? line \d+, column \d+.*$", "", message, flags=re.DOTALL).strip() or "it cannot be read"


def _doctype(text: str) -> tuple[int, int]:
    """Return where the document type declaration stands, and where it ends; (0, 0) without one."""
    start = _after_remarks(text, 0)
    if text[start : start + 9].upper() != "<!DOCTYPE":
        return 0, 0
    depth = 0
    for position in range(start, len(text)):
        character = text[position]
        depth += (character == "[") - (character == "]")
        if character == ">" and depth <= 0:
            return start, position + 1
    return start, len(text)


def _after_remarks(text: str, position: int) -> int:
    """Return the offset behind white space, comments and instructions that stand at `position`."""
    while True:
        space = _SPACE.match(text, position)
        position = space.end() if space else position
        for opening, closing in (("<?", "?>"), ("<!--", "-->")):
            if text.startswith(opening, position):
                end = text.find(closing, position)
                if end < 0:
                    return len(text)
                position = end + len(closing)
                break
        else:
            return position


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
