"""The places of what stands inside other constructs, and what a place decides."""

from __future__ import annotations

import pytest

from packc.ast.pack import Pack
from packc.ast.richtext import Blank, Text
from packc.ast.walk import pack_nodes
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile


def _read(text: str) -> tuple[Pack, list[tuple[str, str]]]:
    """Return the pack, and the code of each report with the text that it is about."""
    sink = Sink()
    pack = read_pack(SourceFile.from_text(text, name="p.md"), sink, fallback_id="p")
    said = [(found.code, text[found.span.start : found.span.end]) for found in sink if found.span]
    return pack, [each for each in said if each[0] not in ("PK018", "PK118")]


@pytest.mark.parametrize(
    "text",
    [
        "see [the label](the-label) here",
        "the <sub>lower</sub> and ==the marked== text",
        "<details><summary>The title</summary>all</details>",
        "<details><summary>A title</summary>\none\n\n> two\n> details</details>",
        "> <details><summary>quoted</summary>one\n> details</details>\n",
        "> [!TIP] a title a\n> a text\n> more a text",
        '- !!! tip "tip"\n      a tip\n',
        "Term\n:   one\n\n    two one\n: three\n\nTerm two\n: four",
        "note[^1] note\n\n[^1]: note\n    note two\n\n    note three",
        "**Cloze:** a {{blank | another blank {50%}}} blank",
    ],
)
def test_every_text_stands_exactly_at_its_place(text: str) -> None:
    prefix = "## Q1\n\n**Solution:** x\n\n**Question:** y\n\n"
    pack, said = _read(prefix + text)
    assert said == []
    texts = [node for node in pack_nodes(pack) if isinstance(node, Text) and node.span]
    assert len(texts) > 2
    for node in texts:
        assert node.span is not None
        assert (prefix + text)[node.span.start : node.span.end] == node.text
    assert len({node.span for node in texts}) == len(texts)


def test_braces_of_choices_are_left_to_them() -> None:
    _, said = _read("## Q1. W?\n\n- [x] a {.lst}\n- [ ] b {.last}\n  > c {.d}\n")
    assert ("PK314", "{.d}") in said
    assert ("PK314", "{.lst}") not in said


def test_a_blank_holds_no_blank() -> None:
    _, said = _read("## Q1\n\n**Cloze:** {{x}} {{a {{b}} c}}\n")
    assert said == [("PK318", "{{")]


def test_blanks_end_where_the_cloze_text_ends() -> None:
    text = (
        "## Q1\n\n**Cloze:** {{x}}[^a]\n\n**Tags:** {{t}}\n\n{{y}}\n\n[^a]: {{n}}\n\n"
        "**Solution:** {{s}}\n\n## Section\n\n{{z}}\n"
    )
    pack, said = _read(text)
    assert [each for each in said if each[0] == "PK317"] == [("PK317", "{{")] * 4
    assert sum(isinstance(node, Blank) for node in pack_nodes(pack)) == 2


@pytest.mark.parametrize("opener", ["!!! note\n", "a\n: b\n\n"])
def test_texts_in_texts_are_limited_in_depth(opener: str) -> None:
    lines = [line for depth in range(36) for line in (f"{'    ' * depth}{one}" for one in opener.split("\n"))]
    _, said = _read("\n".join(lines) + f"\n{'    ' * 36}x\n")
    assert "PK007" in {code for code, _ in said}
