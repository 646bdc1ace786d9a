"""A job: one pack, for all its targets. What goes in and what comes out are plain values.

Both go to another process, or another machine, as they are; nothing in them knows of other packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from packc.ast.kinds import Kind
from packc.ast.pack import Pack
from packc.backends.base import EmitContext
from packc.build.output import Output, Published
from packc.diagnostics import Diagnostic, Ignore
from packc.diagnostics.rules.targets import NotMade
from packc.named import NamedTuple
from packc.places import content
from packc.project import Project
from packc.source import Span

if TYPE_CHECKING:
    from packc.identity.ledger import Ledger
    from packc.identity.standing import Standing


class Settings(NamedTuple):
    """What all jobs of a run share.

    `targets` are the names of those that are wanted. `epoch`, if set, is when everything that has not been
    released counts as given out; else that is when a file was changed. What is from the future, by the clock
    that says `now`, counts as changed now. `ledger` tells what was released; None: there is none, or nobody
    asks.
    """

    project: Project
    targets: tuple[str, ...]
    now: int
    epoch: int | None = None
    ledger: Ledger | None = None


class Changed(Exception):
    """A pack is not what it was when this build began."""


class Job(NamedTuple):
    """One pack to read. `number` is its source's; `name` is what people see. `data` is its text; None if only
    its digest is known, since the last build has read it.

    `path` and `root`, the folder that its images may not leave, are None for standard input. `changed` is
    when the file was changed last, in UTC seconds, never later than now. `source` is the digest of the text,
    if somebody has made it already.
    """

    number: int
    name: str
    data: bytes | None
    changed: int
    path: str | None = None
    root: Path | None = None
    source: str = ""

    @property
    def text(self) -> bytes:
        """The pack's text, still the same. Raises Changed."""
        if self.data is not None or self.path is None:
            return self.data or b""
        from hashlib import sha256  # a check keeps nothing

        try:
            data = content(self.path)
        except OSError as error:
            raise Changed(self.path) from error
        if sha256(data).hexdigest() != self.source:
            raise Changed(self.path)
        return data


class Asked(NamedTuple):
    """What a job asked of the project's folder, and what tells the answer from another."""

    kind: str
    about: str
    digest: str


class Facts(NamedTuple):
    """What other packs, and the summary, need to know of a pack.

    `named`: it has a namespace. `aliases` are earlier ids, each with its place. `only` are the targets that
    the front matter chooses; () if it leaves that to the project. `standing` is how it stands to the ledger;
    None for a pack with errors, and where there is no ledger.
    """

    id: str
    span: Span | None
    named: bool
    aliases: Mapping[str, Span | None]
    only: tuple[str, ...]
    kinds: Mapping[Kind, int]
    standing: Standing | None = None

    @property
    def unreleased(self) -> int:
        """How many questions learners do not have as they are."""
        return sum(self.kinds.values()) if self.standing is None else len(self.standing.unreleased)


class LoadedPack(NamedTuple):
    """One pack with its images. `ok` is false when it has errors, so that nothing is emitted for it."""

    pack: Pack
    name: str  # of the source, as people see it
    context: EmitContext
    ok: bool
    source: int = 0  # the number of its source
    path: Path | None = None  # None: standard input
    standing: Standing | None = None  # to the ledger


class Outcome(NamedTuple):
    """What became of a job. `sound`: the pack itself has no errors. `ok`: nor has any target; `outputs` are
    what is to be published then, or what of it the last build has published.

    `losses` are apart from the other findings: they count only if no other pack stands in the way.
    `ignores` are the author's, each with whether it covered anything. `asked` is what it depends on besides
    the job and the settings.
    """

    name: str
    facts: Facts
    sound: bool
    ok: bool
    findings: tuple[Diagnostic, ...] = ()
    losses: tuple[Diagnostic, ...] = ()
    ignores: tuple[tuple[Ignore, bool], ...] = ()
    asked: tuple[Asked, ...] = ()
    outputs: tuple[Output | Published, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether it would be the same on another day: a busy machine may have been in the way."""
        return all(found.code != NotMade.code for found in self.losses)
