"""Every rule, one module per family of codes. A module registers its rules when it is imported."""

from __future__ import annotations


def register_all() -> None:
    """Import every module of this room, so that all rules are known."""
    import importlib
    import pkgutil

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
