"""The reader on generated text: no traceback on any input, and every place is the place of its node."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from packc.ast.pack import Pack
from packc.ast.richtext import (
    Blank,
    Callout,
    Code,
    Emph,
    Footnote,
    HardBreak,
    Image,
    Link,
    Mark,
    Math,
    MathBlock,
    Quote,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Text,
    Underline,
)
from packc.ast.walk import RichNode, pack_nodes
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
