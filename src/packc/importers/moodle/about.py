"""What a category says about itself: packc writes a pack's description and metadata there."""

from __future__ import annotations

import re
from dataclasses import replace

from packc.ast.pack import PackMeta
from packc.importers.moodle.texts import Reading
from packc.intake.tree import Element
from packc.render.plain import PLAIN
from packc.words import ENGLISH
from packc.words.languages import FOLDER, words_for

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class About:
    """The texts of the categories, by path."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, ...], tuple[Element, list[str]]] = {}

    def take(self, path: tuple[str, ...], element: Element, read: Reading) -> None:
        """Remember what the category element says."""
        if element.said("idnumber"):
            read.remarks.setting("the id number of a category", read.span(element))
        blocks = read.blocks(element.child("info"))
        lines = [" ".join(PLAIN.blocks((block,)).split()) for block in blocks]
        if lines:
            self._texts[path] = (element, lines)

    def meta(self, meta: PackMeta, shared: tuple[str, ...], read: Reading) -> PackMeta:
        """Return `meta` with what the pack's own category says; what others say is reported."""
        for path, (element, _) in self._texts.items():
            if path != shared:
                read.remarks.lost("the description of a category", "only a pack has one", read.span(element))
        said = self._texts.get(shared)
        if said is None:
            return meta
        found: dict[str, str] = {}
        rest: list[str] = []
        for line in said[1]:
            key, _, value = line.partition(": ")
            name = _labels().get(key.casefold())
            if name and value and (name != "lang" or _TAG.fullmatch(value)):
                found[name] = value
            else:
                rest.append(line)
        return replace(
            meta,
            description=" ".join(rest),
            authors=tuple(one.strip() for one in found.get("authors", "").split(",") if one.strip()),
            license=found.get("license", ""),
            version=found.get("version", ""),
            source_url=found.get("source_url", ""),
            lang=found.get("lang", meta.lang),
        )


def _labels() -> dict[str, str]:
    """Return the key of the front matter by the word for it, in every language that packc speaks."""
    others = (words_for(file.stem) for file in sorted(FOLDER.glob("*.toml")))
    return {"license": "license"} | {
        word.casefold(): key
        for words in (ENGLISH, *filter(None, others))
        for word, key in (
            (words.authors, "authors"),
            (words.license, "license"),
            (words.version, "version"),
            (words.source, "source_url"),
            (words.language, "lang"),
        )
    }
