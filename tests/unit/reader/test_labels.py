"""Which lines are labels, in any language and with the marks that editors put beside them."""

from __future__ import annotations

import time

import pytest

from packc.ast.pack import Part, Section
from packc.ast.question import OpenQuestion, Role, Side
from packc.diagnostics import Sink
from packc.reader.grammar import DEFAULT, DIRECTION_MARKS, FieldKey, OwnField, fold
from packc.reader.labels import (
    Dress,
    bold_words,
    can_be_label,
    has_bold_label,
    label_line,
    plain_words,
    whole_label,
)
from packc.reader.pack import read_pack
from packc.render.plain import PLAIN
from packc.source import SourceFile
from tests.support.dump import dump

RLM = "\u200f"
FOREIGN = {
    "Lösung": FieldKey.SOLUTION,
    "السؤال": FieldKey.PROMPT,
    "السُّؤال": FieldKey.PROMPT,
    "Spørsmål": FieldKey.PROMPT,
    "解答": FieldKey.SOLUTION,
    "शब्द सीमा": FieldKey.WORDS,
}
GRAMMAR = DEFAULT
for _label, _key in FOREIGN.items():
    GRAMMAR = GRAMMAR.with_label(_label, _key)


@pytest.mark.parametrize("label", FOREIGN)
@pytest.mark.parametrize(
    "dress",
    [
        "**{}:** x",
        "**{}**: x",
        "__{}:__ x",
        "**{}：** x",
        "**{}\xa0:** x",
        "**{}**\u202f: x",
        "**{}**",
        "**{}**\xa0: x",
        "**{}** : x",
        "** {} :** x",
        "**{}**： x",
        "__{}__:\tx",
        "**{}:**",
        "**{}**  ",
    ],
)
def test_a_label_of_any_language_is_one(label: str, dress: str) -> None:
    line = dress.format(label)
    found = label_line(line, GRAMMAR, plain=False)
    assert found is not None
    assert (found.key, found.label, found.spaced) == (FOREIGN[label], label, True)
    assert line[found.end :] == ("x" if line.endswith("x") else "")


@pytest.mark.parametrize(
    "line",
    [
        f"{RLM}**السؤال:** x",
        f"**{RLM}السؤال{RLM}:** x",
        f"**السؤال:{RLM}** x",
        f"**السؤال:**{RLM} x",
        "\u2067**السؤال**\u2069: x",
    ],
)
def test_marks_of_direction_are_no_part_of_a_label(line: str) -> None:
    found = label_line(line, GRAMMAR, plain=False)
    assert found is not None
    assert (found.key, found.label, found.spaced) == (FieldKey.PROMPT, "السؤال", True)
    assert line[found.end :] == "x"


def test_a_label_typed_with_combining_marks_is_the_composed_one() -> None:
    found = label_line("**Lo\u0308sung:** x", GRAMMAR, plain=False)
    assert found is not None
    assert found.key is FieldKey.SOLUTION
    assert fold("LO\u0308SUNG") == fold("lösung")


def test_added_labels_need_no_bold_where_the_english_ones_need_none() -> None:
    found = label_line("Lösung: x", GRAMMAR, plain=True)
    assert found is not None
    assert found.dress is Dress.PLAIN
    assert label_line("शब्द सीमा: 150", GRAMMAR, plain=True) is None
    assert label_line("Lösung: x", DEFAULT, plain=True) is None


def test_many_marks_take_linear_time() -> None:
    start = time.process_time()
    for line in (
        "**a" + DIRECTION_MARKS * 40_000,
        DIRECTION_MARKS * 40_000 + "**a:**",
        "**" + "a " * 200_000,
    ):
        assert label_line(line, GRAMMAR, plain=True) is None
    assert time.process_time() - start < 1


