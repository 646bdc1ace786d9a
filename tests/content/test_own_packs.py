"""The project's own packs, built as a user builds them, then read by every real importer."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from packc import api
from packc.ast.pack import Pack, questions
from packc.ast.question import ChoiceQuestion, ClozeQuestion, Question, Role
from packc.ast.richtext import Blank, Blocks, Code, CodeBlock, Text
from packc.ast.walk import walk
from packc.diagnostics import Severity
from tests.support.browser import opened
from tests.support.judges import ROOT, anki_python
from tests.targets.anki.emitting import IMPORT_SCRIPT, visible_text
from tests.targets.gift.judge import read_gift
from tests.targets.gift.moodle_rules import faults

pytestmark = pytest.mark.judge


@dataclass(frozen=True)
class Built:
    """A pack as read from its source, and the folder that holds what was built of it."""

    pack: Pack
    dist: Path

    def file(self, target: str, suffix: str) -> Path:
        return self.dist / target / f"{self.pack.id}{suffix}"


def _packs() -> list[Path]:
    content = ROOT / "content"
    return sorted(content.rglob("*.md"))


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "content", folder / "content")
    for name in ("packc.yaml", "packc.lock"):
        shutil.copy(ROOT / name, folder)
    report = api.build([], cwd=folder)
    unwanted = [found.rule.message() for found in report.diagnostics if found.severity is not Severity.LOSS]
    assert unwanted == []
    assert report.packs == len(_packs()) >= 3
    return folder / "dist"


@pytest.fixture(params=_packs(), ids=lambda path: path.relative_to(ROOT / "content").parts[0])
def built(request: pytest.FixtureRequest, dist: Path) -> Built:
    path: Path = request.param
    (loaded,) = api.load([path], cwd=ROOT).packs
    return Built(loaded.pack, dist)


def _even(text: str) -> str:
    return " ".join(text.split())


def _fragments(blocks: Blocks) -> Iterator[str]:
    """Yield the words of `blocks` as written, without what stands between them."""
    for node in walk(blocks):
        if isinstance(node, Text | Code | CodeBlock) and node.text.strip():
            yield _even(node.text)


def _backs(question: Question) -> Iterator[Blocks]:
    """Yield what may be seen only after answering."""
    yield question.solution
    yield from (note.body for note in question.notes if note.role is not Role.COLD_TARGET)
    if isinstance(question, ChoiceQuestion):
        yield from (choice.feedback for choice in question.choices)


def _cards(question: Question) -> int:
    """Return how many cards Anki makes of a question: one for each blank, else one."""
    if isinstance(question, ClozeQuestion):
        return sum(isinstance(node, Blank) for node in walk(question.text))
    return 1


def _strings(value: object) -> Iterator[str]:
    """Yield every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _import_into_anki(*packages: Path) -> dict[str, Any]:
    done = subprocess.run(
        [anki_python(), IMPORT_SCRIPT, *packages], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_anki_imports_the_deck(built: Built) -> None:
    package = built.file("anki", ".apkg")
    once, twice = _import_into_anki(package), _import_into_anki(package, package)
    notes = {note["fields"]["ID"]: note for note in once["notes"]}
    wanted = list(questions(built.pack))
    assert set(notes) == {question.id for question in wanted}
    assert once["logs"][0]["new"] == len(wanted) == len(once["notes"])
    for question in wanted:
        note = notes[question.id]
        fields = _even(visible_text("\n".join(note["fields"].values())))
        for blocks in (question.prompt, *_backs(question)):
            assert [words for words in _fragments(blocks) if words not in fields] == []
        assert len(note["cards"]) == _cards(question)
        front = _even(visible_text(note["cards"][0]["question"]))
        assert all(words in front for words in _fragments(question.prompt))
        asked = " ".join(_fragments(question.prompt))
        titles = [_even(node.text) for node in question.title if isinstance(node, Text)]
        assert [title for title in titles if title in front and title not in asked] == []
    assert twice["logs"][1]["duplicate"] == len(wanted)
    assert twice["logs"][1]["new"] == twice["logs"][1]["updated"] == 0
    assert twice["notes"] == once["notes"]


def test_an_independent_grammar_reads_the_gift_file(built: Built) -> None:
    text = built.file("gift", ".txt").read_text(encoding="utf-8")
    assert faults(text) == []
    (read,) = read_gift([text])
    by_id = {question["id"]: question for question in read if question.get("id")}
    wanted = [
        each for each in questions(built.pack) if not isinstance(each, ClozeQuestion)
    ]  # a declared loss
    assert set(by_id) == {question.id for question in wanted}
    for question in wanted:
        found = by_id[question.id]
        everything = _even(visible_text("\n".join(_strings(found))))
        for blocks in (question.prompt, *_backs(question)):
            assert [words for words in _fragments(blocks) if words not in everything] == []
        if isinstance(question, ChoiceQuestion):
            right = [
                (choice["weight"] or 0) > 0 if question.multiple else choice["isCorrect"]
                for choice in found["choices"]
            ]
            assert right == [choice.correct for choice in question.choices]


def test_the_handout_opens_and_prints(built: Built, browser: Browser) -> None:
    for suffix in (".html", ".key.html"):
        with opened(browser, built.file("html", suffix)) as watched:
            pdf = PdfReader(io.BytesIO(watched.pdf()))
            assert watched.console == watched.requests == watched.dialogs == []
        printed = "".join(page.extract_text() for page in pdf.pages)
        assert [question.id for question in questions(built.pack) if question.id not in printed] == []


def test_the_student_sheet_holds_no_answer(built: Built) -> None:
    student = _even(visible_text(built.file("html", ".html").read_text(encoding="utf-8")))
    key = _even(visible_text(built.file("html", ".key.html").read_text(encoding="utf-8")))
    for question in questions(built.pack):
        for blocks in _backs(question):
            long = [words for words in _fragments(blocks) if len(words) > 25]
            assert [words for words in long if words in student] == []
            assert [words for words in long if words not in key] == []
