"""Texts that random packs found: each was once read as something else than what was written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from packc.ast.keys import Accepted, TextKey
from packc.ast.pack import Pack, PackMeta
from packc.ast.question import Choice, ChoiceQuestion, ClozeQuestion, Note, OpenQuestion, Pin, Question, Role
from packc.ast.richtext import (
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Emph,
    Image,
    Link,
    ListItem,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    SoftBreak,
    Strike,
    Strong,
    Sup,
    Text,
    Tone,
    Underline,
)
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.pack import write


def reads_back(question: Question) -> str:
    """Return the pack of this question as it is written, which has to read as the same pack."""
    pack = Pack(id="made", title="made", meta=PackMeta(namespace="example"), parts=(question,))
    written = write(pack)
    again = _read(written)
    assert again == pack, written
    assert write(again) == written
    return written


def introduces(*blocks: Block) -> None:
    """See that these blocks, as a pack's introduction, read as what was written."""
    pack = Pack(id="made", title="made", meta=PackMeta(namespace="example"), intro=blocks)
    assert _read(write(pack)) == pack, write(pack)


def _read(written: str) -> Pack:
    return read_pack(SourceFile.from_text(written, name="made.md"), Sink(), fallback_id="made")


def solved(*blocks: Block) -> OpenQuestion:
    return OpenQuestion(
        id="Q1", title=(), prompt=(para("Why?"),), solution=(para("So"), *blocks, para("End"))
    )


def para(words: str) -> Para:
    return Para((Text(words),))


def empty_list(start: int) -> OrderedList:
    return OrderedList((ListItem(()),), start=start, tight=True)


@pytest.mark.parametrize(
    "title",
    [(Text("Solution"),), (Strong((Text("Hint:"),)),), (Strike((Code("Question"),)),)],
    ids=["plain", "bold", "struck code"],
)
def test_a_title_of_a_callout_that_is_a_label_as_a_whole(title: tuple[Text | Strong | Strike, ...]) -> None:
    reads_back(solved(Callout(Tone.TIP, title, (para("text"),))))


def test_a_callout_without_a_title_beside_a_label_without_letters() -> None:
    """No Markdown says such a label; the writer used to look for the first letter of no title."""
    question = solved(Callout(Tone.TIP, (), (para("text"),)))
    odd = replace(question, notes=(Note(role=Role.OWN, label="\t", body=(para("text"),)),))
    meta = PackMeta(namespace="example")
    assert "> [!TIP]\n> text" in write(Pack(id="made", title="made", meta=meta, parts=(odd,)))


def test_a_callout_that_begins_with_a_label() -> None:
    begun = Para((Strong((Text("Hint:"),)), Text(" look")))
    assert "**&#72;int:** look" in reads_back(solved(Callout(Tone.NOTE, (), (begun, begun))))


@pytest.mark.parametrize(
    "lists",
    [(empty_list(5), empty_list(10)), (empty_list(1), empty_list(2), empty_list(3))],
    ids=["two", "three"],
)
def test_lists_in_a_row_inside_a_choice(lists: Blocks) -> None:
    blocks = (para("first"), *lists, para("last"))
    choices = (
        Choice(blocks=blocks, correct=True, pin=Pin.FIRST),
        Choice(blocks=(para("no"),), correct=False),
    )
    reads_back(ChoiceQuestion(id="Q1", title=(), prompt=(para("Which?"),), choices=choices))


@pytest.mark.parametrize("style", [Emph, Strong])
def test_a_label_in_an_introduction_is_text(style: type[Emph] | type[Strong]) -> None:
    label = style((Text("Hint"),))
    introduces(Para((label,)), DefinitionList((Definition((label,), ((MathBlock("b"),),)),)))


def test_an_underscore_that_is_written_by_number_needs_no_escape() -> None:
    introduces(Para((Math("abc"), Text("_a_"))))


@pytest.mark.parametrize(
    "first",
    [
        Image("a.png", "b", title="$"),
        Link((Text("a"),), "a$b"),
        Link((Text("https://a.b/c|d"),), "https://a.b/c|d"),
    ],
    ids=["title", "address", "plain address"],
)
@pytest.mark.parametrize(
    "second",
    [Underline((Math(r"\frac{a}{b}"),)), Underline((Math("_"),)), Code("a")],
    ids=["formula", "index", "code"],
)
def test_what_no_formula_is_parts_the_answers_of_a_blank(
    first: Image | Link, second: Underline | Code
) -> None:
    answers = tuple(
        Accepted(children=(Text("w"), node, Text("w")), weight=Decimal(50)) for node in (first, second)
    )
    text = (Para((Text("Fill "), Blank(key=TextKey(accepted=answers, case=True)))),)
    reads_back(ClozeQuestion(id="Q1", title=(), prompt=(para("Fill it in."),), text=text))


def test_a_label_on_a_line_of_a_folded_text() -> None:
    styled = Sup((Text("a"), SoftBreak(), Strong((Text("Solution:"),))))
    reads_back(solved(Callout(Tone.NOTE, (Text("more"),), (Para((styled,)),), folded=True)))


@pytest.mark.parametrize("beside", ["\u2028", "\u2029"])
def test_line_ends_of_unicode_are_no_white_space_beside_marks(beside: str) -> None:
    introduces(
        Para((Text("a"), Emph((Text(" "),)), Text(f"{beside}b"))),
        para(f"*a{beside}*{beside}, _a{beside}_{beside} and ~~a{beside}~~{beside}"),
    )


@pytest.mark.parametrize("code", [".``` ", "> ```", "- ```", "1. ```", "> </details>"])
def test_what_only_looks_like_the_end_of_a_fence_in_a_folded_text(code: str) -> None:
    folded = Callout(Tone.NOTE, (Text("more"),), (CodeBlock(code), para("after")), folded=True)
    introduces(folded, Quote((folded, folded)), para("last"))


def test_bold_labels_are_seen_after_a_fence_in_a_list() -> None:
    question = OpenQuestion(id="Q1", prompt=(para("Word"),), solution=(para("Word"), para("Solution: a")))
    listed = BulletList((ListItem((CodeBlock("*"),)),))
    pack = Pack(
        id="made", title="made", meta=PackMeta(namespace="example"), intro=(listed,), parts=(question,)
    )
    assert _read(write(pack)) == pack


def test_braces_that_hold_a_backslash_are_text_behind_a_mark() -> None:
    introduces(Para((Strong((Text("{#\\}"),)), Text(" and "), Emph((Text("{.a\\b}{#&amp;}"),)))))


def test_a_formula_that_ends_in_a_backslash_stays_a_block() -> None:
    introduces(Quote((MathBlock("a\\\\"), MathBlock("b"))))
