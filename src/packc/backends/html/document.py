"""What both files have in common: the frame of a page, numbering and letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packc.ast.pack import Pack
from packc.backends.html.words import ENGLISH, Words
from packc.render.templating import Markup, render, template_text

RUNNING_TITLE = 80
"""Characters of the title that fit beside the page's other margin texts."""


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of one file: everything around its questions."""

    lang: str
    dir: str
    title: str
    heading: str
    collection: tuple[str, ...]
    description: str
    authors: tuple[str, ...]
    license: str
    version: str
    css: Markup
    running_title: Markup  # as CSS strings, quotes included
    running_note: Markup
    words: Words

    @property
    def start(self) -> str:
        """The side of the page where lines begin."""
        return "right" if self.dir == "rtl" else "left"

    @property
    def end(self) -> str:
        return "left" if self.dir == "rtl" else "right"


def page_of(pack: Pack, sheet: str, *, note: str = "") -> Page:
    """Return the frame of `pack` for the style sheet `html/<sheet>.css`; `note` names the file's kind."""
    meta = pack.meta
    running = pack.title if len(pack.title) <= RUNNING_TITLE else pack.title[: RUNNING_TITLE - 1] + "…"
    return Page(
        lang=meta.lang,
        dir=meta.direction,
        title=f"{note} – {pack.title}" if note else pack.title,
        heading=pack.title,
        collection=meta.collection_path,
        description=meta.description,
        authors=meta.authors,
        license=meta.license,
        version=meta.version,
        css=Markup(template_text("html/base.css") + template_text(f"html/{sheet}.css")),
        running_title=css_string(running),
        running_note=css_string(note),
        words=ENGLISH,
    )


def write(template: str, page: Page, **values: object) -> bytes:
    """Return `templates/html/<template>` filled, as UTF-8."""
    return render(f"html/{template}", {"page": page, "words": page.words, **values}).encode()


def css_string(value: str) -> Markup:
    """Return `value` as a CSS string, safe inside a `<style>` element: ASCII signs become escapes.

    Runs of white space become one space, as a line of text shows them.
    """
    line = " ".join(value.split())
    escaped = re.sub(r"[^0-9A-Za-z \u00a0-\U0010ffff]", lambda found: f"\\{ord(found[0]):x} ", line)
    return Markup(f'"{escaped}"')


def letter(index: int) -> str:
    """Return the letter of a choice counted from 0: A … Z, AA, AB …"""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters
