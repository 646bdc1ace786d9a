"""The package as bytes: the same on every machine, in the form that Anki reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.ast.pack import Section
from packc.ast.question import MatchingQuestion, Pair
from packc.ast.richtext import Image, Text
from packc.backends.anki import collection
from packc.backends.base import EmitContext
from packc.build.fault import PublishFault
from packc.identity.guid import guid
from packc.media import Media
from tests.support import packs
from tests.targets.anki.emitting import column, emit, member, opened

PRINT_DIGEST = """
import hashlib
from tests.support import packs
from tests.targets.anki.emitting import emit
for file in emit(packs.pack()).members:
    print(file.path, hashlib.sha256(file.data).hexdigest())
"""


def digests_in_a_process(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_same_bytes_in_another_process_place_and_time_zone() -> None:
    one = digests_in_a_process(PYTHONHASHSEED="1", TZ="Pacific/Auckland")
    other = digests_in_a_process(PYTHONHASHSEED="4242", TZ="America/New_York", LC_ALL="C")
    assert one == other
    assert "collection.anki2" in one


def test_the_header_tells_nothing_of_the_machine() -> None:
    header = member(emit(packs.pack()), "collection.anki2")[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert [int.from_bytes(header[at : at + 4], "big") for at in (24, 92, 96)] == [1, 1, 3_040_000]


def test_sqlite_finds_the_database_sound() -> None:
    with opened(emit(packs.pack())) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_members_are_the_collection_the_list_and_the_media_in_order() -> None:
    media = {
        "figure.png": packs.context().media["figure.png"],
        "z.png": Media(packs.png(9, 9), "image/png", 9, 9),
    }
    question = replace(
        packs.open_question("Q1"), prompt=(packs.para(Image("z.png", "z"), Image("figure.png", "f")),)
    )
    archive = emit(packs.pack(question, packs.choice_question("Q2")), packs.context()._replace(media=media))
    assert archive.path == "sample-pack.apkg"
    assert [file.path for file in archive.members] == ["collection.anki2", "media", "0", "1"]
    listed = json.loads(member(archive, "media"))
    assert list(listed.values()) == sorted(f"pk-{image.digest[:16]}.png" for image in media.values())
    by_name = {f"pk-{image.digest[:16]}.png": image.data for image in media.values()}
    assert all(member(archive, number) == by_name[name] for number, name in listed.items())


def test_only_images_of_questions_are_packed() -> None:
    media = {"a.png": Media(packs.png(), "image/png", 40, 20)}
    pack = replace(packs.pack(packs.open_question("Q1")), intro=(packs.para(Image("a.png", "the plan")),))
    assert [file.path for file in emit(pack, packs.context()._replace(media=media)).members] == [
        "collection.anki2",
        "media",
    ]


def test_images_of_stimuli_and_of_pairs_are_packed() -> None:
    image = packs.para(Image("figure.png", "f"))
    bare = packs.open_question("Q1")
    stimulus = Section(title=(Text("S"),), stimulus=True, blocks=(image,), parts=(bare,))
    pair = Pair(left=image.children, right=(Text("r"),))
    matching = MatchingQuestion(id="Q1", prompt=bare.prompt, pairs=(pair,))
    for part in (stimulus, matching):
        assert [file.path for file in emit(packs.pack(part)).members] == ["collection.anki2", "media", "0"]


def test_each_note_has_its_own_time() -> None:
    times = {"Q1": packs.RELEASED, "Q2": packs.RELEASED + 77, "Q3": packs.RELEASED - 5}
    archive = emit(packs.pack(), packs.context()._replace(published=times))
    assert column(archive, "SELECT mod FROM notes ORDER BY id") == list(times.values())
    assert column(archive, "SELECT mod FROM cards ORDER BY id") == list(times.values())


def test_a_question_without_a_time_is_our_bug() -> None:
    with pytest.raises(KeyError, match="Q3"):
        emit(packs.pack(), packs.context()._replace(published={"Q1": 1, "Q2": 1}))


def test_guids_are_the_frozen_formula_of_namespace_pack_and_question() -> None:
    pack = packs.pack()
    with_namespace = replace(pack, meta=replace(pack.meta, namespace="example.org"))
    for namespace, made in (("", pack), ("example.org", with_namespace)):
        expected = [guid(namespace, "sample-pack", f"Q{number}") for number in (1, 2, 3)]
        assert column(emit(made), "SELECT guid FROM notes ORDER BY id") == expected


def test_new_cards_come_in_the_order_of_the_source() -> None:
    section = Section(title=(Text("S"),), parts=(packs.open_question("Q1"),))
    archive = emit(packs.pack(section, packs.open_question("Q2"), packs.choice_question("Q3")))
    with opened(archive) as database:
        rows = database.execute(
            "SELECT flds, due FROM notes JOIN cards ON nid = notes.id ORDER BY due"
        ).fetchall()
    assert [(flds.split("\x1f")[0], due) for flds, due in rows] == [("Q1", 1), ("Q2", 2), ("Q3", 3)]


def test_note_types_do_not_depend_on_the_pack() -> None:
    (one,) = column(emit(packs.pack()), "SELECT models FROM col")
    later = dict.fromkeys(("Q1", "Q2", "Q3"), packs.RELEASED + 1_000_000)
    other_pack = replace(packs.pack(identifier="other"), title="Another")
    (other,) = column(emit(other_pack, packs.context()._replace(published=later)), "SELECT models FROM col")
    assert one == other
    keys = [key for key, _ in json.loads(one, object_pairs_hook=list)]
    assert len(keys) == len(set(keys)) == 2


def test_the_separator_of_fields_cannot_come_in_through_a_text() -> None:
    question = replace(packs.open_question("Q1"), prompt=(packs.para("a\x1fb"),))
    with pytest.raises(ValueError, match="U\\+001F"):
        emit(packs.pack(question))


def test_a_pack_without_questions_is_a_deck_without_notes() -> None:
    archive = emit(packs.pack(packs.closing_section()), EmitContext(published={}))
    assert column(archive, "SELECT count(*) FROM notes") == [0]


def test_a_large_collection_is_built_on_disk_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = emit(packs.pack())
    monkeypatch.setattr(collection, "_IN_MEMORY", 2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made: list[str] = []
    monkeypatch.setattr(tempfile, "TemporaryDirectory", _noting(made))
    assert emit(packs.pack()) == in_memory
    assert [Path(name).parent for name in made] == [tmp_path]
    assert list(tmp_path.iterdir()) == []


def _noting(made: list[str]) -> Callable[..., Any]:
    original = tempfile.TemporaryDirectory

    def folder(prefix: str) -> tempfile.TemporaryDirectory[str]:
        found = original(prefix=prefix)
        made.append(found.name)
        return found

    return folder


OPEN_PACK = "---\nid: p\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"


@pytest.mark.parametrize("place", ["missing", "full"])
def test_no_room_for_a_large_collection_is_told(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "_IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing" if place == "missing" else tmp_path))
    if place == "full":
        limit = ("max_page_count = 12",)  # SQLite says the same of a disk without room
        monkeypatch.setattr(collection, "_SCRATCH_SETTINGS", (*collection._SCRATCH_SETTINGS, *limit))
    (tmp_path / "p.md").write_text(OPEN_PACK)
    with pytest.raises(PublishFault, match="scratch files") as caught:
        api.build(["p.md"], targets=["anki"], cwd=tmp_path)
    assert "TMPDIR" in caught.value.help
    assert ("disk is full" if place == "full" else "No such file") in caught.value.message
    assert not list(tmp_path.glob("packc-*"))
    assert not list((tmp_path / "dist").rglob("*.apkg"))
