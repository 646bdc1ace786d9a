"""What a process that builds again and again, as a watch does, keeps from one build to the next.

A build with it does what one without it does. What the last build came to is what the file of the cache says
of it, and is not read again. A pack is not read again as long as its file looks as it did: the watcher says
when to build, not what has changed, since the system may lose or delay what it tells.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import TypeAlias

from packc.build.fresh import Known
from packc.build.lastbuild import LastBuild, Line, made_of
from packc.build.request import Ahead, PackRead
from packc.build.stamps import SETTLED
from packc.places import dated_content

_Look: TypeAlias = tuple[int, int, int, int, int]
"""How a file looks, once links are followed: while that is the same, it holds the same."""


class Held(Ahead):
    """What the next build need not find out again."""

    def __init__(self) -> None:
        super().__init__()
        self._reads: dict[str, tuple[_Look, PackRead]] = {}

    def read(self, path: str, most: int) -> PackRead:
        now = time.time_ns()  # before anybody looks: what changes later has a later time
        status = os.stat(path)  # noqa: PTH116 (a path as text: there are thousands)
        modified, changed = status.st_mtime_ns, status.st_ctime_ns
        look = status.st_dev, status.st_ino, status.st_size, modified, changed
        known = self._reads.get(path)
        if known is not None and known[0] == look and status.st_size <= most:
            return known[1]
        data, when = dated_content(path, most)
        read = PackRead(path, sha256(data).hexdigest(), when, data)
        if max(modified, changed) < now - SETTLED:
            self._reads[path] = look, read._replace(data=None)
        return read

    def forget(self, paths: Collection[str]) -> None:
        """Read what is called like one of `paths` again, however it looks.

        Only the last part of a path counts: links may lead to one place by many others.
        """
        names = tuple(path.rpartition(os.sep)[2] for path in paths)
        for path in [path for path in self._reads if path.endswith(names)]:
            del self._reads[path]

    def keep(self, last: LastBuild, known: Sequence[Known]) -> None:
        packs = [_as_next(each, line) for each, line in zip(known, last.lines(), strict=True)]
        self.last = last._replace(made={each.made.name: each.made for each in packs if each.made is not None})
        self.known = {each.key: each for each in packs if _is_whole(each)}


def _as_next(known: Known, line: Line) -> Known:
    """Return what the next build knows of a pack, given its lines in the file."""
    if known.outcome is None or (known.made is not None and known.made.line == line):
        return known
    made = made_of(line)
    outcome = known.outcome._replace(outputs=tuple(made.published))
    return Known(known.job._replace(data=None), known.key, made, outcome=outcome)


def _is_whole(known: Known) -> bool:
    """Tell whether the next build may take over the outcome as it is."""
    made, outcome = known.made, known.outcome
    if made is None or outcome is None or outcome.asked:
        return False
    return made.outputs == len(made.published)
