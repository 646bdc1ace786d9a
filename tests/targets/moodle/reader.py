r"""Moodle XML as Moodle 4.5 stores it, and what would stop, kill or silently change an import.

Written from measurements on a real Moodle and from what its importer was read to do; nothing here knows how
packc writes. XML is read by expat, as PHP does it. `read` gives what the data base would hold; `Faulty` is
raised where an import would stop, die, or lose or change something without a word.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from tests.targets.gift.moodle_rules import GRADES

TYPES = (
    *("essay", "multichoice", "truefalse", "shortanswer", "numerical", "matching", "cloze", "description"),
    *("ordering", "category"),
)
_BLANK = "\\{(?P<mark>[0-9]*):(?P<kind>NM|NUMERICAL|MC|MCS|SA|SAC|SHORTANSWER|SHORTANSWER_C|MULTICHOICE):"
_SHARE = r"(?:=|%-?[0-9]+(?:[.,][0-9]*)?%)"
# In many releases an answer does not end behind an ampersand either; in the latest it does.
_ENDS = r"(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$)"
_ANSWER = rf"(?:{_SHARE})?.+?{_ENDS}(?:#.*?(?<!\\)(?=[~}}]|$))?"
_WHOLE_BLANK = re.compile(rf"{_BLANK}(?P<answers>{_ANSWER}(?:~{_ANSWER})*)\}}", re.DOTALL)
_ONE_ANSWER = re.compile(
    rf"~?(?P<share>{_SHARE})?(?P<text>.+?){_ENDS}"
    r"(?:#(?P<feedback>.*?)(?<!\\)(?=[~}]|$))?",
    re.DOTALL,
)
_NUMBER = re.compile(r"(-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)(?::(.+))?")
_FILE = re.compile(r"@@PLUGINFILE@@/([^\"<> ]*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Faulty(AssertionError):
    """The import would stop, die, or lose something."""


class Answer(NamedTuple):
    share: float  # of the mark, in percent
    text: str
    feedback: str = ""
    tolerance: float = 0.0


class Blank(NamedTuple):
    kind: str
    mark: int
    answers: tuple[Answer, ...]


class Stored(NamedTuple):
    """One question or description. Texts are HTML, except those of typed answers and partners."""

    category: tuple[str, ...]
    kind: str
    name: str
    text: str
    general: str
    mark: float
    penalty: float
    idnumber: str
    tags: tuple[str, ...]
    settings: dict[str, str]
    answers: tuple[Answer, ...]
    pairs: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    hints: tuple[str, ...]
    combined: tuple[str, str, str]
    graders: str
    blanks: tuple[Blank, ...]
    files: dict[str, bytes]


class Bank(NamedTuple):
    questions: tuple[Stored, ...]
    about: dict[tuple[str, ...], str]  # what the description of a category says


def read(data: bytes) -> Bank:
    """Return what the data base would hold. Raises Faulty."""
    if not data.startswith(b"<?xml") or b"\r" in data:
        raise Faulty("no XML declaration, or carriage returns")
    root = ElementTree.fromstring(data)
    if root.tag != "quiz":
        raise Faulty(f"the root is {root.tag}")
    category: tuple[str, ...] = ()
    about: dict[tuple[str, ...], str] = {}
    found = []
    given: set[str] = set()
    for node in root:
        if node.tag != "question" or node.get("type") not in TYPES:
            raise Faulty(f"not a question of a known type: {node.tag} {node.attrib}")
        if node.get("type") == "category":
            category = category_names(_text(_one(node, "category")))
            info = _rich(_one(node, "info"))
            about[category] = about.get(category) or info
            continue
        stored = _question(node, category)
        if stored.idnumber and stored.idnumber.casefold() in given:
            raise Faulty(f"the id number {stored.idnumber!r} twice: the second is dropped")
        given.add(stored.idnumber.casefold())
        found.append(stored)
    return Bank(tuple(found), about)


def category_names(path: str) -> tuple[str, ...]:
    """Return the categories that a path leads to; `//` is a slash in a name."""
    names = tuple(part.replace("//", "/").strip() for part in re.split(r"(?<!/)/(?!/)", path))
    for name in names:
        if not name or len(name) > 255 or re.search(r"<(?!\s)", name):
            raise Faulty(f"a category cannot be named {name!r}")
    if names[0] == "top" and len(names) > 2:
        return names[1:]
    if names[0] == "top" or re.fullmatch(r"\$[a-z]+\$", names[0]):
        raise Faulty(f"a first category that means something else: {path!r}")
    return names


def _question(node: ElementTree.Element, category: tuple[str, ...]) -> Stored:
    kind = node.get("type") or ""
    name = _text(_one(node, "name"))
    if not name or len(name) > 255 or re.search(r"<(?!\s)", name) or "\n" in name:
        raise Faulty(f"a question cannot be named {name!r}")
    files: dict[str, bytes] = {}
    blanks: tuple[Blank, ...] = ()
    if kind == "cloze":
        blanks = _take_blanks(_one(_one(node, "questiontext"), "text"))
    text = _rich(_one(node, "questiontext"), files)
    if not text:
        raise Faulty(f"{name}: a text that asks nothing")
    idnumber = node.findtext("idnumber") or ""
    if len(idnumber) > 100 or _CONTROL.search(idnumber) or idnumber != idnumber.strip():
        raise Faulty(f"{name}: the id number {idnumber!r}")
    tags = tuple(_text(tag) for tag in node.iterfind("tags/tag"))
    if any(not tag or len(tag) > 255 or re.search(r"[<>`\x00-\x1f\x7f]", tag) for tag in tags):
        raise Faulty(f"{name}: a tag that is ignored or cut in {tags}")
    combined = [_rich(found, files) if (found := node.find(tag)) is not None else "" for tag in _COMBINED]
    stored = Stored(
        category=category,
        kind=kind,
        name=name,
        text=text,
        general=_rich(_one(node, "generalfeedback"), files),
        mark=float(_one(node, "defaultgrade").text or "x"),
        penalty=float(_one(node, "penalty").text or "x"),
        idnumber=idnumber,
        tags=tags,
        settings={child.tag: child.text or "" for child in node if not len(child)},
        answers=tuple(_answer(answer, kind, files) for answer in node.iterfind("answer")),
        pairs=tuple(_pair(pair, files) for pair in node.iterfind("subquestion")),
        units=tuple(unit.text or "" for unit in node.iterfind("units/unit/unit_name")),
        hints=tuple(_rich(hint, files) for hint in node.iterfind("hint")),
        combined=(combined[0], combined[1], combined[2]),
        graders=_rich(found, files) if (found := node.find("graderinfo")) is not None else "",
        blanks=blanks,
        files=files,
    )
    for fault in _faults(stored):
        raise Faulty(f"{name}: {fault}")
    return stored


_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def _one(node: ElementTree.Element, tag: str) -> ElementTree.Element:
    found = node.findall(tag)
    if len(found) != 1:
        raise Faulty(f"{len(found)} times {tag}")
    return found[0]


def _text(node: ElementTree.Element) -> str:
    """Return a plain text, trimmed as PHP does it."""
    holder = _one(node, "text")
    if len(holder):
        raise Faulty("markup in a text: the whole file is refused")
    return (holder.text or "").strip(" \t\n\r\0\x0b")


def _rich(node: ElementTree.Element, files: dict[str, bytes] | None = None) -> str:
    """Return a text of HTML; its files go into `files`, and each that it shows has to be there."""
    if node.get("format") != "html":
        raise Faulty(f"{node.tag} states no format")
    text = _text(node)
    own = {}
    for file in node.iterfind("file"):
        if file.get("encoding") != "base64" or file.get("path") != "/":
            raise Faulty("a file that is not read")
        own[file.get("name") or ""] = base64.b64decode(file.text or "", validate=True)
    shown = {unquote(name) for name in _FILE.findall(text)}
    if shown != set(own) or "@@PLUGINFILE@@" in _FILE.sub("", text):
        raise Faulty(f"{node.tag} shows {shown} and has {set(own)}")
    if files is not None:
        files.update(own)
    return text


def _answer(node: ElementTree.Element, kind: str, files: dict[str, bytes]) -> Answer:
    rich = kind in ("multichoice", "ordering")
    text = _rich(node, files) if rich else _text(node)
    tolerance = node.findtext("tolerance")
    if (kind == "numerical") != (tolerance is not None):
        raise Faulty("a tolerance is missing, or has nothing to belong to")
    return Answer(
        float(node.get("fraction") or "x"), text, _rich(_one(node, "feedback"), files), float(tolerance or 0)
    )


def _pair(node: ElementTree.Element, files: dict[str, bytes]) -> tuple[str, str]:
    return _rich(node, files), _text(_one(node, "answer"))


def _take_blanks(holder: ElementTree.Element) -> tuple[Blank, ...]:
    """Return the blanks of a text, and put `{#1}` in the place of the first."""
    text = holder.text or ""
    blanks: list[Blank] = []
    while match := _WHOLE_BLANK.search(text):
        blanks.append(_blank(match))
        text = text[: match.start()] + f"\0{len(blanks)}\1" + text[match.end() :]
    if not blanks or "{" in text:
        raise Faulty(f"no blank, or a brace that is none: {text!r}")
    holder.text = text.replace("\0", "{#").replace("\1", "}")
    return tuple(blanks)


def _blank(match: re.Match[str]) -> Blank:
    kind = match["kind"]
    answers = []
    position = 0
    while position < len(match["answers"]):
        found = _ONE_ANSWER.match(match["answers"], position)
        if found is None:
            raise Faulty(f"a blank that Moodle reads otherwise: {match[0]!r}")
        position = found.end()
        answers.append(_blank_answer(found, kind))
    if not any(answer.share == 100 for answer in answers):
        raise Faulty(f"no answer of a blank earns everything: {match[0]!r}")
    if kind in ("MC", "MCS") and sum(bool(answer.text.strip()) for answer in answers) < 2:
        raise Faulty(f"a list of less than two entries: {match[0]!r}")
    return Blank(kind, int(match["mark"] or "1"), tuple(answers))


def _blank_answer(found: re.Match[str], kind: str) -> Answer:
    share = found["share"] or ""
    percent = 100.0 if share == "=" else float(share.strip("%").replace(",", ".") or 0)
    feedback = _decoded(found["feedback"] or "")
    text = found["text"]
    if kind == "NM" and text != "*":
        number = _NUMBER.fullmatch(text)
        if number is None:
            raise Faulty(f"no number: {text!r}")
        return Answer(percent, number[1], feedback, float(number[2] or 0))
    return Answer(percent, _decoded(text).strip(), feedback)


def _decoded(text: str) -> str:
    return html.unescape(text).replace("\\}", "}").replace("\\#", "#")


def _faults(stored: Stored) -> Iterator[str]:
    check = _CHECKS.get(stored.kind)
    if check is not None:
        yield from check(stored)
    graded = stored.answers if stored.kind != "ordering" else ()
    for answer in graded:
        if not any(abs(abs(answer.share) - grade) <= 0.001 for grade in GRADES):
            yield f"the weight {answer.share} is not in Moodle's list"
    if stored.mark < 0 or stored.penalty < 0 or stored.penalty > 1:
        yield "a mark or a penalty that cannot be"


def _multichoice_faults(stored: Stored) -> Iterator[str]:
    if stored.settings["single"] not in ("true", "false"):
        yield "single or multiple is not stated"
    if stored.settings["shuffleanswers"] not in ("true", "false"):
        yield "shuffling is not stated"
    if len(stored.answers) < 2 or not all(answer.text.strip() for answer in stored.answers):
        yield "less than two choices, or an empty one"
    shares = [answer.share for answer in stored.answers]
    if stored.settings["single"] == "true" and 100 not in shares:
        yield "no right choice"


def _matching_faults(stored: Stored) -> Iterator[str]:
    if sum(bool(left) for left, _ in stored.pairs) < 2 or len(stored.pairs) < 2:
        yield "less than two pairs"
    if not all(0 < len(right) <= 255 for _, right in stored.pairs):
        yield "a partner that is empty or too long"


def _short_faults(stored: Stored) -> Iterator[str]:
    if not any(answer.share == 100 for answer in stored.answers):
        yield "no answer earns everything: the import stops"
    if not all(answer.text for answer in stored.answers) or stored.settings["usecase"] not in ("0", "1"):
        yield "an empty answer, or case is not stated"


def _numeric_faults(stored: Stored) -> Iterator[str]:
    last = len(stored.answers) - 1
    if not stored.answers:
        yield "no answer"
    for index, answer in enumerate(stored.answers):
        if not re.fullmatch(r"-?\d+(?:\.\d+)?", answer.text) and (index, answer.text) != (last, "*"):
            yield f"{answer.text!r} is read as anything at all"
    if stored.settings["showunits"] != ("0" if stored.units else "3"):
        yield "units are not shown as they are there"


def _true_false_faults(stored: Stored) -> Iterator[str]:
    if [answer.text for answer in stored.answers] != ["true", "false"]:
        yield "not `true` and `false`"
    if sorted(answer.share for answer in stored.answers) != [0, 100]:
        yield "both or none right"


def _ordering_faults(stored: Stored) -> Iterator[str]:
    texts = [answer.text for answer in stored.answers]
    if len(texts) < 2 or not all(text.strip() for text in texts):
        yield "less than two items, or an empty one"
    if len(set(texts)) < len(texts):
        yield "equal items are one to Moodle"
    if stored.settings.get("shownumcorrect") != "1":
        yield "Moodle dies without shownumcorrect"


_CHECKS = {
    "multichoice": _multichoice_faults,
    "matching": _matching_faults,
    "shortanswer": _short_faults,
    "numerical": _numeric_faults,
    "truefalse": _true_false_faults,
    "ordering": _ordering_faults,
}
