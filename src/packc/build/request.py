"""What somebody asks a run for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from packc.named import NamedTuple

if TYPE_CHECKING:
    from packc.build.lastbuild import LastBuild
    from packc.identity.ledger import Ledger

STDIN = "-"
NOTHING: Mapping[Path, bytes] = {}


class Request(NamedTuple):
    """What somebody asks for. `paths` are seen from `cwd`; none are the whole project's.

    `targets`: None are the project's. `contents`: what counts as the content of a file, in place of what
    stands on the disk. `options` are of targets, each as `TARGET.KEY=VALUE`. `ledger`: what counts as the
    project's, in place of its `packc.lock`. `locked`: what has not been released is an error.
    `templates`: a folder of templates that go before the project's.
    """

    paths: Sequence[Path | str]
    targets: Sequence[str] | None = None
    cwd: Path | None = None
    stdin: bytes | None = None
    contents: Mapping[Path, bytes] = NOTHING
    options: Sequence[str] = ()
    ledger: Ledger | None = None
    locked: bool = False
    templates: Path | None = None


class PackRead(NamedTuple):
    """A pack's file: the digest of its text, when it was changed, in UTC seconds, and the text itself.

    `data` is None for a text that the last build has read: most are never needed, and memory costs time.
    """

    path: str
    source: str
    changed: int
    data: bytes | None


class Ahead:
    """What was read before there was a plan: packs, by path, and what the last build came to."""

    def __init__(self) -> None:
        self.packs: Mapping[str, PackRead] = {}
        self.last: LastBuild | None = None
