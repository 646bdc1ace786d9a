"""`packc import`: files in, packs out; nothing is overwritten unasked, and the result builds."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from packc import api, convert
from packc.ast.pack import questions
from packc.ast.question import OpenQuestion, Role
from packc.cli import main
from packc.convert import State
from packc.diagnostics import Severity
from packc.writer.pack import write
from tests.support.judges import ROOT, seed
from tests.support.packs import png

PAGE = "Steps¶\nQ1. First change¶\nQuestion: What?\nSolution: The learning rate.\n"
OWN_PAGE = ROOT / "tests/packs/academy/reading-curves.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "packc.yaml").write_text("namespace: test\n")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def _builds_cleanly(folder: Path) -> None:
    report = api.build([], targets=["all"], cwd=folder)
    severities = {found.severity for found in report.diagnostics}
    assert severities <= {Severity.LOSS}, [found.rule.message() for found in report.diagnostics]
    assert {artefact.target for artefact in report.artefacts} >= {"anki", "gift", "html", "qti"}


def test_the_seed_comes_over_whole(folder: Path) -> None:
    done = convert.convert([seed()], cwd=folder)
    (file,) = done.files
    assert (file.path, file.questions) == ("content/deep-learning-and-checkpoints.md", 8)
    spans = [found.span for found in done.diagnostics if found.code == "PK703" and found.span]
    assert len(spans) == len(done.diagnostics)
    assert [done.sources[span.file].place(span.start).line for span in spans] == [70, 71, 72, 73, 74]
    (loaded,) = api.load([], cwd=folder).packs
    for question in questions(loaded.pack):
        assert isinstance(question, OpenQuestion)
        assert question.title and question.prompt and question.solution
        assert [note.role for note in question.notes] == [Role.WHY, Role.SOURCE]
        assert all(note.body for note in question.notes)
    _builds_cleanly(folder)


def test_no_word_of_the_seed_is_lost(folder: Path) -> None:
    (file,) = convert.convert([seed()], cwd=folder).files
    written = file.text.replace("**", "").split()
    labels = ("Question:", "Solution:")
    for line in seed().read_text(encoding="utf-8").splitlines():
        if line.strip() not in labels:
            words = line.replace("¶", "").split()
            assert any(written[n : n + len(words)] == words for n in range(len(written))), line


def test_a_page_of_our_own_builds_for_all_targets(folder: Path) -> None:
    shutil.copy(OWN_PAGE, folder)
    assert main(["import", OWN_PAGE.name]) == 0
    _builds_cleanly(folder)


def test_the_page_that_the_documentation_shows(folder: Path) -> None:
    document = (ROOT / "docs/import.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```text\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    (folder / "shown.txt").write_text(text, encoding="utf-8")
    done = convert.convert(["shown.txt"], cwd=folder)
    assert [found.code for found in done.diagnostics] == ["PK703"]
    assert [(file.path, file.questions) for file in done.files] == [("content/reading-curves.md", 1)]
    _builds_cleanly(folder)


def test_importing_twice_changes_nothing(folder: Path) -> None:
    (first,) = convert.convert(["page.txt"], cwd=folder).files
    path = folder / first.path
    written, stamp = path.read_bytes(), path.stat().st_mtime_ns
    (again,) = convert.convert(["page.txt"], cwd=folder).files
    assert (first.state, again.state) == (State.NEW, State.SAME)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (written, stamp)
    # What was written is Markdown that imports as itself.
    (third,) = convert.convert([path], cwd=folder).files
    assert (third.text, third.state) == (written.decode(), State.SAME)


def test_a_file_that_says_something_else_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "content/steps.md"
    target.parent.mkdir()
    target.write_text("Mine.\n")
    (folder / "other.txt").write_text(PAGE.replace("Steps", "Curves"), encoding="utf-8")
    assert main(["import", "page.txt", "other.txt"]) == 1
    out, err = capsys.readouterr()
    assert out == "content/curves.md\n"
    assert "PK708" in err
    assert target.read_text() == "Mine.\n"
    assert main(["import", "page.txt", "--force"]) == 0
    assert "overwritten" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8").startswith("---\nid: steps\n")
    assert sorted(path.name for path in target.parent.iterdir()) == ["curves.md", "steps.md"]


def test_a_folder_in_the_way_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "content").write_text("no folder")
    assert main(["import", "page.txt"]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_one_id_on_two_pages_is_no_clash(folder: Path) -> None:
    (folder / "other.txt").write_text(PAGE.replace("Steps", "Curves"), encoding="utf-8")
    done = convert.convert(["page.txt", "other.txt"], cwd=folder)
    assert [file.path for file in done.files] == ["content/steps.md", "content/curves.md"]
    assert done.diagnostics == ()
    _builds_cleanly(folder)


def test_two_pages_of_one_title_get_two_ids(folder: Path) -> None:
    for name in ("one.txt", "two.txt", "Two.TXT"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    done = convert.convert(["one.txt", "two.txt", "Two.TXT"], cwd=folder)
    assert [file.pack for file in done.files] == ["steps", "steps-two", "steps-two-2"]
    assert [found.code for found in done.diagnostics] == ["PK710", "PK710"]
    _builds_cleanly(folder)


def test_out_says_where(folder: Path) -> None:
    assert main(["import", "page.txt", "--out", "new/packs"]) == 0
    assert (folder / "new/packs/steps.md").is_file()
    assert not (folder / "content").exists()


def test_a_dash_as_out_shows_the_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "page.txt", "--out", "-"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("---\nid: steps\n---\n\n# Steps\n")
    assert not (folder / "content").exists()
    (folder / "other.txt").write_text(PAGE.replace("Steps", "Curves"), encoding="utf-8")
    assert main(["import", "page.txt", "other.txt", "--out", "-"]) == 2


def test_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert main(["import", "-"]) == 0
    assert capsys.readouterr().out == "content/steps.md\n"
    assert (folder / "content/steps.md").is_file()


MARKDOWN = """\
# Folded answers

