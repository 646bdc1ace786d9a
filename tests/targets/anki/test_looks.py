"""The cards of our own packs on a phone, in a real browser: what one would have to squint at or push aside.

The quick run looks at every side once, half of them by day on one phone and half by night on another;
`make deep` looks at every side in every view. Formulas inside a line are one sign here: Anki brings MathJax
itself, which makes them narrow.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from packc import api
from packc.backends.anki.notetypes import card_css
from packc.backends.base import Archive
from packc.backends.registry import load
from tests.targets.anki.emitting import anki_imports, member

pytestmark = pytest.mark.judge

ROOT = Path(__file__).parents[3]
# Our own words for what AnkiDroid puts around a card.
CLIENTS = {
    "desktop": ("body { margin: 20px; }", "{}"),
    "android": (
        "body { margin: 0; } #content { margin: 0.5em; } .night_mode { color: white; background: black; }",
        '<div id="content">{}</div>',
    ),
}
WIDTHS = ((390, 844), (360, 640))
QUICK = ((360, 640, "", 1.0, "android"), (390, 844, "nightMode night_mode", 1.5, "desktop"))
ALL = tuple(
    (*size, night, zoom, client)
    for size in WIDTHS
    for night in ("", "nightMode night_mode")
    for zoom in (1.0, 1.5)
    for client in CLIENTS
)
VIEWS = ALL if os.environ.get("TEST_DEEP") else QUICK

LOOK = """() => {
  const found = [];
  const name = (element) => element.localName + "." + element.className;
  const wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) found.push(`the page is ${wide.scrollWidth} wide`);
  const rgba = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const [red, green, blue, alpha] = rgba(getComputedStyle(each).backgroundColor);
      if (alpha === 1) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.nodeValue.trim();
    if (!text || element.closest("script, style") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 14 && !element.closest("sup, sub")) {
      found.push(`${name(element)}: ${style.fontSize} for "${text.slice(0, 20)}"`);
    }
    const [one, two] = [light(rgba(style.color).slice(0, 3)), light(behind(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (two + 0.05);
    if (contrast < 4.5) found.push(`${name(element)}: contrast ${contrast} of "${text.slice(0, 20)}"`);
  }
  for (const target of document.querySelectorAll("summary, .tappable, button, input")) {
    const box = target.getBoundingClientRect();
    if (target.checkVisibility() && box.height < 44) found.push(`${name(target)}: ${box.height} high`);
  }
  for (const image of document.images) {
    if (!image.naturalWidth) found.push(`${image.src} is not there`);
    if (image.getBoundingClientRect().right > wide.clientWidth) found.push(`${image.src} does not fit`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Every side of every card of `content/` with its name, and the images by their names."""
    loaded = api.load([], cwd=ROOT)
    archives = [
        archive
        for pack in loaded.packs
        for archive in load("anki").emit(pack.pack, pack.context)
        if isinstance(archive, Archive)
    ]
    assert len(archives) == len(loaded.packs) >= 4
    report = anki_imports(tmp_path_factory.mktemp("looks"), *archives)
    return list(_sides(report)), dict(_images(archives))


def _sides(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for note in report["notes"]:
        for number, card in enumerate(note["cards"]):
            for side in ("question", "answer"):
                shown = re.sub(r"\\\(.*?\\\)", "x", card[side], flags=re.DOTALL)
                yield f"{note['fields']['ID']} card {number} {side}", shown


def _images(archives: Sequence[Archive]) -> Iterator[tuple[str, bytes]]:
    for archive in archives:
        for number, name in json.loads(member(archive, "media")).items():
            yield name, member(archive, number)


class Phone:
    """Shows sides of cards, in one view, as a client of Anki would."""

    def __init__(self, page: Page, images: dict[str, bytes], night: str, client: str) -> None:
        self.page = page
        self.images = images
        self.night = night
        self.style, self.frame = CLIENTS[client]
        self.html = ""
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        image = self.images.get(route.request.url.rpartition("/")[2])
        if image is None:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body=image, content_type="image/svg+xml" if b"<svg" in image else "image/png")

    def look(self, side: str) -> list[str]:
        """Return what is wrong with how a side looks."""
        styles = f"<style>{self.style}</style><style>{card_css()}</style>"
        head = f'<!doctype html><meta name="viewport" content="width=device-width">{styles}'
        body = self.frame.format(side) if "{}" in self.frame else side
        self.html = f'{head}<body class="card {self.night}">{body}</body>'
        self.page.goto("http://card.test/")
        found: list[str] = self.page.evaluate(LOOK)
        return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(map(str, view)))
def test_every_card_is_readable(
    browser: Browser,
    built: tuple[list[tuple[str, str]], dict[str, bytes]],
    view: tuple[int, int, str, float, str],
) -> None:
    width, height, night, zoom, client = view
    sides, images = built
    assert len(sides) > 90
    sides = sides if VIEWS is ALL else sides[VIEWS.index(view) :: len(VIEWS)]
    # A reader's own zoom makes the page narrower in its own pixels.
    size = {"width": round(width / zoom), "height": round(height / zoom)}
    context = browser.new_context(viewport=size, device_scale_factor=zoom)  # type: ignore[arg-type]
    phone = Phone(context.new_page(), images, night, client)
    wrong = {name: found for name, side in sides if (found := phone.look(side))}
    context.close()
    assert wrong == {}
