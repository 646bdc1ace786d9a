"""Finding formats: every sub-folder of `packc.importers` is one.

A format's folder declares `INFO` (cheap to import) and `load()`, which imports the real code.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import packc.importers
from packc.importers.base import Importer, Info


def infos() -> Mapping[str, Info]:
    """Return every format's `Info` by name, in order of the names."""
    return _scan(tuple(packc.importers.__path__))


def load(name: str) -> Importer:
    """Return the importer of format `name`. Raises KeyError for a name that `infos` does not have."""
    info = infos()[name]
    importer: Importer = importlib.import_module(f"packc.importers.{info.name}").load()
    return importer


@cache
def _scan(folders: tuple[str, ...]) -> Mapping[str, Info]:
    names = {init.parent.name for folder in folders for init in Path(folder).glob("*/__init__.py")}
    return {name: importlib.import_module(f"packc.importers.{name}").INFO for name in sorted(names)}
