"""What is read without PyYAML is what PyYAML reads, place by place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from packc.diagnostics import Sink
from packc.limits import LIMITS
from packc.source import SourceFile
from packc.yamltext import load
from packc.yamltext.loader import Loader
from packc.yamltext.plain import read_plain

_PIECES = st.sampled_from(
    [
        *("id", "tags", "title", "a", "B9", "007", "no", "null", "true", "1.0", "Ärger", "\u0645", "x y"),
        *("\xa0", ": ", ":", " : ", "\n", "\n", "\n\n", " ", "  ", "- ", "[", "]", "[a, b]", "[a,b , c ]"),
        *(", ", "#", " # c", '"', "'", '"q"', "'q'", "\\", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`"),
        *(
            "?",
            "---",
            "...",
            "~",
            "key: value\n",
            "list: [one, two words]\n",
            'quoted: "a: b"\n',
            "# remark\n",
        ),
        *("\t", "<<", ".", "/", "="),
    ]
)
_NESTED = st.lists(
    st.sampled_from(["a: b", "  c: d", "  e: [f]", "g:", " h: i", "    j: k", "# r", "  # r", "", "  l:"]),
    max_size=7,
).map(lambda lines: "".join(f"{line}\n" for line in lines))
_TEXTS = st.lists(_PIECES, max_size=14).map("".join)
_LINES = st.lists(
    st.tuples(
        st.sampled_from(["id", "title", "tags", "x-y", "a_b", "9"]),
        st.lists(_PIECES, max_size=4).map("".join),
    ),
    max_size=4,
).map(lambda lines: "".join(f"{key}: {value}\n" for key, value in lines))


@settings(max_examples=1500, derandomize=True, deadline=None, database=None)
@given(st.one_of(_TEXTS, _LINES, _NESTED))
@example("id: a\n# remark\n\ntags: [a, b c]\nquoted: \"x: y\"\nsingle: 'it'\n")
@example("id: a\n\n")
@example("labels:\n  why: b\n  # remark\n  c: [d]\n\n# remark\nid: a\n")
@example("labels:\n  why: b\n # remark\n\n")
@example("")
@example("id: a\n  b\n")
def test_plain_yaml_is_read_as_pyyaml_reads_it(text: str) -> None:
    source = SourceFile.from_text(f"---\n{text}---\n", name="t")
    start, end = 4, 4 + len(text)
    plain = read_plain(source, start, end)
    if plain is None:
        return
    sink = Sink()
    assert Loader(source, start, end, sink, LIMITS).load() == plain
    assert not sink


@pytest.mark.parametrize(
    "text",
    [
        "id: intro\ntitle: Learning Rates & Co.\nlang: de-AT\ntags: [a, b c, d]\nversion: 1.10\n",
        "license: CC BY 4.0\nsource_url: https://example.org/a?b=1#c\ndescription: 'It is.'\n",
        "labels:\n  why: Warum\n  source: [Quelle, Quellen]\nrules:\n    PK205: note\nout: dist\n",
        "# remark\nnamespace: w7kq3v9xme\ntargets: [anki, gift, qti, html]\n",
    ],
)
def test_ordinary_front_matter_is_plain(text: str) -> None:
    source = SourceFile.from_text(text, name="t")
    assert read_plain(source, 0, len(text)) is not None
    assert load(source, 0, len(text), Sink()) == read_plain(source, 0, len(text))


@pytest.mark.parametrize(
    "line",
    [
        *("a: b: c", "a: b # c", "a: b:", "a: [b", "a: [b]c", "a: [b, ]", "a: ", "a:", "a: - b", "a: &b c"),
        *("a: {b: c}", "a: 'it''s'", 'a: "b\\n"', "a: b\n  c", "a: b\na: c", "- a", " a: b", "a : b", "a: |"),
        *(
            "a: \tb",
            "9: b",
            "a: [b: c]",
            "a: ?",
            "a: @b",
            "a: ~",
            "a:\n  b: c\n   d: e",
            "a:\n  b:\n    c: d",
        ),
        *("a:\n  b: c\n   d: e", "a:\n  b: c\n d: e", "  a: b", "a: b\n  c: d"),
    ],
)
def test_what_may_mean_more_is_left_to_pyyaml(line: str) -> None:
    source = SourceFile.from_text(line + "\n", name="t")
    assert read_plain(source, 0, len(line) + 1) is None