def test_a_field_of_the_projects_own_is_a_note_with_its_side() -> None:
    level = OwnField("level", ("Niveau", "Stufe"), Side.FRONT)
    grammar = DEFAULT.with_field(level).with_label("Lösung", FieldKey.SOLUTION)
    text = "## Q1. A\n\n**Question:** B\n\n**Stufe:** leicht\n\n### Lösung\n\nC\n"
    sink = Sink()
    pack = read_pack(SourceFile.from_text(text, name="p.md"), sink, fallback_id="p", grammar=grammar)
    assert [found.code for found in sink] == ["PK018"]
    (note,) = pack.parts[0].notes  # type: ignore[union-attr]
    assert (note.role, note.key, note.label, note.side) == (Role.OWN, "level", "Stufe", Side.FRONT)
    assert "leicht" in dump(pack)
    assert pack.labels == {"solution": "Lösung", "level": "Niveau"}


@pytest.mark.parametrize("mark", ["", RLM, "\u2067"])
@pytest.mark.parametrize("bold", ["**", ""])
def test_a_pack_in_arabic_reads_as_one_in_english(mark: str, bold: str) -> None:
    grammar = DEFAULT.with_label("السؤال", FieldKey.PROMPT).with_label("الحل", FieldKey.SOLUTION)
    arabic = f"## {mark}Q1. أ\n\n{mark}{bold}السؤال:{bold} ب\n{mark}{bold}الحل:{bold}{mark} ج\n"
    english = "## Q1. أ\n\n**Question:** ب\n\n**Solution:** ج\n"
    read = [
        read_pack(SourceFile.from_text(text, name="p.md"), Sink(), fallback_id="p", grammar=grammar).parts
        for text in (arabic, english)
    ]
    assert dump_without_marks(read[0]) == dump_without_marks(read[1])
    assert isinstance(read[0][0], OpenQuestion)


def dump_without_marks(parts: tuple[Part, ...]) -> str:
    return repr(parts).replace(RLM, "").replace("\\u200f", "").replace("\\u2067", "")


def test_an_own_field_defined_again_replaces_the_earlier_one() -> None:
    grammar = DEFAULT.with_field(OwnField("level", ("Niveau",))).with_field(OwnField("level", ("Stufe",)))
    assert grammar.fields == (OwnField("level", ("Stufe",)),)
    assert "niveau" not in grammar.labels
    assert grammar.labels["stufe"] is FieldKey.OWN


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**Solution:** a", True),
        ("__Solution__: a", True),
        ("a **Solution:** b", False),
        ("- **Solution:** a", False),
        ("```\n**Solution:** a\n```", False),
        ("~~~\n**Solution:** a\n```", False),
        ("```\na\n```\n**Solution:** a", True),
        ("  ~~~ md\na\n~~~\n\n**Solution:** a", True),
        ("**Bold:** a\nSolution: b", False),
        ("Solution: a", False),
    ],
)
def test_a_bold_label_counts_outside_code(text: str, bold: bool) -> None:
    assert has_bold_label(text, DEFAULT) is bold


def test_what_can_be_a_label() -> None:
    for label in ("a", "Ä", "Word limit", "year's (s)", "a" + "b" * 60):
        assert can_be_label(label), label
    for label in ("", "5", "_a", "-a", "a:b", "a：b", "a*b", "a_b", "a\nb", "a" + "b" * 61):
        assert not can_be_label(label), label


@pytest.mark.parametrize(
    ("line", "end"),
    [("Hint: x", 6), ("Hint:", 5), ("Hint:\tx", 6), ("Hint：  x", 7), ("Hint : x", 7), ("Hint:\u200f x", 7)],
)
def test_a_plain_label(line: str, end: int) -> None:
    found = label_line(line, DEFAULT, plain=True)
    assert found is not None
    assert (found.key, found.label, found.dress, found.end) == (FieldKey.HINT, "Hint", Dress.PLAIN, end)
    assert label_line(line, DEFAULT, plain=False) is None
    assert plain_words(line, DEFAULT) == "Hint"


@pytest.mark.parametrize(
    "line", ["Hint:x", "Hint", "Hint; x", " Hint: x", "Type: x", "7 Hint: x", "A Hint: x"]
)
def test_no_plain_label(line: str) -> None:
    assert label_line(line, DEFAULT, plain=True) is None
    assert plain_words(line, DEFAULT) is None


