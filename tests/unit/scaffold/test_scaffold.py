"""A new project, a new pack, a new question: they are clean, and nothing that is there is touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from packc import ProjectFault, api, revise
from packc.ast.kinds import Kind
from packc.ast.pack import questions
from packc.ast.question import OpenQuestion, kind_of
from packc.cli.app import group
from packc.diagnostics import Severity
from packc.reader.ids import next_id
from packc.scaffold.add import add_pack, add_question
from packc.scaffold.packs import pack_id
from packc.scaffold.project import fresh_namespace

TARGETS = ("gift", "qti", "html")
PACK = "---\nid: {id}\nnamespace: n\n---\n\n{body}"
QUESTION = "{marks} {id}. A\n\n**Question:** B\n\n**Solution:** C\n\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def packc(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(group, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value or 0, done.stdout


def wrong(folder: Path, paths: Sequence[str] = ()) -> list[str]:
    report = api.check(paths, targets=TARGETS, cwd=folder)
    return [
        f"{found.code} {found.rule.message()}"
        for found in report.diagnostics
        if found.severity is not Severity.LOSS
    ]


def test_init_makes_a_project_that_builds_without_a_warning(folder: Path) -> None:
    status, written = packc("init", "school")
    assert status == 0
    assert sorted(written.splitlines()) == sorted(
        f"school/{name}" for name in ("packc.yaml", ".gitignore", "README.md", "content/first-steps.md")
    )
    school = folder / "school"
    assert wrong(school) == []
    report = api.build([], targets=TARGETS, cwd=school)
    assert report.exit_code == 0
    assert {artefact.target for artefact in report.artefacts} == set(TARGETS)
    assert len(report.kinds) >= 8
    assert [change.name for change in revise.fmt([], cwd=school).changes] == []
    assert (school / ".gitignore").read_text() == "/dist/\n"


def test_every_namespace_is_fresh(folder: Path) -> None:
    names = {fresh_namespace() for _ in range(200)}
    assert len(names) == 200
    assert all(re.fullmatch(r"[a-km-np-z][a-km-np-z2-9]{9}", name) for name in names)
    packc("init")
    assert api.load([], cwd=folder).packs[0].pack.meta.namespace in (folder / "packc.yaml").read_text()


def test_init_replaces_nothing(folder: Path) -> None:
    (folder / "content").mkdir()
    (folder / "content/mine.md").write_text("# Mine\n")
    (folder / "README.md").write_text("Mine.\n")
    (folder / ".gitignore").write_text("*.tmp")
    assert packc("init")[0] == 0
    assert (folder / "README.md").read_text() == "Mine.\n"
    assert (folder / ".gitignore").read_text() == "*.tmp\n/dist/\n"
    assert [path.name for path in (folder / "content").iterdir()] == ["mine.md"]
    before = (folder / "packc.yaml").read_text()
    assert packc("init")[0] == 2
    assert (folder / "packc.yaml").read_text() == before


@pytest.mark.parametrize("required", ["", "solution, why, hint, points, time, tags, difficulty"])
@pytest.mark.parametrize("kind", Kind)
def test_a_new_pack_of_any_kind_is_clean_and_canonical(folder: Path, kind: Kind, required: str) -> None:
    (folder / "packc.yaml").write_text(f"namespace: n\nrequired: [{required}]\n")
    added = add_pack("Loss Curves", cwd=folder, kind=kind)
    assert added.path == folder / "content/loss-curves.md"
    assert wrong(folder) == []
    second = add_question("loss-curves", cwd=folder, kind=kind)
    assert second.id == "Q2"
    assert wrong(folder) == []
    (loaded,) = api.load([], cwd=folder).packs
    assert [kind_of(question) for question in questions(loaded.pack)] == [kind, kind]
    assert loaded.pack.title == "Loss Curves"
    assert required or [change.after for change in revise.fmt([], cwd=folder).changes] == []


def test_a_question_has_the_labels_that_the_author_uses(folder: Path) -> None:
    (folder / "packc.yaml").write_text(
        "labels: {prompt: Frage, solution: Lösung}\nfields: {level: {labels: Niveau, required: true}}\n",
        encoding="utf-8",
    )
    german = add_pack("Kurven", cwd=folder).path
    assert "**Frage:**" in german.read_text(encoding="utf-8")
    assert "**Niveau:**" in german.read_text(encoding="utf-8")
    english = folder / "content/english.md"
    english.write_text(PACK.format(id="english", body=QUESTION.format(marks="##", id="E1")))
    add_question("english", cwd=folder)
    assert english.read_text().count("**Question:**") == 2
    add_question("kurven", cwd=folder, kind=Kind.TRUE_FALSE)
    assert german.read_text(encoding="utf-8").count("**Frage:**") == 2
    assert {message.split()[0] for message in wrong(folder) if "E1" not in message} == {"PK501"}


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "\r\n"])
def test_what_stands_in_a_file_stays_as_it_is(folder: Path, ending: str) -> None:
    odd = PACK.format(id="odd", body="*  an\n*  intro\n\n### C07. X\nText  \n**Solution:**  b" + ending)
    (folder / "odd.md").write_bytes(odd.encode())
    added = add_question("odd.md", cwd=folder)
    after = (folder / "odd.md").read_bytes().decode()
    assert after.startswith(odd)
    assert added.id == "C08"
    assert "\n\n### C08. " in after.replace("\r\n", "\n")
    assert after[len(odd) :].count("\n") == after[len(odd) :].count("\r\n") or "\r" not in ending
    (loaded,) = api.load(["odd.md"], cwd=folder).packs
    assert [question.id for question in questions(loaded.pack)] == ["C07", "C08"]


@pytest.mark.parametrize(
    ("ids", "retired", "wanted"),
    [
        ([], [], "Q1"),
        ([], ["Q1", "q2"], "Q3"),
        (["Q1", "Q2"], [], "Q3"),
        (["Q9"], [], "Q10"),
        (["QD01", "QD02"], [], "QD03"),
        (["QD08", "QD09"], [], "QD10"),
        (["ML-Q01"], [], "ML-Q02"),
        (["A1", "B7", "A2"], [], "A3"),
        (["Q1"], ["Q7", "q9", "Z50"], "Q10"),
        (["Q1a", "Q1b"], [], "Q2"),
        (["intro"], [], "Q1"),
        (["Q099"], [], "Q100"),
    ],
)
def test_the_next_id_is_one_that_was_never_used(ids: list[str], retired: list[str], wanted: str) -> None:
    assert next_id(ids, retired) == wanted


def test_ids_of_old_and_of_headings_that_are_no_questions_yet_count(folder: Path) -> None:
    body = QUESTION.format(marks="##", id="Q1") + "**Alias:** Q5\n\n## Q8. Only a plan\n"
    (folder / "p.md").write_text(PACK.format(id="p", body=body))
    assert add_question("p.md", cwd=folder).id == "Q9"


def test_a_question_is_as_deep_as_the_last_one(folder: Path) -> None:
    body = "## S\n\n" + QUESTION.format(marks="####", id="Q1")
    (folder / "p.md").write_text(PACK.format(id="p", body=body))
    add_question("p.md", cwd=folder)
    assert "\n#### Q2. " in (folder / "p.md").read_text()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Loss Curves", "loss-curves"),
        ("Überblick: C# & Teil 2", "uberblick-c-teil-2"),
        ("3. Kapitel", "kapitel"),
        ("loss_curves", "loss-curves"),
        ("السؤال", ""),
        ("x" * 200, "x" * 64),
    ],
)
def test_an_id_is_made_of_a_name(name: str, wanted: str) -> None:
    assert pack_id(name) == wanted


@pytest.mark.parametrize(
    "title", ["C# & *Teil* 2", "a_b_c `x` $5 and $6", "[x](y) <b> {#id}", "1 == 2\n# Q1. X"]
)
def test_a_title_is_read_as_it_was_given(folder: Path, title: str) -> None:
    (folder / "packc.yaml").write_text("namespace: n\n")
    add_pack(title, cwd=folder, identifier="p")
    (loaded,) = api.load([], cwd=folder).packs
    assert loaded.pack.title == " ".join(title.split())
    assert len(loaded.pack.parts) == 1


@pytest.mark.parametrize(
    ("name", "identifier", "code"),
    [("Old", "", "PK813"), ("Older", "", "PK814"), ("السؤال", "", "PK019"), ("x", "a b", "PK019")],
)
def test_a_pack_that_cannot_be_added(folder: Path, name: str, identifier: str, code: str) -> None:
    (folder / "packc.yaml").write_text("namespace: n\n")
    (folder / "content").mkdir()
    old = PACK.format(id="other", body=QUESTION.format(marks="##", id="Q1"))
    (folder / "content/old.md").write_text(old.replace("namespace", "aliases: [older]\nnamespace"))
    with pytest.raises(ProjectFault) as caught:
        add_pack(name, cwd=folder, identifier=identifier)
    assert caught.value.diagnostic.code == code
    assert [path.name for path in (folder / "content").iterdir()] == ["old.md"]


def test_a_name_without_latin_letters_is_told_how_to_give_an_id(folder: Path) -> None:
    (folder / "packc.yaml").write_text("namespace: n\n")
    with pytest.raises(ProjectFault) as caught:
        add_pack("السؤال", cwd=folder)
    assert caught.value.diagnostic.rule.help() == "write `--id pack`"


def test_without_a_project_there_is_no_place_for_a_pack(folder: Path) -> None:
    with pytest.raises(ProjectFault) as caught:
        add_pack("x", cwd=folder)
    assert caught.value.diagnostic.code == "PK802"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("kind", ["open", "True/False", "short", "multiple choice", "ordering"])
def test_kinds_are_called_as_in_a_pack(kind: str) -> None:
    packc("init")
    assert packc("new", "question", "first-steps", "--kind", kind) == (0, "FS10\n")


def test_the_commands_say_where(folder: Path) -> None:
    packc("init")
    assert packc("new", "pack", "Loss Curves") == (0, "content/loss-curves.md\n")
    assert packc("new", "question", "content/loss-curves.md") == (0, "Q2\n")
    assert packc("new", "question", "nothing")[0] == 2
    loaded = {pack.pack.id: pack.pack for pack in api.load([], cwd=folder).packs}
    assert all(isinstance(part, OpenQuestion) for part in loaded["loss-curves"].parts)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_for_packc(shell: str) -> None:
    status, text = packc("completion", shell)
    assert status == 0
    assert "_PACKC_COMPLETE" in text
    assert f"{shell}_complete" in text
