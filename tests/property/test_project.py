"""Any project file is a project, or has faults at their places; any words in `labels:` are read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packc.diagnostics import Sink
from packc.limits import Limits
from packc.project import ProjectFault, find_project
from packc.project.keys import KEYS, LEVELS
from packc.reader.grammar import DEFAULT, FieldKey, fold
from packc.reader.labels import can_be_label, label_line
from packc.source import SourceMap

WORDS = st.sampled_from(
    [
        *("solution", "why", "level", "own", "Lösung", "السؤال", "Hint", "PK405", "PK201", "PK999"),
        *(
            "off",
            "error",
            "note",
            "true",
            "yes",
            "front",
            "graders",
            "12",
            "-1",
            "",
            "*x*",
            "a:",
            "../x",
            "all",
        ),
        *("gift", "nesting", "file_bytes", "labels", "side", "required", *KEYS, *LEVELS, *Limits._fields),
    ]
)
VALUES = st.recursive(
    WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
FILES = st.dictionaries(st.sampled_from([*KEYS, "nmaespace", ""]), VALUES, max_size=6)


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILES)
def test_any_project_file_is_a_project_or_has_faults_at_their_places(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("project")
    text = json.dumps(content, ensure_ascii=False)  # which is YAML, too
    (folder / "packc.yaml").write_text(text, encoding="utf-8", errors="surrogatepass")
    _check(folder)


def _check(folder: Path) -> None:
    sources, sink = SourceMap(), Sink()
    try:
        project = find_project(folder, sources, sink)
    except ProjectFault as fault:
        assert fault.diagnostics
        for found in fault.diagnostics:
            assert found.span is not None
            assert 0 <= found.span.start <= found.span.end <= len(fault.sources[found.span.file].text)
    else:
        assert project.out_folder.is_relative_to(folder)
        assert all(
            fold(label) in project.grammar.labels for each in project.labels.values() for label in each
        )


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["**{}:** x", "**{}**: x", "__{}:__ x", "**{}：** x", "**{}**"]))
def test_whatever_can_be_a_label_is_read_as_one(label: str, dress: str) -> None:
    if not can_be_label(label) or label != label.strip():
        return
    found = label_line(dress.format(label), DEFAULT.with_label(label, FieldKey.SOLUTION), plain=False)
    assert found is not None
    assert found.key is FieldKey.SOLUTION
