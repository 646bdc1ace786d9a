"""Decks: where the notes of a pack go, and what each deck says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from unicodedata import normalize

from packc.ast.pack import Pack, Section, questions
from packc.ast.richtext import Blocks, Heading
from packc.backends.anki.richtext import DescriptionRenderer, inert
from packc.render import escape
from packc.render.html import resolve_link
from packc.render.plain import PLAIN
from packc.words import ENGLISH, Words


class DeckPlan:
    """One deck. `name` is its whole path, with `::`; `question_ids` are in source order."""

    def __init__(self, name: str, description: str = "", question_ids: Iterable[str] = ()) -> None:
        self.name, self.description, self.question_ids = name, description, list(question_ids)

    @property
    def id(self) -> int:
        """A number for the package only: Anki finds a learner's deck by its name, ignoring case."""
        return int.from_bytes(sha256(self.name.casefold().encode("utf-8")).digest()[:8], "big") >> 23


def plan_decks(pack: Pack, *, draft: bool, words: Words = ENGLISH) -> tuple[DeckPlan, ...]:
    """Return the pack's deck and one below it for each section that holds questions.

    What stands in the other sections is in the description of the deck around them.
    """
    planner = _Planner(pack, words)
    root = [deck_name(name) for name in (*pack.meta.collection_path, pack.title)]
    path = tuple(name for name in root if name) or (pack.id,)
    planner.add(pack, path, planner.pack_text(draft=draft))
    return tuple(planner.decks.values())


def deck_name(name: str) -> str:
    """Return `name` as one level of a deck's path; '' if nothing of it can stand there.

    Anki separates levels with `::`, refuses `"` and control characters, and trims spaces.
    """
    plain = re.sub(r"[\x00-\x1f\x7f\s]+", " ", normalize("NFC", name)).replace('"', "'")
    return re.sub(r":{2,}", ":", plain).strip(" :")


class _Planner:
    def __init__(self, pack: Pack, words: Words) -> None:
        self.pack = pack
        self.words = words
        self.renderer = DescriptionRenderer(source_url=pack.meta.source_url, words=words)
        self.decks: dict[str, DeckPlan] = {}

    def add(self, container: Pack | Section, path: tuple[str, ...], text: str) -> None:
        """Plan the deck at `path` for the questions of `container`, and the decks below it."""
        name = "::".join(path)
        deck = self.decks.setdefault(name.casefold(), DeckPlan(name))
        deck.description += inert(text + self.unasked(container))
        for part in container.parts:
            if not isinstance(part, Section):
                deck.question_ids.append(part.id)
            elif any(questions(part)):
                below = deck_name(PLAIN.inlines(part.title))
                text = "" if part.stimulus else self.blocks(part.blocks)  # a stimulus is on the cards
                self.add(part, (*path, below) if below else path, text)

    def unasked(self, container: Pack | Section) -> str:
        """Return the text of the sections right below `container` that hold no question."""
        parts = (part for part in container.parts if isinstance(part, Section) and not any(questions(part)))
        return "".join(self.section(part) for part in parts)

    def section(self, section: Section) -> str:
        return self.blocks((Heading(3, section.title), *section.blocks)) + self.unasked(section)

    def blocks(self, blocks: Blocks) -> str:
        return self.renderer.blocks(blocks)

    def pack_text(self, *, draft: bool) -> str:
        description = self.pack.meta.description
        opening = f"<p>{escape.text(description)}</p>\n" if description else ""
        facts = "<br/>\n".join(self.facts(draft=draft))
        return f"{opening}{self.blocks(self.pack.intro)}<p>{facts}</p>\n"

    def facts(self, *, draft: bool) -> Iterator[str]:
        meta = self.pack.meta
        if draft:
            yield f"<strong>{escape.text(self.words.draft)}</strong>"
        count = sum(1 for _ in questions(self.pack))
        yield f"{escape.text(self.words.questions)}: {count}"
        for label, value in (
            (self.words.version, meta.version),
            (self.words.authors, ", ".join(meta.authors)),
            (self.words.license, meta.license),
        ):
            if value:
                yield f"{escape.text(label)}: {escape.text(value)}"
        if meta.source_url:
            yield f"{escape.text(self.words.source)}: {_link(meta.source_url)}"


def _link(url: str) -> str:
    shown = escape.text(url)
    target = resolve_link(url, "")
    return f'<a href="{escape.attribute(target)}">{shown}</a>' if target else shown
