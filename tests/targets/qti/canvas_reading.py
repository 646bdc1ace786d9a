"""A reader of QTI 1.2 that knows the standard and Canvas' notes on it, and nothing of our emitter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree

from packc.ast.pack import Pack
from packc.backends.base import EmitContext
from tests.support.judges import xsd_folder
from tests.targets.qti.reading import files

NS = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
PACKAGING = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


def quiz_path(members: Mapping[str, bytes]) -> str:
    """Return where the manifest says that the quiz is."""
    root = ElementTree.fromstring(members["imsmanifest.xml"])
    (resource,) = [node for node in root.iter(f"{PACKAGING}resource") if node.get("type") == "imsqti_xmlv1p2"]
    (file,) = resource.iter(f"{PACKAGING}file")
    return file.attrib["href"]


def canvas_items(pack: Pack, context: EmitContext | None = None) -> dict[str, Item]:
    """Return every item of the quiz by its title."""
    members = files(pack, context, "canvas")
    root = ElementTree.fromstring(members[quiz_path(members)])
    return {node.get("title", ""): Item(node) for node in root.iter(f"{NS}item")}


def canvas_item(pack: Pack, question: str = "Q1") -> Item:
    return canvas_items(pack)[question]


class Item:
    """One item, and how it is scored."""

    def __init__(self, node: Element) -> None:
        self.node = node
        fields = {
            _text(entry.find(f"{NS}fieldlabel")): _text(entry.find(f"{NS}fieldentry"))
            for entry in node.iter(f"{NS}qtimetadatafield")
        }
        self.type = fields["question_type"]
        self.points = float(fields["points_possible"])
        self.stem = _text(node.find(f"{NS}presentation/{NS}material/{NS}mattext"))
        self.feedbacks = {
            one.attrib["ident"]: words_of(_text(one.find(f"{NS}flow_mat/{NS}material/{NS}mattext")))
            for one in node.iter(f"{NS}itemfeedback")
        }

    def lists(self) -> dict[str, dict[str, list[str]]]:
        """Return each list to choose from: by what it is about, the numbers of each text in it."""
        found = {}
        for lid in self.node.iter(f"{NS}response_lid"):
            texts: dict[str, list[str]] = {}
            for label in lid.iter(f"{NS}response_label"):
                mattext = label.find(f"{NS}material/{NS}mattext")
                assert mattext is not None
                text = _text(mattext)
                shown = words_of(text) if mattext.get("texttype") == "text/html" else text
                texts.setdefault(shown, []).append(label.attrib["ident"])
            found[_text(lid.find(f"{NS}material/{NS}mattext"))] = texts
        return found

    def score(self, given: Mapping[str, Sequence[str]]) -> float:
        """Return the points for these responses, each by its identifier."""
        return self._played(given)[0] * self.points / 100

    def shown(self, given: Mapping[str, Sequence[str]]) -> list[str]:
        """Return the words of the feedback that such an answer calls up, in order."""
        return [self.feedbacks[name] for name in self._played(given)[1]]

    def _played(self, given: Mapping[str, Sequence[str]]) -> tuple[float, list[str]]:
        score, shown = 0.0, list[str]()
        for rule in self.node.iter(f"{NS}respcondition"):
            condition = rule.find(f"{NS}conditionvar")
            assert condition is not None
            if not self._held(condition, given):
                continue
            for change in rule.iter(f"{NS}setvar"):
                value = float(change.text or "")
                score = score + value if change.get("action") == "Add" else value
            shown += [node.attrib["linkrefid"] for node in rule.iter(f"{NS}displayfeedback")]
            if rule.get("continue") == "No":
                break
        return score, shown

    def _held(self, condition: Element, given: Mapping[str, Sequence[str]]) -> bool:
        """Tell whether a condition holds. Texts for one field are alternatives: so Canvas reads it."""
        parts = [self._true(node, given) for node in condition]
        if all(node.tag == f"{NS}varequal" for node in condition) and self.type == "short_answer_question":
            return any(parts)
        return all(parts)

    def _true(self, node: Element, given: Mapping[str, Sequence[str]]) -> bool:
        value = node.text or ""
        answers = given.get(node.get("respident", ""), ())
        match node.tag.removeprefix(NS):
            case "other":
                return True
            case "not":
                return not self._true(node[0], given)
            case "and":
                return all(self._true(part, given) for part in node)
            case "or":
                return any(self._true(part, given) for part in node)
            case "varequal":
                if self.type == "numerical_question":
                    return any(float(one) == float(value) for one in answers)
                same = str if node.get("case") == "Yes" else str.casefold
                return same(value) in map(same, answers)
            case "vargte":
                return any(float(one) >= float(value) for one in answers)
            case "varlte":
                return any(float(one) <= float(value) for one in answers)
            case unknown:
                raise NotImplementedError(unknown)


def pick(item: Item, *texts: str) -> dict[str, list[str]]:
    """Choose these choices of the one list."""
    ((_, choices),) = item.lists().items()
    return {"response1": [choices[text][0] for text in texts]}


def fill(item: Item, values: Mapping[str, str]) -> dict[str, list[str]]:
    """Pick or type a text for each list, by what the list is about; what is not in it is wrong."""
    about = {
        _text(lid.find(f"{NS}material/{NS}mattext")): lid.attrib["ident"]
        for lid in item.node.iter(f"{NS}response_lid")
    }
    lists = item.lists()
    folded = {
        name: {text.casefold(): found for text, found in texts.items()} for name, texts in lists.items()
    }
    return {about[name]: folded[name].get(value.casefold(), ["none"]) for name, value in values.items()}


def typed(value: str) -> dict[str, list[str]]:
    return {"response1": [value] if value else []}


def _text(node: Element | None) -> str:
    return "" if node is None else node.text or ""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of(html: str) -> str:
    """Return the words of HTML, as a browser reads it."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.found).split())


