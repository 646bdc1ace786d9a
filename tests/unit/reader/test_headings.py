"""Ids: which are proposed where what was written cannot be one."""

from __future__ import annotations

import pytest

from packc.reader.headings import ID, proposed_id


@pytest.mark.parametrize(
    ("written", "proposal"),
    [
        ("an id", "an-id"),
        ("Übung 7", "bung-7"),
        ("2nd-pack", "p-2nd-pack"),
        ("a  /  b", "a-b"),
        ("--a.b_c--", "a.b_c"),
        ("٣", "pack"),
        ("", "pack"),
        ("x" * 80, "x" * 64),
        ("7" * 80, "p-" + "7" * 62),
    ],
)
def test_an_id_is_proposed(written: str, proposal: str) -> None:
    assert proposed_id(written) == proposal
    assert ID.fullmatch(proposal)
