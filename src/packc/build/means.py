"""By which means a build is done. None of them changes what comes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from packc.named import NamedTuple


class Means(NamedTuple):
    """`cache` is the cache's folder; None: there is none. `workers` is how many processes may work at once;
    0: as many as pay. `cluster` is the address of a Dask scheduler. `progress` is told how many of how many
    packs are done.
    """

    cache: Path | None = None
    workers: int = 1
    cluster: str = ""
    progress: Callable[[int, int], None] | None = None


PLAIN = Means()
