"""The generated pages of `docs/rules/`: `make rules` writes them, a test sees that they are fresh."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packc.diagnostics import all_rules
from packc.diagnostics.page import index, markdown, page

FOLDER = Path(__file__).resolve().parents[2] / "docs/rules"
_INTRODUCTION = """\
# The rules

Every code that packc reports. `packc explain PK201` shows the same page on the command line. These files are written by `make rules` from the docstrings in `src/packc/diagnostics/rules/`, and the tests run their examples.

"""  # noqa: E501 (a paragraph is one line, as in all our documents)


def documents() -> Mapping[str, str]:
    """Return the text of each file by its name."""
    pages = [page(rule) for rule in all_rules().values()]
    return {"README.md": _INTRODUCTION + index(pages)} | {f"{each.code}.md": markdown(each) for each in pages}


def write() -> None:
    """Write the files anew, and remove the pages of rules that are gone."""
    FOLDER.mkdir(exist_ok=True)
    texts = documents()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for path in FOLDER.iterdir():
        if path.name not in texts:
            path.unlink()


if __name__ == "__main__":
    write()
