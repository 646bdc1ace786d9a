"""Moodle XML from other hands: a whole bank is stable, hostile files are refused with a place."""

from __future__ import annotations

import random
import re
import time

import pytest
from lxml import etree

from packc.ast.keys import TextKey
from packc.ast.kinds import Kind
from packc.ast.pack import Pack, questions
from packc.ast.question import kind_of
from packc.ast.richtext import Blank, Image
from packc.ast.walk import pack_nodes
from packc.backends.base import EmitContext
from packc.backends.moodle.document import document
from packc.diagnostics import Diagnostic, Severity, Sink
from packc.importers import registry
from packc.importers.base import Given, Made
from packc.intake.xml import decoded
from packc.media import Media, judged
from packc.render.plain import PLAIN
from packc.source import SourceMap
from packc.writer.pack import write
from tests.support.packs import png
from tests.support.random_packs import many, named, random_packs
from tests.support.teachers_bank import SUBJECTS
from tests.support.teachers_xml import xml_bank
from tests.unit.importers.faithful import Faithful, back

MOODLE = registry.load("moodle")


def imported(data: bytes) -> tuple[Made | None, list[Diagnostic]]:
    """Return what a file gives, after seeing that its Markdown reads back, and what was said."""
    sources = SourceMap()
    text = decoded(data)
    source = sources.add_bytes(data, "bank.xml") if text is None else sources.add_text(text, "bank.xml")
    sink = Sink()
    made = MOODLE.read(Given(source, sources, "bank"), sink, fallback_id="bank")
    for each in made:
        assert back(each.pack) == each.pack, write(each.pack)
    assert all(found.span is not None for found in sink)
    return (made[0] if made else None), list(sink)


def emitted(made: Made) -> bytes:
    media: dict[str, Media] = {}
    for name, data in made.media.items():
        image = judged(data, name)
        assert isinstance(image, Media)
        media[name] = image
    pack = back(made.pack)
    published = {question.id: 1_790_000_000 for question in questions(pack)}
    return document(pack, EmitContext(published=published, media=media))


def test_a_bank_of_two_hundred_questions_comes_over_whole() -> None:
    made, said = imported(xml_bank().encode())
    assert made is not None
    assert (made.pack.title, len(made.media)) == ("Common room", 1)  # one picture under twelve names
    found = [kind_of(question) for question in questions(made.pack)]
    assert len(found) == 18 * len(SUBJECTS) >= 200
    each = {kind: found.count(kind) / len(SUBJECTS) for kind in set(found)}
    assert each == {
        Kind.SINGLE: 2,
        Kind.MULTIPLE: 2,
        Kind.TRUE_FALSE: 2,
        Kind.SHORT: 3,
        Kind.NUMERIC: 2,
        Kind.MATCHING: 1,
        Kind.CATEGORISING: 1,
        Kind.ORDERING: 1,
        Kind.CLOZE: 2,
        Kind.ESSAY: 1,
        Kind.OPEN: 1,
    }
    assert said == []


def test_the_bank_is_stable_through_markdown_and_xml() -> None:
    first, _ = imported(xml_bank().encode())
    assert first is not None
    written = emitted(first)
    second, said = imported(written)
    assert second is not None
    assert [one.code for one in said if one.severity is not Severity.NOTE] == []
    assert second.pack.parts == first.pack.parts
    assert second.media == first.media
    assert emitted(second) == written


def test_what_packc_writes_comes_back_and_is_stable() -> None:
    """Questions that would not read back are named by an import, and are few, however wild the texts."""
    faithful = Faithful()
    for pack in random_packs(many(12)):
        with named(pack):
            _is_stable(pack, faithful)
    assert faithful.left_out <= faithful.kept // 20


def _is_stable(pack: Pack, faithful: Faithful) -> None:
    pictures = {node.src for node in pack_nodes(pack) if isinstance(node, Image)}
    media = {name: Media(png(), "image/png", 40, 20) for name in pictures}
    published = {question.id: 1_790_000_000 for question in questions(pack)}
    data = document(pack, EmitContext(published=published, media=media))
    made = MOODLE.read(Given.of_text(data.decode()), Sink(), fallback_id="bank")
    if not made:
        assert list(questions(pack)) == []
        return
    first = made[0]._replace(pack=faithful.of(made[0].pack))
    if not any(questions(first.pack)):
        return
    second, _ = imported(emitted(first))
    assert second is not None
    third, _ = imported(emitted(second))
    assert third is not None
    assert [question.id for question in questions(second.pack)] == [q.id for q in questions(first.pack)]
    assert (third.pack.parts, third.media) == (second.pack.parts, second.media)


GOOD = (
    '<quiz><question type="truefalse"><name><text>One</text></name><questiontext format="html">'
    '<text>ä?</text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>'
)


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("utf-16"),
        GOOD.encode("utf-16-le"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>\r\n' + GOOD).encode("latin-1"),
        ("<!-- c -->\n<?pi x?>\n<!DOCTYPE quiz>\n" + GOOD).encode(),
        ('<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd">' + GOOD).encode(),
        GOOD.replace(">", ">\r\n").encode(),
    ],
)
def test_every_spelling_of_a_good_file(data: bytes) -> None:
    made, said = imported(data)
    assert made is not None, [each.rule.message() for each in said]
    (question,) = questions(made.pack)
    assert (question.id, write(made.pack).count("ä?")) == ("one", 1)
    assert said == []


