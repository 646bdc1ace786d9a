"""What a version of QTI cannot carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packc.ast.pack import Pack, Section, questions, sections
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import (
    Image,
    Inlines,
    Link,
    MathBlock,
    SoftBreak,
    Text,
)
from packc.ast.walk import formulas_of, nodes_of, walk
from packc.backends.base import KEPT, Capabilities, Feature, Level, Loss, ValueLoss, degraded, dropped
from packc.backends.qti import characters, questionlosses, restricted
from packc.backends.qti.profile import Profile
from packc.backends.qti.questionlosses import question_losses
from packc.backends.qti.uri import link_target
from packc.backends.qti.xhtml import formula_fault, is_length


def capabilities(profile: Profile) -> Capabilities:
    """Return what becomes of every feature in this version."""
    underline = {Feature.UNDERLINE: KEPT} if profile.vocabulary else {}
    return {
        **dict.fromkeys(Feature, KEPT),
        Feature.STRIKE: degraded("a `span` of class `del`, which most players show like other text"),
        Feature.MARK: degraded("a `span` of class `mark`, which most players show like other text"),
        Feature.UNDERLINE: degraded("a `span` of class `u`, which most players show like other text"),
        Feature.LIST_START: dropped(f"QTI {profile.version} counts every list from 1"),
        Feature.RELATIVE_LINK: degraded("without a `source_url` only their text is kept"),
        Feature.CALLOUT: degraded("quotations with the title in bold; one that folds stands open"),
        Feature.WORD_LIMIT: degraded("they stand below the question, and no player counts the words"),
        Feature.BLANK_NUMBER: dropped("QTI's blanks are numbered as they come"),
        Feature.HEADS: degraded("they stand in one line above the pairs"),
        Feature.SOURCE_URL: dropped("they only serve to complete relative links"),
        **underline,
        **restricted.CAPABILITIES[profile.importer],
    }


LANGUAGE = ValueLoss(
    "languages that are no language tags", Level.DROPPED, "XML takes such as `en` or `de-CH` alone"
)
DIRECTION = ValueLoss(
    "the text direction", Level.DROPPED, "QTI 2.1 has no attribute for it; players go by the language"
)
SECTION_TEXT = ValueLoss(
    "texts of sections without questions",
    Level.DEGRADED,
    "players show a section's text beside its questions, and such a section has none",
)
SECTION_TITLE = ValueLoss("markup in titles of sections", Level.DEGRADED, "such a title is plain text")
FORMULA = ValueLoss("formulas that MathML has no words for", Level.DEGRADED, "they are shown as TeX")
TITLED = ValueLoss("titles of links and images", Level.DROPPED, "QTI has no attribute for them")
SIZE = ValueLoss(
    "sizes of images in other units", Level.DROPPED, "QTI has whole pixels and whole percents only"
)
LINK = ValueLoss("links to addresses that no learner could follow", Level.DEGRADED, "only their text is kept")
LEFT_OUT = ValueLoss(
    "clozes of other blanks than one to type into, for Blackboard",
    Level.DROPPED,
    "Blackboard skips such questions, so they are left out",
)


def named_losses(profile: Profile, importers: bool) -> tuple[ValueLoss, ...]:
    """Return what `value_losses` may yield; `importers`: the target knows importers that read less."""
    return (
        *((LEFT_OUT,) if importers else ()),
        *questionlosses.VALUE_LOSSES,
        FORMULA,
        LINK,
        TITLED,
        SIZE,
        SECTION_TEXT,
        SECTION_TITLE,
        LANGUAGE,
        *(() if profile.direction else (DIRECTION,)),
        characters.CHARACTER,
    )


# XML Schema's pattern for `xml:lang`.
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)


def language_tag(lang: str) -> str:
    """Return `lang` if `xml:lang` can hold it, else an empty text."""
    return lang if _LANGUAGE_TAG.fullmatch(lang) else ""


def value_losses(pack: Pack, profile: Profile) -> Iterator[Loss]:
    """Yield the losses that only the values of `pack` tell."""
    yield from _meta_losses(pack, profile)
    for section in sections(pack):
        yield from _section_losses(section)
    yield from _node_losses(pack, profile)
    yield from link_losses(pack)
    yield from characters.in_texts(pack)
    for question in questions(pack):
        if restricted.carries(question, profile.importer):
            yield from question_losses(question)
        elif isinstance(question, ClozeQuestion):
            how = "Blackboard skips a text with other blanks than one to type into, so it is left out"
            yield LEFT_OUT.at(question.span, "a question", how)
        yield from characters.in_question(question)


def _meta_losses(pack: Pack, profile: Profile) -> Iterator[Loss]:
    meta = pack.meta
    if meta.lang and not language_tag(meta.lang):
        how = f"{meta.lang!r} is no language tag for XML"
        yield LANGUAGE.at(meta.places.get("lang", meta.span), "the language", how)
    if meta.dir and not profile.direction:
        yield DIRECTION.at(meta.places.get("dir", meta.span))
    yield from characters.in_meta(pack)


def _section_losses(section: Section) -> Iterator[Loss]:
    if section.blocks and not any(True for _ in questions(section)):
        how = "players show a section's text beside its questions, and this section has none"
        yield SECTION_TEXT.at(section.span, "a section's text", how)
    if _has_markup(section.title):
        yield SECTION_TITLE.at(section.span, "markup in a section's title", "the title is plain text")


def _has_markup(title: Inlines) -> bool:
    return any(not isinstance(node, Text | SoftBreak) for node in walk(title))


def _node_losses(pack: Pack, profile: Profile) -> Iterator[Loss]:
    for formula in formulas_of(pack):
        fault = formula_fault(formula.tex, isinstance(formula, MathBlock) or formula.display)
        if fault is not None:
            yield FORMULA.at(formula.span, "a formula", f"it is shown as TeX: {fault}")
    how = f"QTI {profile.version} has no attribute for it"
    for link in nodes_of(pack, Link):
        if link.title:
            yield TITLED.at(link.span, "a link's title", how)
    for image in nodes_of(pack, Image):
        if image.title:
            yield TITLED.at(image.span, "an image's title", how)
        if not all(is_length(size) for size in (image.width, image.height) if size):
            how_long = f"QTI {profile.version} has whole pixels and whole percents only"
            yield SIZE.at(image.span, "an image's size", how_long)


def link_losses(pack: Pack) -> Iterator[Loss]:
    """Yield the loss of each link that leads nowhere."""
    for link in nodes_of(pack, Link):
        if _leads_nowhere(link.href, pack.meta.source_url):
            how = "its address is none that a learner could follow, so only its text is kept"
            yield LINK.at(link.span, "a link", how)


def _leads_nowhere(href: str, source_url: str) -> bool:
    """Tell whether a link is lost although it is no relative one, which is a feature of its own."""
    relative = not source_url and _SCHEME.match(href) is None
    return not relative and link_target(href, source_url) is None
