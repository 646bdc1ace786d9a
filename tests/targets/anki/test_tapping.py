"""Choices that are tapped, in a real browser: the card as Anki renders it, each side on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from packc.ast.pack import Pack, questions
from packc.ast.question import Choice, ChoiceQuestion
from packc.backends.anki.notetypes import card_css
from tests.support import every_kind, packs
from tests.targets.anki.emitting import anki_imports, emit

pytestmark = pytest.mark.judge

ORIGIN = "http://card.test/"
MANY = ChoiceQuestion(
    id="K20",
    prompt=(packs.para("Which?"),),
    choices=tuple(Choice(blocks=(packs.para(f"choice {n}"),), correct=n == 0) for n in range(8)),
)


def pack() -> Pack:
    whole = every_kind.every_kind()
    asked = [question for question in questions(whole) if question.id in {"K03", "K04", "K06", "K11", "K13"}]
    return replace(whole, parts=(*asked, MANY))


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    context = every_kind.context()
    context = context._replace(published={**context.published, "K20": packs.RELEASED})
    report = anki_imports(tmp_path_factory.mktemp("tapping"), emit(pack(), context))
    return {note["fields"]["ID"]: note["cards"][0] for note in report["notes"]}


class Reviewer:
    """Shows sides of cards like AnkiDroid: a new page each time, in one session."""

    def __init__(self, context: BrowserContext, cards: dict[str, dict[str, Any]]) -> None:
        self.cards = cards
        self.errors: list[str] = []
        self.html = ""
        self.page: Page = context.new_page()
        self.page.route("**/*", self.answer)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def answer(self, route: Route) -> None:
        route.fulfill(body=self.html, content_type="text/html; charset=utf-8")

    def show(self, identifier: str, side: str, day: str = "2026-03-04T12:00:00") -> list[str]:
        """Show a side and return the texts of its choices, from the top."""
        body = self.cards[identifier][side]
        self.html = f'<!doctype html><style>{card_css()}</style><body class="card">{body}</body>'
        self.page.clock.set_fixed_time(day)
        self.page.goto(ORIGIN)
        return self.order()

    def order(self) -> list[str]:
        shown = ".pk-choices > li:visible .pk-choice, .pk-mixed li:visible"
        return [text.strip() for text in self.page.locator(shown).all_inner_texts()]

    def tap(self, *texts: str) -> None:
        for text in texts:
            self.page.locator(".pk-choices:not(.pk-answers) > li", has_text=text).tap()

    def picked(self) -> list[str]:
        found = self.page.locator(".pk-choices > .pk-picked:visible .pk-choice").all_inner_texts()
        return sorted(text.strip() for text in found)

    def result(self) -> list[str]:
        return [text.strip() for text in self.page.locator(".pk-result:visible").all_inner_texts()]


@pytest.fixture
def reviewer(browser: Browser, cards: dict[str, dict[str, Any]]) -> Iterator[Reviewer]:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    reviewer = Reviewer(context, cards)
    yield reviewer
    assert reviewer.errors == []
    context.close()


def test_what_was_tapped_is_judged_after_the_turn(reviewer: Reviewer) -> None:
    reviewer.show("K03", "question")
    reviewer.tap("Clean the data.")
    assert reviewer.picked() == ["Clean the data."]
    reviewer.show("K03", "answer")
    assert reviewer.picked() == ["Clean the data."]
    assert reviewer.result() == ["Wrong"]
    page = reviewer.page
    assert page.get_by_text("Your choice").locator("visible=true").count() == 1
    assert page.get_by_text("PITYCANARY").is_visible()
    assert not page.get_by_text("WELLDONECANARY").is_visible()
    assert page.get_by_text("GENERALCANARY").is_visible()


def test_a_right_tap_is_right(reviewer: Reviewer) -> None:
    reviewer.show("K03", "question")
    reviewer.tap("Clean the data.", "Reduce")
    reviewer.show("K03", "answer")
    assert reviewer.result() == ["Right"]
    assert reviewer.page.get_by_text("WELLDONECANARY").is_visible()
    assert not reviewer.page.get_by_text("PITYCANARY").is_visible()


def test_several_answers_toggle_and_all_of_them_count(reviewer: Reviewer) -> None:
    for taps, result in (
        (("Dropout", "Weight decay"), ["Right"]),
        (("Dropout", "A larger step", "Weight decay", "A larger step"), ["Right"]),
        (("Dropout",), ["Wrong"]),
        (("Dropout", "Weight decay", "A larger step"), ["Wrong"]),
        (("Dropout", "Dropout"), []),
    ):
        reviewer.show("K04", "question")
        reviewer.tap(*taps)
        reviewer.show("K04", "answer")
        assert reviewer.result() == result, taps


def test_one_answer_can_be_taken_back(reviewer: Reviewer) -> None:
    reviewer.show("K06", "question")
    reviewer.tap("True", "True")
    assert reviewer.picked() == []
    reviewer.show("K06", "answer")
    assert reviewer.result() == []


def test_the_next_review_starts_anew(reviewer: Reviewer) -> None:
    reviewer.show("K06", "question")
    reviewer.tap("True")
    reviewer.show("K06", "answer")
    reviewer.show("K06", "question")
    assert reviewer.picked() == []
    reviewer.show("K06", "answer")
    assert reviewer.result() == []


def test_one_card_does_not_know_what_was_tapped_on_another(reviewer: Reviewer) -> None:
    reviewer.show("K06", "question")
    reviewer.tap("False")
    reviewer.show("K03", "answer")
    assert reviewer.result() == []


def test_without_a_tap_everything_is_said(reviewer: Reviewer) -> None:
    reviewer.show("K03", "question")
    reviewer.show("K03", "answer")
    assert reviewer.result() == []
    for word in ("PITYCANARY", "WELLDONECANARY", "GENERALCANARY"):
        assert reviewer.page.get_by_text(word).is_visible()


def test_the_order_is_one_on_both_sides_and_another_on_another_day(reviewer: Reviewer) -> None:
    orders = set()
    for day in range(1, 5):
        moment = f"2026-03-0{day}T12:00:00"
        front = reviewer.show("K20", "question", moment)
        assert reviewer.show("K20", "answer", moment) == front
        assert sorted(front) == [f"choice {n}" for n in range(8)]
        orders.add(tuple(front))
    assert len(orders) == 4


def test_midnight_between_the_sides_changes_nothing(reviewer: Reviewer) -> None:
    front = reviewer.show("K20", "question", "2026-03-04T23:59:59")
    assert reviewer.show("K20", "answer", "2026-03-05T00:00:01") == front


def test_pinned_choices_stay_and_the_others_move(reviewer: Reviewer) -> None:
    seen = set()
    for day in range(1, 8):
        order = reviewer.show("K03", "question", f"2026-03-0{day}T12:00:00")
        assert order[0] == "It depends."
        assert order[3].startswith("x = [1,")
        assert order[4] == "None of the above."
        seen.add(tuple(order))
    assert len(seen) == 2
    for day in range(1, 5):
        kept = reviewer.show("K04", "question", f"2026-03-0{day}T12:00:00")
        assert [text.split("\n")[0] for text in kept] == ["Dropout", "Weight decay", "A larger step"]


def test_what_is_to_be_arranged_is_mixed_too(reviewer: Reviewer) -> None:
    for identifier, count in (("K11", 4), ("K13", 4)):
        orders = {
            tuple(reviewer.show(identifier, "question", f"2026-03-{day:02}T12:00:00")) for day in range(1, 6)
        }
        assert {len(order) for order in orders} == {count}
        assert len(orders) > 1


def test_a_tap_is_large_enough_and_told_to_ankidroid(reviewer: Reviewer) -> None:
    reviewer.show("K06", "question")
    for item in reviewer.page.locator(".pk-choices > li").all():
        box = item.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert "tappable" in (item.get_attribute("class") or "")
        assert item.get_attribute("role") == "radio"


def test_a_client_without_storage_still_shows_the_answer(
    browser: Browser, cards: dict[str, dict[str, Any]]
) -> None:
    context = browser.new_context(has_touch=True)
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no'); }})"
    )
    reviewer = Reviewer(context, cards)
    front = reviewer.show("K20", "question")
    reviewer.tap("choice 3")
    assert reviewer.picked() == ["choice 3"]
    assert reviewer.show("K20", "answer") == front
    assert reviewer.errors == []
    context.close()


def test_with_scripts_off_the_card_is_whole_and_in_the_authors_order(
    browser: Browser, cards: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for side in ("question", "answer"):
        file = tmp_path / f"{side}.html"
        body = cards["K20"][side]
        file.write_text(
            f'<meta charset="utf-8"><style>{card_css()}</style><body class="card">{body}', "utf-8"
        )
        page.goto(file.as_uri())
        shown = page.locator(".pk-choices > li:visible .pk-choice").all_inner_texts()
        assert [text.strip() for text in shown] == [f"choice {n}" for n in range(8)]
        assert page.locator(".pk-result:visible, .pk-yours:visible").count() == 0
    context.close()


def test_one_page_for_all_cards_as_on_the_desktop(
    reviewer: Reviewer, cards: dict[str, dict[str, Any]]
) -> None:
    reviewer.show("K06", "question")
    swap = """(html) => {
      const place = document.body;
      place.innerHTML = html;
      for (const old of place.querySelectorAll("script")) {
        const fresh = document.createElement("script");
        fresh.textContent = old.textContent;
        old.replaceWith(fresh);
      }
    }"""
    for identifier, tap, result in (
        ("K06", "False", "Right"),
        ("K20", "choice 0", "Right"),
        ("K04", "Dropout", "Wrong"),
    ):
        reviewer.page.evaluate(swap, cards[identifier]["question"])
        front = reviewer.order()
        reviewer.tap(tap)
        reviewer.page.evaluate(swap, cards[identifier]["answer"])
        assert reviewer.order() == front
        assert reviewer.picked() == [tap]
        assert reviewer.result() == [result]
