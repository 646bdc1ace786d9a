"""A small QTI player: it knows the processing elements by their specification, not by our emitter."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from tests.targets.qti.reading import QTI, many, one, words

Value = list[str]  # a container; empty is NULL


class Player:
    """One item, one attempt."""

    def __init__(self, item: Element, chosen: Iterable[str]) -> None:
        self.item = item
        self.chosen = list(chosen)
        self.outcomes: dict[str, Value] = {
            node.get("identifier", ""): [value.text or "" for value in many(node, "defaultValue/value")]
            for node in many(item, "outcomeDeclaration")
        }
        self.declaration = one(item, "responseDeclaration")
        self._rules(list(many(item, "responseProcessing/*")) or [])

    @property
    def score(self) -> float:
        return float(self.outcomes["SCORE"][0])

    @property
    def feedback(self) -> list[str]:
        """The words of every feedback that is shown, in order."""
        return [
            words(node)
            for node in many(self.item, "modalFeedback")
            if node.get("identifier") in self.outcomes[node.get("outcomeIdentifier", "")]
        ]

    def _rules(self, rules: list[Element]) -> None:
        for rule in rules:
            match rule.tag.removeprefix(QTI):
                case "responseCondition":
                    self._condition(rule)
                case "setOutcomeValue":
                    self._check_cardinality(rule)
                    self.outcomes[rule.attrib["identifier"]] = self._value(rule[0])
                case other:
                    raise NotImplementedError(other)

    def _check_cardinality(self, rule: Element) -> None:
        """An outcome takes only a value of its own cardinality; the schema cannot see that."""
        declared = {
            node.attrib["identifier"]: node.attrib["cardinality"]
            for tag in ("responseDeclaration", "outcomeDeclaration")
            for node in many(self.item, tag)
        }
        is_variable = rule[0].tag == f"{QTI}variable"
        given = declared[rule[0].attrib["identifier"]] if is_variable else "single"
        if rule[0].tag == f"{QTI}multiple":
            given = "multiple"
        assert given == declared[rule.attrib["identifier"]], rule.attrib

    def _condition(self, condition: Element) -> None:
        for branch in condition:
            if branch.tag == f"{QTI}responseElse":
                self._rules(list(branch))
                return
            if self._value(branch[0]) == ["true"]:
                self._rules(list(branch)[1:])
                return

    def _value(self, node: Element) -> Value:
        match node.tag.removeprefix(QTI):
            case "variable" if node.attrib["identifier"] == self.declaration.attrib["identifier"]:
                return self.chosen
            case "variable":
                return self.outcomes[node.attrib["identifier"]]
            case "correct":
                return [value.text or "" for value in many(self.declaration, "correctResponse/value")]
            case "baseValue":
                return [node.text or ""]
            case "multiple":
                return [value for inner in node for value in self._value(inner)]
            case "isNull":
                return ["false" if self._value(node[0]) else "true"]
            case "not":
                return ["false" if self._value(node[0]) == ["true"] else "true"]
            case "match":
                return ["true" if sorted(self._value(node[0])) == sorted(self._value(node[1])) else "false"]
            case "mapResponse":
                return [str(self._mapped())]
            case other:
                raise NotImplementedError(other)

    def _mapped(self) -> float:
        mapping = one(self.declaration, "mapping")
        entries = {
            node.attrib["mapKey"]: float(node.attrib["mappedValue"]) for node in many(mapping, "mapEntry")
        }
        total = sum(entries.get(name, float(mapping.get("defaultValue", "0"))) for name in set(self.chosen))
        return min(max(total, float(mapping.attrib["lowerBound"])), float(mapping.attrib["upperBound"]))
