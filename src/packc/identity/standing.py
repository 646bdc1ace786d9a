"""How a pack stands to the ledger: what of it learners have already, when they got it, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from packc.ast.pack import Pack, asked
from packc.ast.question import Question
from packc.diagnostics import Sink
from packc.diagnostics.rules.release import RetiredId, UnclearBlank
from packc.identity.blanks import ReleasedBlank, answer_of, blanks_of, numbered, released_with
from packc.identity.content import Content, content_hash
from packc.identity.decks import decks_of
from packc.identity.guid import question_guid
from packc.identity.ledger import Entry, Ledger, PackEntry, moment_text
from packc.media import Media
from packc.source import Span

NO_LEDGER = Ledger()


class Standing(NamedTuple):
    """A pack's questions beside what was released of them, by question id.

    `published` is when the content that the question has today was given out: for what has not been
    released the moment of the draft, but always later than what learners have. `entries` are what a release
    would write of each question, with those moments; `unreleased` are the ids that are new or changed.
    """

    published: Mapping[str, int]
    blanks: Mapping[str, tuple[int, ...]]
    entries: Mapping[str, Entry]
    unreleased: tuple[str, ...]
    pack: PackEntry
    places: Mapping[str, Span | None]


def standing(pack: Pack, media: Mapping[str, Media], ledger: Ledger, moment: int, sink: Sink) -> Standing:
    """Compare a pack without errors with the ledger. `moment` is the draft's, in UTC seconds.

    Reports ids of retired questions that are used again, and blanks whose number cannot be told.
    """
    entries: dict[str, Entry] = {}
    blanks: dict[str, tuple[int, ...]] = {}
    unreleased: list[str] = []
    for question, stimulus in asked(pack):
        before = ledger.entries.get(question_guid(pack, question))
        if before is not None and before.retired is not None:
            when = moment_text(before.retired).partition("T")[0]
            sink.report(RetiredId(question.id, when), question.span)
        released = before.blanks if before is not None else ()
        numbers = _numbers(question, released, sink)
        if numbers:
            blanks[question.id] = numbers
        entry = _entry(Content(question, pack, stimulus, media), before, numbers, moment)
        if entry != before:
            unreleased.append(question.id)
        entries[question.id] = entry
    return Standing(
        published={identifier: entry.published for identifier, entry in entries.items()},
        blanks=blanks,
        entries=entries,
        unreleased=tuple(unreleased),
        pack=PackEntry(pack.meta.namespace, _first_id(pack), decks_of(pack)),
        places={question.id: question.span for question, _ in asked(pack)},
    )


def _numbers(question: Question, released: tuple[ReleasedBlank, ...], sink: Sink) -> tuple[int, ...]:
    blanks = blanks_of(question)
    numbering = numbered(blanks, released)
    free = [each for each in released if each.number not in numbering.numbers and not each.gone]
    for blank in numbering.unclear:
        shown = ", ".join(f"{each.number} (`{each.answer}`)" for each in free)
        unused = max((each.number for each in released), default=0) + 1
        sink.report(UnclearBlank(answer_of(blank), shown, unused), blank.span or question.span)
    return numbering.numbers


def _entry(content: Content, before: Entry | None, numbers: tuple[int, ...], moment: int) -> Entry:
    """Return what the ledger would say of a question; `before`, if that is what it says."""
    question, pack = content.question, content.pack
    if before is not None and before.retired is None and before.shown == question.id:
        version = int(before.hash.partition(":")[0])
        if content_hash(content, version) == before.hash:
            return before
    first = (*question.aliases, question.id)[0]
    return Entry(
        namespace=pack.meta.namespace if before is None else before.namespace,
        pack=_first_id(pack) if before is None else before.pack,
        id=first if before is None else before.id,
        hash=content_hash(content),
        published=moment if before is None else max(moment, before.published + 1),
        shown=question.id,
        blanks=released_with(blanks_of(question), numbers, before.blanks if before is not None else ()),
    )


def _first_id(pack: Pack) -> str:
    """Return the id under which learners met the pack first."""
    return (*pack.meta.aliases, pack.id)[0]
