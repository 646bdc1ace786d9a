"""What `packc check --fix` writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from packc import revise
from packc.diagnostics import Severity, all_rules
from packc.diagnostics.page import Kind, Page, page

FRONT = "---\nid: p\nnamespace: example\n---\n\n"

SAFE = {
    "label-odd": (
        "## Q1\n**Question: What?**\n*Solution:* x\n",
        "## Q1\n**Question:** What?\n**Solution:** x\n",
    ),
    "label-space": (
        "## Q1\n**Question:**What?\n\n**Solution:**x\n",
        "## Q1\n**Question:** What?\n\n**Solution:** x\n",
    ),
    "answer-prose": ("## Q1. What?\n\n**Answer:** So it is.\n", "## Q1. What?\n\n**Solution:** So it is.\n"),
    "answer-prose-plain": ("## Q1. What?\n\nAnswer: So it is.\n", "## Q1. What?\n\nSolution: So it is.\n"),
    "title-level": ("# P\n\n# Q1. What?\n\n**Solution:** x\n", "# P\n\n## Q1. What?\n\n**Solution:** x\n"),
    "label-level": (
        "## Q1. What?\n\n**Hint:** y\n\n## Solution\n\nx\n",
        "## Q1. What?\n\n**Hint:** y\n\n### Solution\n\nx\n",
    ),
    "underlined": (
        "## Q1. What?\n\n**Solution:** x\n---\n\n## Q2. What?\n\n**Solution:** x\n",
        "## Q1. What?\n\n**Solution:** x\n\n---\n\n## Q2. What?\n\n**Solution:** x\n",
    ),
    "boxes": (
        "## Q1. What?\n\n- [] a\n- [ x ] b\n- [X]c\n- [v] d\n",
        "## Q1. What?\n\n- [ ] a\n- [x] b\n- [x] c\n- [x] d\n",
    ),
    "boxes-joined": ("## Q1. What?\n\n-[x] a\n-[ ] b\n", "## Q1. What?\n\n- [x] a\n- [ ] b\n"),
    "split-fence": (
        "## Q1. What?\n\n1. [x] a\n```\ncode\n\nmore\n```\n2. [ ] b\n",
        "## Q1. What?\n\n1. [x] a\n   ```\n   code\n\n   more\n   ```\n2. [ ] b\n",
    ),
    "split-image": (
        "## Q1. What?\n\n- [x] a\n- [ ] b\n\n> so\n\n- [ ] c\n",
        "## Q1. What?\n\n- [x] a\n- [ ] b\n\n  > so\n\n- [ ] c\n",
    ),
    "split-marks": (
        "## Q1. What?\n\n- [x] a\n\n* [ ] b\n* [ ] c\n",
        "## Q1. What?\n\n- [x] a\n\n- [ ] b\n- [ ] c\n",
    ),
    "list-runs-on": (
        "## Q1. What?\n\nThis:\n\n- one\n- two\n\n- [x] a\n- [ ] b\n",
        "## Q1. What?\n\nThis:\n\n- one\n- two\n\n**Choices:**\n\n- [x] a\n- [ ] b\n",
    ),
    "brace-in-front": (
        "## Q1. What?\n\n- {100%} [x] a\n- [ ] {-50%} b\n- [ ] {.last} c {-50%}\n",
        "## Q1. What?\n\n- [x] a {100%}\n- [ ] b {-50%}\n- [ ] c {-50%} {.last}\n",
    ),
    "letters": ("## Q1. What?\n\n- [x] A) a\n- [ ] B)  b\n", "## Q1. What?\n\n- [x] a\n- [ ] b\n"),
    "number-power": ("## Q1. What?\n\n**Answer:** 1.5 × 10^-3 m\n", "## Q1. What?\n\n**Answer:** 1.5e-3 m\n"),
    "number-digits": ("## Q1. What?\n\n**Answer:** ٣٫١٤\n", "## Q1. What?\n\n**Answer:** 3.14\n"),
    "number-groups": ("## Q1. What?\n\n**Answer:** 12 000\n", "## Q1. What?\n\n**Answer:** 12000\n"),
    "number-in-blank": (
        "## Q1\n\n**Cloze:** It is {{=3 × 10^8}}.\n",
        "## Q1\n\n**Cloze:** It is {{=3e8}}.\n",
    ),
}
UNSAFE = {
    "id": (
        "## Q1. What?\n\n**Solution:** x\n\n**Alias:** Q7\n\n## How\n\n**Solution:** x\n\n"
        "## Why\n\n**Solution:** x\n",
        "## Q1. What?\n\n**Solution:** x\n\n**Alias:** Q7\n\n## Q8. How\n\n**Solution:** x\n\n"
        "## Q9. Why\n\n**Solution:** x\n",
    ),
    "id-nearly": ("## **Q3:** What?\n\n**Solution:** x\n", "## Q3. What?\n\n**Solution:** x\n"),
    "nested": (
        "## Q1. What?\n\n**Solution:** x\n\n### Q2. What?\n\n**Solution:** x\n",
        "## Q1. What?\n\n**Solution:** x\n\n## Q2. What?\n\n**Solution:** x\n",
    ),
    "label-misspelt": (
        "## Q1. What?\n\n**Hint:** y\n\n**Solutoin:** x\n",
        "## Q1. What?\n\n**Hint:** y\n\n**Solution:** x\n",
    ),
    "label-plain": (
        "## Q1\n\n**Question:** What?\n\nSolution : x\n",
        "## Q1\n\n**Question:** What?\n\n**Solution:** x\n",
    ),
    "box-missing": ("## Q1. What?\n\n- [x] a\n- b\n- c\n", "## Q1. What?\n\n- [x] a\n- [ ] b\n- [ ] c\n"),
    "split-text": (
        "## Q1. What?\n\n- [x] a\n\nof them\n\n- [ ] b\n",
        "## Q1. What?\n\n- [x] a\n\n  of them\n\n- [ ] b\n",
    ),
    "brace-inside": (
        "## Q1. What?\n\n- [x] a {100%} b\n- [ ] c\n",
        "## Q1. What?\n\n- [x] a b {100%}\n- [ ] c\n",
    ),
    "number-comma": ("## Q1. What?\n\n**Answer:** 3,14\n", "## Q1. What?\n\n**Answer:** 3.14\n"),
    "number-thousands": ("## Q1. What?\n\n**Answer:** 1,000\n", "## Q1. What?\n\n**Answer:** 1000\n"),
    "pin": (
        "## Q1. What?\n\n- [x] a\n- [ ] All of the above\n  > No.\n",
        "## Q1. What?\n\n- [x] a\n- [ ] All of the above {.last}\n  > No.\n",
    ),
    "type": (
        "## Q1. What?\n\n**Type:** esay\n\n**Solution:** x\n",
        "## Q1. What?\n\n**Type:** essay\n\n**Solution:** x\n",
    ),
    "class": (
        "## Run {.stimlus}\n\nA run.\n\n### Q1. What?\n\n**Solution:** x\n",
        "## Run {.stimulus}\n\nA run.\n\n### Q1. What?\n\n**Solution:** x\n",
    ),
}


def fixed(folder: Path, text: str, *, unsafe: bool) -> tuple[str, revise.Revision]:
    """Return `text` with its faults mended, and what was reported of it then."""
    (folder / "p.md").write_text(text, encoding="utf-8")
    revision = revise.fix(["p.md"], unsafe=unsafe, targets=[], cwd=folder)
    return (revision.changes[0].after if revision.changes else text), revision


@pytest.mark.parametrize(("before", "after"), SAFE.values(), ids=SAFE)
def test_safe(before: str, after: str, tmp_path: Path) -> None:
    text, revision = fixed(tmp_path, FRONT + before, unsafe=False)
    assert text == FRONT + after
    assert not revision.report.diagnostics


@pytest.mark.parametrize(("before", "after"), UNSAFE.values(), ids=UNSAFE)
def test_unsafe(before: str, after: str, tmp_path: Path) -> None:
    untouched, _ = fixed(tmp_path, FRONT + before, unsafe=False)
    assert untouched == FRONT + before
    text, revision = fixed(tmp_path, FRONT + before, unsafe=True)
    assert text == FRONT + after
    assert not revision.report.diagnostics


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# P\n", "---\nid: p\n---\n\n# P\n"),
        ("---\ntitle: P\n---\n", "---\nid: p\ntitle: P\n---\n"),
        ('---\nid: p\ntitle: P: a "new" one\n---\n', '---\nid: p\ntitle: "P: a \\"new\\" one"\n---\n'),
    ],
)
def test_front_matter(before: str, after: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, before, unsafe=False)[0] == after


def test_the_id_of_a_pack_is_the_authors(tmp_path: Path) -> None:
    assert fixed(tmp_path, "---\nid: 1st pack\n---\n", unsafe=False)[0] == "---\nid: 1st pack\n---\n"
    assert fixed(tmp_path, "---\nid: 1st pack\n---\n", unsafe=True)[0] == "---\nid: p-1st-pack\n---\n"


PACKS = [
    found
    for rule in all_rules().values()
    if (found := page(rule)).example and found.example.kind is Kind.PACK
]


@pytest.mark.parametrize("about", PACKS, ids=lambda about: about.code)
def test_a_fix_of_what_a_page_shows_mends_it_and_breaks_nothing(about: Page, tmp_path: Path) -> None:
    example = about.example
    assert example is not None  # those without are left out
    text = example.fails if example.fails.startswith("---\n") else FRONT + example.fails
    (tmp_path / "p.md").write_text(text, encoding="utf-8")
    offered = revise.fix(["p.md"], targets=[], cwd=tmp_path).report
    mine = [each for each in offered.diagnostics if each.code == about.code and each.fix]
    after, revision = fixed(tmp_path, text, unsafe=True)
    if mine:
        assert after != text
        assert about.code not in {each.code for each in revision.report.diagnostics}
        assert Severity.ERROR not in {each.severity for each in revision.report.diagnostics}
    assert fixed(tmp_path, after, unsafe=True)[0] == after
