"""Records behave as frozen dataclasses do, but for being made quickly."""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, ClassVar

import pytest

from packc.ast.node import Node, keyword_node
from packc.record import record, slotted


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


class Base:
    kind: ClassVar[str] = "base"
    name: str
    place: int = field(default=0, compare=False)


class Inner:
    sizes: tuple[int, ...] = ()
    hidden: int = field(default=1, init=False, repr=False)
    place: int = 7  # as in the base, with another default


@pytest.mark.parametrize("by_keyword", [False, True])
def test_classes_are_what_dataclasses_makes_of_them(by_keyword: bool) -> None:
    def quick(cls: type[object]) -> Any:
        return slotted(cls, by_keyword=by_keyword)

    def usual(cls: type[object]) -> Any:
        return dataclass(slots=True, kw_only=by_keyword, eq=False, repr=False, init=False)(cls)

    ours, theirs = ([base := make(_again(Base)), make(_again(Inner, base))] for make in (quick, usual))
    for one, other in zip(ours, theirs, strict=True):
        assert one.__slots__ == other.__slots__
        assert one.__match_args__ == other.__match_args__
        assert [repr(each) for each in fields(one)] == [repr(each) for each in fields(other)]
        assert (one.__qualname__, one.__module__, one.kind) == (
            other.__qualname__,
            other.__module__,
            other.kind,
        )
        assert not hasattr(one(), "__dict__")


def _again(cls: type[object], *bases: type[object]) -> type[object]:
    """Return a class like `cls`, with its own fields: they belong to one class each."""
    body = {
        name: field(default=value.default, compare=value.compare, init=value.init, repr=value.repr)
        if isinstance(value, Field)
        else value
        for name, value in vars(cls).items()
        if name not in ("__dict__", "__weakref__")
    }
    return type(cls.__name__, bases, body)


def test_nodes_go_by_keyword_and_match_by_name() -> None:
    @keyword_node
    class Deep(Node):
        level: int
        about: str = ""

    match Deep(level=3, about="b"):
        case Deep(level=level, about=about):
            assert (level, about) == (3, "b")
    assert replace(Deep(level=3), level=4) == Deep(level=4)
    with pytest.raises(TypeError):
        Deep(3)  # type: ignore[call-arg, arg-type]
