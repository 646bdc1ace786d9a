"""A bank with categories to one pack: what all categories share names the pack, the rest its sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from packc.ast.normal import normal_line
from packc.ast.pack import Pack, PackMeta, Part, Section
from packc.ast.question import Question
from packc.ast.richtext import Block, Blocks, Heading, Inlines, Para, Strong, Text
from packc.intake.ids import pack_id
from packc.named import NamedTuple
from packc.render.plain import PLAIN
from packc.source import Span, without_refused

DEEPEST = 3  # sections in each other; the names of deeper categories stand in one heading

Path = tuple[str, ...]


class Entry(NamedTuple):
    """A question, or a section that is a text without questions, in its category."""

    path: Path
    part: Question | Section


def shared_path(paths: Iterable[Path]) -> Path:
    """Return the beginning that all paths have in common."""
    found: Path | None = None
    for path in paths:
        if found is None:
            found = path
            continue
        same = 0
        while same < min(len(found), len(path)) and found[same] == path[same]:
            same += 1
        found = found[:same]
    return found or ()


def section_depth(paths: Iterable[Path]) -> int:
    """Return how deep the sections will be in each other."""
    known = list(dict.fromkeys(paths))
    shared = len(shared_path(known))
    return min(max((len(path) - shared for path in known), default=0), DEEPEST)


def pack_of(entries: Sequence[Entry], *, title: str, fallback_id: str, span: Span | None) -> Pack:
    """Return the pack that `entries` make, named after their shared category, else `title`."""
    shared = shared_path(dict.fromkeys(entry.path for entry in entries))
    title = one_line(shared[-1]) if shared else one_line(title)
    collection = " / ".join(name.replace("/", "∕") for name in map(one_line, shared[:-1]))
    rest = list(entries)
    intro: Blocks = ()
    first = rest[0] if rest else None
    if first and first.path == shared and _is_introduction(first.part, title):
        assert isinstance(first.part, Section)
        intro = first.part.blocks
        rest = rest[1:]
    heading = line_of_text(title)
    identifier = pack_id(title) or fallback_id
    return Pack(
        id=identifier,
        title=title or identifier,
        meta=PackMeta(collection=collection),
        heading=heading,
        intro=intro,
        parts=_parts([(entry.path[len(shared) :], entry.part) for entry in rest]),
        span=span,
    )


def _is_introduction(part: Part, title: str) -> bool:
    return isinstance(part, Section) and one_line(PLAIN.inlines(part.title)) == title


def _parts(entries: Sequence[tuple[Path, Part]], depth: int = 0) -> tuple[Part, ...]:
    """Return the parts of one category: its own in order, and a section where another begins."""
    found: list[Part | str] = []  # a text stands for the section of this name
    inner: dict[str, list[tuple[Path, Part]]] = {}
    for path, part in entries:
        if not path:
            found.append(part)
            continue
        name, rest = (path[0], path[1:]) if depth + 1 < DEEPEST else (" / ".join(path), ())
        if name not in inner:
            inner[name] = []
            found.append(name)
        inner[name].append((rest, part))
    return tuple(
        Section(title=line_of_text(one) or (Text("…"),), parts=_parts(inner[one], depth + 1))
        if isinstance(one, str)
        else one
        for one in found
    )


def description(name: str, blocks: Blocks, span: Span | None) -> Section:
    """Return a text without a question. A heading that repeats its name is left out."""
    title = line_of_text(name)
    first = _heading(blocks[0]) if blocks else None
    if first is not None and one_line(PLAIN.inlines(first)) == one_line(name):
        title = first
        blocks = blocks[1:]
    return Section(title=title or (Text("…"),), blocks=without_headings(blocks), span=span)


def _heading(block: Block) -> Inlines | None:
    """Return the text of a heading, or of a line in bold that stands for one."""
    if isinstance(block, Heading):
        return block.children
    if isinstance(block, Para) and len(block.children) == 1 and isinstance(block.children[0], Strong):
        return block.children[0].children
    return None


def without_headings(blocks: Blocks) -> Blocks:
    """Return a section's text, in which every heading would begin another section."""
    found = []
    for block in blocks:
        if not isinstance(block, Heading):
            found.append(block)
        elif block.children:
            found.append(Para(normal_line((Strong(block.children),))))
    return tuple(found)


def one_line(text: str) -> str:
    return " ".join(without_refused(text).split())


def line_of_text(text: str) -> Inlines:
    """Return a plain text as a title."""
    words = one_line(text)
    return normal_line((Text(words),)) if words else ()
