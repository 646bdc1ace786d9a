"""Moodle XML as PHP reads it, which is what Moodle runs on: `tests/php/moodle_xml.php`.

XML, base64, regular expressions, entities and trimming are PHP's own; nothing of Python's has a part in it.
"""

from __future__ import annotations

import base64
import json
import subprocess
from typing import Any

from tests.support.judges import ROOT, php
from tests.targets.moodle.reader import Answer, Bank, Blank, Stored


def read_with_php(files: list[bytes]) -> list[Bank]:
    """Return what PHP finds in each file, all read in one process. Fails the test at what it cannot read."""
    done = subprocess.run(
        [php(), ROOT / "tests/php/moodle_xml.php"],
        input=json.dumps([data.decode("utf-8") for data in files]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    results = json.loads(done.stdout)
    assert len(results) == len(files)
    for data, result in zip(files, results, strict=True):
        assert "error" not in result, f"{result}\n{data.decode('utf-8')}"
    return [_bank(result) for result in results]


def _bank(found: dict[str, Any]) -> Bank:
    about: dict[tuple[str, ...], str] = {}
    for path, text in found["about"]:
        about[tuple(path)] = about.get(tuple(path)) or text
    return Bank(tuple(map(_stored, found["questions"])), about)


def _stored(found: dict[str, Any]) -> Stored:
    lists = ("category", "tags", "units", "hints", "combined")
    told = found | {name: tuple(found[name]) for name in lists}
    told["answers"] = tuple(Answer(*answer) for answer in found["answers"])
    told["pairs"] = tuple((left, right) for left, right in found["pairs"])
    told["blanks"] = tuple(
        Blank(one["kind"], one["mark"], tuple(Answer(*answer) for answer in one["answers"]))
        for one in found["blanks"]
    )
    told["files"] = {name: base64.b64decode(data) for name, data in found["files"].items()}
    return Stored(**told)
