"""Rules made up for these tests. Their codes stand outside the register, so that they shadow none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from packc.diagnostics import Rule, Severity
from packc.source import SourceFile, SourceMap, Span


@dataclass(frozen=True)
class Said(Rule):
    """A rule that says what it is given."""

    code: ClassVar[str] = "PK201"
    severity: ClassVar[Severity] = Severity.ERROR

    text: str
    mark: str = ""
    advice: str = ""

    def message(self) -> str:
        return self.text

    def label(self) -> str:
        return self.mark

    def help(self) -> str:
        return self.advice


@dataclass(frozen=True)
class Warned(Said):
    code: ClassVar[str] = "PK014"
    severity: ClassVar[Severity] = Severity.WARNING


@dataclass(frozen=True)
class Lost(Said):
    code: ClassVar[str] = "PK601"
    severity: ClassVar[Severity] = Severity.LOSS


@dataclass(frozen=True)
class Noted(Said):
    code: ClassVar[str] = "PK807"
    severity: ClassVar[Severity] = Severity.NOTE


def source(text: str, name: str = "a.md") -> tuple[SourceMap, SourceFile]:
    sources = SourceMap()
    return sources, sources.add_text(text, name)


def span_of(file: SourceFile, part: str) -> Span:
    start = file.text.index(part)
    return file.span(start, start + len(part))
