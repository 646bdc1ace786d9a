"""Debian's Chromium, as a reader of what packc writes. Every page is watched from its first byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.support.judges import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run: Playwright cannot be started twice in a process."""
    from playwright.sync_api import sync_playwright

    executable = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


@dataclass
class Watched:
    """An open page, and what it did that a file made for paper has no business doing."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def pdf(self) -> bytes:
        """Return the page as printed on A4, or on the size that the page asks for."""
        return self.page.pdf(format="A4", prefer_css_page_size=True)

    def letter_pdf(self) -> bytes:
        return self.page.pdf(format="Letter", prefer_css_page_size=True)

    @property
    def overflow(self) -> int:
        """CSS pixels that the page is wider than its window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = 1000,
    scheme: Literal["light", "dark"] = "light",
    javascript: bool = True,
) -> Iterator[Watched]:
    """Open `file` in a fresh context and close it again. The file itself does not count as a request."""
    address = file.resolve().as_uri()
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=javascript
    )
    watched = Watched(context.new_page())

    def request(made: Request) -> None:
        if made.url != address and not made.url.startswith("data:"):
            watched.requests.append(made.url)

    def dialog(shown: Dialog) -> None:
        watched.dialogs.append(shown.message)
        shown.dismiss()

    watched.page.on("console", lambda message: watched.console.append(message.text))
    watched.page.on("pageerror", lambda error: watched.console.append(str(error)))
    watched.page.on("request", request)
    watched.page.on("dialog", dialog)
    watched.page.goto(address, wait_until="load")
    try:
        yield watched
    finally:
        context.close()
