"""A diagnostic: one fault at one place, and the sink that collects them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from packc.diagnostics.rule import Rule, Severity
from packc.source import Span


class Label(NamedTuple):
    """A second place that explains a fault, e.g. where an id was used first."""

    span: Span
    text: str


class Diagnostic(NamedTuple):
    """A fault. `span` is None only where there is no source text: the command line, the output folder.

    `file` names the file of a fault that has no span; `target` the target of a loss.
    """

    rule: Rule
    span: Span | None = None
    labels: tuple[Label, ...] = ()
    file: str = ""
    target: str = ""

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity


class Sink:
    """Collects diagnostics in the order they are reported."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def report(
        self,
        rule: Rule,
        span: Span | None = None,
        *,
        labels: tuple[Label, ...] = (),
        file: str = "",
        target: str = "",
    ) -> None:
        self._found.append(Diagnostic(rule, span, labels, file, target))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._found.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self._found)
