"""A rule's page, made of its docstring: what is wrong with it, and an example that fails and one that passes.

A docstring is text, then either `Fails:` and `Instead:`, each above an indented example, or one line
`No example:` with the reason. In brackets after `Fails` stands what the example is, if it is no pack.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from enum import StrEnum

from packc.diagnostics.rule import Rule, Severity
from packc.named import NamedTuple

_WIDTH = 80
_PARTS = re.compile(
    r"(?P<text>[\s\S]+?)\n\n(?:"
    r"Fails(?: \((?P<kind>[^)]+)\))?:\n\n(?P<fails>(?:    .*\n|\n)+)Instead:\n\n(?P<instead>(?:    .*\n|\n)+)"
    r"|No example: (?P<reason>.+)\.\n)"
)


class Kind(StrEnum):
    """What an example is. A pack's front matter is left out where it does not matter."""

    PACK = "pack"
    FRONT_MATTER = "front matter"
    PROJECT = "packc.yaml"
    COMMAND = "command"


_LANGUAGES = {Kind.PACK: "markdown", Kind.FRONT_MATTER: "yaml", Kind.PROJECT: "yaml", Kind.COMMAND: "sh"}


class Example(NamedTuple):
    """Two texts of one kind: the first is reported, the second is how to write it instead."""

    kind: Kind
    fails: str
    instead: str


class Page(NamedTuple):
    """What there is to say about a rule. Without an example `reason` says why there is none."""

    code: str
    name: str
    severity: Severity
    since: str
    text: str
    example: Example | None
    reason: str

    @property
    def summary(self) -> str:
        """The first sentence of the text, on one line."""
        return re.split(r"(?<=\.)\s", self.text, maxsplit=1)[0].replace("\n", " ")


def page(rule: type[Rule]) -> Page:
    """Return the page of `rule`. Raises ValueError if its docstring has not the parts of one."""
    found = _PARTS.fullmatch(inspect.cleandoc(rule.__doc__ or "") + "\n")
    if found is None:
        raise ValueError(f"the docstring of {rule.__name__} is no page")
    example = None
    if found["fails"]:
        kind = Kind(found["kind"] or Kind.PACK)
        example = Example(kind, _dedented(found["fails"]), _dedented(found["instead"]))
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", rule.__name__).lower()
    return Page(rule.code, name, rule.severity, rule.since, found["text"], example, found["reason"] or "")


def markdown(page: Page) -> str:
    """Return the page as Markdown, no wider than a console but for its examples."""
    paragraphs = [textwrap.fill(text, _WIDTH) for text in page.text.split("\n\n")]
    head = f"# {page.code}: {page.name}\n\nSeverity: {page.severity}. Since packc {page.since}."
    return "\n\n".join((head, *paragraphs, *_example(page))) + "\n"


def index(pages: Iterable[Page]) -> str:
    """Return a table of the pages as Markdown, with links to files named after the codes."""
    rows = [
        f"| [{page.code}]({page.code}.md) | {page.severity} | {page.name} | {_cell(page.summary)} |"
        for page in pages
    ]
    return "\n".join(("| code | severity | name | what it is about |", "|---|---|---|---|", *rows)) + "\n"


def _example(page: Page) -> Iterator[str]:
    if page.example is None:
        yield f"There is no example here: {page.reason}."
        return
    kind, fails, instead = page.example
    yield "This fails:" if kind is Kind.PACK else f"This fails ({kind}):"
    yield _fenced(fails, _LANGUAGES[kind])
    yield "This does not:"
    yield _fenced(instead, _LANGUAGES[kind])


def _fenced(text: str, language: str) -> str:
    fence = "`" * (4 if "```" in text else 3)
    return f"{fence}{language}\n{text}{fence}"


def _dedented(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
