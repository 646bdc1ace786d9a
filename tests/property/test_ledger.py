"""Ledgers and numbers of blanks over long histories: nothing is confused, and nothing used twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.keys import Accepted, TextKey
from packc.ast.richtext import Blank, Text
from packc.diagnostics import Sink
from packc.identity.blanks import ReleasedBlank, answer_of, numbered, released_with
from packc.identity.ledger import Entry, Ledger, Look, PackEntry, pack_key, render
from packc.identity.reading import read_ledger
from packc.source import SourceFile

ids = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,8}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
moments = st.integers(0, 253_402_300_799)
hashes = st.from_regex(r"1:[0-9a-f]{32}", fullmatch=True)
blanks = st.builds(ReleasedBlank, st.integers(1, 600), texts, st.booleans())
entries = st.builds(
    Entry, texts, ids, ids, hashes, moments, ids, st.lists(blanks, max_size=3).map(tuple), st.none() | moments
)
packs = st.builds(PackEntry, texts, ids, st.lists(texts, max_size=3).map(tuple))
looks = st.builds(Look, st.integers(0, 99), st.from_regex(r"[0-9a-f]{16}", fullmatch=True), moments)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    return Ledger(
        looks=draw(st.dictionaries(ids, looks, max_size=2)),
        packs={pack_key(pack.namespace, pack.id): pack for pack in draw(st.lists(packs, max_size=3))},
        entries={entry.guid: entry for entry in draw(st.lists(entries, max_size=4))},
    )


@settings(deadline=None)
@given(ledgers())
def test_every_ledger_is_read_as_it_was_written(ledger: Ledger) -> None:
    sink = Sink()
    text = render(ledger)
    assert read_ledger(SourceFile.from_bytes(text.encode(), name="packc.lock"), sink) == ledger
    assert list(sink) == []


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_stands_there_instead_is_reported(data: bytes) -> None:
    sink = Sink()
    assert read_ledger(SourceFile.from_bytes(data, name="packc.lock"), sink) == Ledger()
    assert sink.has_errors


def blank(answer: str) -> Blank:
    return Blank(key=TextKey(accepted=(Accepted(children=(Text(answer),)),)))


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5, unique=True), min_size=2, max_size=8))
def test_a_number_is_one_answer_through_all_releases(history: list[list[str]]) -> None:
    """Only where exactly one answer and one number are left does an answer take over a number."""
    known: tuple[ReleasedBlank, ...] = ()
    for texts_of_today in history:
        today = [blank(answer) for answer in texts_of_today]
        numbering = numbered(today, known)
        assert len(set(numbering.numbers)) == len(today)
        before = {each.number: each for each in known}
        alive = [each for each in known if not each.gone and each.answer not in texts_of_today]
        for found, number in zip(today, numbering.numbers, strict=True):
            answer = answer_of(found)
            holders = [each.number for each in known if each.answer == answer]
            if holders:
                assert number in holders
            elif number in before:
                assert alive == [before[number]]
                assert not numbering.unclear
        if numbering.unclear:
            continue  # an error: nothing of it is released
        known = released_with(today, numbering.numbers, known)
        assert {each.number for each in known} >= set(before)
