"""Whatever an author writes arrives as text: every character, and what tries to be more than text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import category, normalize

import pytest
from playwright.sync_api import Browser, Dialog, Route

from packc.ast.keys import Accepted, TextKey
from packc.ast.pack import Pack, questions
from packc.ast.question import (
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    OpenQuestion,
    Question,
    ShortAnswerQuestion,
)
from packc.ast.richtext import Blank, Code, CodeBlock, Image, Link, Text
from packc.backends.anki.notetypes import card_css
from packc.source import is_refused_character
from tests.support import packs
from tests.support.injections import SIGN, injections
from tests.targets.anki.emitting import anki_imports, emit, visible_text

pytestmark = pytest.mark.judge

PER_QUESTION = 4096  # characters


def every_character() -> Iterator[str]:
    """Yield all of them, in runs of some thousand."""
    # A carriage return never comes out of a source: it ends a line. Between characters that this Python does
    # not know yet stand spaces: Anki may know how they compose.
    allowed = [
        chr(code) if category(chr(code)) != "Cn" else f" {chr(code)} "
        for code in range(0x110000)
        if not is_refused_character(code) and code != 0x0D
    ]
    for start in range(0, len(allowed), PER_QUESTION):
        yield "".join(allowed[start : start + PER_QUESTION])


def test_every_character_reaches_the_card(tmp_path: Path) -> None:
    texts = list(every_character())
    asked = [
        OpenQuestion(id=f"U{number}", prompt=(packs.para(text),), solution=(CodeBlock(text),))
        for number, text in enumerate(texts)
    ]
    context = packs.context(*(question.id for question in asked))
    report = anki_imports(tmp_path, emit(packs.pack(*asked), context))
    notes = {note["fields"]["ID"]: note for note in report["notes"]}
    assert len(notes) == len(texts) > 250
    for number, text in enumerate(texts):
        note = notes[f"U{number}"]
        # White space around a text is not part of it, and Anki keeps everything in NFC.
        wanted = normalize("NFC", text)
        assert visible_text(note["fields"]["Question"]).strip() == wanted.strip()
        assert wanted in visible_text(note["fields"]["Solution"])
        (card,) = note["cards"]
        assert wanted.strip() in visible_text(card["question"])
        assert wanted in visible_text(card["answer"])


def hostile_pack() -> Pack:
    return packs.pack(*(_hostile(number, text) for number, text in enumerate(injections())))


def _hostile(number: int, text: str) -> Question:
    identifier = f"H{number}"
    link = Link(children=(Text(text),), href="https://a.b", title=text)
    image = Image("figure.png", text, title=text)
    prompt = (packs.para(text, Code(text), image, link), CodeBlock(text, "html"), CodeBlock(text, text))
    key = TextKey(accepted=(Accepted(children=(Text(text),)),))
    match number % 4:
        case 0:
            title = (Text(text),)
            return OpenQuestion(id=identifier, title=title, prompt=prompt, solution=prompt, hints=(prompt,))
        case 1:
            right = Choice(blocks=prompt, correct=True, feedback=prompt)
            wrong = Choice(blocks=(packs.para("b"),), correct=False)
            return ChoiceQuestion(id=identifier, prompt=prompt, choices=(right, wrong))
        case 2:
            blank = Blank(key=key, hint=text)
            return ClozeQuestion(id=identifier, text=(*prompt, packs.para("a ", blank)))
        case _:
            return ShortAnswerQuestion(id=identifier, prompt=prompt, key=key)


def test_no_text_runs_or_asks_the_network(browser: Browser, tmp_path: Path) -> None:
    pack = hostile_pack()
    context = packs.context(*(question.id for question in questions(pack)))
    report = anki_imports(tmp_path, emit(pack, context))
    cards = [card for note in report["notes"] for card in note["cards"]]
    sides = [card[side] for card in cards for side in ("question", "answer")]
    assert len(sides) >= 600

    asked: list[str] = []
    alerts: list[str] = []
    shown = ""

    def answer(route: Route) -> None:
        address = route.request.url
        if address == "http://card.test/":
            route.fulfill(body=shown, content_type="text/html; charset=utf-8")
            return
        # Anki's cards name their images; everything else would be somebody else's wish.
        if not address.startswith("http://card.test/pk-"):
            asked.append(address)
        route.abort()

    def alert(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page = browser.new_page()
    page.route("**/*", answer)
    page.on("dialog", alert)
    for start in range(0, len(sides), 20):
        # One page for many sides: what runs on any of them leaves its sign on the window.
        body = "".join(f"<section>{side}</section>" for side in sides[start : start + 20])
        shown = f'<!doctype html><style>{card_css()}</style><body class="card">{body}</body>'
        page.goto("http://card.test/")
        assert page.evaluate(SIGN) is None
        assert page.url == "http://card.test/"
    page.close()
    assert (asked, alerts) == ([], [])
