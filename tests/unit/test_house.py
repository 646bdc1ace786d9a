"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import packc
from packc.diagnostics import Rule, all_rules

ROOT = Path(__file__).resolve().parents[2]
SHARED = "shared"
SOURCE = ROOT / "src/packc"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 60

# What one build or check may not pay for unless a target asks for it.
HEAVY = ("genanki", "jinja2", "lxml", "math_core", "importlib.metadata", "pygments")


def python_files() -> Iterator[Path]:
    yield from sorted(SOURCE.rglob("*.py"))
    yield from sorted(path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts)


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_long() -> None:
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    found = {
        f"{short(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None
    }
    assert {name: length for name, length in found.items() if length > LONGEST_FUNCTION} == {}


def test_targets_know_nothing_of_each_other() -> None:
    """What two of them share stands in `shared` or beside it, and never how the registry finds them."""
    folders = {path.parent.name for path in (SOURCE / "backends").glob("*/__init__.py")} - {SHARED}
    shared = {path.stem for path in (SOURCE / "backends").glob("*.py")} - {"__init__", "registry", "losses"}
    shared |= {SHARED}
    assert folders
    assert "base" in shared
    strangers = [
        f"{short(path)} imports {module}"
        for folder in {*folders, SHARED}
        for path in sorted((SOURCE / "backends" / folder).rglob("*.py"))
        for module in imported_modules(path)
        if module.startswith("packc.backends.") and module.split(".")[2] not in {folder, *shared}
    ]
    assert strangers == []


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_classes_are_made_in_the_quick_ways() -> None:
    """A named tuple of the standard library takes ten times as long to make as one of ours."""
    quick = {"src/packc/named.py", "src/packc/record.py"}
    slow = [
        f"{short(path)} imports {module}"
        for path in sorted(SOURCE.rglob("*.py"))
        if short(path) not in quick
        for module in imported_modules(path)
        if module in ("typing.NamedTuple", "collections.namedtuple")
    ]
    assert slow == []


@pytest.mark.parametrize("entry", ["packc.api", "packc.cli.app"])
def test_no_heavy_package_is_imported_before_it_is_needed(entry: str) -> None:
    code = f"import sys, {entry}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_dependency_has_one_room() -> None:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    guarded = {
        module
        for section in contracts.sections()
        if contracts.get(section, "type", fallback="") == "protected"
        for module in contracts.get(section, "protected_modules").split()
    }
    modules_of: dict[str, set[str]] = {}
    for module, distributions in packages_distributions().items():
        for name in distributions:
            modules_of.setdefault(name.lower(), set()).add(module)
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.split(r"[<>=!~ ]", requirement)[0]
        assert modules_of[name] & guarded, f"{name} has no contract in .importlinter"


@pytest.mark.parametrize("code", list(all_rules()))
def test_every_rule_explains_itself(code: str) -> None:
    rule = all_rules()[code]
    assert rule.__doc__
    assert not rule.__doc__.startswith(f"{rule.__name__}("), "the docstring is the dataclass's own"
    assert rule.message is not Rule.message
    assert rule.since


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_name_hashes_and_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_is_copyleft_stays_out_of_the_product() -> None:
    names = {lock.stem: set(re.findall(r"^([a-z0-9-]+)==", lock.read_text(), re.MULTILINE)) for lock in LOCKS}
    assert "anki" in names["judges"]
    assert not {"anki", "aqt"} & (names["run"] | names["dev"])
    assert names["run"] <= names["dev"]


def test_the_node_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "tests/node/package-lock.json").read_text(encoding="utf-8"))
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry
        assert not name or entry["integrity"]


def test_the_version_is_one() -> None:
    version = PROJECT["project"]["version"]
    assert packc.__version__ == version
    assert f"\n## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_linter_exception_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignores = text.split("\nignore = [", 1)[1].split("\n]", 1)[0].strip().splitlines()
    assert ignores
    assert [line for line in ignores if not re.search(r'", +# \w', line)] == []


def test_documents_name_only_verbs_that_make_has() -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))):
        named = re.findall(r"(?:`|^ *)make ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(named) <= verbs, short(document)


def test_links_between_documents_lead_somewhere() -> None:
    for document in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))):
        text = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", document.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
            assert (document.parent / target).exists(), f"{short(document)} links to {target}"


def test_nothing_names_a_place_on_somebodys_machine() -> None:
    folders = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp)/\w")
    text_suffixes = {".py", ".md", ".yaml", ".txt", ".toml", ".j2", ".css", ".js", ".mjs", ".json"}
    kept = [
        path
        for folder in ("src", "docs", "content", "templates", "requirements", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in text_suffixes and "node_modules" not in path.parts
    ]
    # Some packs are no UTF-8, on purpose.
    texts = {short(path): path.read_text(encoding="utf-8", errors="replace") for path in kept}
    assert [name for name, text in texts.items() if folders.search(text)] == []
