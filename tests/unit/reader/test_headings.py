"""What a heading is made of: the id in front, the title, the brace at the end."""

from __future__ import annotations

import pytest

from packc.ast.richtext import Code, SoftBreak, Text
from packc.reader.grammar import DEFAULT, FieldKey
from packc.reader.headings import ID, HeadingLine, id_letters, proposed_id
from packc.source import Span


@pytest.mark.parametrize(
    ("written", "proposal"),
    [
        ("an id", "an-id"),
        ("Übung 7", "bung-7"),
        ("2nd-pack", "p-2nd-pack"),
        ("a  /  b", "a-b"),
        ("My Pack", "My-Pack"),
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


def heading(text: str) -> HeadingLine:
    return HeadingLine(2, text, (Text(text, span=Span(0, 3, 3 + len(text))),), Span(0, 0, 3 + len(text)))


@pytest.mark.parametrize(
    ("text", "id_", "title"),
    [
        ("Q7. Name", "Q7", "Name"),
        ("Q7) Name", "Q7", "Name"),
        ("Q7: Name", "Q7", "Name"),
        ("Q7：Name", "Q7", "Name"),
        ("Q7.Name", "Q7", "Name"),
        ("Q7 - Name", "Q7", "Name"),
        ("Q7 – Name", "Q7", "Name"),
        ("Q7  —  Name", "Q7", "Name"),
        ("Q7", "Q7", ""),
        ("q7z. Name", "q7z", "Name"),
        ("Q7Z. Name", "Q7Z", "Name"),
        ("QD01. Name", "QD01", "Name"),
        ("ML-Q01. Name", "ML-Q01", "Name"),
        ("ml_q_01. Name", "ml_q_01", "Name"),
        ("A-1-B-2. Name", "A-1-B-2", "Name"),
        ("\u200f\u202bQ7. Name", "Q7", "Name"),
        ("Q7. ", "Q7", ""),
        ("Q7 {.x}", "Q7", ""),
    ],
)
def test_an_id_in_front(text: str, id_: str, title: str) -> None:
    found = heading(text)
    assert found.leading_id() == id_
    assert "".join(node.text for node in found.title() if isinstance(node, Text)) == title
    assert found.nearly_id() is None


@pytest.mark.parametrize(
    "text",
    [
        "Q7 Name",
        "Q7- Name",
        "Q7 -Name",
        "Q3.2 Name",
        "Q3:2",
        "7. Name",
        "Q. Name",
        "Q7ab. Name",
        "Q-. Name",
        "\u200f\u200f\u200fQ7. Name",
        "-Q7. Name",
        "Name",
        "Übung 7. Name",
        "Q7, Name",
        "Q--7. Name",
        "Q7-. x",
    ],
)
def test_no_id_in_front(text: str) -> None:
    found = heading(text)
    assert found.leading_id() is None
    assert found.title() == found.inlines


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Q3 Name", "Q3"),
        ("Q3\tName", "Q3"),
        ("Q3a Name", "Q3a"),
        ("ABC1234 Name", "ABC1234"),
        ("Q-12 Name", "Q-12"),
        ("**Q3.** Name", "Q3"),
        ("**Q3**. Name", "Q3"),
        ("**Q3**) Name", "Q3"),
        ("**Q3**: Name", "Q3"),
        ("**Q3**： Name", "Q3"),
        ("*Q3)* Name", "Q3"),
        ("***Q3:*** Name", "Q3"),
        ("__Q3__ Name", "Q3"),
        ("`Q3` Name", "Q3"),
        ("**Q3**", "Q3"),
    ],
)
def test_what_is_nearly_an_id(text: str, id_: str) -> None:
    found = heading(text).nearly_id()
    assert found is not None
    assert found["id"] == id_
    assert found.end() == text.find("Name") or "Name" not in text


