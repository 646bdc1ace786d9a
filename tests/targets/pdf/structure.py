"""What a PDF says to who listens to it: the texts of its structure tree, in their order.

The margins of pages are no part of it. Set beside the text of the HTML handout, these differ on purpose:

- the number of each entry of a list is text here, and a marker there;
- the address of a link stands behind it here, and is put there by the style sheet when it is printed;
- words that are only spoken, and those that fold an answer, are there alone: here are no screens;
- formulas are drawings with words here and MathML there: they are counted, but for those without
  words, which nobody sees; images, likewise with words, are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from unicodedata import bidirectional, category, combining, normalize

from lxml import etree
from pypdf import PageObject, PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

from tests.targets.html.emitted import elements
from tests.targets.pdf.emitted import opened

_APART = (
    "//*[local-name()='math' or @class='spoken' or self::summary or self::script or self::head"
    " or self::button]"
)
# They stand beside others, and nothing stands between them.
_BOXES = "//*[self::dt or self::dd or self::li or self::th or self::td]"


def said_by_pdf(data: bytes) -> tuple[str, int]:
    """Return the text of a PDF in reading order, and how many formulas stand in it."""
    said = _read(data)
    return "\n".join(said), said.count(_FORMULA)  # marks stay with their own piece


def _read(data: bytes) -> list[str]:
    """Return the texts in reading order."""
    reader = opened(data)
    texts = {page.indirect_reference: _texts(page, reader) for page in reader.pages}
    root: Any = reader.trailer["/Root"]
    return [text for text in _below(root["/StructTreeRoot"], None, texts) if text]


_FORMULA = "\x00"
_LEFT_OUT = {"/Formula": _FORMULA, "/Lbl": "", "/Figure": ""}


def _below(element: Any, page: Any, texts: Mapping[Any, Mapping[int, str]]) -> Iterator[str]:
    """Yield the texts of an element of the structure tree: by page and number there."""
    kind = str(element.get("/S"))
    if kind in _LEFT_OUT:
        yield _LEFT_OUT[kind]
        return
    page = element.raw_get("/Pg") if "/Pg" in element else page
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if isinstance(found, int):
            yield texts[page].get(int(found), "")
        elif "/MCID" in found:
            where = found.raw_get("/Pg") if "/Pg" in found else page
            yield texts[where].get(int(found["/MCID"]), "")
        elif found.get("/Type") != "/OBJR":
            yield from _below(found, page, texts)


def _texts(page: PageObject, reader: PdfReader) -> dict[int, str]:
    """Return the text of each marked piece of a page's content."""
    resources: Any = page["/Resources"]
    fonts = {name: font.get_object() for name, font in resources.get("/Font", {}).items()}
    signs = {name: _signs(font) for name, font in fonts.items()}
    found: dict[int, str] = {}
    inside: list[tuple[int | None, bool]] = []  # the piece; whether other words stand for what is drawn
    drawn = ""
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        piece, spoken = inside[-1] if inside else (None, False)
        match operator:
            case b"BDC" | b"BMC":
                given: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
                piece = int(given["/MCID"]) if "/MCID" in given else piece
                if "/ActualText" in given and piece is not None:
                    found[piece] = found.get(piece, "") + str(given["/ActualText"])
                inside.append((piece, spoken or "/ActualText" in given))
            case b"EMC":
                inside.pop()
            case b"Tf":
                drawn = operands[0]
            case b"Tj" | b"TJ" if piece is not None and not spoken:
                parts = operands[0] if operator == b"TJ" else operands
                strings = (part for part in parts if isinstance(part, (ByteStringObject, TextStringObject)))
                codes = b"".join(string.original_bytes for string in strings)
                step = 2 if "/DescendantFonts" in fonts[drawn] else 1
                numbers = (int.from_bytes(codes[at : at + step]) for at in range(0, len(codes), step))
                found[piece] = found.get(piece, "") + "".join(signs[drawn].get(n, "") for n in numbers)
            case _:
                pass
    return found


def _signs(font: Any) -> dict[int, str]:
    """Return what each code of a font means."""
    cmap = font["/ToUnicode"].get_data().decode("latin-1")
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", part):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for part in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            start = bytes.fromhex(text).decode("utf-16-be")
            for place in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + place] = start[:-1] + chr(ord(start[-1]) + place)
    return found


def said_by_html(data: bytes) -> tuple[str, int]:
    """Return the same of an HTML handout."""
    root = etree.fromstring(data)
    for link in elements(root, "//a[not(@class='bare') and not(ancestor::nav)]"):
        link.tail = f" ({link.get('href')}){link.tail or ''}"
    apart = elements(root, _APART)
    formulas = sum(bool(element.get("alttext", "").strip()) for element in apart)
    for element in apart:
        _remove(element)
    for box in elements(root, _BOXES):
        box.text = f"\n{box.text or ''}"  # a mark at its beginning stands upon no letter before it
    side = "\u200f" if root.get("dir") == "rtl" else ""
    return side + "".join(map(str, root.itertext())), formulas


def difference(pdf: tuple[str, int], html: tuple[str, int]) -> tuple[object, object] | None:
    """Return the first place where their letters and digits differ, or the numbers of formulas."""
    if pdf[1] != html[1]:
        return pdf[1], html[1]
    one, other = letters(pdf[0]), letters(html[0])
    if one == other:
        return None
    if any(bidirectional(sign) in _RIGHT_TO_LEFT or combining(sign) for sign in html[0]):
        return _difference_in_number(one, html[0])
    pairs = zip(one, other, strict=False)
    place = next((place for place, (first, second) in enumerate(pairs) if first != second), 0)
    start = max(place - 30, 0)
    return one[start : place + 30], other[start : place + 30]


_RIGHT_TO_LEFT = ("R", "AL", "RLE", "RLO", "RLI", "LRO")


def _difference_in_number(pdf: str, html: str) -> tuple[object, object] | None:
    """Return the letters that are too few in a PDF, and those that are too many.

    What runs in both directions is drawn in another order than it is read. A letter with marks is drawn as
    one sign, or once for itself and once for them.
    """
    said = normalize("NFD", html)
    marked = Counter(letters("\n".join(sign for sign, mark in pairwise(said) if category(mark)[0] == "M")))
    all_of_it, drawn = Counter(letters(said)), Counter(pdf)
    few, many = all_of_it - marked - drawn, drawn - all_of_it - marked
    return (few, many) if few or many else None


def letters(text: str) -> str:
    """Return the letters and digits of ASCII: others may lack a glyph on this machine."""
    plain = _LIGATURE.sub(lambda found: normalize("NFKC", found[0]), text)
    return re.sub(r"[^A-Za-z0-9]+", "", normalize("NFC", plain))


_LIGATURE = re.compile("[\ufb00-\ufb06]")


def _remove(element: etree._Element) -> None:
    """Take an element out and leave the text behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    assert parent is not None
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
