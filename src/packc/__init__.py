"""packc: a content compiler for questions. `packc.compile()` is the command line as a library call.

`packc.api` has the rest of the library: `check` and `build` are rooms of this package, too, so they keep
their names there.
"""

from __future__ import annotations

TYPE_CHECKING = False  # for type checkers it is true; `typing` itself is more than `--version` needs
if TYPE_CHECKING:
    from typing import Any

    from packc.api import Compiled, compile  # noqa: A004
    from packc.project import ProjectFault

__version__ = "0.1.0"

__all__ = ["Compiled", "ProjectFault", "__version__", "compile"]


def __getattr__(name: str) -> Any:
    """Import the library on first use, so that `packc --version` need not."""
    if name not in __all__:
        raise AttributeError(f"module 'packc' has no attribute {name!r}")
    import importlib

    home = "packc.project" if name == "ProjectFault" else "packc.api"
    return getattr(importlib.import_module(home), name)
