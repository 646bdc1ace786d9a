"""The values of meta fields: which are read, and as what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.question import OpenQuestion
from packc.diagnostics.rules.kinds import UnknownType
from packc.reader.meta import TYPES
from tests.unit.reader.asking import Asked, ask


def meta(label: str, value: str) -> Asked:
    body = "- [x] a\n- [ ] b\n" if label == "Shuffle" else "**Type:** essay\n"
    return ask(f"Why?\n\n{body}\n**{label}:** {value}\n")


@pytest.mark.parametrize(
    ("label", "value", "field", "read"),
    [
        ("Points", "2", "points", Decimal(2)),
        ("Points", "0.5 points", "points", Decimal("0.5")),
        ("Points", "1 POINT", "points", Decimal(1)),
        ("Points", "3pts", "points", Decimal(3)),
        ("Points", "3 pt", "points", Decimal(3)),
        ("Points", "123456.1234", "points", Decimal("123456.1234")),
        ("Time", "90 s", "minutes", Decimal("1.5")),
        ("Time", "90s", "minutes", Decimal("1.5")),
        ("Time", "20 sec", "minutes", Decimal("0.33")),
        ("Time", "40 secs", "minutes", Decimal("0.67")),
        ("Time", "1 second", "minutes", Decimal("0.02")),
        ("Time", "30 seconds", "minutes", Decimal("0.5")),
        ("Time", "2", "minutes", Decimal(2)),
        ("Time", "2.0 min", "minutes", Decimal(2)),
        ("Time", "2 Mins", "minutes", Decimal(2)),
        ("Time", "1 minute", "minutes", Decimal(1)),
        ("Time", "2.5 minutes", "minutes", Decimal("2.5")),
        ("Time", "1 h", "minutes", Decimal(60)),
        ("Time", "1h 5 min 30 s", "minutes", Decimal("65.5")),
        ("Time", "1 hour 5", "minutes", Decimal(65)),
        ("Time", "1.5 hours", "minutes", Decimal(90)),
        ("Time", "1 h 90 s", "minutes", Decimal("61.5")),
        ("Time", "2min30s", "minutes", Decimal("2.5")),
        ("Tags", "a, b", "tags", ("a", "b")),
        ("Tags", "a b,c,", "tags", ("a b", "c")),
        ("Tags", "b, a, b", "tags", ("b", "a")),
        ("Alias", "Q7", "aliases", ("Q7",)),
        ("Alias", "Q7, old.one-2_3", "aliases", ("Q7", "old.one-2_3")),
        ("Difficulty", "very easy", "difficulty", "very easy"),
        ("Shuffle", "yes", "shuffle", True),
        ("Shuffle", "True", "shuffle", True),
        ("Shuffle", "ON", "shuffle", True),
        ("Shuffle", "no", "shuffle", False),
        ("Shuffle", "false", "shuffle", False),
        ("Shuffle", "off", "shuffle", False),
        ("Lines", "1", "lines", 1),
        ("Lines", "12 lines", "lines", 12),
        ("Lines", "1line", "lines", 1),
        ("Lines", "200", "lines", 200),
        ("Words", "150", "words", (None, 150)),
        ("Words", "150 words", "words", (None, 150)),
        ("Words", "1 word", "words", (None, 1)),
        ("Words", "at most 150", "words", (None, 150)),
        ("Words", "At least 100 words", "words", (100, None)),
        ("Words", "100–200", "words", (100, 200)),
        ("Words", "100 — 200", "words", (100, 200)),
        ("Words", "100-100", "words", (100, 100)),
        ("Words", "1..999999", "words", (1, 999999)),
        ("Words", "100 to 200 words", "words", (100, 200)),
    ],
)
def test_a_value_is_read(label: str, value: str, field: str, read: object) -> None:
    asked = meta(label, value)
    question = asked.question
    if field == "words":
        assert isinstance(question, OpenQuestion)
        assert (question.least_words, question.most_words) == read
    else:
        found = getattr(question, field)
        assert (found, str(found)) == (read, str(read))
    assert asked.said == []


@pytest.mark.parametrize(
    ("label", "value", "field", "kept"),
    [
        ("Points", "two", "points", None),
        ("Points", "-2", "points", None),
        ("Points", "2,5", "points", None),
        ("Points", "1234567", "points", None),
        ("Points", "1.12345", "points", None),
        ("Points", "2.", "points", None),
        ("Points", "2 marks", "points", None),
        ("Time", "0", "minutes", None),
        ("Time", "0 h 0 min", "minutes", None),
        ("Time", "soon", "minutes", None),
        ("Time", "5 m", "minutes", None),
        ("Time", "30 s 2 min", "minutes", None),
        ("Time", "1234567 s", "minutes", None),
        ("Tags", "a,, b", "tags", ("a", "b")),
        ("Tags", ", a", "tags", ("a",)),
        ("Alias", "Q7, 7", "aliases", ("Q7",)),
        ("Alias", "an id", "aliases", ()),
        ("Shuffle", "perhaps", "shuffle", None),
        ("Lines", "0", "lines", None),
        ("Lines", "201", "lines", None),
        ("Lines", "many", "lines", None),
        ("Lines", "1234567", "lines", None),
        ("Words", "0", "words", (None, None)),
        ("Words", "0-5", "words", (None, None)),
        ("Words", "at least 0", "words", (None, None)),
        ("Words", "200-100", "words", (None, None)),
        ("Words", "some", "words", (None, None)),
        ("Words", "at least", "words", (None, None)),
        ("Words", "at most", "words", (None, None)),
        ("Words", "to 5", "words", (None, None)),
        ("Words", "5 to", "words", (None, None)),
        ("Words", "words", "words", (None, None)),
        ("Words", "-5", "words", (None, None)),
        ("Words", "5-", "words", (None, None)),
        ("Words", "least 5", "words", (None, None)),
        ("Words", "1-2 pages", "words", (None, None)),
        ("Words", "1234567", "words", (None, None)),
    ],
)
def test_a_value_that_is_none_is_reported(label: str, value: str, field: str, kept: object) -> None:
    asked = meta(label, value)
    question = asked.question
    if field == "words":
        assert isinstance(question, OpenQuestion)
        assert (question.least_words, question.most_words) == kept
    else:
        assert getattr(question, field) == kept
    assert [place for _, place in asked.said] == [value]
    (message,) = asked.messages
    assert label in message
    assert value in message


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("open", "open"),
        ("Open  Question", "open"),
        ("single", "single"),
        ("multiple", "multiple"),
        ("true false", "true_false"),
        ("True-False", "true_false"),
        ("short", "short"),
        ("number", "numeric"),
        ("numerical", "numeric"),
        ("match", "matching"),
        ("sort", "categorising"),
        ("categorizing", "categorising"),
        ("order", "ordering"),
    ],
)
def test_a_type_has_several_names(written: str, kind: str) -> None:
    assert TYPES[" ".join(written.casefold().split())].name.lower().startswith(kind[:5])
    asked = ask(f"Why?\n\n**Type:** {written}\n\n**Solution:** So.\n")
    assert not [code for code, _ in asked.said if code == UnknownType.code]


def test_a_type_that_is_none() -> None:
    for written, near in (("esay", "essay"), ("nummerical", "numeric"), ("xyzzy", "")):
        asked = ask(f"Why?\n\n**Type:** {written}\n\n**Solution:** So.\n")
        assert (UnknownType.code, written) in asked.said
        assert [(fix.edits[0].text, fix.safe) for fix in asked.remedies] == ([(near, False)] if near else [])


def test_a_value_below_a_heading_is_one_line() -> None:
    asked = ask("Why?\n\n**Solution:** So.\n\n### Difficulty\n\neasy\\\nhard\n")
    assert asked.question.difficulty == ""
    assert [place for _, place in asked.said] == ["easy\\\nhard"]
    asked = ask("Why?\n\n**Solution:** So.\n\n### Difficulty\n\neasy\n")
    assert (asked.question.difficulty, asked.said) == ("easy", [])
