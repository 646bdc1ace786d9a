"""Lettered choices: what belongs to the letter, and what to the choice."""

from __future__ import annotations

import pytest

from packc.ast.question import ChoiceQuestion
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.render.plain import PLAIN
from packc.source import SourceFile


@pytest.mark.parametrize("mark", [".", ")", ":"])
@pytest.mark.parametrize("space", [" ", "  ", "\u00a0", " \u2003"])
def test_no_space_behind_the_letter_belongs_to_the_choice(mark: str, space: str) -> None:
    text = f"## Q1. Which\n\nWhich?\n\nA{mark}{space}This\n\nB{mark}{space}That\n\n**Answer:** B\n"
    (question,) = read_pack(SourceFile.from_text(text, name="p.md"), Sink(), fallback_id="p").parts
    assert isinstance(question, ChoiceQuestion)
    assert [PLAIN.blocks(choice.blocks).removesuffix("\n") for choice in question.choices] == ["This", "That"]
    assert [choice.correct for choice in question.choices] == [False, True]
