"""Front matter as it is written: which keys, in which order, and which scalars need quotes."""

from __future__ import annotations

import pytest

from packc.ast.pack import Pack, PackMeta
from packc.ast.question import Note, OpenQuestion, Role, Side
from packc.writer.frontmatter import front_matter, scalar


@pytest.mark.parametrize(
    "plain",
    [
        "a",
        "a b",
        "a:b",
        "a#b",
        "a-b",
        "it's",
        'a"b',
        "a, b",
        "x [y]",
        "é",
        "1.5",
        "2026-01-01",
        "true",
        "a{b}",
        "nulls",
        "/a",
        "(a)",
        "$a",
        "~a",
        ".a",
        "a-",
        "a?",
        "N/A",
    ],
)
def test_a_scalar_that_needs_no_quotes(plain: str) -> None:
    assert scalar(plain) == plain


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("", '""'),
        ("~", '"~"'),
        ("null", '"null"'),
        ("Null", '"Null"'),
        ("NULL", '"NULL"'),
        *((f"{mark}a", f'"{mark}a"') for mark in "-?:,[]{}#&*!|>'%@`="),
        ('"a', '"\\"a"'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("a\nb", '"a\\nb"'),
        ("a\tb", '"a\\tb"'),
        ("a\x7fb", '"a\\u007fb"'),
        ("a\xa0b", '"a\\u00a0b"'),
        ("a\u2028b", '"a\\u2028b"'),
        ("a\u2029b", '"a\\u2029b"'),
        ("a\ufeffb", '"a\\ufeffb"'),
        ("a: \\é", '"a: \\\\é"'),
    ],
)
def test_a_scalar_that_needs_quotes(text: str, quoted: str) -> None:
    assert scalar(text) == quoted
    assert scalar(text, in_list=True) == quoted


@pytest.mark.parametrize("text", ["a,b", "a[b", "a]b", "a{b", "a}b", "a?b"])
def test_what_ends_an_item_of_a_list_is_quoted_there(text: str) -> None:
    assert scalar(text) == text
    assert scalar(text, in_list=True) == f'"{text}"'


def test_every_key_in_its_order() -> None:
    notes = (
        Note(role=Role.OWN, label="Niveau", body=(), key="level", side=Side.FRONT),
        Note(role=Role.WHY, label="Why", body=()),
    )
    again = (Note(role=Role.OWN, label="Stufe, grob", body=(), key="level", side=Side.FRONT),)
    other = (Note(role=Role.OWN, label="X", body=(), key="x", side=Side.GRADERS),)
    meta = PackMeta(
        title="Full title",
        namespace="example",
        description="What: all",
        collection="Course",
        lang="de",
        dir="rtl",
        authors=("A. B.", "C, D"),
        license="MIT",
        version="1",
        tags=("a", "b"),
        source_url="https://example.org/a",
        aliases=("old",),
        required=("why",),
        targets=("anki",),
        title_on_front=True,
    )
    questions = tuple(
        OpenQuestion(id=f"Q{number}", notes=each) for number, each in enumerate((notes, again, other))
    )
    pack = Pack(id="made", title="Full title", meta=meta, parts=questions)
    assert front_matter(pack, heading="Short").splitlines() == [
        "---",
        "id: made",
        "namespace: example",
        "title: Full title",
        'description: "What: all"',
        "collection: Course",
        "lang: de",
        "dir: rtl",
        'authors: [A. B., "C, D"]',
        "license: MIT",
        "version: 1",
        "tags: [a, b]",
        "source_url: https://example.org/a",
        "aliases: [old]",
        "required: [why]",
        "targets: [anki]",
        'fields: {level: {labels: [Niveau, "Stufe, grob"], side: front}, x: {labels: [X], side: graders}}',
        "title_on_front: true",
        "---",
    ]


def test_what_says_nothing_is_left_out() -> None:
    pack = Pack(id="made", title="made", meta=PackMeta())
    assert front_matter(pack, heading="") == "---\nid: made\n---"
    titled = Pack(id="made", title="Name", meta=PackMeta())
    assert front_matter(titled, heading="Name") == "---\nid: made\n---"
    assert front_matter(titled, heading="Other") == "---\nid: made\ntitle: Name\n---"