@pytest.mark.parametrize(
    "text",
    [
        "Q Name",
        "3 Name",
        "ABCD1 Name",
        "Q12345 Name",
        "Q3ab Name",
        "Q3, Name",
        "H2O",
        "q3 Name",
        "Q3A Name",
        "****Q3**** Name",
        "Q--3 Name",
        "**Q3**.. Name",
        "A Q3 Name",
    ],
)
def test_what_is_no_id_at_all(text: str) -> None:
    assert heading(text).nearly_id() is None


@pytest.mark.parametrize(
    ("text", "attributes", "rest"),
    [
        ("Name {#a}", ("#a",), "Name"),
        ("Name{#a}", ("#a",), "Name"),
        ("Name   { #a }  ", ("#a",), "Name"),
        ("Name {#a .b  c=d}", ("#a", ".b", "c=d"), "Name"),
        ("Name {.Bc-d Ef-g=}", (".Bc-d", "Ef-g="), "Name"),
        ("Name {#ä.1}", ("#ä.1",), "Name"),
        ("Name {.b} {#a}", ("#a",), "Name {.b}"),
        ("{#a}", ("#a",), ""),
    ],
)
def test_a_brace_at_the_end(text: str, attributes: tuple[str, ...], rest: str) -> None:
    found = heading(text)
    assert found.attributes() == attributes
    (title,) = found.section_title() or (Text(""),)
    assert isinstance(title, Text)
    assert title.text == rest
    assert title.span is None or title.span == Span(0, 3, 3 + len(rest))
    assert found.anchor_id() == next((one[1:] for one in attributes if one[0] == "#"), None)


@pytest.mark.parametrize(
    "text",
    [
        "Name {a}",
        "Name {}",
        "Name {#}",
        "Name {#a b}",
        "Name {#a} x",
        "Name \\{#a}",
        "Name {.1}",
        "Name {1=2}",
        "Name #a}",
        "Name {#a{b}",
        "Name {#a,=}{",
        "Name {.a=b}",
        "Name {a=b{c}",
        "Name {a=b}}",
    ],
)
def test_no_attributes_at_the_end(text: str) -> None:
    found = heading(text)
    assert found.attributes() == ()
    assert found.section_title() == found.inlines


def test_a_cut_keeps_the_places_of_what_stays() -> None:
    (title,) = heading("Q7. Name {#a}").title()
    assert title == Text("Name", span=Span(0, 7, 11))
    assert title.span == Span(0, 7, 11)
    two_lines = (
        Text("Name", span=Span(0, 3, 7)),
        SoftBreak(span=Span(0, 7, 8)),
        Text("{#a}", span=Span(0, 8, 12)),
    )
    (kept,) = HeadingLine(2, "Name\n{#a}", two_lines, Span(0, 0, 12), underlined=True).section_title()
    assert (kept, kept.span) == (Text("Name"), Span(0, 3, 7))


def test_what_is_no_text_is_never_cut() -> None:
    code = (Text("Name {#a"), Code("b"), Text("}"))
    assert HeadingLine(2, "Name {#a`b`}", code, Span(0, 0, 12)).section_title() == code[:2]
    front = (Code("Q7."), Text(" Name"))
    assert HeadingLine(2, "Q7. Name", front, Span(0, 0, 12)).title() == front


@pytest.mark.parametrize(
    ("identifier", "letters"), [("Q7", "q"), ("ML-Q01", "ml-q"), ("Q1a", "q"), ("a1b2", "a"), ("7", "")]
)
def test_ids_of_one_pack_share_their_letters(identifier: str, letters: str) -> None:
    assert id_letters(identifier) == letters


@pytest.mark.parametrize("text", ["Solution", "**Solution:**", "*Solution*:", "_Solution：_", " Solution : "])
def test_a_heading_that_is_a_label(text: str) -> None:
    found = heading(text).label(DEFAULT)
    assert found is not None
    assert (found.key, found.label, found.end) == (FieldKey.SOLUTION, "Solution", len(text))


@pytest.mark.parametrize(
    ("text", "is_id"), [("a" * 64, True), ("a" * 65, False), ("A.b_c-7", True), ("7a", False)]
)
def test_which_ids_there_are(text: str, is_id: bool) -> None:
    assert bool(ID.fullmatch(text)) == is_id