_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (f'<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a0 "x">{_BOMB}]><quiz>&a8;</quiz>', "PK720", 2),
        ('<!DOCTYPE quiz [<!ENTITY f SYSTEM "file:///etc/passwd">]>\n<quiz>&f;</quiz>', "PK720", 1),
        ('<!DOCTYPE quiz [<!ENTITY % p SYSTEM "http://example.org/x">%p;]><quiz/>', "PK720", 1),
        ("<quiz>\n<question>\n", "PK719", 3),
        ("<quiz>\n&nbsp;</quiz>", "PK719", 2),
        ("<quiz>\n<a>\n</b></quiz>", "PK719", 3),
        ("<quiz>" + "<a>" * 300, "PK719", 1),
        ("<quiz>\n<question type='x'/></quiz>", "PK714", 2),
        ("<quiz>\n</quiz>", "PK724", 1),
        ("<quiz>\n\x07</quiz>", "PK003", 2),
    ],
)
def test_what_is_refused_has_a_code_and_a_line(text: str, code: str, line: int) -> None:
    started = time.process_time()
    sources = SourceMap()
    source = sources.add_text(text, "bank.xml")
    sink = Sink()
    assert MOODLE.read(Given(source, sources, "bank"), sink, fallback_id="bank") == ()
    assert [(each.code, source.place(each.span.start).line) for each in sink if each.span] == [(code, line)]
    assert time.process_time() - started < 5


def _asks(name: str, text: str = "Well?") -> str:
    return GOOD.removeprefix("<quiz>").removesuffix("</quiz>").replace("One", name).replace("ä?", text)


@pytest.mark.parametrize(
    ("text", "kept", "lines"),
    [
        (f"<quiz>\n{_asks('A')}\n{_asks('B', 'this & that')}\n{_asks('C')}</quiz>", ["a", "c"], [3]),
        (f"<quiz>\n{_asks('A')}\n<question type='essay'>\n<name>", ["a"], [3]),
        (
            f"<quiz>\n{_asks('A')}\n<question><b>\n{_asks('B')}\n{_asks('C', '<p>x')}</quiz>",
            ["a", "b"],
            [3, 5],
        ),
        (f"<quiz>\n{_asks('A')}\n{_asks('B')}\n", ["a", "b"], [4]),
        (f"<quiz>\n{_asks('A', '<![CDATA[</question>]]>')}\n&", ["a"], [3]),
        (f"<quiz>{_asks('A', '<![CDATA[open')}\n{_asks('B')}</quiz>", ["b"], [1]),
    ],
)
def test_what_is_whole_of_a_broken_file_is_kept(text: str, kept: list[str], lines: list[int]) -> None:
    source = SourceMap().add_text(text, "bank.xml")
    made, said = imported(text.encode())
    assert made is not None
    assert [question.id for question in questions(made.pack)] == kept
    assert [(one.code, source.place(one.span.start).line) for one in said if one.span] == [
        ("PK719", line) for line in lines
    ]


def test_a_damaged_bank_never_breaks_the_importer() -> None:
    whole = xml_bank().encode()
    chance = random.Random(7)
    slips = [b"", b"<", b">", b"&", b"]]>", b"\0", b"\xff", b'"', b"{1:SA:", b"</text>", b"<answer>"]
    for _ in range(40):
        text = bytearray(whole[:6_000]) + b"</quiz>"
        for _ in range(chance.randrange(1, 3)):
            place = chance.randrange(len(text))
            text[place : place + chance.randrange(3)] = chance.choice(slips)
        imported(bytes(text))


def test_any_element_may_be_missing_or_there_twice() -> None:

    parts = re.split(
        r"(?=<(?:question|answer|text|name|subquestion|questiontext|feedback|units|hint)\b)",
        xml_bank()[:30_000],
    )
    chance = random.Random(3)
    for _ in range(25):
        some = [part for part in parts if chance.random() > 0.05]
        root = etree.fromstring("".join(some).encode(), etree.XMLParser(recover=True))
        if root is not None:
            imported(etree.tostring(root))


@pytest.mark.parametrize(
    ("written", "accepted"),
    [(r"a\}b", "a}b"), (r"a\#b", "a#b"), (r"a\/b", r"a\/b"), (r"a\&quot;b", r"a\"b"), (r"a\\b", r"a\\b")],
)
def test_backslashes_in_blanks_are_taken_as_moodle_takes_them(written: str, accepted: str) -> None:
    """Moodle frees only a brace and a hash of theirs; its manual names more."""
    text = (
        f"<question type='cloze'><questiontext><text>x {{1:SA:={written}}}</text></questiontext></question>"
    )
    made, _ = imported(f"<quiz>{text}</quiz>".encode())
    assert made is not None
    (key,) = [node.key for node in pack_nodes(made.pack) if isinstance(node, Blank)]
    assert isinstance(key, TextKey)
    assert [PLAIN.inlines(one.children) for one in key.accepted] == [accepted]


@pytest.mark.parametrize(
    "piece",
    [
        "<question/>",
        "<![CDATA[",
        "<question><![CDATA[",
        "<question><a>",
        "<a>",
        "&lt;p&gt;",
        "&#x41;",
        "<!--",
        "]]>",
        "{1:SA:",
        "{1:SA:=x}",
    ],
)
def test_time_is_linear(piece: str) -> None:
    head, tail = GOOD.split("ä")

    def seconds(times: int) -> float:
        file = Given.of_text(head + piece * times + tail, name="bank.xml")
        started = time.process_time()
        MOODLE.recognises(file)
        MOODLE.read(file, Sink(), fallback_id="bank")
        return time.process_time() - started

    # Of several runs the quickest: others are disturbed, by the collector or by other tests.
    small = max(min(seconds(500) for _ in range(3)), 0.004)
    assert min(seconds(4_000) for _ in range(3)) < 8 * 4 * small
