"""Names that XML, the manifest and old importers accept."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from packc.backends.qti.identifiers import LONGEST, identifiers


def test_an_id_that_is_a_name_is_kept() -> None:
    assert identifiers(["Q1", "ML-Q01", "a.b_c-d", "_x"]) == ["Q1", "ML-Q01", "a.b_c-d", "_x"]


def test_another_id_is_marked() -> None:
    for value in ("1", "a:b", "ü", "", "x" * 33):
        (name,) = identifiers([value])
        assert name != value
        assert identifiers(["Q1", value, "Q2"])[1] == name


def test_what_folds_to_one_name_stays_apart() -> None:
    assert len(set(identifiers(["a b", "a:b", "a/b", "a_b"]))) == 4
    assert identifiers(["a b", "a_b"])[1] == "a_b"


def test_case_alone_is_not_enough() -> None:
    first, second = identifiers(["q1", "Q1"])
    assert first == "q1"
    assert second.startswith("Q1_")


def test_somebody_who_guesses_a_marked_name() -> None:
    (marked,) = identifiers(["a b"])
    names = identifiers(["a b", marked])
    assert names[1] == marked
    assert names[0] != marked


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="aAbB1_:-. üß\ud800", max_size=3) | st.text(max_size=50), max_size=12))
def test_always_names_always_different(ids: list[str]) -> None:
    names = identifiers(ids)
    assert len({name.casefold() for name in names}) == len(ids)
    assert all(len(name) <= LONGEST and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name) for name in names)
