"""Any text, in any field, through every target: no traceback, and XML that is XML."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import packc
from packc.diagnostics import Severity
from tests.property.test_reader import PIECES

TEXTS = st.lists(PIECES, max_size=12).map("".join)
WORDS = st.lists(PIECES, max_size=5).map("".join).map(lambda text: text.replace("\n", " ").strip())


def _pack(title: str, prompt: str, solution: str, choices: list[str]) -> str:
    listed = "\n".join(
        f"- [{'x' if index == 0 else ' '}] {index} {text}" for index, text in enumerate(choices)
    )
    return (
        f"---\nid: generated\nnamespace: n\n---\n\n# Pack {title}\n\nIntro {prompt}\n\n"
        f"## Q1. T {title}\n\n**Question:** Q {prompt}\n\n**Solution:** S {solution}\n\n"
        f"**Why it matters:** W {prompt}\n\n"
        f"## Q2. T {title}\n\nWhich? {prompt}\n\n{listed}\n\n**Source:** S {solution}\n"
    )


@settings(derandomize=True, max_examples=60, deadline=None)
@given(WORDS, TEXTS, TEXTS, st.lists(WORDS, min_size=2, max_size=4))
def test_every_target_takes_any_text(title: str, prompt: str, solution: str, choices: list[str]) -> None:
    compiled = packc.compile(_pack(title, prompt, solution, choices), targets=["anki", "gift", "qti", "html"])
    if any(found.severity is Severity.ERROR for found in compiled.diagnostics):
        assert compiled.files == {}
        return
    assert set(compiled.files) == {"anki", "gift", "qti", "html"}
    for file in compiled.files["html"]:
        etree.fromstring(file.data)
    with zipfile.ZipFile(io.BytesIO(compiled.files["qti"][0].data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith(".xml"):
                etree.fromstring(package.read(name))
    with zipfile.ZipFile(io.BytesIO(compiled.files["anki"][0].data)) as package:
        assert package.testzip() is None
    assert compiled.files["gift"][0].data.decode("utf-8").startswith(("//", "$CATEGORY", "::"))
