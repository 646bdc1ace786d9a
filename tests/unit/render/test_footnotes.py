"""Footnotes in HTML: below their text, or in brackets where no text stands that they could be set below."""

from __future__ import annotations

from packc.ast.richtext import BulletList, CodeBlock, Footnote, ListItem, Para, Text
from packc.render.html import HtmlRenderer
from packc.render.plain import PLAIN

NOTE = Footnote("a", (Para((Text("First <note>."),)),))
OTHER = Footnote("b", (Para((Text("Second."),)), CodeBlock("x < y")))


def _renderer() -> HtmlRenderer:
    return HtmlRenderer(lambda image: image.src)


def test_notes_stand_below_their_text_in_order_of_first_mention() -> None:
    html = _renderer().blocks((Para((Text("x"), OTHER, NOTE, OTHER)),))
    assert html == (
        '<p>x<sup class="footnote">[1]</sup><sup class="footnote">[2]</sup>'
        '<sup class="footnote">[1]</sup></p>\n'
        '<ol class="footnotes"><li>Second.\n<pre><code>x &lt; y</code></pre>\n</li>'
        "<li>First &lt;note&gt;.</li></ol>\n"
    )


def test_notes_of_a_nested_text_join_those_around_it() -> None:
    html = _renderer().blocks((BulletList((ListItem((Para((NOTE,)),)),)), Para((OTHER,))))
    assert html.count('<ol class="footnotes">') == 1
    assert html.index("[1]") < html.index("[2]") < html.index('<ol class="footnotes">')


def test_a_note_in_a_note_is_numbered_on() -> None:
    outer = Footnote("o", (Para((Text("see"), NOTE)),))
    html = _renderer().blocks((Para((outer,)),))
    assert html.endswith(
        '<ol class="footnotes"><li>see<sup class="footnote">[2]</sup></li><li>First &lt;note&gt;.</li></ol>\n'
    )


def test_a_note_of_a_title_stays_with_the_title() -> None:
    renderer = _renderer()
    assert renderer.inlines((Text("T"), NOTE)) == 'T<span class="footnote"> (First &lt;note&gt;.)</span>'
    assert renderer.inlines((Text("T"), OTHER)) == 'T<span class="footnote"> (Second. x &lt; y)</span>'
    assert renderer.blocks((Para((Text("next"),)),)) == "<p>next</p>\n"
    assert PLAIN.inlines((Text("T"), OTHER)) == "T (Second. x < y)"


def test_who_sets_the_notes_gets_them_once() -> None:
    renderer = _renderer()
    renderer.sets_notes = True
    assert renderer.inlines((Text("T"), NOTE)) == 'T<sup class="footnote">[1]</sup>'
    assert renderer.notes_below() == '<ol class="footnotes"><li>First &lt;note&gt;.</li></ol>\n'
    assert renderer.notes_below() == ""
