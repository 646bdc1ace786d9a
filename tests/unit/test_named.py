"""Named tuples of ours behave as those of `typing` do, but for being made quickly."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any
from typing import NamedTuple as UsualTuple

import pytest

from packc.named import NamedTuple


class Place(NamedTuple):
    """Where it is."""

    line: int
    column: int = 1
    file: str = "-"

    @property
    def shown(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Usual(UsualTuple):
    line: int
    column: int = 1
    file: str = "-"


class Marked(Place):
    def __str__(self) -> str:
        return f"<{self.shown}>"


@pytest.mark.parametrize(
    ("values", "named"),
    [((7,), {}), ((7, 8), {}), ((7, 8, "a"), {}), ((7,), {"file": "b"}), ((), {"column": 3, "line": 4})],
)
def test_they_are_made_and_read_as_usual(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    place = Place(*values, **named)
    usual: Any = Usual(*values, **named)
    assert place == usual == tuple(usual)
    assert hash(place) == hash(usual)
    assert (place.line, place.column, place.file) == tuple(usual)
    assert place._asdict() == usual._asdict()
    assert place._replace(column=9, file="c") == usual._replace(column=9, file="c")
    assert Place._make(usual) == usual
    assert repr(place) == repr(usual).replace("Usual", "Place")
    assert (Place._fields, Place._field_defaults) == (Usual._fields, Usual._field_defaults)
    assert Place.__doc__ == "Where it is."


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind(1, 2, "a", 4),
        lambda kind: kind(1, row=2),
        lambda kind: kind(1, line=1),
        lambda kind: kind._make([]),
        lambda kind: kind._make([1, 2, "a", 4]),
    ],
)
def test_what_the_usual_ones_refuse_is_refused(wrong: Callable[[Any], object]) -> None:
    for kind in (Usual, Place, Marked):
        with pytest.raises(TypeError):
            wrong(kind)


def test_nothing_else_can_be_replaced_or_set() -> None:
    place = Place(1)
    with pytest.raises(TypeError):
        place._replace(row=1)  # type: ignore[call-arg]
    for name in ("line", "row"):
        with pytest.raises(AttributeError):
            setattr(place, name, 2)


def test_they_travel_to_other_processes() -> None:
    for place in (Place(1, file="a"), Marked(2)):
        for again in (pickle.loads(pickle.dumps(place)), copy.deepcopy(place)):
            assert again == place
            assert type(again) is type(place)


def test_a_subclass_has_what_its_class_has() -> None:
    marked = Marked(3, file="a")
    assert str(marked) == "<a:3:1>"
    assert type(marked._replace(line=4)) is Marked
    assert marked == Place(3, file="a")


def test_they_match_by_position() -> None:
    match Place(1, 2):
        case Place(line, column):
            assert (line, column) == (1, 2)
        case _:
            pytest.fail("it does not match")
