"""What a reader that knows only Moodle finds in packc's XML is what the author wrote."""

from __future__ import annotations

from packc.ast.pack import Pack, questions
from packc.backends.base import EmitContext, File
from packc.backends.registry import load
from tests.support import every_kind
from tests.support.packs import context as sample_context
from tests.support.packs import pack as sample_pack
from tests.support.random_packs import batched, many, named, random_packs
from tests.targets.moodle.expected import compare
from tests.targets.moodle.lost import compare_losses
from tests.targets.moodle.php_reader import read_with_php
from tests.targets.moodle.reader import Bank, read
from tests.targets.moodle.samples import CONTEXT, torture_pack

COUNT = many(60)


def written(pack: Pack, context: EmitContext = CONTEXT) -> bytes:
    (artefact,) = load("moodle").emit(pack, context)
    assert isinstance(artefact, File)
    return artefact.data


def stored(pack: Pack, context: EmitContext = CONTEXT) -> Bank:
    return read(written(pack, context))


def test_the_sample_pack_reads_back() -> None:
    bank = stored(sample_pack(), sample_context())
    compare(sample_pack(), bank)
    names = [(question.category[-1], question.name) for question in bank.questions]
    assert names == [
        ("A sample & pack", "A sample & pack"),
        ("A sample & pack", "Q1"),
        ("A sample & pack", "Q2"),
        ("A section", "A section"),
        ("A section", "Q3"),
        ("A sample & pack", "What to do after this pack"),
    ]


def test_every_torture_text_reads_back() -> None:
    bank = stored(torture_pack())
    compare(torture_pack(), bank)
    assert read_with_php([written(torture_pack())]) == [bank]


def test_generated_packs_read_back() -> None:
    """Our reader finds what the author wrote; PHP and a library of somebody else's find what it finds."""
    asked = 0
    for some in batched(random_packs(COUNT), 500):
        files = [written(pack) for pack in some]
        for pack, data, by_php in zip(some, files, read_with_php(files), strict=True):
            asked += len(list(questions(pack)))
            with named(pack):
                bank = read(data)
                compare(pack, bank)
                assert by_php == bank
                losses = load("moodle").losses(pack, CONTEXT)
                compare_losses(pack, losses, (one.tags for one in bank.questions), gift=False)
    assert asked > COUNT


def test_images_are_files_of_the_text_that_shows_them() -> None:
    bank = stored(every_kind.every_kind(), every_kind.context())
    with_files = {question.name: set(question.files) for question in bank.questions if question.files}
    assert set(with_files) == {"K14", "K15", "K16"}
    (data,) = {data for question in bank.questions for data in question.files.values()}
    assert data == every_kind.context().media["figure.png"].data
