"""Heavy packages load only when they are used: a check on a phone-sized pack is felt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PACK = "---\nid: p\nnamespace: n\n---\n\n## Q1. One\n\nWhy?\n\n**Solution:** So.\n"
HEAVY = (
    "genanki",
    "lxml",
    "jinja2",
    "sqlite3",
    "math_core",
    "imagesize",
    "deflate",
    "asyncio",
    "typing_extensions",
)
# What only a ledger, a cache or a written artefact needs.
UNASKED = (
    "hashlib",
    "json",
    "packc.backends.anki.notetypes",
    "packc.build.cachefolder",
    "packc.handout",
    "packc.identity.ledger",
    "packc.identity.standing",
    "packc.render.templating",
)
# What only writing Markdown and other editions of a handout need.
NOT_ON_THE_SHEET = ("packc.writer.pack", "packc.handout.cards", "packc.handout.teacher")


def _loaded(code: str, folder: Path) -> set[str]:
    code += "\nimport sys; print(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True)
    return set(run.stdout.split())


def test_a_check_loads_no_writer(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PACK)
    loaded = _loaded("from packc import api\nassert api.check(['p.md']).exit_code == 0", tmp_path)
    assert loaded & {*HEAVY, *UNASKED} == set()


def test_a_check_against_a_ledger_reads_no_template(tmp_path: Path) -> None:
    (tmp_path / "packc.yaml").write_text("namespace: n\ncontent: .\n")
    (tmp_path / "p.md").write_text(PACK)
    release = [sys.executable, "-m", "packc", "release", "--new-ledger"]
    subprocess.run(release, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "packc.lock").is_file()
    loaded = _loaded("from packc import api\nassert api.check([]).unreleased == 0", tmp_path)
    assert "packc.identity.ledger" in loaded
    assert loaded & {*HEAVY, "packc.backends.anki.notetypes", "packc.render.templating"} == set()


@pytest.mark.parametrize(
    ("target", "allowed"), [("gift", set()), ("html", {"jinja2", "asyncio"}), ("qti", set())]
)
def test_a_target_loads_only_its_own(tmp_path: Path, target: str, allowed: set[str]) -> None:
    (tmp_path / "p.md").write_text(PACK)
    code = f"from packc import api\nassert api.build(['p.md'], targets=['{target}']).exit_code == 0"
    assert _loaded(code, tmp_path) & set(HEAVY) <= allowed | {"deflate"}


@pytest.mark.parametrize(
    ("target", "asked", "never_again"),
    [
        ("anki", {"genanki", "asyncio", "yaml"}, {"genanki", "asyncio", "yaml", "chevron"}),
        ("html", {"jinja2"}, {"jinja2", "tempfile", "random", *NOT_ON_THE_SHEET}),
    ],
)
def test_what_is_kept_is_asked_once(
    tmp_path: Path, target: str, asked: set[str], never_again: set[str]
) -> None:
    (tmp_path / "p.md").write_text(PACK)
    code = (
        f"import sys\nsys.dont_write_bytecode, sys.pycache_prefix = False, {str(tmp_path / 'kept')!r}\n"
        f"from packc import api\nassert api.build(['p.md'], targets=['{target}']).exit_code == 0"
    )
    first, second = _loaded(code, tmp_path), _loaded(code, tmp_path)
    assert asked <= first
    assert second & never_again == set()


# What a build of packs without code has no use for once it has asked Jinja and genanki.
IDLE = (
    *("asyncio", "bz2", "chevron", "concurrent", "email", "genanki", "http", "importlib.metadata", "jinja2"),
    *("lxml", "lzma", "multiprocessing", "pickle", "pygments", "random", "shutil", "socket", "ssl"),
    *("statistics", "subprocess", "tempfile", "typst", "urllib.request", "xml", "yaml", "zipfile"),
    *("packc.build.cluster", "packc.cli.watching", "packc.compare", "packc.convert", "packc.edit"),
    "packc.diagnostics.show.text",
    *("packc.importers", "packc.intake", "packc.recover", "packc.release", "packc.render.sandbox"),
    *("packc.revise", "packc.scaffold", "packc.schemas", "packc.stats", "packc.writer.pack"),
)


def test_a_second_build_for_four_targets_loads_nothing_idle(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PACK)
    code = (
        f"import sys\nsys.dont_write_bytecode, sys.pycache_prefix = False, {str(tmp_path / 'kept')!r}\n"
        "from packc.cli import main\n"
        "assert main(['build', '-q', '--no-cache', '-t', 'anki,gift,qti,html', 'p.md']) == 0"
    )
    _loaded(code, tmp_path)
    loaded = _loaded(code, tmp_path)
    assert "packc.backends.html.pages" in loaded
    assert loaded & set(IDLE) == set()


def test_the_package_itself_loads_nothing(tmp_path: Path) -> None:
    assert [name for name in _loaded("import packc", tmp_path) if name.startswith("packc.")] == []


def test_the_version_is_told_by_next_to_nothing(tmp_path: Path) -> None:
    code = "from packc.cli import main\nassert main(['--version']) == 0"
    loaded = _loaded(code, tmp_path) - _loaded("", tmp_path)
    assert loaded & {"click", "contextlib", "enum", "re", "typing"} == set()


def test_help_is_given_by_click_alone(tmp_path: Path) -> None:
    loaded = _loaded("from packc.cli import main\nassert main(['--help']) == 0", tmp_path)
    assert "click" in loaded
    assert loaded & {"packc.diagnostics", "packc.named", "packc.source", "pathlib"} == set()
