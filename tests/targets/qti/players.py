"""Two independent players of QTI 3, in Chromium: what a learner sees and scores in each."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tests.support.judges import node_modules

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

PLAYERS = ("citolab", "ampup")
SCRIPTS = {
    "citolab": ("@citolab/qti-components/cdn/index.global.js",),
    "ampup": ("vue/dist/vue.min.js", "qti3-item-player/dist/qti3Player.umd.min.js"),
}
STYLE = "qti3-item-player/dist/qti3Player.css"
HOST = "http://package.invalid/"
_TYPES = {".xml": "text/xml", ".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class Attempt:
    """What came of one attempt."""

    outcomes: Mapping[str, Any]
    text: str

    @property
    def score(self) -> float:
        return float(self.outcomes["SCORE"] or 0)

    def shows(self, outcome: str, value: str) -> bool:
        found = self.outcomes.get(outcome)
        return value in found if isinstance(found, list) else found == value


@dataclass
class RealPlayer:
    """An open page with one player; `members` is the package of QTI 3 that it plays."""

    name: str
    page: Page
    members: Mapping[str, bytes]
    faults: list[str] = field(default_factory=list)

    def play(self, path: str, given: Mapping[str, Sequence[str]] | None = None, hints: int = 0) -> Attempt:
        """Make an attempt. Fails on anything that the player or the browser complains of."""
        xml = self.members[path].decode()
        request = {
            "player": self.name,
            "xml": _with_addresses(xml, posixpath.dirname(path)),
            "address": HOST + path,
            "responses": {name: _value(xml, name, values) for name, values in (given or {}).items()},
            "ordered": [name for name in given or {} if _declared(xml, name, "ordered")],
            "hint": hints,
        }
        found = self.page.evaluate(f"window.play({json.dumps(request)})")
        assert not self.faults, (self.name, path, self.faults)
        assert not found["broken"], (self.name, path, found["broken"])
        assert not found["unknown"], (self.name, path, found["unknown"])
        return Attempt(found["outcomes"], found["text"])


@contextmanager
def player(browser: Browser, name: str, members: Mapping[str, bytes]) -> Iterator[RealPlayer]:
    """Open a player on a package, and close it again. Nothing but the package can be fetched."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    page = context.new_page()
    found = RealPlayer(name, page, members)

    def fetch(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).lstrip("/")
        if route.request.url == HOST:
            route.fulfill(body="<!doctype html><title>player</title><body></body>", content_type="text/html")
        elif route.request.url.startswith(HOST) and path in members:
            kind = _TYPES.get(posixpath.splitext(path)[1], "application/octet-stream")
            route.fulfill(body=members[path], content_type=kind)
        elif path != "favicon.ico":
            found.faults.append(f"asked for {route.request.url}")
            route.abort()

    page.route("**/*", fetch)
    page.on("pageerror", lambda error: found.faults.append(str(error)))
    page.goto(HOST)
    modules = node_modules()
    for script in SCRIPTS[name]:
        page.add_script_tag(content=(modules / script).read_text(encoding="utf-8"))
    if name == "ampup":
        page.add_style_tag(content=(modules / STYLE).read_text(encoding="utf-8"))
    page.add_script_tag(content=(Path(__file__).parent / "players.js").read_text(encoding="utf-8"))
    try:
        yield found
    finally:
        context.close()


def _with_addresses(xml: str, folder: str) -> str:
    """Return an item whose images have whole addresses, for a player that is given only its text."""
    return re.sub(r'\bsrc="(?![a-z]+:)([^"]*)"', lambda m: f'src="{HOST}{folder}/{m.group(1)}"', xml)


def _value(xml: str, name: str, values: Sequence[str]) -> str | list[str]:
    """Return a response as players take it: a list where the declaration has several values."""
    return values[0] if _declared(xml, name, "single") else list(values)


def _declared(xml: str, name: str, cardinality: str) -> bool:
    return re.search(rf'identifier="{name}" cardinality="{cardinality}"', xml) is not None
