"""What all files have in common: the frame of a page, packc's own words on it, numbers and letters."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import ClassVar

from packc.ast.pack import Pack
from packc.ast.question import Note, Question, Role
from packc.handout.editions import Edition
from packc.handout.order import Order
from packc.handout.richtext import HandoutRenderer
from packc.named import NamedTuple
from packc.record import record
from packc.render.labels import note_label
from packc.render.templating import Markup
from packc.words import Words
from packc.writer.answers import number

NOTHING = Markup()

RUNNING_TITLE = 80
"""Characters of the title that fit beside the page's other margin texts."""


@record
class Wording:
    """packc's own words on a page in `lang`. Where they are in another language, they say so."""

    words: Words
    lang: str

    def say(self, text: str) -> Markup:
        return _said(text, self.words.lang, self.lang)

    def letter(self, index: int) -> str:
        """Return the letter of the thing counted from 0: A … Z, AA, AB …"""
        letters = ""
        while index >= 0:
            letters = self.words.letters[index % len(self.words.letters)] + letters
            index = index // len(self.words.letters) - 1
        return letters


@lru_cache(maxsize=256)  # of the few words that stand beside every question
def _said(text: str, spoken: str, around: str) -> Markup:
    if around == spoken or around.startswith(f"{spoken}-"):
        return Markup.escape(text)
    return Markup('<bdi lang="{}">{}</bdi>').format(spoken, text)


class Press(NamedTuple):
    """What every text of one file goes through."""

    renderer: HandoutRenderer
    wording: Wording
    order: Order = Order()

    def turn(self, edition: Edition) -> Press:
        """Return the press for another file of the same pack."""
        return self._replace(order=Order(edition.salt))


@record
class Page:
    """The frame of one file: everything around its questions.

    `running_title` and `running_note` stand in the margin of every page but the first. `code` names the
    version: `Version B`. `paper` is empty where the reader's printer decides.
    """

    lang: str
    dir: str
    title: str
    heading: str
    collection: tuple[str, ...]
    description: str
    authors: tuple[str, ...]
    license: str
    version: str
    running_title: str
    running_note: str
    code: str
    paper: str
    style: str

    @property
    def start(self) -> str:
        """The side of the page where lines begin."""
        return "right" if self.dir == "rtl" else "left"

    @property
    def end(self) -> str:
        return "left" if self.dir == "rtl" else "right"


@record
class SectionView:
    """A section's heading, and on the sheet its text.

    `about` tells which questions a stimulus is for: `Questions 3–5`; it is empty for any other section.
    `anchor` is what the contents lead to; only an outermost section of a long pack has one.
    """

    kind: ClassVar[str] = "section"
    level: int
    title: Markup
    text: Markup = NOTHING
    about: Markup = NOTHING
    anchor: str = ""


@record
class NoteView:
    """A text under its label."""

    label: Markup
    text: Markup


def page_of(pack: Pack, edition: Edition, words: Words, *, note: str = "") -> Page:
    """Return the frame of a file of `pack`; `note` names the file's kind."""
    meta = pack.meta
    code = words.paper_version.format(code=edition.version) if edition.version else ""
    notes = [text for text in (note, code) if text]
    return Page(
        lang=meta.lang,
        dir=meta.direction,
        title=" – ".join((*notes, pack.title)),
        heading=pack.title,
        collection=meta.collection_path,
        description=meta.description,
        authors=meta.authors,
        license=meta.license,
        version=meta.version,
        running_title=running(pack.title),
        running_note=" · ".join(notes),
        code=code,
        paper=edition.paper,
        style=edition.style.value,
    )


def running(title: str) -> str:
    """Return as much of a title as fits beside the page's other margin texts."""
    return title if len(title) <= RUNNING_TITLE else title[: RUNNING_TITLE - 1] + "…"


def note_view(note: Note, level: int, press: Press) -> NoteView:
    """Return the note under its author's label, or packc's where there is none.

    What a good answer must name is always introduced by packc: "Cold target" tells a learner nothing.
    """
    wording = press.wording
    shown = note_label(note, wording.words)
    if note.role is Role.COLD_TARGET:
        label = wording.say(wording.words.cold_target)
    else:
        label = Markup.escape(shown) if shown in (note.label, note.key) else wording.say(shown)
    return NoteView(label, press.renderer.under(level, note.body))


def worth_of(question: Question, wording: Wording) -> tuple[Markup, ...]:
    """Return `Points: 2.5` and `3 min`, as far as the author says."""
    points, minutes = question.points, question.minutes
    worth = () if points is None else (labelled(wording.words.points, points, wording),)
    return worth if minutes is None else (*worth, in_minutes(minutes, wording))


def labelled(word: str, value: Decimal, wording: Wording) -> Markup:
    return wording.say(f"{word}: {number(value)}")


def in_minutes(minutes: Decimal, wording: Wording) -> Markup:
    return wording.say(wording.words.minutes.format(minutes=number(minutes)))
