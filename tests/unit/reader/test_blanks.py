"""Blanks of a cloze text: where one ends, what its parts are, and what is text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.keys import DropdownKey, NumberKey, TextKey
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Blank, Para, Text
from packc.render.plain import PLAIN
from tests.unit.reader.asking import Asked, ask


def blanks(text: str) -> tuple[list[Blank], Asked]:
    asked = ask(f"**Cloze:** {text}\n")
    assert isinstance(asked.question, ClozeQuestion)
    (para,) = asked.question.text
    assert isinstance(para, Para)
    return [node for node in para.children if isinstance(node, Blank)], asked


def accepted(blank: Blank) -> list[tuple[str, Decimal | None]]:
    assert isinstance(blank.key, TextKey)
    return [(PLAIN.inlines(each.children), each.weight) for each in blank.key.accepted]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{{a}}", ["a"]),
        ("{{ a }}", ["a"]),
        ("{{a|b}}", ["a", "b"]),
        ("{{a | b | c}}", ["a", "b", "c"]),
        ("{{a \\| b}}", ["a | b"]),
        ("{{a \\}\\} b}}", ["a }} b"]),
        ("{{ {a|b} | c }}", ["{a|b}", "c"]),
        ("{{f({x})}}", ["f({x})"]),
        ("{{`a|b}}` | c}}", ["a|b}}", "c"]),
        ("{{``a|`b}}`` | c}}", ["a|`b}}", "c"]),
        ("{{$x|y$ | c}}", ["$x|y$", "c"]),
        ("{{$$x|y$$ | c}}", ["$x|y$", "c"]),
        ("{{$5 | $6}}", ["$5", "$6"]),
        ("{{a$ | $b}}", ["a$", "$b"]),
        ("{{`a | b}}", ["`a", "b"]),
        ("{{a::b}}", ["a::b"]),
        ("{{a:b | c}}", ["a:b", "c"]),
        ("{{a = 1}}", ["a = 1"]),
    ],
)
def test_the_parts_of_a_blank(text: str, parts: list[str]) -> None:
    found, _ = blanks(f"the {text} end {{{{z}}}}")
    shown = [[part for part, _ in accepted(blank)] for blank in found]
    assert shown == [parts, ["z"]]


@pytest.mark.parametrize(
    ("text", "count"),
    [("{{a", 0), ("{{a {b}}", 0), ("{{a {{b}}", 1), ("{{a `}}`", 0), ("{{a \\}}", 0), ("{{a }", 0)],
)
def test_a_blank_that_is_never_closed_is_text(text: str, count: int) -> None:
    found, asked = blanks(f"the {text}")
    assert len(found) == count
    assert asked.said == [("PK318", "{{")]


@pytest.mark.parametrize(
    ("text", "number", "hint", "parts"),
    [
        ("{{c1::a}}", 1, "", ["a"]),
        ("{{ c2::a::why }}", 2, "why", ["a"]),
        ("{{c12::a | b::why not}}", 12, "why not", ["a", "b"]),
        ("{{c1::a::b::c}}", 1, "c", ["a::b"]),
        ("{{c499::a}}", 499, "", ["a"]),
        ("{{c1::a:: }}", 1, "", ["a"]),
        ("{{c1:a}}", None, "", ["c1:a"]),
        ("{{c::a}}", None, "", ["c::a"]),
        ("{{d1::a}}", None, "", ["d1::a"]),
        ("{{c1::`a::b`}}", 1, "", ["a::b"]),
        ("{{c1::{a::b} }}", 1, "", ["{a::b}"]),
    ],
)
def test_numbers_and_hints(text: str, number: int | None, hint: str, parts: list[str]) -> None:
    (blank,), _ = blanks(text)
    assert (blank.number, blank.hint) == (number, hint)
    assert [part for part, _ in accepted(blank)] == parts


@pytest.mark.parametrize("number", [0, 500, 999_999_999])
def test_a_number_that_no_card_has(number: int) -> None:
    (blank,), asked = blanks(f"{{{{c{number}::a}}}}")
    assert blank.number is None
    assert asked.said == [("PK321", f"{{{{c{number}::a}}}}")]


@pytest.mark.parametrize(
    ("text", "parts", "case"),
    [
        ("{{a {50%}}}", [("a", "50")], False),
        ("{{a {50%} | b { 12.5 % }}}", [("a", "50"), ("b", "12.5")], False),
        ("{{a | b {0.0001%} | c}}", [("a", None), ("b", "0.0001"), ("c", None)], False),
        ("{{a | b {33.333333%}}}", [("a", None), ("b", "33.333333")], False),
        ("{{a {case}}}", [("a", None)], True),
        ("{{a | b {50%} {case} }}", [("a", None), ("b", "50")], True),
        ("{{a {100%}}}", [("a", "100")], False),
        ("{{a {case} | b}}", [("a {case}", None), ("b", None)], False),
        ("{{a {5} | {b} }}", [("a {5}", None), ("{b}", None)], False),
        ("{{a {-5%}}}", [("a {-5%}", None)], False),
        ("{{a {50%} b}}", [("a {50%} b", None)], False),
    ],
)
def test_weights_and_case(text: str, parts: list[tuple[str, str | None]], case: bool) -> None:
    (blank,), _ = blanks(text)
    assert accepted(blank) == [(part, None if weight is None else Decimal(weight)) for part, weight in parts]
    assert isinstance(blank.key, TextKey)
    assert blank.key.case is case


@pytest.mark.parametrize(
    ("weight", "said"), [("0%", 1), ("100.0001%", 1), ("999%", 1), ("100%", 0), ("0.1%", 0)]
)
def test_a_weight_that_is_no_share(weight: str, said: int) -> None:
    _, asked = blanks(f"{{{{a | b {{{weight}}} }}}}")
    assert asked.said == [("PK321", f"b {{{weight}}}")] * said


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("{{[x] a | [ ] b}}", [("a", True), ("b", False)]),
        ("{{ [X]  a {50%} | [ ] }}", None),
        ("{{[x] a {5%} | [ ] b}}", [("a {5%}", True), ("b", False)]),
        ("{{[ ] a|[x] b|[ ] c}}", [("a", False), ("b", True), ("c", False)]),
    ],
)
def test_a_list_to_pick_from(text: str, options: list[tuple[str, bool]] | None) -> None:
    found, asked = blanks(text)
    if options is None:
        assert [code for code, _ in asked.said] == ["PK319"]
        return
    (blank,) = found
    assert isinstance(blank.key, DropdownKey)
    assert [(PLAIN.inlines(each.children), each.correct) for each in blank.key.options] == options
    places = [asked.text[each.span.start : each.span.end] for each in blank.key.options if each.span]
    assert [place[:3] for place in places] == [("[x]" if right else "[ ]") for _, right in options]


def test_every_entry_of_a_list_has_a_box() -> None:
    found, asked = blanks("{{[x] a | b | c}} {{[x]a}}")
    assert asked.said == [("PK321", "b")]
    assert [accepted(blank) for blank in found] == [[("[x]a", None)]]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("{{=9.81}}", "9.81", ""), ("{{ = 5 kg }}", "5", "kg"), ("{{c1::=7::seven}}", "7", "")],
)
def test_a_number_to_type(text: str, value: str, unit: str) -> None:
    (blank,), asked = blanks(text)
    assert isinstance(blank.key, NumberKey)
    assert ([each.value for each in blank.key.numbers], blank.key.unit) == ([Decimal(value)], unit)
    assert asked.said == []
    assert blank.span is not None
    assert asked.text[blank.span.start : blank.span.end] == text


@pytest.mark.parametrize(
    ("text", "place", "after"),
    [
        ("{{=1,5}}", "1,5", "{{=1.5}}"),
        ("{{=5 | 1 000 | 6}}", "1 000", "{{=5 | 1000 | 6}}"),
        ("{{=}}", "}", None),
        ("{{=x}}", "x", None),
        ("{{c1::= ٣::three}}", "٣", "{{c1::= 3::three}}"),
    ],
)
def test_a_number_that_is_none(text: str, place: str, after: str | None) -> None:
    found, asked = blanks(f"{text} {{{{z}}}}")
    assert len(found) == 1
    assert asked.said == [("PK215", place)]
    assert [asked.after(fix).splitlines()[-1] for fix in asked.remedies] == (
        [f"**Cloze:** {after} {{{{z}}}}"] if after else []
    )
    assert isinstance(asked.question, ClozeQuestion)
    (para,) = asked.question.text
    assert isinstance(para, Para)
    first = para.children[0]
    assert isinstance(first, Text)
    assert first.text == f"{text} "


def test_an_empty_part() -> None:
    for text in ("{{}}", "{{ }}", "{{a|}}", "{{|a}}", "{{c1::}}", "{{c1::::why}}"):
        found, asked = blanks(f"{{{{z}}}} {text}")
        assert len(found) == 1, text
        assert asked.said == [("PK319", text)], text


def test_the_longest_blank() -> None:
    inside = "a" * (2_000 - 4)
    assert len(blanks(f"{{{{{inside}}}}}")[0]) == 1
    assert len(blanks(f"{{{{{inside}a}}}} {{{{z}}}}")[0]) == 1


@pytest.mark.parametrize(
    "label", ["Cloze", "**Cloze:**", "*Cloze*:", "__Cloze__ ：", "Cloze :", "**Cloze :**"]
)
def test_a_heading_begins_a_cloze_text(label: str) -> None:
    asked = ask(
        f"### {label}\n\nthe {{{{a}}}} end\n\n### Part\n\nand {{{{b}}}}\n\n### Solution\n\nnot {{{{c}}}}\n"
    )
    assert isinstance(asked.question, ClozeQuestion)
    assert asked.said == [("PK317", "{{")]


def test_a_footnote_is_no_part_of_a_cloze_text_and_does_not_end_it() -> None:
    asked = ask("**Cloze:** the {{a}}[^1]\n\n[^1]: not {{b}}\n\nbut {{c}}\n")
    assert isinstance(asked.question, ClozeQuestion)
    found = [node for para in asked.question.text if isinstance(para, Para) for node in para.children]
    assert [accepted(node) for node in found if isinstance(node, Blank)] == [[("a", None)], [("c", None)]]
    assert asked.said == [("PK317", "{{")]


def test_a_meta_field_does_not_end_a_cloze_text() -> None:
    asked = ask("**Cloze:** the {{a}}\n\n**Tags:** x{{y}}\n\nand {{b}}\n")
    assert isinstance(asked.question, ClozeQuestion)
    assert [code for code, _ in asked.said if code == "PK317"] == ["PK317"]
    assert len(asked.question.text) == 2
