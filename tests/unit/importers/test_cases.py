"""Case files of importers: each shows a source, what packc says of it, and the Markdown that becomes of it.

`pytest tests/unit/importers --accept` rewrites the expected parts; read the difference before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from packc.diagnostics import Sink
from packc.importers import registry
from packc.importers.base import Given
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.pack import write

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
_BLOCK = re.compile(r"^~~~~(\w+)\n(.*?)^~~~~$\n?", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    document = path.read_text(encoding="utf-8")
    wanted: list[tuple[re.Match[str], str]] = []
    said = becomes = ""
    for block in _BLOCK.finditer(document):
        if block[1] == "says":
            wanted.append((block, said))
        elif block[1] == "becomes":
            wanted.append((block, becomes))
        else:
            said, becomes = _imported(block[1], block[2])
    assert wanted, "a case file says what it expects in ~~~~says and ~~~~becomes blocks"
    if request.config.getoption("--accept"):
        for block, text in reversed(wanted):
            document = document[: block.start(2)] + text + document[block.end(2) :]
        path.write_text(document, encoding="utf-8")
        return
    for block, text in wanted:
        assert block[2] == text


def _imported(name: str, text: str) -> tuple[str, str]:
    """Return what importer `name` says of `text`, and what becomes of it, without the front matter's id."""
    importer = registry.load(name)
    given = Given.of_text(text, name="case.txt")
    assert importer.recognises(given)
    sink = Sink()
    becomes = ""
    for made in importer.read(given, sink, fallback_id="case"):
        written = write(made.pack)
        again = read_pack(SourceFile.from_text(written, name="case.md"), Sink(), fallback_id=None)
        assert again == made.pack, written
        becomes += written.removeprefix("---\nid: case\n---\n\n# case\n\n")
    lines = []
    for found in sorted(sink, key=lambda found: (found.span or (-1, 0), found.code)):
        assert found.span is not None, f"{found.code} has no place"
        line = given.sources[found.span.file].place(found.span.start).line
        lines.append(f"{line} {found.severity} {found.code} {found.rule.message()}\n")
    return "".join(lines), becomes
