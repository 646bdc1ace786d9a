"""The real importers that the suite asks. Where one is missing, the tests that need it skip, loudly."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def anki_python() -> Path:
    """The interpreter of the environment that holds Anki's own backend (AGPL, so apart from ours)."""
    return _need(ROOT / ".venv-judges/bin/python", "Anki's backend", "make test sets it up")


def node() -> Path:
    return _tool("node", "Node.js", "apt-get install nodejs npm")


def node_modules() -> Path:
    return _need(ROOT / "tests/node/node_modules", "the Node judges", "make test sets them up")


def ajv() -> Path:
    """A validator of JSON Schema, draft 2020-12."""
    return _need(ROOT / "tests/node/node_modules/ajv-2020", "Ajv 8", "make test sets it up")


def axe() -> Path:
    """axe-core, which finds what keeps people from a page."""
    return _need(ROOT / "tests/node/node_modules/axe-core/axe.min.js", "axe-core", "make test sets it up")


def php() -> Path:
    """What Moodle is written in, with its XML reader."""
    found = _tool("php", "PHP", "apt-get install php-cli php-xml")
    if "SimpleXML" not in subprocess.run([found, "-m"], capture_output=True, text=True, check=True).stdout:
        pytest.skip("PHP's XML reader is missing: apt-get install php-xml")
    return found


def chromium() -> Path:
    return _tool("chromium", "Chromium", "apt-get install chromium")


def pdftotext() -> Path:
    return _tool("pdftotext", "poppler", "apt-get install poppler-utils")


def xsd_folder() -> Path:
    """The official schemas, which may not be copied into the project."""
    return _need(ROOT.parent / "shared/xsd", "the QTI schemas", "they lie in ../shared/xsd")


def qti_validator() -> Path:
    """A validator of QTI packages that shares no code with packc or its tests."""
    return _need(
        ROOT.parent / "shared/judges/qti_validate.py", "the QTI validator", "it lies in ../shared/judges"
    )


def seed() -> Path:
    """The academy's page that the first pack was ordered with, which may not be copied into the project."""
    path = ROOT.parent / "shared/seed/deep-learning-and-checkpoints.txt"
    return _need(path, "the seed page", "it lies in ../shared/seed")


def commonmark_examples() -> Path:
    """The examples of the CommonMark specification, under CC-BY-SA: in a checkout, in no distribution."""
    path = ROOT / "tests/packs/commonmark/examples.json"
    return _need(path, "the examples of CommonMark", "they are part of a checkout alone")


def _tool(name: str, what: str, hint: str) -> Path:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{what} is missing: {hint}")
    return Path(found)


def _need(path: Path, what: str, hint: str) -> Path:
    if not path.exists():
        pytest.skip(f"{what} not found: {hint}")
    return path
