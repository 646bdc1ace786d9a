"""MathML Core, as math-core writes it, said in MathML 2, which the QTI 2.1 schema imports.

What only browsers' MathML Core says (style attributes on elements that MathML 2 gives none, HTML inside
text) is put in MathML 2's own words, so that a formula means and looks the same; only the raising of
`\\raisebox` has no such word and is left out.
"""

from __future__ import annotations

from lxml import etree

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_PREFIX = f"{{{NAMESPACE}}}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_STYLE_ATTRIBUTES = ("displaystyle", "scriptlevel")
_COLUMN_ALIGN = {"text-align: left": "left", "text-align: right": "right"}


def lowered(math: str) -> str:
    """Return a formula, given as one well-formed `<math>` element, as valid MathML 2."""
    root = etree.fromstring(math, _PARSER)
    for node in list(root.iter(f"{_PREFIX}*")):
        _lower_node(node, node.tag.removeprefix(_PREFIX))
    return etree.tostring(root, encoding="unicode")


def _lower_node(node: etree._Element, name: str) -> None:
    match name:
        case "annotation":
            node.text = (node.text or "").replace("{{", "{ {")  # TeX of the same meaning; see `xhtml`
        case "mtext":
            _text_style(node)
        case "mtd":
            _column_align(node)
        case "mpadded":
            _padding(node)
        case "mtable":
            _wrap_in_mstyle(node, ("scriptlevel",))
        case "mrow" | "mfrac":
            _wrap_in_mstyle(node, _STYLE_ATTRIBUTES)
        case _:
            pass


def _wrap_in_mstyle(node: etree._Element, names: tuple[str, ...]) -> None:
    moved = {name: value for name in names if (value := node.get(name)) is not None}
    parent = node.getparent()
    if not moved or parent is None:
        return
    style = etree.SubElement(parent, f"{_PREFIX}mstyle", moved)
    parent.replace(node, style)
    style.append(node)
    for name in moved:
        del node.attrib[name]


def _padding(node: etree._Element) -> None:
    etree.strip_attributes(node, "voffset")
    for name in ("width", "height", "depth", "lspace"):
        if node.get(name) == "0":  # MathML 2 wants a unit
            node.set(name, "0em")


def _column_align(cell: etree._Element) -> None:
    for declaration in cell.get("style", "").split(";"):
        align = _COLUMN_ALIGN.get(declaration.strip())
        if align:
            cell.set("columnalign", align)


def _text_style(node: etree._Element) -> None:
    """Say with `mathvariant` what math-core says with HTML elements, nested in `<mtext>` around all of it.

    Browsers know `mathvariant` no longer, so that the same is said with CSS, too.
    """
    nested = list(node.iterdescendants())
    if not nested:
        return
    styles = [style for inner in nested if (style := _style(inner)) is not None]
    node.text = nested[-1].text
    node.remove(nested[0])
    if styles:
        node.set("mathvariant", "-".join(variant for variant, _ in styles))
        node.set("style", "; ".join(css for _, css in styles))


def _style(inner: etree._Element) -> tuple[str, str] | None:
    name = etree.QName(inner).localname
    if name == "span":  # with a class for a serif font, which is what a text has anyway, or a sans-serif one
        name = "sans" if "sans-serif" in inner.get("class", "") else "serif"
    return _STYLES[name]


_STYLES = {
    "b": ("bold", "font-weight: bold"),
    "i": ("italic", "font-style: italic"),
    "em": ("italic", "font-style: italic"),
    "code": ("monospace", "font-family: monospace"),
    "sans": ("sans-serif", "font-family: sans-serif"),
    "serif": None,
}
