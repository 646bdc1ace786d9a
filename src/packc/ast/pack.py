"""A pack: one source file's questions, their sections, and what the front matter says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from packc.ast.node import Node, keyword_node
from packc.ast.question import Question
from packc.ast.richtext import Blocks, Inlines
from packc.source import Span

_RTL_LANGUAGES = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"])


@keyword_node
class PackMeta(Node):
    """The front matter. Texts are as written; `collection` is a path with ` / ` or `/` between names."""

    title: str = ""
    namespace: str = ""
    description: str = ""
    collection: str = ""
    lang: str = "en"
    dir: str = ""  # "ltr", "rtl", or "" = by the language
    authors: tuple[str, ...] = ()
    license: str = ""
    version: str = ""
    tags: tuple[str, ...] = ()
    source_url: str = ""
    required: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()  # the only ones that this pack is for; () = the project's
    title_on_front: bool = False
    # Of the keys, and of each target and alias: `targets.<name>`, `aliases.<id>`
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`: what the author says, else what the language is written in (Unicode CLDR)."""
        primary, *rest = self.lang.lower().replace("_", "-").split("-")
        by_script = "arab" in rest or "hebr" in rest or (primary in _RTL_LANGUAGES and "latn" not in rest)
        return self.dir if self.dir in ("ltr", "rtl") else "rtl" if by_script else "ltr"

    @property
    def collection_path(self) -> tuple[str, ...]:
        """The names of the collection, outermost first."""
        return tuple(name.strip() for name in self.collection.split("/") if name.strip())


@keyword_node
class Section(Node):
    """A heading that is no question: its text, then the questions and sections under it, in order.

    `stimulus`: the text is what the section's questions are about, so it is shown with each of them.
    """

    title: Inlines
    stimulus: bool = False
    blocks: Blocks = ()
    parts: tuple[Part, ...] = ()


Part: TypeAlias = Question | Section


@keyword_node
class Pack(Node):
    """One source file. `title` is the front matter's, else the first heading's, else the id.

    `heading` is that first heading, empty if there is none; `intro` is the text before the first heading
    below it; `parts` are questions and sections in source order, so a closing text is simply a last section
    without questions. `labels` has the label that the author uses for a field, by the field's key, where
    it is not packc's English one, and the first label of each own field.
    """

    id: str
    title: str
    meta: PackMeta
    heading: Inlines = ()
    intro: Blocks = ()
    parts: tuple[Part, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


def questions(container: Pack | Section) -> Iterator[Question]:
    """Yield every question below `container`, in source order."""
    for part in container.parts:
        if isinstance(part, Section):
            yield from questions(part)
        else:
            yield part


def asked(container: Pack | Section, shared: Blocks = ()) -> Iterator[tuple[Question, Blocks]]:
    """Yield every question below `container`, in source order, with the stimulus texts that it is about.

    `shared` is the stimulus text around `container`.
    """
    for part in container.parts:
        if isinstance(part, Section):
            yield from asked(part, (*shared, *part.blocks) if part.stimulus else shared)
        else:
            yield part, shared


def sections(container: Pack | Section) -> Iterator[Section]:
    """Yield every section below `container`, in source order, outer before inner."""
    for part in container.parts:
        if isinstance(part, Section):
            yield part
            yield from sections(part)
