"""The shortcuts of the reader change how long it takes, never what is read, where, or what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from packc.ast.node import Node
from packc.diagnostics import Sink
from packc.reader import markdown, plaininlines, shortcuts
from packc.reader.pack import read_pack
from packc.source import SourceFile

_PIECES = (
    *("- [x] ", "- [ ] ", "* [ ] ", "+ [X] ", "- ", "  > ", "  >", "> ", "  ", "    ", "\n", "\n\n", "\n"),
    *("a", "word ", "**b**", "*e*", "`c`", "```", "$x$", "$$", "|", "---", "===", "- -", "1. ", "2) ", "# "),
    *("#", "[l](u)", "[r]: u", "![i](s)", "!!!", "???", "<b>", "<!-- c -->", "\\", "\\(x\\)", "\t", "{50%}"),
    *("{.last}", "[^1]", ":", ": d", "~~s~~", "_", "é", "\u0627", "\n- [ ] b\n", "\n  > f\n", "&amp;", "="),
    *("==m==", "[!NOTE]", "**Solution:** s"),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)
_LISTS = st.lists(
    st.tuples(
        st.sampled_from(["- [x] ", "- [ ] ", "- [ ]", "* [ ] ", "- ", "- ", "* ", "+ "]),
        st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3).map("".join),
        st.sampled_from(
            ["", "\n  > right", "\n  > one\n  > two", "\n  > `c` **b**", "\n\n", "\n  more", "\n   > x"]
        ),
    ),
    min_size=1,
    max_size=4,
).map(lambda items: "\n".join("".join(item) for item in items))


_INLINE_PIECES = (
    *(
        "word",
        "b c",
        "é",
        "日本",
        "2nd",
        "s",
        " ",
        " ",
        "\n",
        "\t",
        "`c`",
        "`a b`",
        "` x",
        "`",
        "$x$",
        "$a_b$",
        "$",
    ),
    *(
        "$\\frac{1}{2}$",
        "$\\{$",
        "$a$th",
        "\\$",
        "*e*",
        "**b**",
        "***x***",
        "*",
        "**",
        "*x",
        "y*",
        "**x",
        "y**",
        "_",
    ),
    *(
        "(",
        ")",
        ".",
        ",",
        "!",
        "-",
        "'",
        "=",
        "==",
        "€",
        "—",
        "“",
        "\u00a0",
        "\u2009",
        "\u0085",
        "\x1c",
        "\u200f",
    ),
    *("|", "\\|", "{", "}", "{{", "}}", "[", "]", "<", ":smile:", "&", "~", "^", "[[w]]"),
)
_INLINE = st.lists(st.sampled_from(_INLINE_PIECES), min_size=1, max_size=9).map("".join)
_AROUND = (
    "{}",
    "- [x] {}\n- [ ] b\n  > {}",
    "| a | b |\n|---|---|\n| {} | \\| {} |",
    "> {}\n> b\n\n* c\n  {}",
    "### {}",
)

_EVERY = "".join(map(chr, range(32, 127))) + "\n"


def _read(text: str) -> tuple[list[object], list[str]]:
    source = SourceFile.from_text(f"## Q1. T\n\nAsk.\n\n{text}\n\n**Solution:** s\n", name="t")
    sink = Sink()
    pack = read_pack(source, sink, fallback_id="t")
    return list(_flat(pack)), sorted(map(repr, sink))


def _flat(value: object) -> Iterator[object]:
    """Yield every node with its place, and every other value."""
    if isinstance(value, Node):
        yield type(value), value.span
        for field in fields(value):
            yield from _flat(getattr(value, field.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _flat(inner)
    else:
        yield repr(value)


def _long_way(text: str) -> tuple[list[object], list[str]]:
    with pytest.MonkeyPatch.context() as patch:
        extras = markdown._extras
        patch.setattr(markdown, "_extras", lambda text: extras(text) - {"plain_lists"})
        return _read(text)


@pytest.mark.parametrize("piece", _PIECES)
def test_one_odd_line_in_a_plain_list(piece: str) -> None:
    for odd in (piece, f"{piece}b", f"b{piece}"):
        for text in (
            *(f"- [x] {odd}\n- [ ] c", f"- [x] a\n  > {odd}\n- [ ] c", f"- [x] a\n- [ ] c\n{odd}"),
            *(f"* {odd}\n* c", f"* a\n  > {odd}\n* c", f"* a\n* c\n{odd}", f"{odd}\n* a\n* c {{x=1}}"),
        ):
            assert _read(text) == _long_way(text)


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(st.one_of(_LISTS, _TEXTS))
@example("- [x] a\n  > b\n  > c\n- [ ] `d`")
@example("- [x] a\n- [ ] b\n\n  c")
@example("- [x] a\n- [ ] b\n\n - [ ] c")
@example("- a\n- b\n\n -")
@example("* a\n* b\n\n**c** d")
@example("- [x] a :smile:\n- [ ] b")
@example("* a\n* b\n\n*\tc")
@example("- [x] a\n  > b\\\n  > c\n- [ ] d")
def test_plain_lists_are_what_the_rules_make_of_them(text: str) -> None:
    assert _read(text) == _long_way(text)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(_TEXTS)
def test_rules_are_only_spared_where_they_would_say_no(text: str) -> None:
    quick = _read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortcuts, "_STARTS", {"field": "*_"})
        patch.setattr(plaininlines, "_MARKUP", re.compile(""))
        patch.setattr(shortcuts, "pieces_of", _never_simple)
        patch.setattr(shortcuts, "_INLINE_STARTS", dict.fromkeys(shortcuts._INLINE_STARTS, _EVERY))
        markdown._parser.cache_clear()
        slow = _read(text)
    markdown._parser.cache_clear()
    assert slow == quick


def _never_simple(content: str) -> None:  # noqa: ARG001
    return None


@settings(max_examples=600, derandomize=True, deadline=None, database=None)
@given(_INLINE, st.sampled_from(_AROUND))
@example("a *b* `c`, $x$ and **d e**.", "{}")
@example("a $b$th", "{}")
@example("a $ b$", "{}")
@example("a $b $", "{}")
@example("a `b`\n c", "{}")
@example("a * b* c", "{}")
@example("*a * b", "{}")
@example("**a *b*", "{}")
@example("*a.*, **b.**, c", "{}")
@example("`a``b`", "{}")
@example("a *b`c`*d", "{}")
@example("$a \\| b$ `x \\| y`", _AROUND[2])
def test_simple_texts_are_what_the_rules_make_of_them(text: str, around: str) -> None:
    written = around.replace("{}", text)
    quick = _read(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortcuts, "pieces_of", _never_simple)
        slow = _read(written)
    assert slow == quick
