"""The order on the sheet: what the author asks for, and nothing that a key could be read from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.keys import Option
from packc.ast.question import Choice, ChoiceQuestion, MatchingQuestion, OrderingQuestion, Pair, Pin
from packc.ast.richtext import Image, Inlines, ListItem
from packc.backends.base import Level
from packc.backends.registry import load
from packc.handout.order import Order
from packc.render.plain import PLAIN
from tests.support import every_kind, packs
from tests.support.every_kind import inline
from tests.support.packs import para


def texts(choices: tuple[Choice, ...]) -> list[str]:
    return [PLAIN.blocks(choice.blocks).strip() for choice in choices]


def question(pins: str, *, shuffle: bool | None = True) -> ChoiceQuestion:
    """Choices named by their places; `F` is pinned to the start, `L` to the end, `X` where it stands."""
    kinds = {"F": Pin.FIRST, "L": Pin.LAST, "X": Pin.FIXED, ".": Pin.NONE}
    choices = tuple(
        Choice(blocks=(para(str(place)),), correct=place == 0, pin=kinds[pin])
        for place, pin in enumerate(pins)
    )
    return ChoiceQuestion(id="Q", choices=choices, shuffle=shuffle)


@pytest.mark.parametrize("shuffle", [None, False])
def test_choices_stand_as_the_author_wrote_them(shuffle: bool | None) -> None:
    assert texts(Order().choices_shown(question("....L.", shuffle=shuffle))) == list("012345")


def test_shuffled_choices_are_all_there_and_not_as_written() -> None:
    shown = texts(Order().choices_shown(question("........")))

    assert sorted(shown) == list("01234567")
    assert shown != list("01234567")


def test_which_choice_is_right_does_not_move_it() -> None:
    asked = question(".....")
    turned = replace(asked, choices=tuple(replace(c, correct=not c.correct) for c in asked.choices))

    assert texts(Order().choices_shown(asked)) == texts(Order().choices_shown(turned))


def test_pins_hold() -> None:
    shown = texts(Order().choices_shown(question("L.X..F.L")))

    assert (shown[0], shown[2], shown[6:]) == ("5", "2", ["0", "7"])
    assert sorted(shown) == list("01234567")


def test_where_two_pins_want_one_place_nothing_is_lost() -> None:
    assert sorted(texts(Order().choices_shown(question("XF.LX")))) == list("01234")


def test_entries_of_a_list_are_shuffled_only_on_demand() -> None:
    options = tuple(Option(children=inline(text), correct=False) for text in "abcdefgh")

    asked = question("..", shuffle=None)
    assert Order().options_shown(asked, options) == options
    assert Order().options_shown(replace(asked, shuffle=True), options) != options


def test_pictures_with_the_same_words_do_not_stand_in_the_order_of_the_key() -> None:
    pictures = [(Image(f"{name}.png", "a curve"),) for name in "abcdef"]

    def column(rights: list[tuple[Image]]) -> tuple[Inlines, ...]:
        pairs = tuple(Pair(left=inline(str(n)), right=right) for n, right in enumerate(rights))
        return Order().right_column(MatchingQuestion(id="Q", pairs=pairs))

    assert column(pictures) == column(pictures[::-1]) == column(pictures[3:] + pictures[:3])


def test_equal_items_have_a_number_each() -> None:
    items = tuple(ListItem((para(text),)) for text in ("wait", "train", "wait"))
    asked = OrderingQuestion(id="Q", items=items)

    assert sorted(PLAIN.blocks(item.blocks) for item in Order().items_to_order(asked)) == [
        "train\n",
        "wait\n",
        "wait\n",
    ]
    files = load("html").emit(packs.pack(asked), every_kind.context())
    assert len(list(files)) == 2


def test_asking_for_the_authors_order_of_what_is_to_be_arranged_is_a_loss() -> None:
    asked = replace(every_kind.ordering(), shuffle=False)
    (loss,) = load("html").losses(packs.pack(asked), every_kind.context())

    assert (loss.level, loss.span) == (Level.DROPPED, every_kind.PLACE)
    kept = replace(every_kind.single_choice(), shuffle=False)
    assert list(load("html").losses(packs.pack(kept), every_kind.context())) == []
