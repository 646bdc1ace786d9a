"""Rich text in QTI's XHTML, construct by construct."""

from __future__ import annotations

import pytest

from packc.ast.keys import TextKey
from packc.ast.richtext import (
    Align,
    Blank,
    Block,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Image,
    Inline,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Row,
    Strike,
    Table,
    Text,
    Tone,
    Underline,
)
from packc.backends.qti.xhtml import QtiRenderer, formula_fault
from packc.media import Media

MEDIA = {"a.png": Media(b"a", "image/png", 30, 20), "b.svg": Media(b"b", "image/svg+xml", 0, 20)}
A = "items/images/ca978112ca1bbdca.png"
B = "items/images/3e23e8160039594a.svg"


def renderer(*, folder: str = "", vocabulary: bool = False, source_url: str = "") -> QtiRenderer:
    return QtiRenderer(MEDIA, folder=folder, source_url=source_url, vocabulary=vocabulary)


@pytest.mark.parametrize(
    ("node", "written", "known"),
    [
        (Text("a<{{b"), "a&lt;{<span>{</span>b", None),
        (Code("{{b"), "<code>{<span>{</span>b</code>", None),
        (Strike((Text("a"),)), '<span class="del">a</span>', None),
        (Mark((Text("a"),)), '<span class="mark">a</span>', None),
        (Underline((Text("a"),)), '<span class="u">a</span>', '<span class="u qti-underline">a</span>'),
        (Link((Text("a"),), "https://a.b/c d"), '<a href="https://a.b/c%20d">a</a>', None),
        (Link((Text("a"),), "c"), "a", None),
        (Image("a.png", 'x"'), f'<img src="{A}" alt="x&quot;" width="30" height="20"/>', None),
        (Image("a.png", "", width="5"), f'<img src="{A}" alt="" width="5"/>', None),
        (Image("a.png", "", height="50%"), f'<img src="{A}" alt="" height="50%"/>', None),
        (Image("a.png", "", width="5em", height="5"), f'<img src="{A}" alt="" height="5"/>', None),
        (Image("a.png", "", width="5em"), f'<img src="{A}" alt="" width="30" height="20"/>', None),
        (Image("b.svg", ""), f'<img src="{B}" alt=""/>', None),
        (Math(r"\nope{{", display=False), r"\(\nope{<span>{</span>\)", None),
    ],
)
def test_an_inline_node(node: Inline, written: str, known: str | None) -> None:
    assert renderer().inlines((node,)) == written
    assert renderer(vocabulary=True).inlines((node,)) == (known or written)


HEAD = Row((Cell((Text("h"),)), Cell((Text("i"),))))
ALIGNS = (Align.NONE, Align.RIGHT)


@pytest.mark.parametrize(
    ("node", "written"),
    [
        (CodeBlock("a<{{", "py"), '<pre class="language-py">a&lt;{<span>{</span></pre>\n'),
        (CodeBlock("a", ""), "<pre>a</pre>\n"),
        (
            Table(HEAD, (), ALIGNS),
            '<table><tbody><tr><th>h</th><th align="right">i</th></tr></tbody></table>\n',
        ),
        (
            Callout(Tone.TIP, (Text("T"),), (Para((Text("a"),)),), folded=True),
            '<blockquote class="callout tip"><p><strong>T</strong></p>\n<p>a</p>\n</blockquote>\n',
        ),
        (
            Callout(Tone.TIP, (), (Para((Text("a"),)),)),
            '<blockquote class="callout tip"><p><strong>Tip</strong></p>\n<p>a</p>\n</blockquote>\n',
        ),
        (OrderedList((ListItem((Para((Text("a"),)),)),), 7, tight=True), "<ol><li>a</li></ol>\n"),
    ],
)
def test_a_block(node: Block, written: str) -> None:
    assert "".join(renderer().blocks((node,)).split("\n")) == "".join(written.split("\n"))


def test_formulas() -> None:
    inline, block = renderer().inlines((Math("x", display=False),)), renderer().blocks((MathBlock("x"),))
    assert inline.startswith("<math ")
    assert "block" not in inline
    assert block.startswith("<p><math ")
    assert 'display="block"' in block
    assert block.endswith("</math></p>\n")
    assert formula_fault("x", display=False) is None
    assert formula_fault("x\0", display=True) is None
    assert formula_fault(r"\nope", display=True) is not None


def test_a_callout_in_the_words_of_qti3() -> None:
    node = Callout(Tone.TIP, (Text("T"),), ())
    assert renderer(vocabulary=True).blocks((node,)).startswith('<blockquote class="callout tip qti-well">')


def test_a_table_with_rows_is_an_ordinary_one() -> None:
    written = renderer().blocks((Table(HEAD, (HEAD,), ALIGNS),))
    assert written.count("<tr>") == 2
    assert written.count('<td align="right">') == 1
    assert "<thead>" in written


def test_a_lone_paragraph_goes_without_its_element() -> None:
    para = Para((Text("a"),))
    made = renderer()
    assert made.flow((para,)) == "a"
    assert made.flow((para, para)) == "<p>a</p>\n<p>a</p>\n"
    assert made.flow((CodeBlock("a", ""),)) == "<pre>a</pre>\n"
    assert made.choice((para,)) == "<div>a</div>"
    assert made.option((Text("a"),)) == "<div>a</div>"
    assert made.bold((Text("a"),)) == "<p><strong>a</strong></p>\n"


def test_a_blank_is_what_its_place_makes_of_it() -> None:
    made = renderer()
    blocks = (Para((Text("a "), Blank(key=TextKey(accepted=())))),)
    usual = made.blocks(blocks)
    assert made.with_blanks(blocks, lambda _: "<gap/>") == "<p>a <gap/></p>\n"
    assert made.blocks(blocks) == usual != "<p>a <gap/></p>\n"


def test_images_are_gathered_as_the_document_sees_them() -> None:
    made = renderer(folder="items/")
    assert made.inlines((Image("a.png", ""),)).startswith(f'<img src="{A.removeprefix("items/")}"')
    assert made.images == {A: MEDIA["a.png"]}
