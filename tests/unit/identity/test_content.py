"""What is a question's content, and what is not. The hashes are for ever: learners' own tags hang on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from packc.ast.data import TAG, Unreadable, from_data, to_data
from packc.ast.pack import Pack, asked, questions
from packc.diagnostics import Sink
from packc.identity.content import HASHES, NEWEST, Content, content_hash
from packc.media import Media
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.support import every_kind, packs

MEDIA = every_kind.context().media

# If one of these changes, every learner loses their own tags on every note at the next release. Whoever has
# to change the tree so that they do gives the hash a new version, and keeps the old one.
GOLDEN = {
    "K01": "1:994e1516702c997d0f3604eb10d3419b",
    "K02": "1:0cd8bce651f775675c82ef4dc38ab72e",
    "K03": "1:e23ca0d1cbbceefa59f9cb935eb33175",
    "K04": "1:c9a0b1554cf471166876f190541c2766",
    "K05": "1:3faa2643b5b2c7729615c71bd9317af8",
    "K06": "1:1690a5c24c90899cca94e5ef4b4ee6dc",
    "K07": "1:2a27fdf0480ba059b2b99f82181f9d98",
    "K08": "1:ddff313927c13122b8fe5877739664ee",
    "K09": "1:25f7cf3b5d773f39ad6507451f994895",
    "K10": "1:7bff9a75d7460f5b5eb74c4838d6ce1c",
    "K11": "1:b43db392d2a1f793358da443ba97a1b9",
    "K12": "1:9757d7e9c86bfbb6439d87a1604fca54",
    "K13": "1:661e8ebf4188a8f6c6461193f589eb44",
    "K14": "1:af1f0c8b05e3a34d62cd2d0d694f6832",
    "K15": "1:bbfc29b5eaaeec07a2b3582e82ed53a0",
    "K16": "1:fa5adbf862196439c3d49053a6a2ec6a",
}


def hashes(pack: Pack) -> dict[str, str]:
    return {
        question.id: content_hash(Content(question, pack, stimulus, MEDIA))
        for question, stimulus in asked(pack)
    }


def read(text: str) -> Pack:
    sink = Sink()
    pack = read_pack(SourceFile.from_text(text, name="pack.md"), sink, fallback_id="pack")
    assert not sink.has_errors, [found.rule for found in sink]
    return pack


def hash_of(text: str, media: dict[str, Media] | None = None) -> str:
    pack = read(text)
    ((question, stimulus),) = asked(pack)
    return content_hash(Content(question, pack, stimulus, media or {}))


def test_golden_hashes_of_every_kind() -> None:
    assert hashes(every_kind.every_kind()) == GOLDEN


def test_the_version_stands_before_the_hash() -> None:
    pack = packs.pack(packs.open_question())
    (question,) = questions(pack)
    content = Content(question, pack, (), {})
    assert content_hash(content) == content_hash(content, NEWEST) == f"1:{HASHES[1](content)}"
    with pytest.raises(KeyError):
        content_hash(content, 99)


BASE = """---
id: pack
tags: [one]
---

# Pack

## Q1. The title

**Question:** The loss jumps
and then it is `nan`. Why?

**Solution:** The rate is too high.

