"""The quiz for Canvas: every kind where its readers look for it, and nothing said too early."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings

from packc.ast.keys import DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Choice, ChoiceQuestion, OrderingQuestion, Pair, Pin
from packc.ast.richtext import Blank, Blocks, Image, ListItem, Math, Strong
from packc.backends.base import Feature, Level
from packc.backends.registry import load
from tests.support import every_kind as every
from tests.support.every_kind import inline
from tests.support.packs import context, open_question, pack, para
from tests.support.wild import SLOW, wild_packs
from tests.targets.qti.canvas_reading import (
    NS,
    Item,
    assert_sound,
    canvas_item,
    canvas_items,
    fill,
    pick,
    quiz_path,
    typed,
    words_of,
)
from tests.targets.qti.reading import files
from tests.targets.qti.test_fields import canaries
from tests.targets.qti.test_package import PACKS
from tests.targets.qti.test_valid import EVERY_BLOCK

EVERY = canvas_items(every.every_kind())


def test_types_and_points() -> None:
    assert {name: item.type.removesuffix("_question") for name, item in EVERY.items()} == {
        "K01": "essay",
        "K02": "essay",
        "Choices & keys": "text_only",
        "K03": "multiple_choice",
        "K04": "multiple_answers",
        "K05": "multiple_answers",
        "K06": "true_false",
        "K07": "short_answer",
        "K08": "numerical",
        "More": "text_only",
        "K09": "fill_in_multiple_blanks",
        "K10": "fill_in_multiple_blanks",
        "K11": "matching",
        "K12": "matching",
        "K13": "matching",
        "K14": "essay",
        "FRONTSTIMULUS title": "text_only",
        "K15": "essay",
        "A section inside": "text_only",
        "K16": "true_false",
        "What next": "text_only",
    }
    points = {name: item.points for name, item in EVERY.items()}
    assert points["K03"] == 2.5
    assert points["K10"] == 1
    assert points["More"] == 0


PACKAGES = {name: sample for name, sample in PACKS.items() if name != "hostile"}  # whose ids are no ids


@pytest.mark.parametrize("sample", PACKAGES.values(), ids=PACKAGES)
def test_valid_and_sound(sample: Pack) -> None:
    members = files(sample, target="canvas")
    assert_sound(members)
    assert members == files(sample, target="canvas")


@pytest.mark.parametrize("blocks", EVERY_BLOCK.values(), ids=EVERY_BLOCK)
def test_every_block_in_every_place(blocks: Blocks) -> None:
    choices = (Choice(blocks=blocks, correct=True, feedback=blocks), Choice(blocks=blocks, correct=False))
    sample = pack(
        replace(open_question("Q1"), prompt=blocks, solution=blocks),
        ChoiceQuestion(id="Q2", prompt=blocks, solution=blocks, choices=choices),
        OrderingQuestion(id="Q3", prompt=blocks, items=(ListItem(blocks), ListItem((para("other"),)))),
        Section(title=inline("s"), blocks=blocks),
    )
    assert_sound(files(replace(sample, intro=blocks), target="canvas"))


@settings(
    derandomize=True,
    max_examples=20,
    deadline=None,
    suppress_health_check=SLOW,
)
@given(sample=wild_packs())
def test_any_pack(sample: Pack) -> None:
    ids = [question.id.casefold() for question in questions(sample)]
    assume(len(set(ids)) == len(ids))
    assert_sound(files(sample, target="canvas"))
    list(load("canvas").losses(sample, context()))


def test_the_dtd_would_notice() -> None:
    members = files(pack(), target="canvas")
    path = quiz_path(members)
    broken = members[path].replace(b"<setvar ", b"<setval ").replace(b"</setvar>", b"</setval>")
    assert broken != members[path]
    with pytest.raises(AssertionError, match="setval"):
        assert_sound({**members, path: broken})


def test_single_choice() -> None:
    item = EVERY["K03"]
    assert item.score(pick(item, r"Reduce \(\eta\).")) == 2.5
    assert item.score(pick(item, "Clean the data.")) == 0
    assert item.score({}) == 0
    right = item.shown(pick(item, r"Reduce \(\eta\)."))
    assert [canaries(said) & {"CHOICECANARY", "WELLDONECANARY", "PITYCANARY"} for said in right] == [
        set(),
        {"CHOICECANARY"},
        {"WELLDONECANARY"},
    ]
    wrong = " ".join(item.shown(pick(item, "Clean the data.")))
    assert "hardly ever" in wrong
    assert "PITYCANARY" in wrong


def test_multiple_choice() -> None:
    item = EVERY["K04"]
    assert item.score(pick(item, "Dropout", "Weight decay also called L2")) == 2.5
    assert item.score(pick(item, "Dropout")) == 0
    assert item.score(pick(item, "Dropout", "Weight decay also called L2", "A larger step")) == 0
    assert item.score({}) == 0


@pytest.mark.parametrize("answer", [True, False])
def test_true_false(answer: bool) -> None:
    item = canvas_item(pack(every.true_false(answer)), "K06")
    assert item.score(pick(item, "True")) == (2.5 if answer else 0)
    assert item.score(pick(item, "False")) == (0 if answer else 2.5)


def test_every_accepted_answer() -> None:
    key = TextKey(accepted=every.accepts("overfitting", "over-fitting", "OVERFITTING"))
    item = canvas_item(pack(replace(every.short_answer(), key=key)), "K07")
    assert [item.score(typed(text)) for text in ("overfitting", "Over-Fitting", "else", "")] == [
        2.5,
        2.5,
        0,
        0,
    ]
    told = EVERY["K07"]
    assert [told.score(typed(text)) for text in ("overfitting", "Overfitting", "over-fitting")] == [2.5, 0, 0]


def test_tolerances() -> None:
    numbers = (
        Number(value=Decimal("0.10"), tolerance=Decimal("0.02")),
        Number(value=Decimal(-200), tolerance=Decimal(5), percent=True),
        Number(value=Decimal(7), upper=Decimal(9)),
        Number(value=Decimal(3)),
        Number(value=Decimal(1000), weight=Decimal(50)),
    )
    item = canvas_item(pack(replace(every.numeric(), key=NumberKey(numbers=numbers, unit="m/s²"))), "K08")
    right = ["0.08", "0.1", "0.12", "-190", "-210", "7", "8.5", "9", "3"]
    assert {value: item.score(typed(value)) for value in right} == dict.fromkeys(right, 2.5)
    wrong = ["0.079", "0.121", "-189", "6.9", "9.1", "3.01", "1000", ""]
    assert {value: item.score(typed(value)) for value in wrong} == dict.fromkeys(wrong, 0)
    assert "____ m/s²" in words_of(item.stem)
    first = next(item.node.iter(f"{NS}or"))
    said = [(node.tag.removeprefix(NS), node.text) for node in first.iter() if (node.text or "").strip()]
    assert said == [("varequal", "0.1"), ("vargte", "0.08"), ("varlte", "0.12")]


def test_blanks_of_every_sort() -> None:
    item = EVERY["K09"]
    named = re.findall(r"\[(blank\d)\]", item.stem)
    assert named == ["blank1", "blank2", "blank3", "blank4", "blank5"]
    right = {"blank1": r"a learning rate $\frac{1}{x^{2}}$", "blank2": "too large", "blank3": "two"}
    right |= {"blank4": "0.5", "blank5": "km/h"}
    assert item.score(fill(item, right)) == pytest.approx(2.5)
    assert item.score(fill(item, right | {"blank2": "TOO HIGH"})) == pytest.approx(2.5)
    assert item.score(fill(item, right | {"blank5": "m/s"})) == pytest.approx(2)
    assert item.score({}) == 0
    assert "Half: [blank4] kg" in words_of(item.stem)


def test_drop_downs_alone() -> None:
    options = tuple(Option(children=inline(text), correct=text in ("b", "c")) for text in ("a", "b", "c"))
    blanks = [Blank(key=DropdownKey(options=options)) for _ in range(11)]
    cloze = replace(every.bare_cloze(), text=(para("An array [0] and ", *blanks),), points=Decimal(11))
    item = canvas_item(pack(cloze), "K10")
    assert item.type == "multiple_dropdowns_question"
    names = list(item.lists())
    assert names[0] == "blank01"
    assert not [one for one in names for other in names if one != other and one in other]
    assert item.score(fill(item, dict.fromkeys(names, "b"))) == pytest.approx(11)
    assert item.score(fill(item, dict.fromkeys(names, "b") | {"blank03": "a"})) == pytest.approx(
        10, abs=0.001
    )
    assert re.findall(r"\[.*?\]", item.stem) == [f"[{name}]" for name in names], "a bracket of the author's"
    assert "An array [0] and" in words_of(item.stem)


def test_pairs() -> None:
    item = EVERY["K11"]
    right = {"Adam": "adaptive moments", "SGD": r"plain \(\nabla\)", "RMSProp": "running mean"}
    assert {text for texts in item.lists().values() for text in texts} == {*right.values(), "a tree"}
    assert item.score(fill(item, right)) == pytest.approx(2.5)
    assert item.score(fill(item, right | {"SGD": "a tree"})) == pytest.approx(2.5 * 2 / 3, abs=0.01)
    assert item.score(fill(item, dict.fromkeys(right, "a tree"))) == 0
    assert "Optimiser – Idea" in words_of(item.stem)


def test_categories() -> None:
    item = EVERY["K12"]
    right = {"ridge": "regression", "k-means": "clustering", "lasso": "regression"}
    assert item.score(fill(item, right)) == pytest.approx(2.5)
    assert item.score(fill(item, right | {"lasso": "ranking"})) == pytest.approx(2.5 * 2 / 3, abs=0.01)


def test_an_order_is_matched_with_places() -> None:
    item = EVERY["K13"]
    steps = ("load the data", "train", "evaluate", "publish")
    assert list(item.lists()) != list(steps), "the right order is the one that is shown"
    right = {step: str(place) for place, step in enumerate(steps, 1)}
    assert item.score(fill(item, right)) == pytest.approx(2.5)
    assert item.score(fill(item, right | {"train": "1", "load the data": "2"})) == pytest.approx(
        1.25, abs=0.01
    )


def test_two_texts_that_look_alike_are_one() -> None:
    pairs = (
        Pair(left=inline("a"), right=inline("x")),
        Pair(left=inline("b"), right=inline(Strong(inline("x")))),
    )
    item = canvas_item(pack(replace(every.matching(), pairs=pairs, distractors=())), "K11")
    assert item.score(fill(item, {"a": "x", "b": "x"})) == pytest.approx(2.5)
    assert {len(numbers) for texts in item.lists().values() for numbers in texts.values()} == {1}


@pytest.mark.parametrize("name", [name for name in EVERY if name.startswith("K")])
def test_nothing_is_given_away_before_the_answer(name: str) -> None:
    item = EVERY[name]
    shown = words_of(item.stem) + " ".join(text for texts in item.lists().values() for text in texts)
    assert {word for word in canaries(shown) if not word.startswith("FRONT")} == set()
    after = canaries(" ".join(item.feedbacks.values()))
    assert "GRADERCANARY" not in after
    assert "RUBRICCANARY" not in after
    if name not in ("K05", "K10", "K14", "K15"):
        expected = {"HINTCANARY", "WHYCANARY", "SOURCECANARY", "GENERALCANARY", "TITLECANARY"}
        assert expected <= after


def meta(sample: Pack) -> str:
    members = files(sample, target="canvas")
    (data,) = [data for path, data in members.items() if path.endswith("assessment_meta.xml")]
    return data.decode()


def test_what_stands_beside_the_quiz() -> None:
    told = meta(every.every_kind())
    for text in ("An introduction with", "A description.", "Ada Example, Bo Example", "CC BY 4.0", "1.2"):
        assert text in told
    assert "<points_possible>34</points_possible>" in told
    assert "<shuffle_answers>false</shuffle_answers>" in told


def test_the_quiz_shuffles_only_what_all_questions_allow() -> None:
    two = (Choice(blocks=(para("a"),), correct=True), Choice(blocks=(para("b"),), correct=False))
    question = ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=two)
    pinned = replace(question, choices=(two[0], replace(two[1], pin=Pin.LAST)))
    for one, said in ((question, "true"), (replace(question, shuffle=False), "false"), (pinned, "false")):
        assert f"<shuffle_answers>{said}<" in meta(pack(one))
    assert canvas_item(pack(question)).node.find(".//{*}render_choice[@shuffle='Yes']") is not None
    labels = [node.get("rshuffle") for node in canvas_item(pack(pinned)).node.iter(f"{NS}response_label")]
    assert labels == [None, "No"]


def test_pinned_choices_stand_at_the_ends() -> None:
    question = every.single_choice()
    item = canvas_item(pack(replace(question, choices=question.choices[::-1])), "K03")
    ((_, choices),) = item.lists().items()
    assert next(iter(choices)) == "It depends."
    assert [*choices][-1] == "None of the above."


def test_language_and_direction() -> None:
    sample = pack(open_question("Q1"))
    item = canvas_item(replace(sample, meta=replace(sample.meta, lang="ar")))
    assert item.stem.startswith('<div lang="ar" dir="rtl">')


def test_names_depend_on_the_ids_alone() -> None:
    def names(*parts: object) -> dict[str, str]:
        found = canvas_items(pack(*parts))  # type: ignore[arg-type]
        return {name: item.node.attrib["ident"] for name, item in found.items()}

    first, second = open_question("Q1"), open_question("Q2")
    assert names(first, second) == names(replace(second, prompt=(para("new"),)), first)


def test_images_and_formulas() -> None:
    prompt = (para(Image("figure.png", "a < b"), Math("a<b"), Math(r"x^2", display=True)),)
    item = canvas_item(pack(replace(open_question("Q1"), prompt=prompt)))
    assert 'src="%24IMS-CC-FILEBASE%24/images/' in item.stem
    assert 'alt="a &lt; b"' in item.stem
    assert r"\(a<b\)\[x^2\]" in words_of(item.stem)


def test_losses() -> None:
    backend = load("canvas")
    capabilities = backend.capabilities()
    assert set(capabilities) == set(Feature)
    assert all(one.how for one in capabilities.values() if one.level is not Level.KEPT)
    found = {(loss.what, loss.level) for loss in backend.losses(every.every_kind(), every.context())}
    assert found == {
        ("a note for graders", Level.DROPPED),
        ("feedback on right answers", Level.DROPPED),
        ("feedback on wrong answers", Level.DROPPED),
        ("markup in what is matched", Level.DEGRADED),
        ("a drop-down blank", Level.DEGRADED),
        ("a number to fill in", Level.DEGRADED),
    }


def test_hostile_texts() -> None:
    hostile = "& < > \" ' ]]> -- \u00a0 \U0001f600 \u05d0 <b>x</b> [x] {{y}}"
    question = replace(open_question("Q1"), prompt=(para(hostile),))
    item: Item = canvas_item(pack(question))
    assert " ".join(hostile.split()) in words_of(item.stem)
