"""A page is written while its questions are rendered: no more of it is in memory than some of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import OpenQuestion
from packc.ast.richtext import Text
from packc.backends.base import Stream
from packc.backends.html import pages
from packc.backends.html.partings import with_partings
from packc.backends.options import Options
from packc.backends.registry import load
from packc.handout.answers import KeyWriter
from packc.handout.document import Page, Press, Wording
from packc.handout.order import Order
from packc.handout.richtext import HandoutRenderer
from packc.words import ENGLISH
from tests.support import every_kind, packs


@pytest.mark.parametrize("variant", ["student", "key", "teacher"])
def test_pieces_come_before_all_questions_are_rendered(monkeypatch: pytest.MonkeyPatch, variant: str) -> None:
    rendered = []
    notes = HandoutRenderer.notes

    def noting(self: HandoutRenderer) -> object:
        rendered.append(self)
        return notes(self)

    monkeypatch.setattr(HandoutRenderer, "notes", noting)
    (page,) = _pages(packs.pack(*(_asking(number) for number in range(2000)), identifier="p"), variant)
    assert len(rendered) < 5
    pieces = iter(page.pieces)
    next(pieces)
    assert len(rendered) < 500
    assert b"Q1999" in b"".join(pieces)


@pytest.mark.parametrize("variant", ["student", "key", "teacher"])
def test_where_its_pieces_end_changes_no_page(monkeypatch: pytest.MonkeyPatch, variant: str) -> None:
    """With what a page may end at, in sections with and without questions of their own."""
    filled: list[tuple[bytes, Page]] = []

    def kept(pieces: Iterator[bytes], page: Page) -> Iterator[bytes]:
        filled.append((b"".join(pieces), page))
        return with_partings([filled[-1][0]], page)

    monkeypatch.setattr(pages, "with_partings", kept)
    (made,) = _pages(packs.pack(*_sections(), identifier="p"), variant)
    whole = made.data
    ((file, page),) = filled
    assert whole.count(b'class="parting') > 2
    random = Random(1)
    for size in (1, 7, 100, 3000):
        ends = sorted({0, len(file), *random.sample(range(len(file)), len(file) // size)})
        cut = (file[start:end] for start, end in pairwise(ends))
        assert b"".join(with_partings(cut, page)) == whole, size


@pytest.mark.parametrize("salt", ["", "B"])
def test_what_is_seen_at_a_glance_is_what_the_key_says(salt: str) -> None:
    press = Press(HandoutRenderer({}, "", ENGLISH), Wording(ENGLISH, "en"), Order(salt))
    writer = KeyWriter(2, press)
    seen = 0
    for question in questions(every_kind.every_kind()):
        key = writer.key(question)
        assert writer.glance(question) == (key.glance if key else "")
        seen += bool(key and key.glance)
    assert seen > 3


def _pages(pack: Pack, variant: str) -> list[Stream]:
    context = packs.context()._replace(options=Options({"variant": (variant,)}))
    return [page for page in load("html").emit(pack, context) if isinstance(page, Stream)]


def _asking(number: int, lines: int = 1) -> OpenQuestion:
    text = (packs.para(f"Q{number}"), *(packs.para("line") for _ in range(lines)))
    return OpenQuestion(id=f"Q{number}", prompt=text, solution=text, lines=0)


def _sections() -> Iterator[Section]:
    for number in range(24):
        within = Section(title=(Text("Within"),), parts=(_asking(number, 14 + number),))
        alone = (_asking(100 + number),) if number % 3 else ()
        yield Section(title=(Text("Section"),), blocks=(packs.para("a"),), parts=(*alone, within))
