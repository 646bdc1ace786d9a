"""QTI packages from other hands: what packc writes comes back the same, and no package can do harm."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest
from lxml import etree

from packc.ast.kinds import Kind
from packc.ast.pack import Pack, questions
from packc.ast.question import kind_of
from packc.backends import registry as backends
from packc.backends.base import Archive, EmitContext
from packc.diagnostics import Diagnostic, Severity, Sink
from packc.importers import registry
from packc.importers.base import Given, Made
from packc.intake.package import Package, PackageFault
from packc.media import Media, judged
from packc.reader.pack import read_pack
from packc.source import SourceFile, SourceMap
from packc.writer.pack import write
from tests.support import every_kind
from tests.support.packs import para, png

QTI = registry.load("qti")


def given(files: Mapping[str, bytes]) -> Given:
    sources = SourceMap()
    return Given(sources.add_text("", "bank.zip"), sources, "bank", Package.of_files(files))


def imported(files: Mapping[str, bytes]) -> tuple[Made | None, list[Diagnostic]]:
    """Return what a package gives, after seeing that its Markdown reads back, and what was said."""
    sink = Sink()
    made = QTI.read(given(files), sink, fallback_id="bank")
    for each in made:
        assert back(each.pack) == each.pack, write(each.pack)
    assert all(found.span is not None for found in sink)
    return (made[0] if made else None), list(sink)


def back(pack: Pack) -> Pack:
    return read_pack(SourceFile.from_text(write(pack), name="bank.md"), Sink(), fallback_id=None)


def emitted(pack: Pack, media: Mapping[str, bytes], target: str) -> dict[str, bytes]:
    images: dict[str, Media] = {}
    for name, data in media.items():
        image = judged(data, name)
        assert isinstance(image, Media)
        images[name] = image
    published = {question.id: 1_790_000_000 for question in questions(pack)}
    (archive,) = backends.load(target).emit(pack, EmitContext(published=published, media=images))
    assert isinstance(archive, Archive)
    return {file.path: file.data for file in archive.members}


PICTURE = {"figure.png": png()}


@pytest.mark.parametrize("target", ["qti", "qti22", "qti30"])
def test_every_kind_comes_back_and_is_stable(target: str) -> None:
    first, said = imported(emitted(every_kind.every_kind(), PICTURE, target))
    assert first is not None
    # Graders' notes on what is scored by machine, and a line in the middle of a question.
    lost = {found.rule.message().partition(":")[0] for found in said if found.severity is not Severity.NOTE}
    assert lost == {"what graders are told", "a line across the text"}
    wanted = {question.id: kind_of(question) for question in questions(every_kind.every_kind())}
    wanted["K01"] = Kind.ESSAY  # its note for graders is a rubric now
    assert {question.id: kind_of(question) for question in questions(first.pack)} == wanted
    assert (first.pack.title, first.pack.meta.collection) == ("Every kind", "Academy / Samples")
    assert (first.pack.meta.lang, first.pack.meta.license) == ("en", "CC BY 4.0")
    written = emitted(back(first.pack), first.media, target)
    second, _ = imported(written)
    assert second is not None
    assert second.pack == first.pack
    assert emitted(back(second.pack), second.media, target) == written


def test_the_quiz_for_canvas_comes_back_and_is_stable() -> None:
    first, said = imported(emitted(every_kind.every_kind(), PICTURE, "canvas"))
    assert first is not None
    lost = {found.rule.message().partition(":")[0] for found in said if found.severity is not Severity.NOTE}
    assert lost == {"a line across the text"}
    kinds = {kind_of(question) for question in questions(first.pack)}
    assert kinds >= {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.SHORT, Kind.NUMERIC, Kind.CLOZE}
    written = emitted(back(first.pack), first.media, "canvas")
    second, _ = imported(written)
    assert second is not None
    third, _ = imported(emitted(back(second.pack), second.media, "canvas"))
    assert third is not None
    assert third.pack.parts == second.pack.parts


ITEM = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{0}" title="{0}">'
    '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">'
    "<correctResponse><value>true</value></correctResponse></responseDeclaration>"
    '<itemBody><p>Is it?</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    '<simpleChoice identifier="true">Yes</simpleChoice><simpleChoice identifier="false">No</simpleChoice>'
    "</choiceInteraction></itemBody></assessmentItem>"
)


def item(name: str) -> bytes:
    return ITEM.format(name).encode()


def manifest(*paths: str) -> bytes:
    files = "".join(f'<resource href="{path}"><file href="{path}"/></resource>' for path in paths)
    return f"<manifest><resources>{files}</resources></manifest>".encode()


def ids(files: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    made, said = imported(files)
    return [question.id for question in questions(made.pack)] if made else [], [each.code for each in said]


def test_items_without_a_test_stand_in_the_order_of_the_manifest_or_of_their_names() -> None:
    files = {"b.xml": item("b1"), "sub/a.xml": item("a1")}
    assert ids({**files, "imsmanifest.xml": manifest("sub/a.xml", "b.xml")}) == (["a1", "b1"], [])
    assert ids(files) == (["b1", "a1"], [])
    assert ids({f"folder/{path}": data for path, data in files.items()}) == (["b1", "a1"], [])


def test_what_is_broken_is_named_and_the_rest_is_kept() -> None:
    test = (
        b'<assessmentTest title="T"><testPart><assessmentSection title="S">'
        b'<assessmentItemRef identifier="x" href="gone.xml"/><assessmentItemRef href="a.xml"/>'
        b'<assessmentItemRef href="a.xml"/><assessmentItemRef href="../../b.xml"/>'
        b"</assessmentSection></testPart></assessmentTest>"
    )
    files = {"test.xml": test, "a.xml": item("a1"), "bad.xml": b"<assessmentItem>\n<p>", "c.xml": item("a1")}
    files["bomb.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]><assessmentItem>&b;</assessmentItem>'
    found, codes = ids(files)
    assert found == ["a1", "a1-2"]
    assert sorted(codes) == ["PK714", "PK714", "PK715", "PK718", "PK719", "PK720"]


def test_an_empty_package_makes_no_pack() -> None:
    assert ids({"imsmanifest.xml": manifest()}) == ([], ["PK724"])
    assert ids({"readme.txt": b"x"}) == ([], ["PK724"])


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _twice() -> bytes:
    stream = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.xml", b"x")
        archive.writestr("a.xml", b"y")
    return stream.getvalue()


def _encrypted() -> bytes:
    data = bytearray(zipped({"a.xml": b"x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04 nothing", "no whole zip"),
        (zipped({"a.xml": b"x" * 50})[:-30], "no whole zip"),
        (zipped({"../a.xml": b"x"}), "lead out"),
        (zipped({"/etc/a.xml": b"x"}), "lead out"),
        (zipped({"a/../../b.xml": b"x"}), "lead out"),
        (zipped({"C:a.xml": b"x"}), "lead out"),
        (zipped({"a.xml": b"\0" * 5_000_000}), "times its size"),
    ],
    ids=["nothing", "cut", "above", "root", "above a folder", "drive", "bomb"],  # the data has the time in it
)
def test_a_package_that_could_do_harm_is_not_read(data: bytes, why: str) -> None:
    with pytest.raises(PackageFault, match=why):
        Package.of_zip(data)


def test_a_package_with_two_files_of_one_name_or_a_secret_is_not_read() -> None:
    with pytest.raises(PackageFault, match="two files"):
        Package.of_zip(_twice())
    with pytest.raises(PackageFault, match="encrypted"):
        Package.of_zip(_encrypted())


def test_too_many_or_too_large_files_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"{n}.xml": b"x" * 10 for n in range(5)})
    assert Package.of_zip(data).names[0] == "0.xml"
    monkeypatch.setattr("packc.intake.package.MOST_FILES", 4)
    with pytest.raises(PackageFault, match="5 files"):
        Package.of_zip(data)
    monkeypatch.setattr("packc.intake.package.MOST_FILES", 9)
    monkeypatch.setattr("packc.intake.package.MOST_BYTES", 49)
    with pytest.raises(PackageFault, match="larger than"):
        Package.of_zip(data)


def test_a_member_that_lies_about_its_size_or_is_damaged_is_named() -> None:
    data = bytearray(zipped({"a.xml": item("a1") * 9}))
    data[60:80] = b"\xff" * 20
    package = Package.of_zip(bytes(data))
    with pytest.raises(PackageFault, match="damaged"):
        package.read("a.xml")
    sources = SourceMap()
    file = Given(sources.add_text("", "bank.zip"), sources, "bank", package)
    sink = Sink()
    assert QTI.read(file, sink, fallback_id="bank") == ()
    assert "PK721" in [found.code for found in sink]


@pytest.mark.parametrize("target", ["qti", "qti30", "canvas"])
def test_damaged_packages_never_break_the_importer(target: str) -> None:
    whole = emitted(every_kind.every_kind(), PICTURE, target)
    chance = random.Random(11)
    for _ in range(6):
        files = {}
        for path, data in whole.items():
            if not path.endswith(".xml"):
                files[path] = data
                continue
            parts = re.split(rb"(?=<)", data)
            some = [part for part in parts if chance.random() > 0.02]
            root = etree.fromstring(b"".join(some), etree.XMLParser(recover=True))
            files[path] = etree.tostring(root) if root is not None else data
        imported(files)


@pytest.mark.parametrize(
    "piece", ["<p/>", "<b>x</b>", "<i>", "&#65;", "<textEntryInteraction/>", "$$", r"\("]
)
def test_time_is_linear(piece: str) -> None:
    head, tail = ITEM.format("a1").split("Is it?")

    def seconds(times: int) -> float:
        file = given({"a.xml": (head + piece * times + tail).encode()})
        started = time.process_time()
        QTI.read(file, Sink(), fallback_id="bank")
        return time.process_time() - started

    # Of several runs the quickest: others are disturbed, by the collector or by other tests.
    small = max(min(seconds(400) for _ in range(3)), 0.004)
    assert min(seconds(3_200) for _ in range(3)) < 8 * 4 * small


def test_names_and_hints_come_back_as_they_were_written() -> None:
    names = ("Ada; Countess, of \\Lovelace", "B:C")
    blank = every_kind.text_blank("ice", hint="a: b", number=1)
    sample = every_kind.every_kind()
    cloze = replace(every_kind.bare_cloze(), text=(para("Water is ", blank),))
    sample = replace(sample, parts=(cloze,), meta=replace(sample.meta, authors=names))
    first, said = imported(emitted(sample, {}, "qti"))
    assert first is not None
    assert first.pack.meta.authors == names
    assert "a: b" in write(first.pack)
    assert said == []


def test_a_hint_that_no_blank_can_have_is_told() -> None:
    blank = every_kind.text_blank("ice", hint="a::b")
    cloze = replace(every_kind.bare_cloze(), text=(para("Water is ", blank),))
    first, said = imported(emitted(replace(every_kind.every_kind(), parts=(cloze,)), {}, "qti"))
    assert first is not None
    assert ["the hint of a blank" in found.rule.message() for found in said] == [True]


def test_a_range_stays_a_range_and_six_right_choices_need_no_weights() -> None:
    text = "**Question:** How many?\n\n**Answer:** 1..2 | 7 ± 0.5\n"
    choices = "".join(f"- [x] choice {n}\n" for n in range(6))
    source = f"---\nid: a\n---\n\n## Q1\n\n{text}\n## Q2\n\n**Question:** Which?\n\n{choices}- [ ] none\n"
    sample = read_pack(SourceFile.from_text(source, name="a.md"), Sink(), fallback_id=None)
    first, _ = imported(emitted(sample, {}, "qti30"))
    assert first is not None
    assert "**Answer:** 1..2 | 6.5..7.5" in write(first.pack)
    assert "{" not in write(first.pack)


def test_an_id_that_was_too_long_for_an_identifier_comes_back_whole() -> None:
    name = "L-" + "x" * 40 + "-1"
    sample = replace(every_kind.every_kind(), parts=(replace(every_kind.bare_cloze(), id=name),))
    first, _ = imported(emitted(sample, {}, "qti"))
    assert first is not None
    (question,) = questions(first.pack)
    assert (question.id, question.title) == (name, ())
