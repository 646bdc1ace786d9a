"""`packc stats`: counted by hand on a small bank."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from packc import api
from packc.ast.pack import Pack, PackMeta, questions
from packc.ast.question import kind_of
from packc.cli import main
from packc.stats import Longest, stats
from tests.support.every_kind import every_kind, multiple_choice

BANK = """\
---
id: bank
namespace: n
---

# Bank

## Q1. One

Which is **un**usual?

- [x] This one
- [ ] That ![a curve](c.png)

**Points:** 2

**Time:** 3 min

**Hint:** Look twice.

## Q2. Two

Which?

- [ ] a
- [ ] b
- [x] c

**Points:** 1.5

**Why it matters:** It does.

## Q3. Three

Momentum is a velocity.

**Answer:** true

## Q4. Four

**Question:** Why?

**Solution:** Because one two three four five six seven eight nine.

**Tags:** a, b
"""


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank.md").write_text(BANK)
    return tmp_path


def test_every_number(bank: Path) -> None:
    found = stats([each.pack for each in api.load(["bank.md"], cwd=bank).packs])
    assert {str(kind): count for kind, count in found.kinds.items()} == {
        "open": 1,
        "single choice": 2,
        "true/false": 1,
    }
    assert found.fields == {"solution": 1, "why": 1, "hint": 1, "points": 2, "time": 1, "tags": 1}
    assert found.choices == {2: 1, 3: 1}
    assert found.positions == {1: 1, 3: 1}
    assert (found.true, found.false) == (1, 0)
    assert (found.questions, found.images) == (4, 1)
    assert (found.points, found.minutes) == (Decimal("3.5"), Decimal(3))
    # One, Which is unusual?, This one, That a curve, Look twice. | Two, Which?, a, b, c, It does.
    # | Three, four words | Four, Why?, ten words
    assert found.words == (1 + 3 + 2 + 3 + 2) + (1 + 1 + 3 + 2) + (1 + 4) + (1 + 1 + 10)
    assert found.longest == Longest("bank", "Q4", 12)


def test_the_place_of_the_right_choice_counts_where_there_is_one() -> None:
    several = Pack(id="p", title="P", meta=PackMeta(), parts=(multiple_choice(),))
    found = stats([several])
    assert sum(found.choices.values()) == 1
    assert found.positions == {}


def test_every_kind_is_counted() -> None:
    pack = every_kind()
    found = stats([pack, pack])
    wanted = Counter(kind_of(question) for question in questions(pack))
    assert found.kinds == {kind: 2 * count for kind, count in wanted.items()}
    assert [row.questions for row in found.packs] == [wanted.total()] * 2
    assert {"rubric", "feedback", "own", "alias", "difficulty"} <= found.fields.keys()


def test_nothing_is_nothing() -> None:
    found = stats([Pack(id="p", title="P", meta=PackMeta())])
    assert (found.questions, found.words, found.longest, found.kinds) == (0, 0, None, {})


@pytest.mark.usefixtures("bank")
def test_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    (Path.cwd() / "c.png").write_bytes(b"")  # broken, but there is something to count
    assert main(["stats", "bank.md"]) == 1
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[0] == "1 pack, 4 questions, 35 words, 1 image, 3.5 points, 3 minutes"
    assert "  single choice  2  50%" in lines
    assert "  choice 3  1  50%" in lines
    assert lines[-1] == "longest question: Q4 in bank, 12 words"
    assert len(lines) < 50
    assert max(map(len, lines)) <= 80
    assert "packc check" in shown.err


def test_many_packs_stay_on_one_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(40):
        text = BANK.replace("id: bank", f"id: bank-{number}").replace(" ![a curve](c.png)", "")
        (tmp_path / f"{number}.md").write_text(text)
    assert main(["stats", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  and 28 more" in lines
    assert len(lines) < 60


@pytest.mark.usefixtures("bank")
def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "bank.md", "--json"]) == 1  # the image is missing
    document = json.loads(capsys.readouterr().out)
    assert document["points"] == 3.5
    assert document["packs"] == [
        {"id": "bank", "questions": 4, "words": 35, "images": 1, "points": 3.5, "minutes": 3.0}
    ]
    assert document["right_choice_at"] == {"1": 1, "3": 1}
    assert document["longest"] == {"pack": "bank", "question": "Q4", "words": 12}
