"""Which lines are labels, in any language and with the marks that editors put beside them."""

from __future__ import annotations

import time

import pytest

from packc.ast.pack import Part
from packc.ast.question import OpenQuestion, Role, Side
from packc.diagnostics import Sink
from packc.reader.grammar import DEFAULT, DIRECTION_MARKS, FieldKey, OwnField, fold
from packc.reader.labels import Dress, has_bold_label, label_line
from packc.reader.pack import read_pack
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
    ["**{}:** x", "**{}**: x", "__{}:__ x", "**{}：** x", "**{}\u00a0:** x", "**{}**\u202f: x", "**{}**"],
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
