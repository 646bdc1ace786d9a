"""gift-pegjs, an independent GIFT grammar that shares no code with Moodle or with packc.

Valid GIFT that it refuses or reads otherwise than Moodle 4.5, found here and of no harm to packc's output:
- `[id:a\\]b]`: it ends the id at the escaped bracket. Ids that come from Markdown hold no bracket.
- `[tag:a\\]b]`: the same; tags of packs with brackets are compared by Moodle's rules alone.
- `$CATEGORY:` is given as written; the doubled backslash and slash are the caller's to undo.
- `\\n` is its only way to a line break inside a text; it keeps it, as Moodle does, in `[html]`.
- A text that is only a format (`~[html]`) is the text `[html]`; packc writes no empty text.
- It trims texts as JavaScript does, U+FEFF and no-break spaces included; Moodle trims ASCII white space.
- A question whose choices are all `=` it calls a short answer; packc marks several right ones with `~%…%`.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any, TypeAlias

from tests.support.judges import ROOT, node, node_modules

Read: TypeAlias = list[dict[str, Any]]


def read_gift(texts: list[str]) -> list[Read]:
    """Return the questions of each text, all read in one Node process. Fails the test at a syntax error."""
    node_modules()
    done = subprocess.run(
        [node(), ROOT / "tests/node/gift_read.mjs"],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    results = json.loads(done.stdout)
    assert len(results) == len(texts)
    for text, result in zip(texts, results, strict=True):
        assert "error" not in result, f"{result}\n{text}"
    return [result["questions"] for result in results]
