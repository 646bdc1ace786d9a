"""axe-core finds nothing wrong with any handout, however it is looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from packc.backends.base import EmitContext, Stream
from packc.backends.options import Options
from packc.backends.registry import load
from tests.support import every_kind, packs
from tests.support.browser import opened
from tests.support.judges import axe
from tests.targets.html.realistic import realistic_context, realistic_pack

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from packc.ast.pack import Pack

pytestmark = pytest.mark.judge


class View(NamedTuple):
    """How a page is looked at. `unfolded`: with every answer shown."""

    width: int = 1000
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    unfolded: bool = False


VIEWS = {
    "screen": View(),
    "print": View(media="print", unfolded=True),
    "phone": View(width=320, unfolded=True),
    "dark": View(scheme="dark", unfolded=True),
}
_ARABIC = packs.pack()
PACKS: dict[str, tuple[Pack, EmitContext]] = {
    "every kind": (every_kind.every_kind(), every_kind.context()),
    "realistic": (realistic_pack(), realistic_context()),
    "right to left": (replace(_ARABIC, meta=replace(_ARABIC.meta, lang="ar")), packs.context()),
}
_RUN = """() => axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})
    .then(found => found.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 150)}`))"""


@pytest.mark.parametrize("name", PACKS)
def test_axe_finds_nothing(browser: Browser, name: str, tmp_path: Path) -> None:
    script = axe().read_text(encoding="utf-8")
    pack, context = PACKS[name]
    options = Options({"variant": ("student", "key", "teacher")})
    for file in load("html").emit(pack, context._replace(options=options)):
        assert isinstance(file, Stream)
        path = tmp_path / file.path
        path.write_bytes(file.data)
        for how, view in VIEWS.items():
            with opened(browser, path, width=view.width, scheme=view.scheme) as watched:
                watched.page.emulate_media(media=view.media, color_scheme=view.scheme)
                if view.unfolded:
                    watched.page.evaluate(
                        "document.querySelectorAll('details').forEach(e => { e.open = true })"
                    )
                watched.page.evaluate(f"{script};0")
                assert watched.page.evaluate(_RUN) == [], f"{file.path}, {how}"
