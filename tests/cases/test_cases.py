"""Case files: each shows a source, what packc says of it, and what it reads. They are documents, and tests.

`pytest tests/cases --accept` rewrites the expected parts; read the difference before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from packc.check import check_answers, check_structure
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.support.dump import dump

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*.md"))
_BLOCK = re.compile(r"^~~~~(\w+)\n(.*?)^~~~~$\n?", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    document = path.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(document))
    assert blocks, "a case file holds at least one ~~~~source block"
    wanted: list[tuple[re.Match[str], str]] = []
    for block in blocks:
        if block[1] == "source":
            said, read = _compile(block[2])
        elif block[1] == "says":
            wanted.append((block, said))
        elif block[1] == "reads":
            wanted.append((block, read))
    assert wanted, "a case file says what it expects in ~~~~says or ~~~~reads blocks"
    if request.config.getoption("--accept"):
        for block, text in reversed(wanted):
            document = document[: block.start(2)] + text + document[block.end(2) :]
        path.write_text(document, encoding="utf-8")
        return
    for block, text in wanted:
        assert block[2] == text


def _compile(text: str) -> tuple[str, str]:
    source = SourceFile.from_text(text, name="case.md")
    sink = Sink()
    pack = read_pack(source, sink, fallback_id="case")
    check_structure(pack, (), sink)
    check_answers(pack, sink)
    lines = []
    for found in sorted(sink, key=lambda found: (found.span.start if found.span else -1, found.code)):
        if found.code == "PK018":  # case files need no ids
            continue
        assert found.span is not None
        line, column = source.place(found.span.start)
        covered = text[found.span.start : found.span.end].split("\n", maxsplit=1)[0]
        lines.append(f"{line}:{column} {found.severity} {found.code} {found.rule.message()} | {covered}\n")
        lines += [f"    {source.place(label.span.start).line}: {label.text}\n" for label in found.labels]
    return "".join(lines), dump(pack)
