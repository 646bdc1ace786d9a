"""A small QTI player: it knows the processing elements by their specification, not by our emitter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from tests.targets.qti.reading import QTI, many, one, words

Value = list[str]  # a container; empty is NULL
CARDINALITIES = ("single", "multiple", "ordered")
BASE_TYPES = ("identifier", "string", "float", "directedPair", "boolean")
TRUE, FALSE, NULL = ["true"], ["false"], list[str]()


class Player:
    """One item, one attempt. `given`: the response by its identifier, or that of the one interaction."""

    def __init__(self, item: Element, given: Mapping[str, Iterable[str]] | Iterable[str]) -> None:
        self.item = item
        self.declarations = {node.attrib["identifier"]: node for node in many(item, "responseDeclaration")}
        for node in (*self.declarations.values(), *many(item, "outcomeDeclaration")):
            assert node.attrib["cardinality"] in CARDINALITIES
            assert node.attrib["baseType"] in BASE_TYPES
        answers = given if isinstance(given, Mapping) else {"RESPONSE": given}
        unknown = set(answers) - set(self.declarations) - {"RESPONSE"}
        assert not unknown, unknown
        self.responses = {name: list(answers.get(name, ())) for name in self.declarations}
        self.outcomes: dict[str, Value] = {
            node.attrib["identifier"]: [value.text or "" for value in many(node, "defaultValue/value")]
            for node in many(item, "outcomeDeclaration")
        }
        self._rules(many(item, "responseProcessing/*"))
        for processing in many(item, "responseProcessing"):
            self._template(processing.get("template", ""))

    @property
    def score(self) -> float:
        return float(self.outcomes["SCORE"][0])

    @property
    def feedback(self) -> list[str]:
        """The words of every feedback that is shown after answering, in order."""
        return [words(node) for node in many(self.item, "modalFeedback") if self._shown(node)]

    @property
    def hints(self) -> list[str]:
        """The words of every hint that is shown in the body, in order."""
        tags = (f"{QTI}feedbackBlock", f"{QTI}feedbackInline")
        return [words(node) for node in self.item.iter() if node.tag in tags and self._shown(node)]

    def _shown(self, node: Element) -> bool:
        return node.attrib["identifier"] in self.outcomes[node.attrib["outcomeIdentifier"]]

    def _template(self, address: str) -> None:
        """Score by one of the standard's templates, which know one response and one outcome."""
        answered = bool(self.responses["RESPONSE"]) if address else False
        match address.removeprefix("http://www.imsglobal.org/question/qti_v2p1/rptemplates/"):
            case "":
                pass
            case "match_correct":
                response = sorted(self.responses["RESPONSE"])
                values = many(self.declarations["RESPONSE"], "correctResponse/value")
                right = answered and response == sorted(value.text or "" for value in values)
                self.outcomes["SCORE"] = ["1" if right else "0"]
            case "map_response":
                self.outcomes["SCORE"] = [str(self._mapped("RESPONSE")) if answered else "0"]
            case other:
                raise NotImplementedError(other)

    def _rules(self, rules: Iterable[Element]) -> None:
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
            assert branch.tag in (f"{QTI}responseIf", f"{QTI}responseElseIf")
            if self._value(branch[0]) == TRUE:
                self._rules(list(branch)[1:])
                return

    def _value(self, node: Element) -> Value:  # noqa: PLR0912 (one branch per operator)
        name = node.attrib.get("identifier", "")
        match node.tag.removeprefix(QTI):
            case "variable":
                return self.responses[name] if name in self.responses else self.outcomes[name]
            case "correct":
                return [value.text or "" for value in many(self.declarations[name], "correctResponse/value")]
            case "baseValue":
                return [node.text or ""]
            case "multiple":
                return [value for inner in node for value in self._value(inner)]
            case "isNull":
                return FALSE if self._value(node[0]) else TRUE
            case "not":
                return {"true": FALSE, "false": TRUE}.get("".join(self._value(node[0])), NULL)
            case "and":
                return self._all(node, TRUE, FALSE)
            case "or":
                return self._all(node, FALSE, TRUE)
            case "match":
                return self._match(node)
            case "sum":
                return [str(sum(float(self._value(inner)[0]) for inner in node))]
            case "gte" | "gt" | "lte" | "lt" | "equal":
                return self._compare(node)
            case "mapResponse":
                return [str(self._mapped(name))]
            case other:
                raise NotImplementedError(other)

    def _all(self, node: Element, every: Value, some: Value) -> Value:
        """`and` and `or`, in the three-valued logic of the specification."""
        values = [self._value(inner) for inner in node]
        if some in values:
            return some
        return NULL if NULL in values else every

    def _match(self, node: Element) -> Value:
        one, other = self._value(node[0]), self._value(node[1])
        if not one or not other:
            return NULL
        ordered = self.declarations[node[0].attrib["identifier"]].get("cardinality") == "ordered"
        same = one == other if ordered else sorted(one) == sorted(other)
        return TRUE if same else FALSE

    def _compare(self, node: Element) -> Value:
        values = [self._value(inner) for inner in node]
        if NULL in values:
            return NULL
        one, other = (float(value[0]) for value in values)
        match node.tag.removeprefix(QTI):
            case "gte":
                held = one >= other
            case "gt":
                held = one > other
            case "lte":
                held = one <= other
            case "lt":
                held = one < other
            case _:
                assert node.get("toleranceMode") == "exact", "a tolerance, which one of the players lacks"
                held = one == other
        return TRUE if held else FALSE

    def _mapped(self, name: str) -> float:
        mapping = one(self.declarations[name], "mapping")
        total = 0.0
        for value in set(self.responses[name]):
            total += next(
                (
                    float(entry.attrib["mappedValue"])
                    for entry in many(mapping, "mapEntry")
                    if _same(value, entry)
                ),
                float(mapping.get("defaultValue", "0")),
            )
        return min(max(total, float(mapping.attrib["lowerBound"])), float(mapping.attrib["upperBound"]))


def _same(value: str, entry: Element) -> bool:
    key = entry.attrib["mapKey"]
    if entry.get("caseSensitive", "true") == "true":
        return value == key
    return value.casefold() == key.casefold()
