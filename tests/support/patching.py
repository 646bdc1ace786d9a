"""Gives a module that is imported already the code of a changed source, as far as that can be done.

Functions keep their identity and get the new code, so that whoever holds them runs it. Names at the top of
the module that hold plain data get the new data, wherever they were imported to. What else has changed stays
as it was, and `patch` says so.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from re import Pattern
from types import CodeType, FunctionType, ModuleType

_PLAIN = (str, bytes, int, float, Decimal, Pattern, type(None))


def patch(module: ModuleType, before: bytes, after: bytes) -> bool:
    """Make `module`, made from `before`, behave as `after`. Return whether it surely does.

    Raises whatever `after` raises when it is imported.
    """
    file = module.__file__ or ""
    fresh = ModuleType(module.__name__)
    fresh.__dict__.update(__file__=file, __package__=module.__package__, __spec__=module.__spec__)
    compiled = compile(after, file, "exec", dont_inherit=True)
    sys.modules[module.__name__] = fresh  # dataclasses look there for the module that they are made in
    try:
        exec(compiled, fresh.__dict__)
    finally:
        sys.modules[module.__name__] = module
    functions = list(_new_codes(module, fresh))
    data = list(_new_data(module, fresh))
    _forget()
    if _classes(compiled) != _classes(compile(before, file, "exec", dont_inherit=True)):
        return False
    # One mutant is one change, and whatever its data went into is either data itself or runs again.
    return bool(functions) or (all(data) and bool(data) and not _keeps_objects(module))


def _new_codes(module: ModuleType, fresh: ModuleType) -> Iterator[str]:
    """Give the functions of `module` the code that they have in `fresh`; yield which got another one."""
    after = dict(_functions(fresh.__dict__, module.__name__))
    for name, function in _functions(module.__dict__, module.__name__):
        new = after.get(name)
        if new is None or new.__code__ == function.__code__:
            continue
        if new.__code__.co_freevars == function.__code__.co_freevars:
            function.__code__ = new.__code__
            yield name


def _functions(names: Mapping[str, object], module: str) -> Iterator[tuple[str, FunctionType]]:
    for value in names.values():
        if isinstance(value, type) and value.__module__ == module:
            yield from _functions(vars(value), module)
        for each in _behind(value):
            if isinstance(each, FunctionType) and each.__module__ == module:
                yield each.__qualname__, each


def _behind(value: object) -> Iterator[object]:
    """Yield `value` and the functions that a decorator may have hidden in it."""
    if isinstance(value, property):
        yield from (value.fget, value.fset)
    elif isinstance(value, staticmethod | classmethod):
        yield value.__func__
    elif isinstance(value, functools.cached_property):
        yield value.func
    elif callable(value) and not isinstance(value, type):
        yield inspect.unwrap(value)


def _new_data(module: ModuleType, fresh: ModuleType) -> Iterator[bool]:
    """Rebind the plain data of `module` that is not what it is in `fresh`; yield if nobody else has it."""
    ours = [each for name, each in sys.modules.items() if name.partition(".")[0] in ("packc", "tests")]
    for name, new in vars(fresh).items():
        old = vars(module).get(name)
        if name.startswith("__") or not (_is_data(new) and _is_data(old)) or old == new:
            continue
        setattr(module, name, new)
        others = [each for each in ours if name in vars(each) and vars(each)[name] is old]
        for each in others:
            setattr(each, name, new)
        yield not others


def _keeps_objects(module: ModuleType) -> bool:
    """Tell whether the module made something of its data, when it was imported, that is no data."""
    return any(
        not _is_data(value)
        for name, value in vars(module).items()
        if not name.startswith("__")
        and not isinstance(value, type | FunctionType | ModuleType)
        and (getattr(value, "__module__", None) or module.__name__) == module.__name__
    )


def _is_data(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_data(each) for pair in value.items() for each in pair)
    if isinstance(value, tuple | list | set | frozenset):
        return all(map(_is_data, value))
    return isinstance(value, _PLAIN)


def _forget() -> None:
    """Empty every cache: what is in them was made by the old code."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("packc", "tests"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _classes(code: CodeType) -> list[object]:
    """Return what the classes of a module say outside their functions."""
    said: list[object] = []
    for each in code.co_consts:
        if isinstance(each, CodeType) and not each.co_flags & inspect.CO_OPTIMIZED:
            data = [const for const in each.co_consts if not isinstance(const, CodeType)]
            said += [each.co_code, each.co_names, data, _classes(each)]
    return said
