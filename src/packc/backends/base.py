"""What a target is: its name, what it can carry, and how it turns a pack into artefacts.

Backends are pure: no file system, clock, network or randomness. What they need comes in `EmitContext`,
what they make goes out as `Artifact`s, and only `packc.build` touches the disk; a library that works with
scratch files keeps them in the system's folder for such, and none is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from packc.ast.pack import Pack
from packc.backends.options import DEFAULTS, Option, Options
from packc.media import Media
from packc.named import NamedTuple
from packc.source import Span
from packc.words import ENGLISH, Words

if TYPE_CHECKING:
    from packc.identity.ledger import Look
    from packc.render.builtin import Override


class Feature(StrEnum):
    """The one vocabulary of all that a target may be unable to carry."""

    OPEN = "open questions"
    SINGLE_CHOICE = "single-choice questions"
    MULTIPLE_CHOICE = "multiple-choice questions"
    TRUE_FALSE = "true/false questions"
    SHORT_ANSWER = "short-answer questions"
    NUMERIC = "numeric questions"
    CLOZE = "cloze questions"
    MATCHING = "matching questions"
    CATEGORISING = "categorising questions"
    ORDERING = "ordering questions"
    ESSAY = "essay questions"
    STIMULUS = "stimulus texts"
    TITLE = "question titles"
    SOLUTION = "solutions"
    CHOICE_FEEDBACK = "feedback per choice"
    WHY = "why it matters"
    SOURCE = "sources"
    MISCONCEPTION = "common wrong answers"
    COLD_TARGET = "cold targets"
    OWN_FIELD = "fields of the project's own"
    HINT = "hints"
    FEEDBACK = "general feedback"
    RIGHT_FEEDBACK = "feedback on right answers"
    WRONG_FEEDBACK = "feedback on wrong answers"
    RUBRIC = "rubrics"
    QUESTION_TAGS = "tags of a question"
    DIFFICULTY = "difficulties"
    POINTS = "points"
    MINUTES = "times for a question"
    SHUFFLE = "whether to shuffle"
    LINES = "lines for an answer"
    WORD_LIMIT = "word limits"
    WEIGHT = "weights of answers"
    PIN = "pinned choices"
    CASE = "upper and lower case of answers"
    UNIT = "units"
    TOLERANCE = "tolerances"
    DROPDOWN = "drop-down blanks"
    BLANK_HINT = "hints of blanks"
    BLANK_NUMBER = "fixed numbers of blanks"
    HEADS = "column headings of pairs"
    DISTRACTOR = "distractors of pairs"
    SECTIONS = "sections"
    SECTION_TEXT = "section texts"
    INTRO = "introductions"
    DESCRIPTION = "pack descriptions"
    TAGS = "tags"
    AUTHORS = "authors"
    LICENSE = "licences"
    VERSION = "pack versions"
    SOURCE_URL = "source links"
    LANGUAGE = "languages"
    EMPHASIS = "emphasis"
    STRIKE = "struck-out text"
    SUB_SUP = "sub- and superscripts"
    MARK = "highlighted text"
    KBD = "keys to press"
    UNDERLINE = "underlined text"
    LINK = "links"
    RELATIVE_LINK = "relative links"
    CODE = "code"
    CODE_LANGUAGE = "code languages"
    MATH = "formulas"
    IMAGE = "images"
    IMAGE_SIZE = "image sizes"
    TABLE = "tables"
    TABLE_ALIGN = "column alignment"
    LIST = "lists"
    LIST_START = "first numbers of lists"
    HEADING = "headings inside texts"
    QUOTE = "quotations"
    FOOTNOTE = "footnotes"
    DEFINITION_LIST = "definition lists"
    CALLOUT = "callouts"
    DIVIDER = "dividers"


class Level(StrEnum):
    KEPT = "kept"
    DEGRADED = "degraded"
    DROPPED = "dropped"


class Capability(NamedTuple):
    """How a target treats a feature. `how` is one short clause, needed unless the feature is kept."""

    level: Level
    how: str = ""


KEPT = Capability(Level.KEPT)


def degraded(how: str) -> Capability:
    return Capability(Level.DEGRADED, how)


def dropped(how: str) -> Capability:
    return Capability(Level.DROPPED, how)


Capabilities: TypeAlias = Mapping[Feature, Capability]
"""Every feature of the vocabulary, with what becomes of it."""


class Loss(NamedTuple):
    """Something written that a target will not carry as it stands, and where it was written.

    `known`: what the target says of such losses beforehand, where the loss is one of values.
    """

    what: str  # "images", or a backend's own words: "a 12th right answer"
    level: Level
    how: str
    span: Span | None
    known: ValueLoss | None = None


class ValueLoss(NamedTuple):
    """What a target loses for some values only, as its list of losses tells it before there is a pack."""

    what: str  # "weights that are not in Moodle's list"
    level: Level
    how: str

    def at(self, span: Span | None, what: str = "", how: str = "") -> Loss:
        """Return the loss of one value there; `what` and `how` are the words for just this one."""
        return Loss(what or self.what, self.level, how or self.how, span, self)


class ScratchFault(Exception):
    """There is no room for the scratch files of a library that a target works with."""


class Unmade(Exception):
    """A pack takes more than this machine, or what sets it, can give. The message says of what."""


class File(NamedTuple):
    """One file. `path` is relative to the target's folder, with `/`."""

    path: str
    data: bytes


