"""HTML from other hands: what a pack cannot hold is named, its words are kept, and nothing runs."""

from __future__ import annotations

import re

import pytest

from packc.ast.richtext import Blocks
from packc.diagnostics import Sink
from packc.importers import registry
from packc.importers.base import Given
from packc.intake.remarks import Remarks
from packc.intake.richtext import Setting, html_blocks, nowhere
from packc.reader.pack import read_pack
from packc.render.plain import PLAIN
from packc.source import SourceFile
from packc.writer.pack import write


def read(html: str) -> tuple[str, list[str]]:
    """Return the words of a piece of HTML, and what was said of it."""
    sink = Sink()
    remarks = Remarks(sink)
    blocks: Blocks = html_blocks(html, Setting(remarks, lambda _element: None), nowhere)
    remarks.finish()
    return " ".join(PLAIN.blocks(blocks).split()), [f"{one.code} {one.rule.message()}" for one in sink]


@pytest.mark.parametrize(
    ("html", "words", "said"),
    [
        ("a<script>b()</script>c", "ac", "PK717 `<script>` is no element of a pack; it is left out"),
        ("<x-y>a</x-y>", "a", "PK717 `<x-y>` is no element of a pack; its text is kept"),
        ("<p>a<hr>b</p>", "a b", "PK715 a line across the text: it would end a question here"),
        ("<div>" * 300 + "a" + "</div>" * 300 + "b", "a b", "PK715 elements nested too deep: only their"),
        ("<ul><li>" * 20 + "a", "a", "PK715 lists or quotes nested too deep: they stand less deep"),
        ("<p style='color:red'>a", "a", "PK716 the attribute `style` is not taken over (once in this file)"),
        ("<math><mglyph/></math>a", "a", "PK717 `<math>` is no element of a pack; `mglyph` has"),
        ("<table><tr><td><ul><li>a<li>b</ul>", "• a • b", "PK715 a cell with more than a line of text"),
        ("<video src='m.mp4'>a</video>", "a (m.mp4)", "PK717 `<video>` is no element of a pack"),
        ("a</body></html>b", "ab", ""),
        ("<p>&nbsp;</p><p>a&#0;b", "a\ufffdb", ""),
        ("<q>a</q> <abbr>b</abbr>", "“a” b", ""),
        (r"\(a\) \(\b{\) $$c$d$$", r"$a$ \(\b{\) $$c$d$$", ""),
    ],
)
def test_what_a_pack_cannot_hold_is_named(html: str, words: str, said: str) -> None:
    found, remarks = read(html)
    assert found.replace("- ", "") == words
    assert (remarks[0][: len(said)] if remarks else "") == said


CHOICES = [
    "<p>a</p><blockquote>b</blockquote>",  # a quotation there would be the feedback
    "<blockquote>b</blockquote>",
    "&gt; a",
    "<h2>a</h2>",
    "<ul><li>a</ul>",
    "a {50%}",
    "[x] a",
    "1. a",
    "# a",
    "- [x] a",
    "[^1]: a",
    "#",
    "**a** {.last}",
]


@pytest.mark.parametrize("html", CHOICES)
def test_a_choice_of_any_shape_reads_back(html: str) -> None:
    escaped = re.sub(r"([{}#])", r"\\\1", html)
    text = f"::A::[html]x{{=[html]{escaped} ~no}}"
    (made,) = registry.load("gift").read(Given.of_text(text, name="a.gift"), Sink(), fallback_id="a")
    again = read_pack(SourceFile.from_text(write(made.pack), name="a.md"), Sink(), fallback_id=None)
    assert again == made.pack, write(made.pack)


@pytest.mark.parametrize("html", ["<ul><li>[x] a</ul>", "<ol><li>[] a<li>[ ] b</ol>", "a<ul><li>[v] a</ul>"])
def test_what_looks_like_a_box_in_a_prompt_is_no_choice(html: str) -> None:
    (made,) = registry.load("gift").read(
        Given.of_text(f"::A::[html]{html}{{T}}", name="a.gift"), Sink(), fallback_id="a"
    )
    sink = Sink()
    assert read_pack(SourceFile.from_text(write(made.pack), name="a.md"), sink, fallback_id=None) == made.pack
    assert list(sink) == []


def test_a_blank_that_nobody_would_see_leaves_the_question_out() -> None:
    sink = Sink()
    text = "::A::[html]<!-- {1:SA:=x} --> y {1:SA:=z}"
    assert registry.load("gift").read(Given.of_text(text, name="a.gift"), sink, fallback_id="a") == ()
    assert "PK714" in [one.code for one in sink]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("data:image/png;base64,AAAA", "is not a PNG"),
        ("data:image/png;base64,%%%", "cannot be decoded"),
        ("http://example.org/a.png", "on the net"),
        ("../../etc/passwd", "not there"),
        ("", "no source"),
    ],
)
def test_an_image_that_cannot_come_along_is_named(source: str, why: str) -> None:
    sink = Sink()
    escaped = source.replace(":", "\\:").replace("=", "\\=")
    text = f'::A::[html]<img src\\="{escaped}" alt\\="curve">?{{=a ~b}}'
    (made,) = registry.load("gift").read(Given.of_text(text, name="a.gift"), sink, fallback_id="a")
    assert made.media == {}
    assert "[curve]" in write(made.pack)
    (found,) = sink
    assert found.code == "PK722"
    assert why in found.rule.message()
