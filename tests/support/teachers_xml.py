"""The teacher's bank as Moodle XML, written in the way of Moodle's exports, and by nothing of packc."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as esc

from tests.support.teachers_bank import DOT, RICH, SUBJECTS, Subject


def xml_bank() -> str:
    """Return the bank as Moodle XML, with images as files."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for number, subject in enumerate(SUBJECTS):
        parts.append(
            f'<question type="category"><category><text>$course$/top/Common room/{subject.name}</text>'
            '</category><info format="html"><text></text></info><idnumber></idnumber></question>'
        )
        parts += _xml_questions(number, subject)
    return "\n".join((*parts, "</quiz>", ""))


def _xml_questions(number: int, subject: Subject) -> Iterator[str]:
    name, rich = subject.name, RICH[number]
    picture = f'<file name="dot {number}.png" path="/" encoding="base64">{DOT}</file>'
    shown = f'<p>See <img src="@@PLUGINFILE@@/dot%20{number}.png" alt="a dot" width="20"/></p>'
    best, some = f"<p>{esc(subject.best)}</p>", f"<p>{esc(subject.some)}</p>"
    because = f"<p>{esc(subject.because)}</p>"
    yield _xml("description", f"About {name}", f"<p>{name}: read this first.</p>{rich}")
    right, (one, two, three) = subject.right, subject.wrong
    yield _xml(
        "multichoice",
        f"{name} 1 best",
        best + shown,
        _answer(100, right, "Yes."),
        _answer(0, one, "No: think again."),
        _answer(-33.33333, two),
        _answer(0, three),
        "<single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>",
        _text("correctfeedback", "Well done."),
        _text("incorrectfeedback", f"<p>Read about {name} again.</p>"),
        _hint("Think of the last lesson."),
        "<defaultgrade>2</defaultgrade>",
        f"<idnumber>{name.lower()}-1</idnumber><tags><tag><text>{name}</text></tag></tags>",
        general=because,
        files=picture,
    )
    (good, better), (bad, worse) = subject.these, subject.not_these
    yield _xml(
        "multichoice",
        f"{name} 2 some",
        some,
        *(_answer(50, text) for text in (good, better)),
        *(_answer(-50, text, "Not this.") for text in (bad, worse)),
        "<single>false</single><shuffleanswers>false</shuffleanswers>",
    )
    yield _xml(
        "multichoice", f"{name} 3 one box", some, _answer(100, good), _answer(-100, bad), "<single>0</single>"
    )
    yield _xml(
        "truefalse",
        f"{name} 4",
        esc(subject.statement),
        _answer(100, "true", "Yes"),
        _answer(0, "false", "Read."),
    )
    yield _xml(
        "truefalse", f"{name} 5", esc(subject.wrong_statement), _answer(0, "true"), _answer(100, "false")
    )
    first, second = subject.accepted
    for case in (0, 1):
        answers = (_answer(100, first, "Good."), _answer(80, second), _answer(0, "*", "Look it up."))
        yield _xml(
            "shortanswer", f"{name} word {case}", esc(subject.word), f"<usecase>{case}</usecase>", *answers
        )
    tolerance = "<tolerance>0.5</tolerance>"
    unit = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    amount = esc(subject.amount)
    yield _xml("numerical", f"{name} number", amount, _answer(100, subject.number, "Near.", tolerance), unit)
    more = _answer(50, subject.number, "", "<tolerance>2</tolerance>")
    yield _xml("numerical", f"{name} numbers", amount, _answer(100, subject.number, "", tolerance), more)
    yield _xml(
        "matching", f"{name} match", "Match.", *(_sub(*pair) for pair in subject.pairs), _sub("", three)
    )
    yield _xml("matching", f"{name} sort", "What is what?", *(_sub(*pair) for pair in subject.groups))
    steps = (_answer(place, step) for place, step in enumerate(subject.steps, 1))
    yield _xml("ordering", f"{name} order", "In order.", *steps, _text("correctfeedback", "So it goes."))
    blanks = f"{{1:SHORTANSWER:={first}~%80%{second}}} or {{1:MULTICHOICE:={good}~{bad}~{worse}}}"
    yield _xml(
        "cloze",
        f"{name} cloze",
        f"<p>{esc(subject.word)} {blanks}, {{1:NM:={subject.number}:0.1}}.</p>{rich}",
    )
    limits = "<responsefieldlines>8</responsefieldlines><minwordlimit>50</minwordlimit>"
    limits += "<maxwordlimit>90</maxwordlimit>"
    grading = _text("graderinfo", f"<p><strong>Marking</strong></p><ul><li>(2) {because[3:-4]}</li></ul>")
    yield _xml("essay", f"{name} essay", esc(subject.why), limits, grading, "<defaultgrade>2</defaultgrade>")
    yield _xml("essay", f"{name} model", esc(subject.why), general=because)
    yield _xml(
        "multichoice", f"{name} rich", rich, _answer(100, rich), _answer(0, "<b>none</b>"), general=rich
    )
    select = "<selectoption><text>{}</text><group>1</group></selectoption>"
    words = "".join(select.format(esc(word)) for word in (right, one))
    yield _xml("gapselect", f"{name} gap", f"{esc(subject.best)} [[1]]", words)
    yield _xml("shortanswer", f"{name} plain", esc(subject.word), _answer(100, first))


def _xml(
    kind: str, name: str, text: str, *parts: str, general: str = "", files: str = "", form: str = "html"
) -> str:
    question = f'<questiontext format="{form}"><text>{_cdata(text)}</text>{files}</questiontext>'
    feedback = _text("generalfeedback", general)
    body = "\n  ".join((f"<name><text>{esc(name)}</text></name>", question, feedback, *parts))
    return f'<question type="{kind}">\n  {body}\n</question>'


def _text(name: str, html: str) -> str:
    return f'<{name} format="html"><text>{_cdata(html)}</text></{name}>'


def _answer(fraction: float, text: str, feedback: str = "", more: str = "") -> str:
    said = _text("feedback", feedback)
    return f'<answer fraction="{fraction}" format="html"><text>{_cdata(text)}</text>{said}{more}</answer>'


def _sub(left: str, right: str) -> str:
    answer = f"<answer><text>{esc(right)}</text></answer>"
    return f'<subquestion format="html"><text>{_cdata(left)}</text>{answer}</subquestion>'


def _hint(text: str) -> str:
    return f'<hint format="html"><text>{text}</text></hint>'


def _cdata(html: str) -> str:
    return f"<![CDATA[{html}]]>" if "<" in html or "&" in html else html