class Stream(NamedTuple):
    """A file that may be large, in pieces that are made as they are asked for, once.

    Making them raises nothing that `emit` may raise.
    """

    path: str
    pieces: Iterable[bytes]

    @property
    def data(self) -> bytes:
        """All pieces, where nobody has asked for them yet."""
        return b"".join(self.pieces)


class Archive(NamedTuple):
    """A zip file that `packc.build.archive` will write: members in this very order, asked for once.

    `least`: how many there will be at least, as far as that is known beforehand.
    """

    path: str
    members: Iterable[File]
    least: int = 0


Artifact: TypeAlias = File | Stream | Archive


class EmitContext(NamedTuple):
    """All that a backend may know besides the pack.

    `published`: question id → the moment its present content was given out, in UTC seconds.
    `media`: image source as written → the file. Every image of a pack without errors is in it.
    `blanks`: question id → the numbers of its blanks, in the order of the text; what it lacks is new.
    `restyled`: when this target's templates changed last, in UTC seconds; 0: when the backend says.
    `draft`: some question has not been released. `words`: what packc itself prints, in the pack's language.
    `options`: those of this target. `templates`: those that stand in for packc's, by their names.
    """

    published: Mapping[str, int]
    media: Mapping[str, Media] = MappingProxyType({})
    blanks: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    restyled: int = 0
    draft: bool = True
    words: Words = ENGLISH
    options: Options = DEFAULTS
    templates: Mapping[str, Override] = MappingProxyType({})

    @property
    def newest(self) -> int:
        """The latest of all times, or 0 for a pack without questions."""
        return max(self.published.values(), default=0)


class Info(NamedTuple):
    """What the registry knows of a target without importing its code."""

    name: str  # what an author writes: `anki`
    title: str  # one line for `packc targets`
    suffix: str  # of the main artefact, with the dot
    options: tuple[Option[Any], ...] = ()  # what it can be told
    extra: str = ""  # of packc's that brings the packages in `needs`: `pdf`
    needs: tuple[str, ...] = ()  # modules of packages that packc does without otherwise


class Backend(Protocol):
    """One target."""

    @property
    def info(self) -> Info: ...

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:
        """Return what becomes of every feature with these options."""

    def losses(self, pack: Pack, context: EmitContext) -> Iterable[Loss]:
        """Yield what only the values tell (a 12th right answer); the rest follows from `capabilities`.

        Raises Unmade.
        """

    def emit(self, pack: Pack, context: EmitContext) -> Iterable[Artifact]:
        """Yield the artefacts of a pack that has no errors. Same arguments, same bytes.

        Raises ScratchFault, Unmade, and TemplateFault for a template of the project's that cannot be used.
        """


@runtime_checkable
class NamesValueLosses(Protocol):
    """A target that tells before there is a pack what it loses for some values only."""

    def value_losses(self) -> tuple[ValueLoss, ...]:
        """Return what `losses` may yield, in general words. Each of its losses is `known` as one of them."""


@runtime_checkable
class Dated(Protocol):
    """A target whose artefacts say when what is in them changed, so that the ledger keeps its look."""

    def look(self) -> Look:
        """Return how it shows questions today; `published` is 0 where packc cannot know since when."""


def value_losses(backend: Backend) -> tuple[ValueLoss, ...]:
    """Return what `backend` names of the losses that only values tell."""
    return backend.value_losses() if isinstance(backend, NamesValueLosses) else ()
