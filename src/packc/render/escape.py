"""Escaping for HTML and XML. What only one format needs lives in that format's folder."""

from __future__ import annotations


def text(value: str) -> str:
    """Return `value` as character data of HTML and XML."""
    # To look is quicker than to replace, and most texts have none of the three.
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    return value.replace(">", "&gt;") if ">" in value else value


def attribute(value: str) -> str:
    """Return `value` for use between double quotes. Line ends and tabs stay what they are in XML, too."""
    return text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
