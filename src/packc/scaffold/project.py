"""The files of a new project."""

from __future__ import annotations

import secrets
from pathlib import Path

from packc.project.keys import FILE_NAME

EXAMPLE = "first-steps"
_LETTERS = "abcdefghijkmnpqrstuvwxyz"  # no l and no o: they look like digits
_NAMESPACE = 10  # characters


def fresh_namespace() -> str:
    """Return a new namespace: ten random characters, the first one a letter.

    The one thing in packc that depends on chance: it is made once, and written down.
    """
    rest = (secrets.choice(_LETTERS + "23456789") for _ in range(_NAMESPACE - 1))
    return secrets.choice(_LETTERS) + "".join(rest)


def project_files(folder: Path, namespace: str) -> dict[Path, str]:
    """Return the files to write for a project in `folder`, with their texts.

    Nothing that is there is replaced: an example comes only where there is no pack yet, and a line is added
    to an existing `.gitignore`.
    """
    files = {
        folder / FILE_NAME: (
            "# Part of the identity of every question that is ever given out: never change it.\n"
            f"namespace: {namespace}\n"
            "content: content\n"
            "out: dist\n"
        )
    }
    content = folder / "content"
    if next(content.rglob("*.md"), None) is None:
        example = Path(__file__).with_name(f"{EXAMPLE}.md").read_text(encoding="utf-8")
        files[content / f"{EXAMPLE}.md"] = example
    ignored = folder / ".gitignore"
    before = ignored.read_text(encoding="utf-8") if ignored.exists() else ""
    if not {"dist", "dist/", "/dist", "/dist/"} & set(before.splitlines()):
        files[ignored] = before + ("\n" if before and not before.endswith("\n") else "") + "/dist/\n"
    if not (folder / "README.md").exists():
        files[folder / "README.md"] = (
            f"# {folder.resolve().name}\n\nQuestions, one pack to each file in `content/`. "
            "`packc build` compiles them into `dist/`; `packc release` gives learners what is new.\n"
        )
    return files
