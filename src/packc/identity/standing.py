"""How a pack stands to the ledger: what of it learners have already, when they got it, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from packc.ast.pack import Pack, asked
from packc.ast.question import Question
from packc.diagnostics import Sink
from packc.diagnostics.rules.release import RetiredId, UnclearBlank
from packc.identity.blanks import ReleasedBlank, answer_of, blanks_of, numbered, released_with
from packc.identity.content import NEWEST, Content, content_hash
from packc.identity.decks import decks_of
from packc.identity.guid import question_guid
from packc.identity.ledger import Entry, Ledger, PackEntry, moment_text
from packc.media import Media
from packc.named import NamedTuple
from packc.source import Span

NO_LEDGER = Ledger()


class Standing(NamedTuple):
    """A pack's questions beside what was released of them, by question id.

    `published` is when the content that the question has today was given out: for what has not been
    released the moment of the draft, but always later than what learners have. `entries` are what a release
    would write of each question, with those moments; `unreleased` are the ids that are new or changed.
    `rehashed` are the entries of the others whose hash is of an older version, in the newest one. `id` is the
    pack's own, of today.
    """

    id: str
    published: Mapping[str, int]
    blanks: Mapping[str, tuple[int, ...]]
    entries: Mapping[str, Entry]
    unreleased: tuple[str, ...]
    rehashed: tuple[Entry, ...]
    pack: PackEntry
    places: Mapping[str, Span | None]


def standing(pack: Pack, media: Mapping[str, Media], ledger: Ledger, moment: int, sink: Sink) -> Standing:
    """Compare a pack without errors with the ledger. `moment` is the draft's, in UTC seconds.

    Reports ids of retired questions that are used again, and blanks whose number cannot be told.
    """
    entries: dict[str, Entry] = {}
    blanks: dict[str, tuple[int, ...]] = {}
    unreleased: list[str] = []
    rehashed: list[Entry] = []
    for question, stimulus in asked(pack):
        before = ledger.entries.get(question_guid(pack, question))
        if before is not None and before.retired is not None:
            when = moment_text(before.retired).partition("T")[0]
            sink.report(RetiredId(question.id, when), question.span)
        released = before.blanks if before is not None else ()
        numbers = _numbers(question, released, sink)
        if numbers:
            blanks[question.id] = numbers
        content = Content(question, pack, stimulus, media)
        entry = _entry(content, before, numbers, moment)
        if entry != before:
            unreleased.append(question.id)
        elif _version(entry) != NEWEST:
            rehashed.append(entry._replace(hash=content_hash(content)))
        entries[question.id] = entry
    return Standing(
        id=pack.id,
        published={identifier: entry.published for identifier, entry in entries.items()},
        blanks=blanks,
        entries=entries,
        unreleased=tuple(unreleased),
        rehashed=tuple(rehashed),
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
    if before is not None and _is_as_released(content, before):
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


def _is_as_released(content: Content, before: Entry) -> bool:
    same_id = before.retired is None and before.shown == content.question.id
    return same_id and content_hash(content, _version(before)) == before.hash


def _version(entry: Entry) -> int:
    """Return the version of an entry's hash."""
    return int(entry.hash.partition(":")[0])


def _first_id(pack: Pack) -> str:
    """Return the id under which learners met the pack first."""
    return (*pack.meta.aliases, pack.id)[0]