**Why it matters:** It is common.
"""

SAME = {
    "another id": BASE.replace("Q1.", "Q7."),
    "an alias": BASE.replace("**Question:**", "**Alias:** Q0\n\n**Question:**"),
    "another pack": BASE.replace("id: pack", "id: other"),
    "the pack's title": BASE.replace("# Pack", "# Another"),
    "a section": BASE.replace("## Q1", "## Section\n\nIts text.\n\n### Q1"),
    "lines broken elsewhere": BASE.replace("jumps\nand then", "jumps and\nthen"),
    "one line": BASE.replace("jumps\nand", "jumps and"),
    "another label": BASE.replace("**Solution:**", "**Model answer:**"),
    "a heading as a label": BASE.replace("**Solution:** ", "### Solution\n\n"),
    "the type in words": BASE.replace("**Question:**", "**Type:** open\n\n**Question:**"),
    "the tag at the question": BASE.replace("tags: [one]\n", "").replace(
        "**Question:**", "**Tags:** one\n\n**Question:**"
    ),
    "the tag twice": BASE.replace("**Question:**", "**Tags:** one\n\n**Question:**"),
    "a link in the introduction": BASE.replace("# Pack\n", "# Pack\n\n[x](y.md)\n"),
    "a source for relative links, of which there are none": BASE.replace(
        "tags:", "source_url: https://a.b/\ntags:"
    ),
}

OTHER = {
    "a word": BASE.replace("too high", "too low"),
    "a letter's case": BASE.replace("The rate", "the rate"),
    "code for text": BASE.replace("`nan`", "nan"),
    "a note": BASE.replace("common", "rare"),
    "the title": BASE.replace("The title", "A title"),
    "a tag": BASE.replace("[one]", "[one, two]"),
    "the language": BASE.replace("tags:", "lang: de\ntags:"),
    "the direction": BASE.replace("tags:", "dir: rtl\ntags:"),
    "the title in front": BASE.replace("tags:", "title_on_front: true\ntags:"),
    "points": BASE.replace("**Question:**", "**Points:** 2\n\n**Question:**"),
    "a hint": BASE + "\n**Hint:** Look at the step.\n",
    "a shared text": BASE.replace("## Q1", "## Section {.stimulus}\n\nIts text.\n\n### Q1"),
    "another kind": BASE.replace("**Question:**", "**Type:** essay\n\n**Question:**"),
}


@pytest.mark.parametrize("what", list(SAME))
def test_this_is_no_change(what: str) -> None:
    assert SAME[what] != BASE
    assert hash_of(SAME[what]) == hash_of(BASE)


@pytest.mark.parametrize("what", list(OTHER))
def test_this_is_a_change(what: str) -> None:
    assert OTHER[what] != BASE
    assert hash_of(OTHER[what]) != hash_of(BASE)


def test_an_image_is_its_bytes_and_not_its_name() -> None:
    text = BASE.replace("`nan`", "![A curve](curve.png)")
    one, other = Media(packs.png(4, 4), "image/png", 4, 4), Media(packs.png(5, 4), "image/png", 5, 4)
    before = hash_of(text, {"curve.png": one})
    assert hash_of(text.replace("curve.png", "loss.png"), {"loss.png": one}) == before
    assert hash_of(text, {"curve.png": other}) != before
    assert hash_of(text.replace("A curve", "The curve"), {"curve.png": one}) != before


def test_a_relative_link_is_where_it_leads() -> None:
    text = BASE.replace("tags:", "source_url: https://a.b/c/\ntags:").replace("`nan`", "[this](x.md)")
    assert hash_of(text.replace("x.md", "https://a.b/c/x.md")) == hash_of(text)
    assert hash_of(text.replace("/c/", "/d/")) != hash_of(text)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every value of a JSON tree that holds no others, with the way to it."""
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def with_leaf(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = with_leaf(data[path[0]], path[1:], value)
    return copy


def other_values(value: Any) -> tuple[Any, ...]:
    """Return values to try in the place of one; a text may be a member of an enumeration."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, str):
        return (f"{value}1", "why", "front", "back", "left", "right", "tip", "note", "last", "first")
    return (value + 1,)


def test_every_value_of_every_kind_counts() -> None:
    """Every single value in the trees of all kinds of question is changed in turn, and moves the hash."""
    whole = to_data(every_kind.every_kind())
    counted = 0
    for question, _ in asked(every_kind.every_kind()):
        data = {**whole, "parts": [to_data(question)]}
        before = hash_of_data(data)
        for path, value in leaves(data["parts"][0]):
            if path[-1] not in (TAG, "src", "stated", "id") and path[0] != "aliases":
                counted += 1
                assert changed_hash(data, ("parts", 0, *path), value) != before, (question.id, path, value)
    assert counted > 600


def changed_hash(data: Any, path: tuple[Any, ...], value: Any) -> str:
    """Return the hash with another value in one place: the first that can stand there."""
    for other in other_values(value):
        try:
            changed = with_leaf(data, path, other)
            if other != value and from_data(changed) != from_data(data):  # a cold target is in front anyway
                return hash_of_data(changed)
        except Unreadable:
            continue
    return ""


def hash_of_data(data: Any) -> str:
    pack = from_data(data)
    ((question, stimulus),) = asked(pack)
    return content_hash(Content(question, pack, stimulus, MEDIA))
