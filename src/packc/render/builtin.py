"""packc's own templates: where they lie, and which of them a project may replace."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from packc.named import NamedTuple

REPLACEABLE = ("html", "pdf")
"""Targets whose templates a project may replace. A note type of Anki's has to keep its looks."""


class Override(NamedTuple):
    """A template that stands in for packc's: its text, and its file as people see it."""

    text: str
    file: str


class TemplateFault(Exception):
    """A template of the project's own cannot be used. `line` counts from 1; 0 where it is not known."""

    def __init__(self, name: str, why: str, line: int = 0) -> None:
        super().__init__(name, why, line)
        self.name, self.why, self.line = name, why, line


@cache
def templates_folder() -> Path:
    """Return the folder of built-in templates: inside the package if installed, else the checkout's.

    Raises FileNotFoundError when neither is there (a broken installation).
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_templates", package.parent.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"packc's templates are missing beside {package}")


@cache
def template_names() -> tuple[str, ...]:
    """Return the names of the templates that a project may replace, in order."""
    root = templates_folder()
    files = (path for target in REPLACEABLE for path in (root / target).rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in files)  # what is kept of them lies beside them
    return tuple(sorted(name for name in names if "/__pycache__/" not in name))


@cache
def builtin_text(name: str) -> str:
    """Return a built-in file, e.g. `anki/card.css`."""
    return (templates_folder() / name).read_text(encoding="utf-8")
