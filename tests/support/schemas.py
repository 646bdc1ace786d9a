"""Somebody else's validator of JSON Schema, draft 2020-12: Ajv, in its strict mode."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.support.judges import ROOT, ajv, node


def faults(schema: dict[str, Any], documents: Sequence[Any]) -> list[list[str]]:
    """Return what `schema` says against each document. A schema that is none makes the test fail."""
    ajv()
    done = subprocess.run(
        [node(), ROOT / "tests/node/schema_validate.mjs"],
        input=json.dumps({"schema": schema, "documents": list(documents)}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: list[list[str]] = json.loads(done.stdout)
    assert len(answer) == len(documents)
    return answer
