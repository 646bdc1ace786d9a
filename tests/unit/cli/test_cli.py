"""The command line as its users meet it: whole processes, their streams and their exit statuses."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from packc.cli import main

GOOD = """\
---
id: good
namespace: test
lang: en
---

# Good

## Q1. First

**Question:** Why?

**Solution:** Because.

## Q2. Second

Which?

- [x] This
- [ ] That
"""
WARNED = GOOD.replace("namespace: test\n", "")  # no namespace: a warning
LOSSY = GOOD.replace("lang: en\n", "description: Text\n")  # GIFT cannot carry a description
BROKEN = GOOD.replace("[x]", "[ ]").replace("id: good", "id: broken")


def packc(
    *words: str,
    cwd: Path,
    stdin: bytes = b"",
    environ: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "packc", *words],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **(environ or {})},
    )


@pytest.fixture(scope="module", autouse=True)
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the processes share compiled modules: half of a first start is compiling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "warned.md").write_text(WARNED)
    (tmp_path / "lossy.md").write_text(LOSSY)
    (tmp_path / "broken.md").write_text(BROKEN)
    return tmp_path


def test_build_lists_the_files_on_stdout_and_sums_up_on_stderr(folder: Path) -> None:
    done = packc("build", "good.md", cwd=folder)
    paths = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert sorted(paths) == [
        "dist/anki/good.apkg",
        "dist/gift/good.txt",
        "dist/html/good.html",
        "dist/html/good.key.html",
        "dist/qti/good.zip",
    ]
    assert all((folder / path).stat().st_size for path in paths)
    said = done.stderr.decode()
    assert "1 pack, 2 questions: 1 open, 1 single choice; 2 unreleased\n" in said
    assert re.search(r"^  html  2 files  2 questions +[\d.]+ kB$", said, re.MULTILINE)
    assert re.search(r"^took \d+\.\d\d s$", said, re.MULTILINE)


def test_the_folder_and_the_targets_can_be_chosen(folder: Path) -> None:
    done = packc("build", "good.md", "-t", "gift,anki", "-t", "gift", "--out", "o/p", cwd=folder)
    assert sorted(done.stdout.decode().splitlines()) == ["o/p/anki/good.apkg", "o/p/gift/good.txt"]
    assert done.returncode == 0
    every = packc("build", "good.md", "-t", "all", cwd=folder)
    assert {"anki", "gift", "html", "qti"} <= {
        line.split("/")[1] for line in every.stdout.decode().splitlines()
    }


def test_a_broken_pack_is_named_and_the_others_are_built(folder: Path) -> None:
    done = packc("build", "good.md", "broken.md", "-t", "gift", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == b"dist/gift/good.txt\n"
    said = done.stderr.decode()
    assert "error[PK201]: question Q2 marks no choice as correct\n  --> broken.md:19:1\n" in said
    assert "not built because of errors: broken.md\n" in said
    assert re.search(r"^1 error\b", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["check", "good.md"], 0),
        (["check", "broken.md"], 1),
        (["check", "warned.md"], 0),
        (["check", "warned.md", "--strict"], 1),
        (["check", "lossy.md", "--strict"], 0),
        (["build", "warned.md"], 0),
        (["build", "warned.md", "--strict"], 1),
        (["build", "warned.md", "--strict-loss", "-t", "html"], 0),
        (["build", "lossy.md", "-t", "gift"], 0),
        (["build", "lossy.md", "-t", "gift", "--strict"], 0),
        (["build", "lossy.md", "-t", "gift", "--strict-loss"], 1),
        (["build", "nowhere.md"], 2),
        (["build", "--nonsense"], 2),
        (["build", "good.md", "-t", ","], 2),
        (["build"], 2),
        (["check"], 2),
        (["check", "good.md", "--strict-loss"], 2),
        (["nonsense"], 2),
        ([], 2),
        (["targets"], 0),
        (["--help"], 0),
        (["build", "--help"], 0),
        (["--version"], 0),
    ],
)
def test_exit_statuses(
    folder: Path,
    words: list[str],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    assert main(words) == status
    data, said = capsys.readouterr()
    assert "Traceback" not in said
    assert "packc itself failed" not in said
    assert (data == "") is (status == 2 or words[:1] == ["check"])
    assert (said == "") is (words[-1:] in (["--help"], ["--version"], ["targets"]))


def test_check_writes_nothing(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert packc("check", "good.md", cwd=folder).returncode == 0
    assert sorted(folder.rglob("*")) == before


def test_an_unknown_target_names_what_there_is(folder: Path) -> None:
    done = packc("build", "good.md", "-t", "moodel,gfit", cwd=folder)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "moodel" in said
    assert all(name in said for name in ("anki", "gift", "html", "qti"))
    assert "did you mean `gift`?" in packc("build", "good.md", "-t", "gfit", cwd=folder).stderr.decode()
    assert not (folder / "dist").exists()


def test_a_pack_from_standard_input(folder: Path) -> None:
    done = packc("build", "-", "-t", "gift", cwd=folder, stdin=GOOD.encode())
    assert (done.returncode, done.stdout) == (0, b"dist/gift/good.txt\n")
    assert (folder / "dist/gift/good.txt").stat().st_size


def test_check_json(folder: Path) -> None:
    done = packc("check", "broken.md", "--output-format", "json", cwd=folder)
    assert (done.returncode, done.stderr) == (1, b"")
    found = json.loads(done.stdout)
    assert found["version"] == 1
    error = next(each for each in found["diagnostics"] if each["severity"] == "error")
    assert (error["code"], error["file"], error["line"], error["column"]) == ("PK201", "broken.md", 19, 1)


def test_build_json_is_the_same_for_the_same_input(folder: Path) -> None:
    words = ("build", "lossy.md", "broken.md", "-t", "gift", "--json")
    first = packc(*words, cwd=folder)
    assert first.stdout == packc(*words, cwd=folder).stdout
    assert str(folder).encode() not in first.stdout
    found = json.loads(first.stdout)
    assert found["losses"] == {"gift": sum(each["severity"] == "loss" for each in found["diagnostics"])}
    assert found["losses"]["gift"] > 0
    assert found["broken"] == ["broken.md"]
    assert found["packs"] == 2
    assert [artefact["file"] for artefact in found["artefacts"]] == ["gift/good.txt"]
    assert set(found["artefacts"][0]) == {"file", "target", "pack", "questions", "size", "sha256"}


def test_quiet_leaves_only_what_is_wrong(folder: Path) -> None:
    assert packc("build", "lossy.md", "-t", "gift", "-q", cwd=folder).stderr == b""
    said = packc("build", "warned.md", "broken.md", "-t", "gift", "-q", cwd=folder).stderr.decode()
    assert "warning[" in said
    assert "error[" in said
    assert "took" not in said


def test_verbose_shows_losses_in_their_places(folder: Path) -> None:
    short = packc("check", "lossy.md", "-t", "gift", cwd=folder).stderr.decode()
    full = packc("check", "lossy.md", "-t", "gift", "-v", cwd=folder).stderr.decode()
    assert re.search(
        r"^loss\[PK602\] gift: pack descriptions: .*: 1 place: lossy\.md:4:\d+$", short, re.MULTILINE
    )
    assert "4 | description: Text\n" in full
    assert "4 | description: Text\n" not in short


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    (folder / "taken").write_text("mine")
    done = packc("build", "good.md", "-o", "taken", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(
        "error: cannot write taken: file exists\n  = help: a file stands where"
    )
    assert (folder / "taken").read_text() == "mine"


SABOTAGE = """
import sys
import packc.api
def broken(*args, **words):
    raise ValueError("boom \\x1b[31m")
