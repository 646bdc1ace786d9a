"""packc.yaml and the environment: every value is checked at its place, and known by where it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from packc import ProjectFault, api
from packc.backends.registry import infos
from packc.cli.app import group
from packc.diagnostics import Severity, Sink
from packc.limits import LIMITS
from packc.project import Project, find_project
from packc.project.keys import KEYS, VARIABLES
from packc.reader.grammar import FieldKey
from packc.source import SourceMap

PACK = """\
---
id: p
---

## Q1. Erste

**Frage:** Was ist ein Pixel?

**Lösung:** Ein Bildpunkt.

**Niveau:** leicht
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # the search for a project ends here
    return tmp_path


def read(folder: Path, text: str) -> tuple[Project, Sink]:
    (folder / "packc.yaml").write_text(text, encoding="utf-8")
    sink = Sink()
    return find_project(folder, SourceMap(), sink), sink


def test_a_whole_project_file(folder: Path) -> None:
    text = """\
namespace: example
content: packs
out: made
targets: [html, gift]
required: [solution, level]
labels:
  prompt: Frage
  solution: [Lösung, Musterlösung]
fields:
  level: {labels: Niveau, side: graders, required: true}
  todo: Noch zu tun
  exam-date:
words: words
rules:
  PK405: off
  PK120: warning
  PK602: error
  PK201: error
limits:
  nesting: 12
  image_bytes: 1000
"""
    project, sink = read(folder, text)
    assert list(sink) == []
    assert (project.namespace, project.content, project.out) == ("example", "packs", "made")
    assert (project.targets, project.required) == (("html", "gift"), ("solution", "level"))
    assert project.labels == {"prompt": ("Frage",), "solution": ("Lösung", "Musterlösung")}
    assert project.grammar.labels["musterlösung"] is FieldKey.SOLUTION
    fields = [(each.key, each.labels, each.side.value, each.required) for each in project.grammar.fields]
    assert fields == [
        ("level", ("Niveau",), "graders", True),
        ("todo", ("Noch zu tun",), "back", False),
        ("exam-date", ("Exam date",), "back", False),
    ]
    assert project.rules == {
        "PK405": None,
        "PK120": Severity.WARNING,
        "PK602": Severity.ERROR,
        "PK201": Severity.ERROR,
    }
    assert project.limits == LIMITS._replace(nesting=12, image_bytes=1000)


def test_labels_and_fields_of_the_project_are_read(folder: Path) -> None:
    (folder / "packc.yaml").write_text(
        "namespace: n\nlabels: {prompt: Frage, solution: Lösung}\nfields: {level: Niveau}\n", encoding="utf-8"
    )
    (folder / "p.md").write_text(PACK, encoding="utf-8")
    report = api.check(["p.md"], targets=[], cwd=folder)
    assert report.diagnostics == ()
    assert sum(report.kinds.values()) == 1


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("labels: Lösung\n", "PK015", "Lösung"),
        ("labels: [Lösung]\n", "PK015", "[Lösung]"),
        ("labels: {solutoin: Lösung}\n", "PK809", "solutoin"),
        ("labels: {own: Lösung}\n", "PK809", "own"),
        ("labels: {solution: {a: b}}\n", "PK015", "{a: b}"),
        ('labels: {solution: ["ok", "no:"]}\n', "PK024", '"no:"'),
        ("labels: {solution: 1. Schritt}\n", "PK024", "1. Schritt"),
        ("labels: {solution: Hint}\n", "PK023", "Hint"),
        ("labels: {solution: Lösung, why: LÖSUNG}\n", "PK023", "LÖSUNG"),
        ("labels: {solution: Niveau}\nfields: {level: niveau}\n", "PK023", "niveau"),
        ("fields: {a: Niveau, b: Niveau}\n", "PK023", "Niveau"),
        ("fields: {why: Grund}\n", "PK025", "why"),
        ("fields: {Level: Niveau}\n", "PK025", "Level"),
        ("fields: {level: {labels: Niveau, sied: back}}\n", "PK809", "sied"),
        ("fields: {level: {labels: Niveau, side: left}}\n", "PK015", "left"),
        ("fields: {level: {labels: Niveau, required: yes}}\n", "PK015", "yes"),
        ("fields: {question: }\n", "PK023", ""),
        ("required: [solution, levle]\n", "PK026", "levle"),
        ("targets: [anki, gfit]\n", "PK801", "gfit"),
        ("words: /etc\n", "PK015", "/etc"),
        ("words: a/../../b\n", "PK015", "a/../../b"),
        ("rules: {PK999: off}\n", "PK809", "PK999"),
        ("rules: {PK405: never}\n", "PK015", "never"),
        ("rules: {PK201: off}\n", "PK810", "off"),
        ("rules: {PK201: warning}\n", "PK810", "warning"),
        ("limits: {nestling: 3}\n", "PK809", "nestling"),
        ("limits: {nesting: 33}\n", "PK015", "33"),
        ("limits: {yaml_depth: 1000}\n", "PK015", "1000"),
        ("limits: {nesting: 0}\n", "PK015", "0"),
        ("limits: {file_bytes: -1}\n", "PK015", "-1"),
        ("limits: {file_bytes: 1 MB}\n", "PK015", "1 MB"),
        ("limits: {file_bytes: 99999999999999999999}\n", "PK015", "99999999999999999999"),
        ("limits: {file_bytes: ３}\n", "PK015", "３"),
        ("limits: {file_bytes: [3]}\n", "PK015", "[3]"),
        ("moodel: {notetype: X}\n", "PK803", "moodel"),
    ],
)
def test_what_is_wrong_is_reported_at_its_place(folder: Path, text: str, code: str, at: str) -> None:
    with pytest.raises(ProjectFault) as caught:
        read(folder, text)
    found = caught.value.diagnostics[0]
    assert found.code == code
    assert found.span is not None
    source = caught.value.sources[found.span.file]
    assert source.text[found.span.start : found.span.end] == at
    if at:
        assert source.text.rindex(at) == found.span.start


