"""A long text is read in pieces: that changes how much memory it takes, never what is read or said of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from packc.diagnostics import Sink
from packc.reader import markdown
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.property.test_shortcuts import _TEXTS, _flat

_ROOT = Path(__file__).resolve().parents[2]
_FILES = sorted([*_ROOT.glob("content/**/*.md"), *_ROOT.glob("tests/packs/**/*.md")])
_HEADINGS = ("# T", "## Q1. A", "## S", "### Cloze", "### Solution", "#### Q2. B", "# ", "## Type: cloze")


def _read(text: str, lines: int) -> tuple[list[object], list[object]]:
    """Return the tree with its places, and the findings, of `text` read so many lines at a time."""
    sink = Sink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_PIECE", lines)
        pack = read_pack(SourceFile.from_text(text, name="t"), sink, fallback_id="t")
    found = sorted(sink, key=lambda each: each.span.start if each.span else -1)
    return list(_flat(pack)), [*map(repr, found), *map(repr, sink.ignores())]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: str(file.relative_to(_ROOT)))
def test_packs(file: Path) -> None:
    text = file.read_bytes().decode("utf-8", "replace")
    assert _read(text, 0) == _read(text, sys.maxsize)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.lists(st.tuples(st.sampled_from(_HEADINGS), _TEXTS), max_size=6))
@example([("# T", "**Type:** cloze"), ("## Q1. A", "a"), ("### Cloze", "a {{b}}"), ("#### D", "{{c}}")])
@example([("## Q1. A", "[a]"), ("## S", "[a]: b"), ("# ", "[a]")])
@example([("## Q1. A", "<details>"), ("## S", "</details>"), ("## S", "</details>")])
@example([("## S", "a"), ("# T", "**Solution:** s")])
def test_texts(parts: list[tuple[str, str]]) -> None:
    text = "---\nid: a\n---\n\n" + "\n\n".join(f"{heading}\n\n{text}" for heading, text in parts)
    assert _read(text, 0) == _read(text, sys.maxsize)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(_TEXTS)
@example("<details>\n<summary>a</summary>\n\nb\n\n</details>")
@example("**Question:** a\n===")
def test_front_matter_is_no_part_of_the_text(text: str) -> None:
    text = f"# T\n\n{text}\n\n## Q1. A\n\n{text}"
    for above in ("---\ntags: ['a <details>', '```', '**Question:** b']\n---\n", "---\n---\n"):
        blank = "".join(character if character == "\n" else " " for character in above)
        there, nowhere = (
            read_pack(SourceFile.from_text(front + text, name="t"), Sink(), fallback_id="t")
            for front in (above, blank)
        )
        for one, other in ((there.intro, nowhere.intro), (there.parts, nowhere.parts)):
            assert list(_flat(one)) == list(_flat(other))


def test_a_piece_is_some_hundred_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    pieces = markdown._pieces

    def counted(text: str, md: MarkdownIt, env: dict[str, Any]) -> Iterator[list[Token]]:
        for piece in pieces(text, md, env):
            sizes.append(sum(token.type == "heading_open" for token in piece))
            yield piece

    monkeypatch.setattr(markdown, "_pieces", counted)
    text = "".join(f"## Q{number}. A\n\nAsk.\n\n**Solution:** Say.\n\n" for number in range(2000))
    read_pack(SourceFile.from_text(text, name="t"), Sink(), fallback_id="t")
    assert max(sizes) < 500 < sum(sizes)