## F1. Steps

Which setting first?

??? success "Solution"

    The learning rate.

## F2. Batches

**Question:** And then?

<details><summary>Solution</summary>

The batch size.

</details>
"""


def test_markdown_with_folded_answers(folder: Path) -> None:
    (folder / "folded.md").write_text(MARKDOWN)
    (file,) = convert.convert(["folded.md"], cwd=folder).files
    assert (file.pack, file.questions) == ("folded-answers", 2)
    assert file.text.count("**Solution:** The ") == 2
    assert "???" not in file.text
    assert "<details>" not in file.text


def test_what_no_pack_can_hold_is_left_behind_and_named(folder: Path) -> None:
    text = MARKDOWN.replace("## F2", "<!-- to be checked -->\n\n## F2")
    (folder / "a.md").write_text(f"---\nhide: [toc]\n---\n\n{text}")
    done = convert.convert(["a.md"], cwd=folder)
    assert [found.code for found in done.diagnostics] == ["PK713", "PK713"]
    assert [found.rule.message() for found in done.diagnostics] == [
        "`hide:` is not taken over",
        "`<!-- to be checked -->` is not taken over",
    ]
    assert len(done.files) == 1


def test_an_image_is_left_behind_and_named(folder: Path) -> None:
    question = "## Q1. One\n\n**Question:** ![a curve](c.png)\n\n**Solution:** So.\n"
    (folder / "a.md").write_text(f"# A\n\n{question}")
    done = convert.convert(["a.md"], cwd=folder)
    assert [found.code for found in done.diagnostics] == ["PK709"]
    assert len(done.files) == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("note.txt", b"Buy milk.\n", "PK701"),
        ("latin.txt", PAGE.encode() + b"\xe9", "PK001"),
        ("nul.md", b"# A\n\n## Q1. One\n\n**Question:** a\0b\n", "PK002"),
        ("page.txt", b"Steps\xc2\xb6\nNo question.\n", "PK701"),
    ],
)
def test_what_cannot_be_read_writes_nothing(folder: Path, name: str, data: bytes, code: str) -> None:
    (folder / name).write_bytes(data)
    done = convert.convert([name], cwd=folder)
    assert code in [found.code for found in done.diagnostics]
    assert done.files == ()
    assert not (folder / "content").exists()


def test_what_is_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "gone.txt"]) == 2
    assert "PK804" in capsys.readouterr().err
    assert main(["import", "page.txt", "--from", "acadmy"]) == 2
    assert "did you mean `academy`?" in capsys.readouterr().err
    (folder / "sub").mkdir()
    assert main(["import", "sub"]) == 1
    assert "PK805" in capsys.readouterr().err


def test_a_file_over_the_limit_is_not_read(folder: Path) -> None:
    (folder / "packc.yaml").write_text("limits: {file_bytes: 20}\n")
    assert [found.code for found in convert.convert(["page.txt"], cwd=folder).diagnostics] == ["PK005"]


def test_what_would_not_read_back_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packc.convert.write", lambda _: "---\nid: steps\n---\n\n# Other\n")
    done = convert.convert(["page.txt"], cwd=folder)
    assert [found.code for found in done.diagnostics] == ["PK711"]
    assert not (folder / "content").exists()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_bank_saved_in_another_unicode_is_read(folder: Path, encoding: str) -> None:
    (folder / "bank.gift").write_bytes("::One::Wei\u00df?\r\n{T}\r\n".encode(encoding))
    done = convert.convert(["bank.gift"], cwd=folder)
    assert done.diagnostics == ()
    assert "Wei\u00df?" in done.files[0].text


def test_an_introduction_that_would_not_read_back_costs_no_question(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bank.gift").write_text("$CATEGORY: top/A/B\n\n::B::Read this.\n\n::One::Really?{T}\n")
    monkeypatch.setattr("packc.convert.write", lambda pack: write(replace(pack, intro=())))
    done = convert.convert(["bank.gift"], cwd=folder)
    assert [found.rule.message() for found in done.diagnostics] == [
        "`the introduction` would not read back as it was; nothing is written for it"
    ]
    assert [(file.pack, file.questions) for file in done.files] == [("b", 1)]


def test_fields_that_a_source_defines_itself_come_along(folder: Path) -> None:
    own = "fields: {lab: {labels: [Lab, In the lab], side: front, required: true}}"
    question = "## Q1. One\n\nWhy?\n\n**In the lab:** Look.\n\n**Solution:** So.\n"
    (folder / "own.md").write_text(f"---\nid: own\n{own}\n---\n\n# Own\n\n{question}")
    assert convert.convert(["own.md"], cwd=folder).diagnostics == ()
    (loaded,) = api.check(["content/own.md"], targets=(), cwd=folder).loaded
    (asked,) = questions(loaded.pack)
    (note,) = asked.notes
    assert (note.key, note.label, note.side) == ("lab", "In the lab", "front")
    assert loaded.pack.meta.required == ("lab",)


@pytest.mark.usefixtures("folder")
def test_the_tree_of_an_import_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "page.txt", "-q"]) == 0
    capsys.readouterr()
    assert main(["ast", "content/steps.md"]) == 0
    assert json.loads(capsys.readouterr().out)["parts"][0]["id"] == "Q1"
    assert main(["ast", "content/steps.md", "--spans"]) == 0
    assert json.loads(capsys.readouterr().out)["parts"][0]["span"][1] > 0


BANK = '::Dot::[html]See <img src\\="data\\:image/png;base64,{0}" alt\\="a dot">.{{=a ~b}}\n\n::Bad::x{{=\n'


def _bank() -> str:
    return BANK.format(base64.b64encode(png()).decode().replace("=", "\\="))


def test_the_images_of_a_bank_are_written_beside_the_pack_and_bad_questions_left_out(folder: Path) -> None:
    (folder / "bank.gift").write_text(_bank())
    done = convert.convert(["bank.gift"], cwd=folder)
    assert [found.code for found in done.diagnostics] == ["PK714"]
    (image,) = (folder / "content/images").iterdir()
    assert image.read_bytes() == png()
    assert f"![a dot](images/{image.name})" in done.files[0].text
    report = api.check([], targets=["all"], cwd=folder)
    assert [found.code for found in report.diagnostics if not found.target] == []
    again = convert.convert(["bank.gift"], cwd=folder)
    assert again.files[0].state is State.SAME
    image.write_bytes(b"mine")
    assert "PK708" in [found.code for found in convert.convert(["bank.gift"], cwd=folder).diagnostics]
    assert image.read_bytes() == b"mine"


def test_what_is_only_shown_writes_no_image(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bank.gift").write_text(_bank())
    assert main(["import", "bank.gift", "--out", "-"]) == 1
    assert "PK709" in capsys.readouterr().err
    assert not (folder / "content").exists()


def test_a_qti_package_and_the_folder_of_one_are_the_same(folder: Path) -> None:
    (folder / "content").mkdir()
    (folder / "content/intro.md").write_text(
        "---\nid: intro\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"
    )
    api.build([], targets=["qti"], cwd=folder)
    (zipped,) = convert.convert(["dist/qti/intro.zip"], cwd=folder, dry=True).files
    with zipfile.ZipFile(folder / "dist/qti/intro.zip") as archive:
        archive.extractall(folder / "intro")
    (unpacked,) = convert.convert(["intro"], cwd=folder, dry=True).files
    assert zipped.text == unpacked.text
    assert "## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n" in zipped.text


def test_the_format_may_be_said(folder: Path) -> None:
    (folder / "bank.txt").write_text("What is it? {=a ~b}\n")
    assert [file.questions for file in convert.convert(["bank.txt"], cwd=folder, dry=True).files] == [1]
    (folder / "odd.txt").write_text("# What is it?\n\nIt is {=a ~b}\n")
    assert convert.convert(["odd.txt"], cwd=folder, dry=True).files[0].questions == 0
    (file,) = convert.convert(["odd.txt"], cwd=folder, dry=True, source_format="gift").files
    assert file.questions == 1


@pytest.mark.parametrize("name", ["a.gift", "a.xml", "a.zip", "a.md"])
@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\xff\xfe<\0q\0", b"<quiz", b"PK\x03\x04", b"<?xml encoding='x'?>", b"::"]
)
def test_any_file_is_answered(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    for source_format in (None, "gift", "moodle", "qti"):
        done = convert.convert([name], cwd=folder, source_format=source_format, dry=True)
        assert done.diagnostics
        assert done.files == ()
