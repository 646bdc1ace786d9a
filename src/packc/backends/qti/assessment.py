"""A pack as an `assessmentTest`: its sections in source order, each question a reference to its item."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, Part, Section, questions, sections
from packc.ast.richtext import Blocks
from packc.backends.qti.elements import Element, Maker, in_language
from packc.backends.qti.identifiers import identifiers
from packc.backends.qti.xhtml import QtiRenderer, directed
from packc.record import record
from packc.render.plain import PLAIN

ITEM_FOLDER = "items/"


@record
class Names:
    """The identifiers inside a test; `sections` and `items` are in source order."""

    test: str
    part: str
    root: str
    sections: tuple[str, ...]
    items: tuple[str, ...]


def names_of(pack: Pack) -> Names:
    """Return the identifiers of `pack`'s test: those of the questions first, so that they stay the same."""
    items = [question.id for question in questions(pack)]
    places = [f"section_{number}" for number, _ in enumerate(sections(pack), 1)]
    found = identifiers([*items, pack.id, "part_1", "section_0", *places])
    count = len(items)
    test, part, root = found[count : count + 3]
    return Names(test, part, root, tuple(found[count + 3 :]), tuple(found[:count]))


def assessment_test(pack: Pack, names: Names, lang: str, render: QtiRenderer, make: Maker) -> Element:
    """Return the test of `pack`. Everything stands in one outer section, whose text is the introduction."""
    title = " / ".join((*pack.meta.collection_path, pack.title))
    direction = make.profile.said_direction(pack.meta.direction)
    writer = _SectionWriter(iter(names.sections), iter(names.items), lang, direction, render, make)
    root = writer.section(names.root, title, pack.intro, pack.parts)
    control = make("itemSessionControl", maxAttempts="0", showFeedback="true")
    part = make(
        "testPart",
        control,
        root,
        identifier=names.part,
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    total = make("sum", make("testVariables", variableIdentifier="SCORE"))
    return make(
        "assessmentTest",
        make(
            "outcomeDeclaration",
            make("defaultValue", make("value", text="0")),
            identifier="SCORE",
            cardinality="single",
            baseType="float",
        ),
        part,
        make("outcomeProcessing", make("setOutcomeValue", total, identifier="SCORE")),
        xmlns=make.profile.namespace,
        identifier=names.test,
        title=pack.title,
    )


@record
class _SectionWriter:
    sections: Iterator[str]
    items: Iterator[str]
    lang: str
    direction: str
    render: QtiRenderer
    make: Maker

    def section(self, identifier: str, title: str, blocks: Blocks, parts: tuple[Part, ...]) -> Element:
        inner = [self._rubric(blocks)] if blocks else []
        inner += [self._part(part) for part in parts]
        return self.make("assessmentSection", *inner, identifier=identifier, title=title, visible="true")

    def _part(self, part: Part) -> Element:
        if isinstance(part, Section):
            title = PLAIN.inlines(part.title)
            blocks = () if shares_text(part) else part.blocks
            return self.section(next(self.sections), title, blocks, part.parts)
        name = next(self.items)
        return self.make("assessmentItemRef", identifier=name, href=item_path(name))

    def _rubric(self, blocks: Blocks) -> Element:
        text = directed(self.render.blocks(blocks), self.direction)
        said = in_language(self.lang)
        return self.make.rich("rubricBlock", text, view="candidate", use="instructions", **said)


def shares_text(section: Section) -> bool:
    """Tell whether the section's text stands in each of its items, and so not beside them."""
    return section.stimulus and any(True for _ in questions(section))


def item_path(name: str) -> str:
    """Return where the item with identifier `name` stands in the package."""
    return f"{ITEM_FOLDER}{name}.xml"