@pytest.mark.parametrize(
    ("line", "written", "end"),
    [
        ("*Hint:* x", "*Hint:*", 8),
        ("_Hint_: x", "_Hint_:", 8),
        ("*Hint* x", "*Hint*", 7),
        ("***Hint:*** x", "***Hint:***", 12),
        ("*Hint:*x", "*Hint:*", 7),
        ("*Hint*", "*Hint*", 6),
        ("**Hint: this and that**", "**Hint: this and that**", 8),
        ("*Hint： this*", "*Hint： this*", 7),
        ("**Hint** x", "**Hint**", 9),
        (f"*{RLM}Hint:* x", f"*{RLM}Hint:*", 9),
    ],
)
def test_an_odd_label(line: str, written: str, end: int) -> None:
    found = label_line(line, DEFAULT, plain=False)
    assert found is not None
    assert (found.key, found.label, found.dress) == (FieldKey.HINT, "Hint", Dress.ODD)
    assert (found.written, found.end) == (written, end)


@pytest.mark.parametrize("line", ["**Nope:** x", "__Nope__: x", f"{RLM}**Nope:** x"])
def test_bold_words_need_not_be_a_label(line: str) -> None:
    assert bold_words(line) == ("Nope", line.index(" "))


def test_an_odd_label_may_begin_with_whatever_a_label_may() -> None:
    assert can_be_label("½ time")
    found = label_line("*½ time:* x", DEFAULT.with_label("½ time", FieldKey.HINT), plain=False)
    assert found is not None and found.dress is Dress.ODD


@pytest.mark.parametrize(
    "line",
    [
        "*Hint: x",
        "**Hint, x",
        "*Hint*, x",
        "*Hint_: x",
        "****Hint**** x",
        "*Nothing:* x",
        "**Hint:*",
        "* Hint:* x",
        "*Hint: a\nb* x",
        "**Hint: a*b** x",
        "**Hint:x",
        "**Hint*:* x",
    ],
)
def test_no_odd_label(line: str) -> None:
    assert label_line(line, DEFAULT, plain=True) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("**Any words:** x", ("Any words", 14)),
        ("**Any words**: x", ("Any words", 14)),
        ("__Any__ : x", ("Any", 9)),
        ("**Any** x", None),
        ("**Any**", None),
        ("Any: x", None),
    ],
)
def test_bold_words_with_a_colon(line: str, words: tuple[str, int] | None) -> None:
    assert bold_words(line) == words


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Solution", "Solution"),
        ("**Solution:**", "Solution"),
        ("__Solution__ :", "Solution"),
        ("\u200fSolution\u00a0:\u200f", "Solution"),
        ("*Word limit*：", "Word limit"),
        ("Solutions", None),
        ("Solution.", None),
        (":Solution", None),
    ],
)
def test_a_text_that_is_a_label_as_a_whole(text: str, label: str | None) -> None:
    found = whole_label(text, DEFAULT)
    assert (found.label if found else None) == label
    assert found is None or (found.end, found.spaced, found.written) == (len(text), True, text)


def test_a_label_without_a_space_behind_it() -> None:
    for line, spaced in (
        ("**Hint:**x", False),
        ("**Hint:** x", True),
        ("**Hint:**", True),
        ("**Hint:**\u200fx", False),
    ):
        found = label_line(line, DEFAULT, plain=False)
        assert found is not None
        assert (found.spaced, found.dress) == (spaced, Dress.BOLD)


@pytest.mark.parametrize(
    "text", ["**Points:** 2", "**Hint:** a `b` c", "**Tags:** a, b\n\nMore.", "**Hint:** *a* b"]
)
def test_a_field_that_belongs_to_no_question_is_text(text: str) -> None:
    source = SourceFile.from_text(f"# Pack\n\n{text}\n\n## Part\n\n{text}\n", name="p.md")
    pack = read_pack(source, Sink(), fallback_id="p")
    (part,) = pack.parts
    assert isinstance(part, Section)
    bare = text.replace("*", "").replace("`", "")
    for blocks in (pack.intro, part.blocks):
        assert PLAIN.blocks(blocks).replace("*", "").replace("`", "").split() == bare.split()
