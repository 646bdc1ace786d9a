"""The text of the ledger: read strictly, the same for the same content, and made for merging."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from packc.diagnostics import Sink
from packc.identity.blanks import ReleasedBlank
from packc.identity.content import NEWEST
from packc.identity.ledger import (
    Entry,
    Ledger,
    Look,
    PackEntry,
    block_text,
    entry_lines,
    pack_key,
    quoted,
    render,
)
from packc.identity.reading import read_ledger
from packc.source import SourceFile
from tests.support.teacher import START

HASH = f"{NEWEST}:{'ab' * 16}"


def entry(identifier: str, pack: str = "intro", namespace: str = "n", **more: Any) -> Entry:
    return Entry(namespace, pack, identifier, HASH, START, identifier)._replace(**more)


def ledger(*entries: Entry) -> Ledger:
    packs = (
        PackEntry("n", "intro", ("A::B", ' "quoted" ', "قراءة")),
        PackEntry('odd\n"one"', "intro", ("A",)),
    )
    return Ledger(
        looks={"anki": Look(3, "0123456789abcdef", START)},
        packs={pack_key(pack.namespace, pack.id): pack for pack in packs},
        entries={each.guid: each for each in entries},
    )


WHOLE = ledger(
    entry("Q1"),
    entry("Q2", shown="Q22", retired=START + 5),
    entry(
        "Q10",
        blanks=(
            ReleasedBlank(1, "learning rate"),
            ReleasedBlank(2, " odd\t", gone=True),
            ReleasedBlank(3, ""),
        ),
    ),
    entry("Q1", namespace='odd\n"one"'),
    entry("Q1", pack="Zweites"),
)
TEXT = render(WHOLE)


def read(text: str) -> tuple[Ledger, list[tuple[str, int]]]:
    """Return the ledger, and the codes of what is wrong with their lines."""
    sink = Sink()
    source = SourceFile.from_text(text, name="packc.lock")
    found = read_ledger(source, sink)
    assert all(each.span for each in sink)
    return found, [(each.code, source.place(each.span.start).line) for each in sink if each.span]


def test_what_is_written_is_read() -> None:
    assert read(TEXT) == (WHOLE, [])
    assert read(render(Ledger())) == (Ledger(), [])


def test_the_order_in_memory_does_not_matter() -> None:
    backwards = Ledger(
        WHOLE.looks, dict(list(WHOLE.packs.items())[::-1]), dict(list(WHOLE.entries.items())[::-1])
    )
    assert render(backwards) == TEXT


def test_questions_stand_as_people_count_them() -> None:
    names = re.findall(r"^question (\S+)", TEXT, re.MULTILINE)
    assert names == ["intro/Q1", "intro/Q2", "intro/Q10", "intro/Q1", "Zweites/Q1"]


def test_a_block_reads_well() -> None:
    assert block_text(entry_lines(WHOLE.entries[entry("Q10").guid])) == (
        "question intro/Q10\n"
        "namespace n\n"
        f"guid {entry('Q10').guid}\n"
        f"hash {HASH}\n"
        "published 2026-09-21T14:13:20Z\n"
        "blank 1 learning rate\n"
        'gone 2 " odd\\t"\n'
        'blank 3 ""\n'
        "sum 5047f290"
    )


@pytest.mark.parametrize(
    "text", ["plain", "with space", 'a "b"', "قراءة", "a\nb", "", " x", '"x"', "\u2028", "\\n"]
)
def test_any_text_is_one_line(text: str) -> None:
    assert "\n" not in quoted(text)
    pack = PackEntry(text, "p", (text,))
    assert read(render(Ledger(packs={pack_key(text, "p"): pack})))[0].packs == {pack_key(text, "p"): pack}


def test_line_ends_of_windows_and_a_byte_order_mark_are_none_of_our_business() -> None:
    assert read("\ufeff" + TEXT.replace("\n", "\r\n")) == (WHOLE, [])


@pytest.mark.parametrize("count", range(TEXT.count("\n")))
def test_wherever_it_is_cut_off_it_is_refused(count: int) -> None:
    cut = "".join(TEXT.splitlines(keepends=True)[:count])
    found, faults = read(cut)
    assert found == Ledger()
    ((code, line),) = faults
    assert code == ("PK505" if count > 2 else "PK507")
    assert line == (count + 1 if count > 2 else 1)


LINES = [number for number, line in enumerate(TEXT.splitlines()) if line]


@pytest.mark.parametrize("number", LINES)
def test_no_line_can_be_edited_unnoticed(number: int) -> None:
    lines = TEXT.splitlines()
    for edited in (lines[number] + "0", lines[number][:-1], lines[number].upper()):
        if edited != lines[number]:
            _, faults = read("\n".join([*lines[:number], edited, *lines[number + 1 :]]) + "\n")
            assert faults, edited
            assert {code for code, _ in faults} <= {"PK505", "PK506", "PK507"}


@pytest.mark.parametrize("number", LINES)
def test_no_line_can_be_taken_out_unnoticed(number: int) -> None:
    lines = TEXT.splitlines()
    assert read("\n".join(lines[:number] + lines[number + 1 :]) + "\n")[1]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (TEXT.replace("question intro/Q2\n", "<<<<<<< ours\nquestion intro/Q2\n"), [("PK504", 29)]),
        (TEXT.replace("\n\nquestion", "\n=======\n\nquestion", 1), [("PK504", 21)]),
        (TEXT.replace("packc ledger 1\n", "packc ledger 2\n"), [("PK506", 1)]),
        (TEXT.replace("packc ledger 1\n", f"packc ledger {'9' * 5000}\n"), [("PK507", 1)]),
        (TEXT + "more\n", [("PK507", 63)]),
        ("", [("PK507", 1)]),
        ("namespace: x\n", [("PK507", 1)]),
        ("\0\ufffd\n\n\n", [("PK507", 1)]),
        (TEXT.replace("\n\nend", "\n\n" + block_text(["answer 42"]) + "\n\nend"), [("PK507", 62)]),
        (
            TEXT.replace("\n\nend", "\n\n" + block_text(["target x", "renderer y"]) + "\n\nend"),
            [("PK507", 62)],
        ),
        (TEXT.replace("\n\nend", "\n\n" + block_text(entry_lines(entry("Q1"))) + "\n\nend"), [("PK507", 62)]),
        (
            TEXT.replace("\n\nend", "\n\n" + block_text(entry_lines(entry("Q5", hash="9:00"))) + "\n\nend"),
            [("PK506", 62)],
        ),
    ],
)
def test_what_is_wrong_has_its_place(text: str, faults: list[tuple[str, int]]) -> None:
    assert read(text)[1] == faults


def test_neighbouring_releases_merge(tmp_path: Path) -> None:
    """Two branches release two questions that stand side by side, one adds another: git needs no help."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is missing")
    first, second, third = entry("Q1"), entry("Q2"), entry("Q3")
    later: dict[str, Any] = {"hash": HASH.replace("a", "c"), "published": START + 99}
    versions = {
        "base": ledger(first, second, third),
        "ours": ledger(first._replace(**later), second, third),
        "theirs": ledger(first, second._replace(**later), third, entry("Q4")),
    }
    for name, version in versions.items():
        (tmp_path / name).write_text(render(version))
    done = subprocess.run([git, "merge-file", "ours", "base", "theirs"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    merged, faults = read((tmp_path / "ours").read_text())
    assert faults == []
    assert merged == ledger(first._replace(**later), second._replace(**later), third, entry("Q4"))


def test_releases_of_one_question_conflict(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is missing")
    versions = {
        "base": entry("Q1"),
        "ours": entry("Q1", published=START + 1),
        "theirs": entry("Q1", published=START + 2),
    }
    for name, version in versions.items():
        (tmp_path / name).write_text(render(ledger(version, entry("Q2"))))
    subprocess.run([git, "merge-file", "ours", "base", "theirs"], cwd=tmp_path, check=False)
    (code, _), *_ = read((tmp_path / "ours").read_text())[1]
    assert code == "PK504"


@pytest.mark.parametrize(
    ("before", "today", "moment", "published"),
    [
        (None, Look(1, "a", 500), 9000, 500),  # packc's own: since packc has them
        (None, Look(1, "a", 0), 9000, 9000),  # the project's own: since this release
        (Look(1, "a", 500), Look(1, "a", 0), 9000, 500),
        (Look(1, "a", 500), Look(1, "b", 700), 9000, 700),
        (Look(1, "a", 500), Look(1, "b", 0), 9000, 9000),
        (Look(1, "a", 800), Look(1, "b", 700), 9000, 801),  # always later than what learners have
        (Look(1, "a", 9500), Look(1, "b", 0), 9000, 9501),
    ],
)
def test_since_when_a_look_counts(before: Look | None, today: Look, moment: int, published: int) -> None:
    assert today.after(before, moment).published == published


def test_the_renderer_stays_the_one_that_the_notes_came_from() -> None:
    assert Look(2, "b", 700).after(Look(1, "a", 500), 9000) == Look(1, "b", 700)
    assert Look(2, "b", 700).after(None, 9000).renderer == 2