def test_every_fault_is_reported_at_once(folder: Path) -> None:
    with pytest.raises(ProjectFault) as caught:
        read(folder, "namespce: x\nlabels: {x: y}\nrules: {PK201: off}\nlimits: {nesting: 0}\nout: /x\n")
    assert [found.code for found in caught.value.diagnostics] == ["PK803", "PK809", "PK015", "PK810", "PK015"]


def test_the_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKC_NAMESPACE", "elsewhere")
    monkeypatch.setenv("PACKC_TARGETS", "gift, html")
    monkeypatch.setenv("PACKC_OUT", "../made")
    monkeypatch.setenv("PACKC_CONTENT", "")  # set to nothing is not set
    project, sink = read(folder, "namespace: here\ntargets: anki\nout: dist\ncontent: packs\n")
    assert list(sink) == []
    assert (project.namespace, project.targets) == ("elsewhere", ("gift", "html"))
    assert (project.content, project.out_folder.resolve()) == ("packs", folder.parent / "made")


def test_the_output_folder_of_the_environment_is_seen_from_where_one_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKC_OUT", "made")
    (folder / "packc.yaml").write_text("namespace: here\n")
    (folder / "content").mkdir()
    project = find_project(folder / "content", SourceMap(), Sink())
    assert (project.root, project.out_folder) == (folder, folder / "content/made")


def test_a_wrong_variable_is_an_error_that_names_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKC_TARGETS", "gift, gfit")
    monkeypatch.setenv("PACKC_CONTENT", "/tmp")
    with pytest.raises(ProjectFault) as caught:
        read(folder, "namespace: here\n")
    places = [(found.code, found.span) for found in caught.value.diagnostics]
    names = [caught.value.sources[span.file].name for _, span in places if span]
    assert [code for code, _ in places] == ["PK015", "PK801"]
    assert names == ["PACKC_CONTENT", "PACKC_TARGETS"]


def test_an_unknown_variable_is_a_warning(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKC_TARGET", "gift")
    _, sink = read(folder, "namespace: here\n")
    (found,) = sink
    assert (found.code, found.severity) == ("PK811", Severity.WARNING)
    assert "PACKC_TARGETS" in found.rule.help()
    _, sink = read(folder, "namespace: here\nrules: {PK811: off}\n")
    assert list(sink) == []


def test_mappings_do_not_come_from_the_environment() -> None:
    assert set(VARIABLES) == {f"PACKC_{key.upper()}" for key in KEYS} - {
        *("PACKC_LABELS", "PACKC_FIELDS", "PACKC_RULES", "PACKC_LIMITS")
    }


def shown(*words: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(group, ["config", *words, "--json"], standalone_mode=False)
    settings: list[dict[str, object]] = json.loads(done.stdout)["settings"]
    return settings


def test_config_shows_every_setting_and_where_it_comes_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKC_CONTENT", "packs")
    text = "namespace: here\n\nlabels:\n  hint: Tipp\nfields: {level: Niveau}\nrules:\n  PK405: off\n"
    (folder / "packc.yaml").write_text(text)
    found = {str(each["key"]): each for each in shown("-t", "gift")}
    assert {key.partition(".")[0] for key in found} == set(KEYS) | {
        name for name, info in infos().items() if info.options
    }
    assert found["namespace"] == {
        "key": "namespace",
        "value": "here",
        "origin": "packc.yaml",
        "place": "packc.yaml:1",
    }
    places = {key: (each["origin"], each["place"]) for key, each in found.items()}
    assert places["content"] == ("environment", "PACKC_CONTENT")
    assert places["targets"] == ("command line", "--target")
    assert places["out"] == ("default", "")
    assert places["labels.hint"] == ("packc.yaml", "packc.yaml:4")
    assert places["fields.level"] == ("packc.yaml", "packc.yaml:5")
    assert places["rules.PK405"] == ("packc.yaml", "packc.yaml:7")
    assert found["rules.PK405"]["value"] == "off"
    assert found["limits.nesting"]["value"] == LIMITS.nesting
    assert found["fields.level"]["value"] == {"labels": ["Niveau"], "side": "back", "required": False}


def test_config_for_people_is_one_line_for_each_setting(folder: Path) -> None:
    (folder / "packc.yaml").write_text("targets: [gift]\n")
    lines = CliRunner().invoke(group, ["config", "--show"], standalone_mode=False).stdout.splitlines()
    assert len(lines) == len(shown())
    assert lines[0].split() == ["namespace:", '""', "#", "default"]
    assert "targets: [gift]" in lines[3]
    assert lines[3].endswith("# packc.yaml:1")