@cache
def _dtd() -> etree.DTD:
    return etree.DTD(str(xsd_folder() / "qtiv1p2/ims_qtiasiv1p2p1.dtd"))


def assert_sound(members: Mapping[str, bytes]) -> None:
    """Fail unless the quiz obeys the official DTD, and manifest, files and references fit."""
    quiz = etree.fromstring(members[quiz_path(members)])
    plain = deepcopy(quiz)
    for node in plain.iter():
        node.tag = etree.QName(node).localname
    etree.cleanup_namespaces(plain)
    # Serialised in between, because a DTD looks at prefixes that the tree still remembers.
    assert _dtd().validate(etree.fromstring(etree.tostring(plain))), _dtd().error_log
    root = ElementTree.fromstring(members["imsmanifest.xml"])
    listed = [file.attrib["href"] for file in root.iter(f"{PACKAGING}file")]
    assert sorted(listed) == sorted(set(members) - {"imsmanifest.xml"})
    names = {node.get("identifier") for node in root.iter() if node.get("identifier")}
    assert {node.get("identifierref") for node in root.iter(f"{PACKAGING}dependency")} <= names
    text = members[quiz_path(members)].decode()
    used = set(re.findall(r"%24IMS-CC-FILEBASE%24/([^&\"]*)", text))
    meta = next(data for path, data in members.items() if path.endswith("assessment_meta.xml"))
    used |= set(re.findall(r"%24IMS-CC-FILEBASE%24/([^&\"]*)", meta.decode()))
    assert used == {path for path in members if path.startswith("images/")}
    idents = [node.get("ident") for node in quiz.iter("{*}item")]
    assert len(set(idents)) == len(idents)
    for item in quiz.iter("{*}item"):
        feedback = {node.get("ident") for node in item.iter("{*}itemfeedback")}
        linked = {node.get("linkrefid") for node in item.iter("{*}displayfeedback")}
        responses = {
            node.get("ident") for kind in ("lid", "str") for node in item.iter(f"{{*}}response_{kind}")
        }
        assert linked <= feedback
        assert {node.get("respident") for node in item.iter() if node.get("respident")} <= responses
