"""What somebody asks a run for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from packc.named import NamedTuple
from packc.places import dated_content_or_digest, markdown_files

if TYPE_CHECKING:
    from packc.build.fresh import Known
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

    `data` is None where only the digest is known.
    """

    path: str
    source: str
    changed: int
    data: bytes | None


def pack_read(path: str, most: int, largest: int) -> PackRead:
    """Return the pack at `path`, without its text if that is larger than `largest`; else without its digest.

    Raises OSError, also if it has more than `most` bytes.
    """
    held, changed = dated_content_or_digest(path, most, largest)
    if isinstance(held, str):
        return PackRead(path, held, changed, None)
    return PackRead(path, "", changed, held)


NOTHING_KNOWN: Mapping[str, Known] = {}


class Ahead:
    """What is known before there is a plan: packs that were read, by path, and what the last build came to.

    `walks` are the packs below folders, as `packc.places.markdown_files` finds them. `known` are the packs
    of the last build that it published whole, by their keys, if somebody has them still.
    """

    largest = 1_000_000  # bytes of a text that is held: a larger one is read again when its turn has come

    def __init__(self) -> None:
        self.packs: Mapping[str, PackRead] = {}
        self.walks: dict[str, Sequence[tuple[str, str]]] = {}
        self.last: LastBuild | None = None
        self.known = NOTHING_KNOWN

    def walk(self, folder: str) -> Iterable[tuple[str, str]]:
        """Return the packs below `folder`, as `packc.places.markdown_files` does."""
        known = self.walks.get(folder)
        return markdown_files(folder) if known is None else known

    def read(self, path: str, most: int) -> PackRead:
        """Return the pack at `path`. Raises OSError, also if it has more than `most` bytes."""
        return self.packs.get(path) or pack_read(path, most, self.largest)

    def keep(self, last: LastBuild, known: Sequence[Known]) -> None:
        """Take note of what a build came to: here of nothing, since there is no other after it."""
