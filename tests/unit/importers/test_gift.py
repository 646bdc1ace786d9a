"""GIFT from other hands: a whole bank is stable, damage never breaks the importer, and time is linear."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.kinds import Kind
from packc.ast.pack import Pack, questions
from packc.ast.question import ClozeQuestion, kind_of
from packc.ast.richtext import CodeBlock
from packc.ast.walk import pack_nodes
from packc.backends.gift.document import gift_text
from packc.diagnostics import Diagnostic, Severity, Sink
from packc.importers import registry
from packc.importers.base import Given
from packc.source import SourceMap
from packc.writer.pack import write
from tests.support.random_packs import many, named, random_packs
from tests.support.teachers_bank import SUBJECTS, gift_bank
from tests.unit.importers.faithful import Faithful, back

GIFT = registry.load("gift")


def imported(text: str) -> tuple[Pack | None, list[Diagnostic]]:
    """Return the pack that a file gives, after seeing that its Markdown reads back, and what was said."""
    sink = Sink()
    made = GIFT.read(Given.of_text(text, name="bank.gift"), sink, fallback_id="bank")
    for each in made:
        assert back(each.pack) == each.pack, write(each.pack)
    return (made[0].pack if made else None), list(sink)


def test_a_bank_of_two_hundred_questions_comes_over_whole() -> None:
    pack, said = imported(gift_bank())
    assert pack is not None
    assert (pack.title, pack.meta.collection) == ("Common room", "")
    found = [kind_of(question) for question in questions(pack)]
    assert len(found) == 19 * len(SUBJECTS) >= 200
    each = {kind: found.count(kind) / len(SUBJECTS) for kind in set(found)}
    assert each == {
        Kind.SINGLE: 4,
        Kind.MULTIPLE: 3,
        Kind.TRUE_FALSE: 2,
        Kind.SHORT: 2,
        Kind.NUMERIC: 3,
        Kind.MATCHING: 1,
        Kind.CATEGORISING: 1,
        Kind.ORDERING: 1,
        Kind.ESSAY: 1,
        Kind.OPEN: 1,
    }
    assert {(one.code, one.severity) for one in said} == {("PK716", Severity.NOTE)}


def test_the_bank_is_stable_through_markdown_and_gift() -> None:
    first, _ = imported(gift_bank())
    assert first is not None
    written = gift_text(back(first))
    second, said = imported(written)
    assert second is not None
    assert [one.code for one in said if one.severity is not Severity.NOTE] == []
    assert gift_text(back(second)) == written
    assert [question.id for question in questions(second)] == [question.id for question in questions(first)]


def test_what_packc_writes_comes_back_and_is_stable() -> None:
    """Questions that would not read back are named by an import, and are few, however wild the texts."""
    faithful = Faithful()
    for pack in random_packs(many(12)):
        with named(pack):
            _is_stable(pack, faithful)
    assert faithful.left_out <= faithful.kept // 20


def _is_stable(pack: Pack, faithful: Faithful) -> None:
    made = GIFT.read(Given.of_text(gift_text(pack)), Sink(), fallback_id="bank")
    if not made:
        assert all(isinstance(question, ClozeQuestion) for question in questions(pack))
        return
    first = faithful.of(made[0].pack)
    if not any(questions(first)):
        return
    second, _ = imported(gift_text(first))
    assert second is not None
    assert [q.id for q in questions(second)] == [q.id for q in questions(first)]
    third, _ = imported(gift_text(second))
    assert third is not None
    assert gift_text(third) == gift_text(second)


_PIECES = st.sampled_from(
    [
        *("::a::", "::", "{", "}", "=", "~", "->", "#", "####", "{T}", "{#1}", "\n", "\n\n", "\\", "\\n"),
        *("%50%", "%-100%", "[html]", "[markdown]", "<b>", "</p>", "<table><td>", "$CATEGORY: a/b\n", "// x"),
        *("// [id:a] [tag:b]\n", "{1:SA:=x}", "{1:MC:=a~b}", "x", "word word", "$$x$$", "\\\\(y\\\\)", "0"),
        *(
            "{>1\n",
            "&amp;",
            "&#0;",
            "<!--",
            "<math><mi>x</mi></math>",
            "1..2",
            ":0.1",
            "*",
            "\ufeff",
            "\u2028",
        ),
        "\x85",
    ]
)


@settings(derandomize=True, max_examples=250, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_text_is_read_and_what_becomes_of_it_reads_back(text: str) -> None:
    _, said = imported(text)
    assert all(one.span is not None for one in said)


test_any_text_is_read_and_what_becomes_of_it_reads_back.deep_examples = 20_000  # type: ignore[attr-defined]


SLIPS = ["", "{", "}", "~", "=", "\n\n", "\\", "#", "::", "\0", "$", "<"]


def test_a_damaged_bank_never_breaks_the_importer() -> None:
    whole = gift_bank()
    chance = random.Random(5)
    for _ in range(25):
        start = chance.randrange(len(whole) - 3_000)
        text = list(whole[start : start + 2_500])
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(len(text))
            text[place] = chance.choice(SLIPS)
        imported("".join(text))


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\xff\xfe::\0a\0", b"\xef\xbb\xbf::a::b{T}", b"::a::b\r\n{=c\r\n~d}\r\n"),
        *(b"::a::b\r{=c\r~d}\r", b"::caf\xe9::b{T}", b"::a\0::b{T}", b"{" * 9, b"}" * 9, b"::" * 9),
        *(b"\\" * 9, b"{=" + b"{" * 9),
    ],
)
def test_any_bytes_are_read(data: bytes) -> None:
    sources = SourceMap()
    source = sources.add_bytes(data, "bank.gift")
    sink = Sink()
    made = GIFT.read(Given(source, sources, "bank"), sink, fallback_id="bank")
    assert made or sink.has_errors


@pytest.mark.parametrize(
    "piece",
    [
        *("::a::b{T}\n\n", "{\n\n", "{=a\n\n", "a {b} ", "}\n", "~%50%a", "=a -> b\n", "<p>", "<b>", "\\("),
        *("$$", "// [id:a]\n", "$CATEGORY: a/\n", "[html]", "::", "{1:SA:", "\\{", "<a href=", "&", "# a\n"),
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        file = Given.of_text("::a::b{=c\n" + piece * times, name="bank.gift")
        started = time.process_time()
        GIFT.recognises(file)
        GIFT.read(file, Sink(), fallback_id="bank")
        return time.process_time() - started

    # Of several runs the quickest: others are disturbed, by the collector or by other tests.
    small = max(min(seconds(500) for _ in range(3)), 0.004)
    assert min(seconds(4_000) for _ in range(3)) < 8 * 4 * small


def test_empty_lines_at_the_end_of_code_stay() -> None:
    bank, _ = imported("::Q1::[html]<p>x</p><pre><code>0\\n\\n\\n</code></pre>{}\n")
    assert bank is not None
    assert [block.text for block in pack_nodes(bank) if isinstance(block, CodeBlock)] == ["0\n\n"]
    again, _ = imported(gift_text(bank))
    assert again is not None
    assert again.parts == bank.parts
