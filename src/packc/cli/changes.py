"""Changed sources: shown as a unified diff, or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from packc.revise import Change


def diff(change: Change) -> str:
    """Return the change as a unified diff, which `patch` and `git apply` understand."""
    return "".join(_lines(change))


def _lines(change: Change) -> Iterator[str]:
    import difflib

    before, after = (_split(text) for text in (change.before, change.after))
    for line in difflib.unified_diff(before, after, f"a/{change.name}", f"b/{change.name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    """Return the lines with their breaks. Unlike splitlines, only at line feeds."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def write(changes: Iterable[Change]) -> None:
    """Write the changed files. Raises PublishFault."""
    from packc.build.rewrite import rewrite

    for change in changes:
        if change.path is not None:
            rewrite(change.path, change.after)