packc.api.check = broken
from packc.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_our_own_faults_are_told_shortly(folder: Path) -> None:
    command = [sys.executable, "-c", SABOTAGE, "check", "good.md"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(
        "error: packc itself failed, not your content: ValueError: boom <U+001B>[31m ("
    )
    assert len(done.stderr.splitlines()) == 2
    assert "Traceback" not in done.stderr
    told = subprocess.run([*command, "--traceback"], capture_output=True, text=True, cwd=folder, check=False)
    assert told.returncode == 3
    assert "Traceback (most recent call last)" in told.stderr
    assert "in broken" in told.stderr


WAITING = """
import sys, time
import packc.api
def wait(*args, **words):
    print("waiting", file=sys.stderr, flush=True)
    time.sleep(60)
packc.api.check = wait
from packc.cli import main
sys.exit(main(["check"]))
"""


def test_an_interruption_is_130(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WAITING], stderr=subprocess.PIPE, cwd=folder) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == b"waiting\n"
        child.send_signal(signal.SIGINT)
        said = child.stderr.read()
    assert child.returncode == 130
    assert b"interrupted" in said
    assert b"Traceback" not in said


@pytest.mark.parametrize(
    "words", ["build good.md", "targets", "check good.md --output-format json", "--version", "--help"]
)
def test_nobody_reading_stdout_is_no_drama(folder: Path, words: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "packc", *words.split()]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=folder, check=False)
    os.close(writer)
    assert done.returncode == (1 if words == "--help" else 0)  # click writes the help, and exits with 1
    assert not re.search(rb"Traceback|Exception|Error|Broken", done.stderr)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("words", ["check 学.md", "build good.md -t gift -o 学", "check nowhere-学.md", "学"])
