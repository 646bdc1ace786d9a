"""The PDF says what the HTML handout says, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from packc.ast.pack import Pack
from packc.backends.base import EmitContext, File, Stream
from packc.backends.options import Options
from packc.backends.registry import load
from tests.support import every_kind, packs
from tests.targets.html.realistic import realistic_context, realistic_pack
from tests.targets.pdf.structure import difference, letters, said_by_html, said_by_pdf

VARIANTS = ("student", "key", "teacher")
SAMPLES = {
    "sample": (packs.pack(), packs.context()),
    "every kind": (every_kind.every_kind(), every_kind.context()),
    "realistic": (realistic_pack(), realistic_context()),
}


def both(pack: Pack, context: EmitContext) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield the name of each file, its HTML and its PDF."""
    files: dict[str, dict[str, bytes]] = {}
    for target in ("html", "pdf"):
        context = context._replace(options=Options({"variant": VARIANTS}))
        made = [file for file in load(target).emit(pack, context) if isinstance(file, File | Stream)]
        files[target] = {file.path.rpartition(".")[0]: file.data for file in made}
    assert list(files["html"]) == list(files["pdf"])
    yield from ((name, html, files["pdf"][name]) for name, html in files["html"].items())


@pytest.mark.parametrize("name", SAMPLES)
def test_of_a_sample(name: str) -> None:
    for file, html, pdf in both(*SAMPLES[name]):
        assert difference(said_by_pdf(pdf), said_by_html(html)) is None, file


def test_a_mark_that_begins_a_value_stands_upon_no_letter_of_its_label() -> None:
    pack = packs.pack()
    pack = replace(pack, meta=replace(pack.meta, license="\u0337\u0308\u0369x"))
    for file, html, pdf in both(pack, packs.context()):
        assert file.endswith((".key", ".teacher")) == ("Licencex" in letters(said_by_html(html)[0])), file
        assert difference(said_by_pdf(pdf), said_by_html(html)) is None, file


@pytest.mark.parametrize("marks", ["\u0308", "\u0308\u0308"])
def test_a_letter_may_be_drawn_for_itself_and_its_marks_beside_it(marks: str) -> None:
    assert difference((f"be\n{marks}", 0), (f"be{marks}", 0)) is None
    assert difference((f"b\n{marks}", 0), (f"be{marks}", 0)) is None
    assert difference((f"bee\n{marks}", 0), (f"be{marks}", 0)) is not None
