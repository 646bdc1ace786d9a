"""The reader on generated text: no traceback on any input, and every place is the place of its node."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from packc.ast.pack import Pack
from packc.ast.richtext import (
    Blank,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    DefinitionList,
    Emph,
    Footnote,
    HardBreak,
    Image,
    Link,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Quote,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Text,
    Underline,
)
from packc.ast.walk import RichNode, pack_nodes, walk
from packc.check import check_answers, check_structure
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.render.html import HtmlRenderer
from packc.source import SourceFile

PIECES = st.sampled_from(
    [
        *"*_`~[]()!<>#|$\\{}:-+=&\"'\t ",
        *(
            "\n",
            "\n\n",
            "\n    ",
            "\n- ",
            "\n- [x] ",
            "\n- [ ] ",
            "\n> ",
            "\n1. ",
            "\n---\n",
            "\n```\n",
            "\n$$\n",
        ),
        *(
            "**Question:** ",
            "\n**Solution:** ",
            "\n## Q1. ",
            "\n## Q2",
            "\n### Solution\n",
            "\n# ",
            "Solution: ",
        ),
        *(
            "word",
            "two words",
            "é",
            "日本",
            "🙂",
            "\u200f",
            "\\(x\\)",
            "$y$",
            "![a](b.png)",
            "[l](u)",
            "<b>",
            "<!--",
            "-->",
        ),
        *(
            "| a | b |\n|---|---|\n| 1 | \\| |\n",
            "&amp;",
            "\\*",
            "~~~",
            "  \n",
            "{50%}",
            "http://x.org",
            "\ufeff",
            "\r\n",
        ),
        *(
            "[^a]",
            "\n[^a]: ",
            "\n[^b]: ",
            "[^b]",
            "\n**Cloze:** ",
            "{{",
            "}}",
            "{{c1::",
            "::",
            "{{=5}}",
            "{{a | b}}",
        ),
        *(
            "\n> [!NOTE] ",
            "\n> [!x]-\n> ",
            '\n!!! tip "T"\n    ',
            "\n??? note\n\n    ",
            "\n: ",
            "\nTerm\n:   ",
        ),
        *(
            "<details>",
            "<summary>s</summary>",
            "\n</details>\n",
            "{width=50%}",
            "{.c #d}",
            " {: k=v}\n",
            "    ",
        ),
        *(
            "$\\frac{a}{b}$",
            "\\left(",
            "\\begin{x}",
            ":smile:",
            "[[w]]",
            "\n[l]: u\n",
            "<sub>",
            "</sub>",
            "<!-->",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def _read(text: str) -> tuple[SourceFile, Pack, Sink]:
    source = SourceFile.from_text(text, name="generated.md")
    sink = Sink()
    pack = read_pack(source, sink, fallback_id="generated")
    check_structure(pack, (), sink)
    check_answers(pack, sink)
    return source, pack, sink


@settings(derandomize=True, max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    source, pack, sink = _read(text)
    for found in sink:
        found.rule.message(), found.rule.help(), found.rule.label()
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(source.text)
    renderer = HtmlRenderer(lambda image: image.src)
    for node in pack_nodes(pack):
        assert node.span is not None or isinstance(node, Text | Strong)
    assert isinstance(renderer.blocks(pack.intro), str)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(TEXTS)
@example("\n- [x] \n    *")
@example("\n## Q1. \n- [x] \t*")
@example("\n## Q1. \n- [x]   \n**")
def test_a_place_is_where_its_node_was_written(text: str) -> None:
    source, pack, _ = _read(text)
    for node in pack_nodes(pack):
        if node.span is not None:
            written = source.text[node.span.start : node.span.end]
            assert _could_be(node, written), (node, written, text)


# How each kind of node is written: its first characters, and its last.
_WRITTEN: dict[type[RichNode], tuple[str, str]] = {
    Code: ("`", "`"),
    Math: (r"\$|\\[(\[]", r"\$|\\[)\]]"),
    MathBlock: (r"\$\$|\\\[", r"\$\$|\\\]"),
    Emph: (r"[*_]", r"[*_]"),
    Strong: (r"\*\*|__", r"\*\*|__"),
    Strike: ("~~", "~~"),
    Sub: (r"~|<sub>", r"~|</sub>"),
    Sup: (r"\^|<sup>", r"\^|</sup>"),
    Mark: (r"==|<mark>", r"==|</mark>"),
    Underline: (r"<u>", r"</u>"),
    Image: (r"!\[", r"[)\]}]"),
    Link: (r"[\[<]", r"[)\]>]"),
    Quote: (">", ""),
    Text: ("", ""),
    Footnote: (r"\[\^", r"\]"),
    Blank: (r"\{\{", r"\}\}"),
    Callout: (r">|!!!|\?\?\?|<details", ""),
    SoftBreak: (r"\n", ""),
    HardBreak: (r"\\?\n|<br", ""),
}


def _could_be(node: RichNode, written: str) -> bool:
    """Tell whether `written` begins and ends as this kind of node does."""
    first, last = _WRITTEN.get(type(node), (r"\S", ""))
    return bool(re.match(first, written) and re.search(rf"(?:{last})$", written))


_IN_LINE = (Math, Image, Link, Footnote, Blank)
_NOTES = "\n\n[^a]: note\n\n[^b]: other\n\n[l]: u\n"


@settings(derandomize=True, max_examples=400, deadline=None)
@given(TEXTS)
def test_what_stands_at_a_place_reads_as_the_same_node_again(text: str) -> None:
    source, pack, _ = _read(text)
    for node in pack_nodes(pack):
        if node.span is None or not isinstance(node, _IN_LINE):
            continue
        written = source.text[node.span.start : node.span.end]
        if "\n" in written or (not isinstance(node, Footnote) and "[^" in written):
            continue  # marks of quotes would stand in it, or it may refer to what is no footnote here
        _, again, _ = _read(f"## Q1\n\n**Solution:** x\n\n**Cloze:** {written}{_NOTES}")
        assert any(_same(node, other) for other in pack_nodes(again)), (node, written, text)


def _same(node: RichNode, other: RichNode) -> bool:
    if isinstance(node, Footnote) and isinstance(other, Footnote):
        return node.label == other.label  # the text of the note stands elsewhere
    return node == other


@settings(derandomize=True, max_examples=400, deadline=None)
@given(TEXTS)
def test_a_callout_or_definition_list_reads_as_the_same_again(text: str) -> None:
    source, pack, _ = _read(text)
    for node in pack.intro:
        if node.span is None or not isinstance(node, Callout | DefinitionList):
            continue
        written = source.text[node.span.start : node.span.end]
        elsewhere = ("\ufeff", "[^", "{{", "[l]", "**", "Solution:")  # what means something else alone
        if any(mark in written for mark in elsewhere) or any(_is_empty(inner) for inner in walk([node])):
            continue
        assert _read(written)[1].intro[:1] == (node,), (node, written, text)


def _is_empty(node: RichNode) -> bool:
    """Tell whether `node` ends in what leaves no trace at the end of a place: space, marks alone."""
    match node:
        case Quote(blocks=blocks):
            return not blocks
        case BulletList(items=items) | OrderedList(items=items):
            return not items[-1].blocks
        case CodeBlock(text=code):
            return code != code.rstrip() or not code
        case _:
            return False


def test_plain_words_stand_exactly_at_their_place() -> None:
    source, pack, _ = _read(
        "intro *one* two\n\n- three **four**\n  - five\n\n> six\n> seven\n\n"
        "| eight | nine \\| ten |\n|---|---|\n| a | b |\n"
    )
    texts = [node for node in pack_nodes(pack) if isinstance(node, Text)]
    assert len(texts) > 10
    for node in texts:
        assert node.span is not None
        assert source.text[node.span.start : node.span.end].replace("\\|", "|") == node.text
