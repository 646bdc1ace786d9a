"""A teacher's bank before and after it was a pack: an independent reader finds the same questions in both."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from packc.backends.gift.document import gift_text
from packc.diagnostics import Sink
from packc.importers import registry
from packc.importers.base import Given
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.pack import write
from tests.support.judges import ROOT, node, node_modules
from tests.support.teachers_bank import SUBJECTS, gift_bank
from tests.targets.gift.judge import read_gift
from tests.targets.gift.samples import characters, seen

pytestmark = pytest.mark.judge

# Valid GIFT that gift-pegjs does not know: one number with feedback, and orders, which are newer.
UNKNOWN = (" 10 number", " 15 order")


def test_an_independent_reader_finds_the_same_before_and_after() -> None:
    bank = gift_bank()
    (made,) = registry.load("gift").read(Given.of_text(bank, name="bank.gift"), Sink(), fallback_id="bank")
    pack = read_pack(SourceFile.from_text(write(made.pack), name="bank.md"), Sink(), fallback_id=None)
    after = [one for one in read_gift([gift_text(pack)])[0] if one["type"] != "Category"]
    before = _questions([part for part in bank.split("\n\n\n") if "::" in part or "{" in part])
    assert len(before) == len(after) == 20 * len(SUBJECTS)
    compared = 0
    for old, new in zip(before, after, strict=True):
        if old is None or (old["title"] or "").endswith(UNKNOWN):
            continue
        assert _meaning(new, old["title"] or "") == _meaning(old, ""), (old, new)
        compared += 1
    assert compared == 18 * len(SUBJECTS)


def _questions(paragraphs: list[str]) -> list[dict[str, Any] | None]:
    """Return what gift-pegjs finds in each paragraph, None for what it refuses."""
    node_modules()
    done = subprocess.run(
        [node(), ROOT / "tests/node/gift_read.mjs"],
        input=json.dumps(paragraphs),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [None if "error" in read else read["questions"][0] for read in json.loads(done.stdout)]


def _meaning(question: dict[str, Any], title: str) -> dict[str, Any]:
    """Return what a question says, without how it is marked up; packc keeps its title behind the answer."""
    kind = question["type"]
    told = _seen(question["globalFeedback"]) if question.get("globalFeedback") else ""
    stem = _seen(question["stem"])
    if kind == "Description":
        return {"kind": kind, "stem": stem.removeprefix(characters(title))}
    found: dict[str, Any] = {"kind": kind, "stem": stem, "told": told.removeprefix(characters(title))}
    if kind == "TF":
        said = [question["trueFeedback"], question["falseFeedback"]]
        return found | {"true": question["isTrue"], "said": [_seen(one) if one else "" for one in said]}
    if kind == "Matching":
        pairs = [(_seen(one["subquestion"]), one["subanswer"]) for one in question["matchPairs"]]
        return found | {"pairs": pairs}
    if kind in ("MC", "Short"):
        return found | {"choices": [_choice(one, kind) for one in question["choices"]]}
    if kind == "Numerical":
        return found | {"numbers": _numbers(question["choices"])}
    return found


def _choice(one: dict[str, Any], kind: str) -> tuple[object, ...]:
    weight = one["weight"] if one["weight"] is not None else 100 if one["isCorrect"] else 0
    said = _seen(one["feedback"]) if one["feedback"] else ""
    return weight, _seen(one["text"]) if kind == "MC" else one["text"]["text"], said


def _numbers(choices: Any) -> list[tuple[object, ...]]:
    if isinstance(choices, dict):  # one range
        low, high = choices["numberLow"], choices["numberHigh"]
        return [(100, (low + high) / 2, (high - low) / 2)]
    return [
        (one["weight"] or 0, one["text"].get("number"), one["text"].get("range"))
        for one in choices
        if "number" in one["text"]
    ]


def _seen(text: dict[str, str]) -> str:
    words = text["text"].replace("**", "") if text["format"] == "markdown" else text["text"]
    return seen(words).replace("[adot]", "")  # what stands for the picture, which this file has no place for
