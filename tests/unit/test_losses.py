"""The loss report: every target, every feature, with its place."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from packc import api
from packc.ast import walk
from packc.ast.walk import nodes_by_kind
from packc.backends.base import Feature, Level
from packc.backends.losses import features
from packc.backends.registry import DEFAULT_TARGETS, infos, load
from packc.diagnostics import Severity, Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.bench.bank import bank
from tests.support.packs import png

EVERYTHING = """---
id: everything
namespace: n
description: d
collection: A / B
lang: en
authors: [a]
license: l
version: 1
tags: [t]
source_url: https://example.org/
fields:
  lab: {labels: [Lab], side: back}
  moderation: {labels: [Moderation], side: graders}
---

# Title

Intro *e* ~~s~~ ==m== <u>u</u> H~2~O x^2^ <kbd>k</kbd> [l](https://x.org) `c` $m$

## Q1. Title

![alt](figure.png)

| a | b |
|---|--:|
| 1 | 2 |

3. three

> quote

### Heading

```python
x
```

**Solution:** s

**Why it matters:** w

**Source:** s

**Common wrong answer:** m

**Cold target:** c

## Section

Text.

***

### Q2. One

**Tags:** t

**Difficulty:** easy

**Points:** 2

**Time:** 2 min

**Shuffle:** no

- [x] a
  > f
- [ ] b {-50% .last}

**Lab:** l

**Moderation:** m

**Hint:** h

**Feedback:** f

**Correct feedback:** f

**Incorrect feedback:** f

### Q3. Two

- [x] a
- [x] b

### Q4. Essay

**Question:** e[^1]

[^1]: note

Term
: meaning

> [!NOTE]
> callout

![alt](figure.png){width=50%}

**Type:** essay

**Lines:** 5

**Words:** 100

**Rubric:**

- (2) r

### Q5. True

**Question:** q

**Answer:** true

### Q6. Short

**Question:** q

**Answer:** Word | word {50%} {case}

### Q7. Numeric

**Question:** q

**Answer:** 1.5 ± 0.5 kg

### Q8. Cloze

**Cloze:** {{a}} {{c3::b::hint}} {{[x] c | [ ] d}}

### Q9. Matching

**Question:** q

**Match:**

| h | i |
|---|---|
| a | b |
| c | d |
|   | e |

### Q10. Sorting

**Question:** q

**Sort:**

| h | i |
|---|---|
| a | b |
| c | b |
| d | e |

### Q11. Order

**Question:** q

**Order:**

1. a
2. b

## Shared {.stimulus}

Stimulus.

### Q12. Open

**Question:** q

**Solution:** s
"""

# Kept in general; a target reports them only for some questions.
BY_VALUE = {
    ("gift", Feature.RIGHT_FEEDBACK),
    ("gift", Feature.WRONG_FEEDBACK),
    ("moodle", Feature.RIGHT_FEEDBACK),
    ("moodle", Feature.WRONG_FEEDBACK),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "figure.png").write_bytes(png())
    (tmp_path / "everything.md").write_text(EVERYTHING)
    (tmp_path / "relative.md").write_text(
        "---\nid: r\nnamespace: n\n---\n\n## Q1. T\n\n[a](b.md)\n\n**Solution:** s\n"
    )
    return tmp_path


@pytest.mark.parametrize("target", [*DEFAULT_TARGETS, "moodle"])
def test_what_is_not_kept_is_reported_with_its_place(folder: Path, target: str) -> None:
    report = api.check(["everything.md", "relative.md"], targets=[target], cwd=folder)
    assert report.exit_code == 0, [found.rule.message() for found in report.diagnostics]
    reported = set()
    for found in report.diagnostics:
        if found.severity is Severity.LOSS:
            assert found.target == target
            assert found.span is not None
            reported.add(found.rule.message().split(":")[0])
    capabilities = load(target).capabilities()
    for feature in Feature:
        level = capabilities[feature].level
        if (target, feature) not in BY_VALUE:
            assert (feature.value in reported) == (level is not Level.KEPT), feature
        assert capabilities[feature].how or level is Level.KEPT, feature


def test_a_broken_pack_reports_no_losses(folder: Path) -> None:
    (folder / "everything.md").write_text(EVERYTHING + "\n## Q44. No solution\n\n**Question:** a\n")
    report = api.check(["everything.md"], targets=["gift"], cwd=folder)
    assert report.exit_code == 1
    assert not [found for found in report.diagnostics if found.severity is Severity.LOSS]


def test_the_registry_knows_the_four_targets() -> None:
    assert set(DEFAULT_TARGETS) <= set(infos())


def test_most_places_are_asked_of_nobody() -> None:
    """The nodes are enough until one is reported: a span takes as much as a node and its text."""
    count = 300
    pack = read_pack(SourceFile.from_text(bank(count), name="t"), Sink(), fallback_id="t")
    nodes_by_kind(pack)
    tracemalloc.start()
    try:
        used = features(pack)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(map(len, used.values())) > 10 * count
    assert size / count < 300, "bytes of a question"


def test_what_was_walked_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("---\nid: p\nnamespace: n\n---\n\n## Q1. A\n\n**Solution:** C\n")
    api.build([tmp_path / "p.md"], targets=("gift",), cwd=tmp_path, out=tmp_path / "dist")
    assert walk._last == []
