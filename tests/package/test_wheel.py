"""What a user gets: the wheel, built from the sdist, in an environment far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PACK = """\
---
id: far-away
namespace: a1b2c3d4e5
---

# Far away

## Q1. A formula

**Question:** What is $1 + 1$?

- [x] $2$
  > Right.
- [ ] $3$

**Solution:** Count.
"""


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it. Nothing is downloaded."""
    folder = tmp_path_factory.mktemp("dist")
    # Without --sdist or --wheel, `build` unpacks the sdist it made and builds the wheel from that.
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def environment(distributions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; its dependencies are those of the tests, lent by a path file."""
    folder = tmp_path_factory.mktemp("environment")
    _run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin/python"
    (wheel,) = distributions.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    _run(*pip, wheel, cwd=folder)
    packages = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    lent = Path(packages.strip()) / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_the_sdist_holds_what_the_repository_keeps_and_no_installed_packages(distributions: Path) -> None:
    (archive,) = distributions.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {"README.md", "LICENSE", "CHANGELOG.md", "src/packc/py.typed", "packc.yaml", "packc.lock"} <= names
    assert any(name.startswith("templates/") for name in names)
    assert not [name for name in names if "node_modules" in name or ".venv" in name]
    assert "tests/packs/broken/README.md" in names
    assert not [name for name in names if name.startswith("tests/packs/commonmark")]  # under another licence


def test_the_wheel_holds_types_and_templates_and_nothing_foreign(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "packc/py.typed" in names
    ours = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"  # what a build has kept
    }
    shipped = {
        name.removeprefix("packc/_templates/") for name in names if name.startswith("packc/_templates/")
    }
    assert shipped == ours
    assert {name.split("/")[0] for name in names} == {"packc", wheel.name.rsplit("-py3", 1)[0] + ".dist-info"}


def test_the_installed_package_compiles_a_pack_with_its_own_templates(
    environment: Path, tmp_path: Path
) -> None:
    (tmp_path / "far-away.md").write_text(PACK, encoding="utf-8")
    where = (
        "import packc; from packc.render.templating import templates_folder as t; print(packc.__file__, t())"
    )
    for path in _run(environment / "bin/python", "-c", where, cwd=tmp_path).split():
        assert Path(path).is_relative_to(environment)

    _run(environment / "bin/packc", "build", "far-away.md", cwd=tmp_path)
    written = {path.relative_to(tmp_path / "dist").as_posix() for path in (tmp_path / "dist").glob("*/*")}
    assert {
        "anki/far-away.apkg",
        "gift/far-away.txt",
        "qti/far-away.zip",
        "html/far-away.html",
        "html/far-away.key.html",
    } <= written


def test_the_installed_package_begins_a_project_and_has_its_languages(
    environment: Path, tmp_path: Path
) -> None:
    packc = environment / "bin/packc"
    _run(packc, "init", "school", cwd=tmp_path)
    school = tmp_path / "school"
    example = school / "content/first-steps.md"
    example.write_text(example.read_text(encoding="utf-8").replace("lang: en", "lang: de"), encoding="utf-8")
    _run(packc, "build", "--strict", "-t", "gift,qti,html", cwd=school)
    assert (school / "dist/html/first-steps.html").is_file()
    code = "from packc.words.languages import words_for as w; print(w('de-AT').question, w('ar').lang)"
    assert _run(environment / "bin/python", "-c", code, cwd=tmp_path).split() == ["Frage", "ar"]


def _run(*command: str | Path, cwd: Path) -> str:
    """Return what the command printed. Python's own variables are kept from it, as from a fresh shell."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
