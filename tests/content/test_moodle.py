"""`packc build -t gift,moodle` on our own packs: the losses are exactly what the two files lack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from packc import api
from packc.ast.kinds import Kind
from packc.ast.pack import Pack, questions, sections
from packc.ast.question import Question, kind_of
from packc.ast.richtext import Blocks, Code, CodeBlock, Image, Inlines, Math, MathBlock, Text
from packc.ast.walk import lines_of, texts_of, walk
from packc.diagnostics import Severity
from packc.diagnostics.rules.loss import Dropped
from packc.source import Span
from tests.support.judges import ROOT
from tests.targets.gift.judge import read_gift
from tests.targets.gift.samples import characters, seen
from tests.targets.moodle.reader import Stored, read

pytestmark = pytest.mark.judge
TARGETS = ("gift", "moodle")


class Own(NamedTuple):
    """One of our packs, and for each target its losses and what a reader finds, by question."""

    pack: Pack
    losses: dict[str, list[tuple[str, Span]]]
    found: dict[str, dict[str, str]]
    rest: dict[str, str]  # what stands in no question


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Own]:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "content", folder / "content")
    for name in ("packc.yaml", "packc.lock"):
        shutil.copy(ROOT / name, folder)
    report = api.build([], targets=TARGETS, cwd=folder)
    assert report.exit_code == 0
    return [_own(loaded, report, folder) for loaded in api.load([], cwd=folder).packs]


def _own(loaded: api.LoadedPack, report: api.Report, folder: Path) -> Own:
    losses: dict[str, list[tuple[str, Span]]] = {target: [] for target in TARGETS}
    for loss in report.diagnostics:
        if loss.severity is Severity.LOSS:
            assert loss.span is not None, "a loss without its place"
            if report.sources[loss.span.file].name == loaded.name and isinstance(loss.rule, Dropped):
                losses[loss.target].append((loss.rule.what, loss.span))
    stored = read((folder / f"dist/moodle/{loaded.pack.id}.xml").read_bytes()).questions
    (items,) = read_gift([(folder / f"dist/gift/{loaded.pack.id}.txt").read_text(encoding="utf-8")])
    names = {question.id for question in questions(loaded.pack)}
    found = {
        "moodle": {one.name: _said(one) for one in stored if one.name in names},
        "gift": {one["title"]: _read(one) for one in items if one["title"] in names},
    }
    rest = {
        "moodle": "".join(_said(one) for one in stored if one.name not in names),
        "gift": "".join(_read(one) for one in items if one["title"] not in names),
    }
    return Own(loaded.pack, losses, found, rest)


def _said(stored: Stored) -> str:
    answers = [*stored.answers, *(answer for blank in stored.blanks for answer in blank.answers)]
    texts = [stored.text, stored.general, *stored.hints, *stored.combined, stored.graders]
    texts += [text for answer in answers for text in (answer.text, answer.feedback)]
    texts += [text for pair in stored.pairs for text in pair]
    return "\n".join(seen(text) + characters(text) for text in texts)


def _read(value: Any) -> str:
    if isinstance(value, str):
        return seen(value) + "\n" + characters(value)
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return "\n".join(map(_read, inner))
    return ""


def _leaves(nodes: Blocks | Inlines, *, pictures: bool) -> Iterator[str]:
    for node in walk(nodes):
        match node:
            case Text() | Code() | CodeBlock():
                yield characters(node.text)
            case Math() | MathBlock():
                yield characters(node.tex)
            case Image() if not pictures:
                yield characters(node.alt)
            case _:
                pass


def _lacks(own: Own, target: str) -> list[str]:
    """Return what the file lacks of the pack's texts: whole questions, or single texts of the others."""
    lacking = []
    for question in questions(own.pack):
        said = own.found[target].get(question.id)
        if said is None:
            lacking.append(f"{question.id}: all")
            continue
        for name, nodes in _texts(question):
            if any(leaf not in said for leaf in _leaves(nodes, pictures=target == "moodle")):
                lacking.append(f"{question.id}: {name}")
    return lacking


def _texts(question: Question) -> Iterator[tuple[str, Blocks | Inlines]]:
    hints = {id(hint) for hint in question.hints}
    for blocks in texts_of(question):
        if blocks:
            yield ("hints" if id(blocks) in hints else "a text"), blocks
    for line in lines_of(question):
        if line:
            yield "a line", line


def _told(own: Own, target: str) -> list[str]:
    """Return what the losses say the file lacks of the texts."""
    told = []
    for question in questions(own.pack):
        assert question.span is not None
        mine = [what for what, span in own.losses[target] if _within(own, question, span)]
        if any(what.endswith("questions") or what.startswith("question ") for what in mine):
            told.append(f"{question.id}: all")
        else:
            told += [f"{question.id}: hints" for what in mine if what.startswith("hints")]
            told += [
                f"{question.id}: a text" for what in mine if what == "rubrics" or what.startswith("the field")
            ]
            told += [f"{question.id}: a line" for what in mine if what.startswith("the answer")]
    return told


def _within(own: Own, question: Question, span: Span) -> bool:
    """Tell whether a place lies between a question's heading and the next one."""
    starts = sorted(one.span.start for one in questions(own.pack) if one.span is not None)
    assert question.span is not None
    later = [start for start in starts if start > question.span.start]
    return question.span.start <= span.start < (later[0] if later else 10**9)


@pytest.mark.parametrize("target", TARGETS)
def test_the_losses_are_what_the_file_lacks(packs: list[Own], target: str) -> None:
    kinds = {kind_of(question) for own in packs for question in questions(own.pack)}
    assert kinds == set(Kind), "our packs hold every kind of question"
    for own in packs:
        assert set(_lacks(own, target)) == set(_told(own, target)), own.pack.id


@pytest.mark.parametrize("target", TARGETS)
def test_what_stands_in_no_question_is_there(packs: list[Own], target: str) -> None:
    for own in packs:
        shown = own.rest[target] + "".join(own.found[target].values())
        for blocks in (own.pack.intro, *(section.blocks for section in sections(own.pack))):
            missing = [leaf for leaf in _leaves(blocks, pictures=target == "moodle") if leaf not in shown]
            assert missing == [], own.pack.id


def test_gift_loses_what_it_should_and_moodle_does_not(packs: list[Own]) -> None:
    """The test above would be satisfied by packs that lose nothing; ours do."""
    told = {target: [line for own in packs for line in _told(own, target)] for target in TARGETS}
    assert any(line.endswith(": all") for line in told["gift"])
    assert any(line.endswith(": hints") for line in told["gift"])
    assert not any(line.endswith(": all") for line in told["moodle"])
