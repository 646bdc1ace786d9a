"""Records behave as frozen dataclasses do, but for being made quickly."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import ClassVar

import pytest

from packc.record import record


@record
class Part:
    kind: ClassVar[str] = "part"
    name: str
    sizes: tuple[int, ...] = ()
    place: int = field(default=0, compare=False)
    about: dict[str, str] = field(default_factory=dict)


@record
class Other:
    name: str
    sizes: tuple[int, ...] = ()
    place: int = field(default=0, compare=False)
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Usual:
    name: str
    sizes: tuple[int, ...] = ()
    place: int = field(default=0, compare=False)
    about: dict[str, str] = field(default_factory=dict)


def test_what_counts_makes_two_equal() -> None:
    assert Part("a", (1,), 7) == Part("a", sizes=(1,), place=8)
    assert Part("a") != Part("b")
    assert Part("a") != Other("a")  # type: ignore[comparison-overlap]


def test_they_are_made_and_read_as_dataclasses_are() -> None:
    for made, usual in ((Part("a"), Usual("a")), (Part("a", (1, 2), about={}), Usual("a", (1, 2), about={}))):
        assert [getattr(made, each.name) for each in fields(usual)] == [
            getattr(usual, each.name) for each in fields(usual)
        ]
    assert Part("a").about is not Part("a").about
    assert replace(Part("a", (1,)), name="b") == Part("b", (1,))
    assert repr(Part("a", (1,))) == "Part(name='a', sizes=(1,), about={})"
    assert Part.kind == "part"


def test_equal_ones_have_one_hash() -> None:
    @record
    class Point:
        x: int
        y: int = field(default=0, compare=False)

    assert len({Point(1, 2), Point(1, 3), Point(2, 2)}) == 2


def test_there_is_no_room_for_other_values() -> None:
    with pytest.raises(AttributeError):
        Part("a").size = 3  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Part()  # type: ignore[call-arg]