def test_no_console_makes_it_fail(folder: Path, words: str, encoding: str) -> None:
    (folder / "学.md").write_text(BROKEN.replace("That", "\u202e 学 é"), "utf-8")
    done = packc(*words.split(), cwd=folder, environ={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == {"check 学.md": 1, "build good.md -t gift -o 学": 0}.get(words, 2)
    assert not re.search(rb"Traceback|packc itself failed", done.stderr)
    done.stderr.decode(encoding)


def test_a_path_that_is_no_text_goes_out_as_it_came_in(folder: Path) -> None:
    out = os.fsdecode(b"o\xff")
    done = packc(
        "build", "good.md", "-t", "gift", "-o", out, cwd=folder, environ={"PYTHONIOENCODING": "utf-8"}
    )
    assert (done.returncode, done.stdout) == (0, b"o\xff/gift/good.txt\n")


@pytest.mark.parametrize(
    ("words", "environ", "colour"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_can_be_asked_for(
    folder: Path, words: list[str], environ: dict[str, str], colour: bool
) -> None:
    done = packc("check", "broken.md", *words, cwd=folder, environ={"NO_COLOR": "", **environ})
    assert (b"\x1b[1;31merror" in done.stderr) is colour


@pytest.mark.parametrize(
    ("environ", "colour"), [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1"}, False)]
)
def test_a_terminal_gets_colours(folder: Path, environ: dict[str, str], colour: bool) -> None:
    leader, follower = pty.openpty()
    settings = {**os.environ, "TERM": "xterm", "NO_COLOR": "", "FORCE_COLOR": "", **environ}
    command = [sys.executable, "-m", "packc", "check", "broken.md"]
    with subprocess.Popen(command, stderr=follower, stdout=subprocess.PIPE, cwd=folder, env=settings):
        os.close(follower)
        said = b""
        while chunk := _read(leader):
            said += chunk
    os.close(leader)
    assert (b"\x1b[1;31merror" in said) is colour


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux: the other side was closed
        return b""


HEAVY = ("genanki", "lxml", "jinja2", "markdown_it", "yaml", "math_core", "imagesize", "asyncio", "packc.api")


def loaded_by(words: list[str], folder: Path) -> set[str]:
    script = "import sys, packc.cli; packc.cli.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True)
    return set(done.stderr.split())


def test_help_loads_no_target_and_nothing_heavy(folder: Path) -> None:
    loaded = loaded_by(["--help"], folder)
    assert "click" in loaded
    assert not loaded & set(HEAVY)
    assert not {name for name in loaded if name.startswith(("packc.backends", "packc.reader", "packc.ast"))}


def test_version_is_answered_before_click_is_loaded(folder: Path) -> None:
    loaded = loaded_by(["--version"], folder)
    assert "packc.cli" in loaded
    assert not loaded & {"click", "importlib.metadata", *HEAVY}


def test_both_ways_to_the_version_agree(folder: Path) -> None:
    assert packc("--version", cwd=folder).stdout == packc("--version", "build", cwd=folder).stdout


def test_the_module_and_the_script_are_the_same_program(folder: Path) -> None:
    script = Path(sys.executable).parent / "packc"
    if not script.exists():
        pytest.skip("packc is not installed beside this interpreter")
    done = subprocess.run([script, "--help"], capture_output=True, cwd=folder, check=True)
    assert done.stdout == packc("--help", cwd=folder).stdout
