"""Every character that Unicode has comes through both Moodle formats, or is refused with its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import packc
from packc.ast.keys import Accepted, DropdownKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta
from packc.ast.question import ClozeQuestion, Feedback, ShortAnswerQuestion
from packc.ast.richtext import Blank, Code, CodeBlock, Text
from packc.backends.gift.document import gift_text
from packc.diagnostics import Severity
from packc.source import is_refused_character
from tests.support.packs import para
from tests.targets.gift.judge import read_gift
from tests.targets.moodle.php_reader import read_with_php
from tests.targets.moodle.reader import read
from tests.targets.moodle.test_readback import written

SCALARS = [code for code in range(0x110000) if not is_refused_character(code)]
STEP = 20_000


def _chunks() -> Iterator[str]:
    for start in range(0, len(SCALARS), STEP):
        # A letter between each two: white space and combining characters have neighbours of their own.
        yield "x".join(chr(code) for code in SCALARS[start : start + STEP] if code != 0x0D)


def _pack() -> Pack:
    asked = tuple(
        ShortAnswerQuestion(
            id=f"Q{number}",
            prompt=(CodeBlock(f"x{text}x"),),
            key=TextKey(accepted=(_accepted(f"x{text}x"),)),
            feedback=Feedback(right=(para(Code(f"x{text}x")),)),
        )
        for number, text in enumerate(_chunks(), 1)
    )
    return Pack(id="scalars", title="Scalars", meta=PackMeta(title="Scalars"), parts=asked)


def _code(html: str) -> str:
    """Return the code of a prompt, taken out by hand: what a browser would do is another test's matter."""
    inner = html.removeprefix("<pre>").removeprefix("<code>").removesuffix("</pre>").removesuffix("</code>")
    return inner.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


WHOLE = [f"x{text}x" for text in _chunks()]


@pytest.mark.judge
def test_every_scalar_comes_through_gift() -> None:
    """In the text of a question, in an answer and in feedback."""
    (found,) = read_gift([gift_text(_pack())])
    questions = [item for item in found if item["type"] == "Short"]
    assert [_code(item["stem"]["text"]) for item in questions] == WHOLE
    answers = [item["choices"][0] for item in questions]
    assert [answer["text"]["text"].replace("\\*", "*") for answer in answers] == WHOLE
    assert [_code(answer["feedback"]["text"]) for answer in answers] == WHOLE


@pytest.mark.judge
def test_every_scalar_comes_through_xml() -> None:
    """In the same places, for a reader in Python and for PHP."""
    bank = read(written(_pack()))
    assert [_code(stored.text) for stored in bank.questions] == WHOLE
    answers = [stored.answers[0] for stored in bank.questions]
    assert [answer.text.replace("\\*", "*") for answer in answers] == WHOLE
    assert [_code(answer.feedback) for answer in answers] == WHOLE
    assert read_with_php([written(_pack())]) == [bank]


def test_every_ascii_character_comes_through_a_blank() -> None:
    """In answers, entries and hints of a cloze; a tilde cannot be typed there, which is a loss."""
    marks = [chr(code) for code in range(0x20, 0x7F)]
    options = tuple(Option(children=(Text(f"x{mark}x"),), correct=mark == " ") for mark in marks)
    accepted = tuple(_accepted(f"x{mark}x{mark}") for mark in marks if mark != "~")
    blanks = (
        Blank(key=TextKey(accepted=accepted), hint="".join(marks)),
        Blank(key=DropdownKey(options=options)),
    )
    question = ClozeQuestion(id="Q", text=(para("Text ", *blanks),))
    pack = Pack(id="p", title="P", meta=PackMeta(title="P"), parts=(question,))
    (stored,) = read(written(pack)).questions
    typed, picked = stored.blanks
    said = [answer.text.replace("\\*", "*") for answer in typed.answers[:-1]]
    assert said == [f"x{mark}x{mark}".strip() for mark in marks if mark != "~"]
    assert _plain(typed.answers[-1].feedback) == "".join(marks).strip()
    assert [_plain(answer.text) for answer in picked.answers] == [f"x{mark}x" for mark in marks]


def _plain(html: str) -> str:
    from html import unescape

    return unescape(html.replace("<span>", "").replace("</span>", ""))


def _accepted(text: str) -> Accepted:
    return Accepted(children=(Text(text),))


REFUSED = [code for code in (*range(0x20), 0xFFFE, 0xFFFF) if is_refused_character(code)]


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_come_through_is_refused_with_its_place(code: int) -> None:
    source = f"---\nid: p\nnamespace: n\n---\n\n## Q1. A\n\n**Question:** a{chr(code)}b\n\n**Solution:** s\n"
    compiled = packc.compile(source, targets=["gift", "moodle"])
    errors = [found for found in compiled.diagnostics if found.severity is Severity.ERROR]
    assert errors
    assert all(found.span is not None for found in errors)
    assert compiled.files == {}
