"""No question leaves circles behind, which only Python's collector would find: the command has it off."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from packc.ast.pack import Pack, questions
from packc.backends import registry as targets
from packc.backends.base import EmitContext
from packc.backends.losses import features, losses_of
from packc.build.archive import pieces_of
from packc.check import check_answers, check_structure
from packc.convert import convert
from packc.diagnostics import Sink
from packc.importers import registry as importers
from packc.importers.base import Given
from packc.media import Media
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.words import ENGLISH
from packc.writer.pack import write
from tests.support.every_kind import every_kind
from tests.support.packs import png
from tests.support.random_packs import random_pack

IMAGES = dict.fromkeys(("a/b.png", "figure.png"), Media(png(), "image/png", 40, 20))


def large(first: int, packs: int) -> Pack:
    """Return the questions of so many random packs as one."""
    some = [random_pack(5, number) for number in range(first, first + packs)]
    parts = [
        replace(question, id=f"X{number}-{place}")
        for number, each in enumerate(some)
        for place, question in enumerate(questions(each))
    ]
    return replace(some[0], parts=tuple(parts))


FEW, MANY = large(0, 20), large(20, 60)
MORE = sum(1 for _ in questions(MANY)) - sum(1 for _ in questions(FEW))


def left_by(work: Callable[[], object]) -> int:
    """Return how many objects the collector finds afterwards."""
    gc.collect()
    gc.disable()
    try:
        work()
        return gc.collect()
    finally:
        gc.enable()


def grows(work: Callable[[Pack], object]) -> bool:
    """Tell whether a question leaves something: less than one object each may be, as answer keys have it."""
    work(FEW)  # fills what is kept for good
    few, many = (left_by(partial(work, pack)) for pack in (FEW, MANY))
    return many - few > MORE


def emitted(pack: Pack, target: str) -> list[bytes]:
    """Ask a target what it loses, and return what it makes."""
    published = {question.id: 1_790_000_000 for question in questions(pack)}
    context = EmitContext(published=published, media=IMAGES)
    backend = targets.load(target)
    for _ in losses_of(backend, pack, context, features(pack)):
        pass
    return [b"".join(pieces_of(each)) for each in backend.emit(pack, context)]


def test_reading_and_checking() -> None:
    def work(pack: Pack) -> None:
        sink = Sink()
        read = read_pack(SourceFile.from_text(write(pack), name="t"), sink, fallback_id="t")
        check_structure(read, (), sink)
        check_answers(read, sink, ENGLISH)

    assert not grows(work)


@pytest.mark.parametrize("target", sorted(set(targets.infos()) - {"pdf"}))  # PDFs are set one after the other
def test_targets(target: str) -> None:
    assert not grows(lambda pack: emitted(pack, target))


@pytest.mark.parametrize("name", ["gift", "moodle"])
def test_importers(name: str) -> None:
    def work(pack: Pack) -> None:
        text = made[pack.meta.version]
        assert importers.load(name).read(Given.of_text(text), Sink(), fallback_id="bank")

    made = {pack.meta.version: emitted(pack, name)[0].decode() for pack in (FEW, MANY)}
    assert not grows(work)


def test_a_package_that_is_imported_goes_before_the_next(tmp_path: Path) -> None:
    """One of QTI is there as a whole until it is read."""

    def work(names: Sequence[str]) -> None:
        assert len(convert(names, cwd=tmp_path, dry=True).files) == len(names)

    data = emitted(every_kind(), "qti")[0]
    names = [f"{number}.zip" for number in range(4)]
    for name in names:
        (tmp_path / name).write_bytes(data)
    work(names[:1])
    one, four = (left_by(partial(work, names[:count])) for count in (1, 4))
    assert one > 1_000
    assert four < 1.5 * one
