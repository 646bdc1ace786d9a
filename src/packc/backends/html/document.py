"""What both files have in common: the frame of a page, packc's own words on it, numbers and letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from packc.ast.pack import Pack
from packc.ast.question import Note, Question, Role
from packc.backends.html import PAPER
from packc.backends.html.richtext import HandoutRenderer
from packc.backends.options import Options
from packc.render.labels import note_label
from packc.render.templating import Markup, render, template_text
from packc.words import Words
from packc.writer.answers import number

NOTHING = Markup()

RUNNING_TITLE = 80
"""Characters of the title that fit beside the page's other margin texts."""


@dataclass(frozen=True, slots=True)
class Wording:
    """packc's own words on a page in `lang`. Where they are in another language, they say so."""

    words: Words
    lang: str

    def say(self, text: str) -> Markup:
        if self.lang == self.words.lang or self.lang.startswith(f"{self.words.lang}-"):
            return Markup.escape(text)
        return Markup('<bdi lang="{}">{}</bdi>').format(self.words.lang, text)

    def letter(self, index: int) -> str:
        """Return the letter of the thing counted from 0: A … Z, AA, AB …"""
        letters = ""
        while index >= 0:
            letters = self.words.letters[index % len(self.words.letters)] + letters
            index = index // len(self.words.letters) - 1
        return letters


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
    page_word: Markup
    of_word: Markup
    paper: str  # a page size of CSS, or nothing: the printer's own

    @property
    def start(self) -> str:
        """The side of the page where lines begin."""
        return "right" if self.dir == "rtl" else "left"

    @property
    def end(self) -> str:
        return "left" if self.dir == "rtl" else "right"


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section's heading, and on the sheet its text.

    `about` tells which questions a stimulus is for: `Questions 3–5`; it is empty for any other section.
    """

    kind: ClassVar[str] = "section"
    level: int
    title: Markup
    text: Markup = NOTHING
    about: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class NoteView:
    """A text under its label."""

    label: Markup
    text: Markup


def page_of(pack: Pack, sheet: str, words: Words, options: Options, *, note: str = "") -> Page:
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
        page_word=css_string(words.page),
        of_word=css_string(words.of),
        paper="" if options.get(PAPER) == "any" else options.get(PAPER),
    )


def write(template: str, page: Page, wording: Wording, **values: object) -> bytes:
    """Return `templates/html/<template>` filled, as UTF-8."""
    given = {"page": page, "words": wording.words, "say": wording.say, **values}
    return render(f"html/{template}", given).encode()


def note_view(note: Note, level: int, renderer: HandoutRenderer, wording: Wording) -> NoteView:
    """Return the note under its author's label, or packc's where there is none.

    What a good answer must name is always introduced by packc: "Cold target" tells a learner nothing.
    """
    shown = note_label(note, wording.words)
    if note.role is Role.COLD_TARGET:
        label = wording.say(wording.words.cold_target)
    else:
        label = Markup.escape(shown) if shown in (note.label, note.key) else wording.say(shown)
    return NoteView(label, renderer.under(level, note.body))


def worth_of(question: Question, wording: Wording) -> tuple[Markup, ...]:
    """Return `Points: 2.5` and `3 min`, as far as the author says."""
    points, minutes = question.points, question.minutes
    worth = () if points is None else (labelled(wording.words.points, points, wording),)
    return worth if minutes is None else (*worth, in_minutes(minutes, wording))


def labelled(word: str, value: Decimal, wording: Wording) -> Markup:
    return wording.say(f"{word}: {number(value)}")


def in_minutes(minutes: Decimal, wording: Wording) -> Markup:
    return wording.say(wording.words.minutes.format(minutes=number(minutes)))


def css_string(value: str) -> Markup:
    """Return `value` as a CSS string, safe inside a `<style>` element: ASCII signs become escapes.

    Runs of white space become one space, as a line of text shows them.
    """
    line = " ".join(value.split())
    escaped = re.sub(r"[^0-9A-Za-z \u00a0-\U0010ffff]", lambda found: f"\\{ord(found[0]):x} ", line)
    return Markup(f'"{escaped}"')
