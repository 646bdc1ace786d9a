"""Classes of plain values that are quick to make: a small build loads a hundred and uses thirty of them.

`dataclasses` writes and compiles five methods for each frozen class, which takes half a millisecond, and asks
of each annotation what it may mean. Here all classes share their methods, and `__init__` is written when a
class is first used. Type checkers take the classes for frozen; at run time they are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import _FIELD, MISSING, Field, field, fields  # type: ignore[attr-defined]
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_KEPT = "how a field is kept"
_compared: dict[type[object], tuple[str, ...]] = {}  # the names of the fields that count, by class


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make `cls` a class of values: a dataclass with slots, whose equality, hash and repr are as usual.

    Two are equal when they are of one class and their fields that count for comparison are.
    """
    with_shared_methods(cls)
    return with_late_init(slotted(cls, by_keyword=False))


def slotted(cls: type[T], *, by_keyword: bool) -> type[T]:
    """Return `cls` as `dataclass(slots=True, kw_only=by_keyword)` makes it, without any method.

    The functions of `dataclasses` work with it. Annotations are texts, as they are all over packc.
    """
    body = dict(cls.__dict__)
    known: dict[str, Field[Any]] = {}
    for base in cls.__mro__[:0:-1]:
        known.update(base.__dict__.get("__dataclass_fields__", {}))
    own = []
    for name, kind in body.get("__annotations__", {}).items():
        if kind.startswith("ClassVar["):
            continue
        default = body.pop(name, MISSING)
        one: Any = default if isinstance(default, Field) else field(default=default)
        one.name, one.type, one._field_type = name, kind, _FIELD
        if one.kw_only is MISSING:
            one.kw_only = by_keyword
        if name not in known:
            slot, _, view = one.metadata.get(_KEPT, (name, "", None))
            own.append(slot)
            if view:
                body[name] = property(view)
        known[name] = one
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    positional = tuple(one.name for one in known.values() if one.init and not one.kw_only)
    body.update(__slots__=tuple(own), __dataclass_fields__=known, __match_args__=positional)
    made: type[T] = type(cls)(cls.__name__, cls.__bases__, body)  # type: ignore[misc]
    made.__qualname__ = cls.__qualname__
    return made


def kept(slot: str, expression: str, view: Callable[[Any], object]) -> dict[str, Any]:
    """Return the metadata of a field that is kept in `slot` as an expression of its value makes it.

    `view` makes the value again of the object.
    """
    return {_KEPT: (slot, expression, view)}


def with_shared_methods(cls: type[object]) -> None:
    """Give a class the equality, hash and repr of a dataclass."""
    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _repr)):
        setattr(cls, name, method)


def with_late_init(cls: type[T]) -> type[T]:
    """Let `__init__` be written when it is first called."""

    def first(self: object, *args: object, **values: object) -> None:
        init = _written_init(cls)
        cls.__init__ = init  # type: ignore[method-assign]
        # A subclass without fields of its own has no `__init__` of its own either.
        init(self, *args, **values)

    cls.__init__ = first  # type: ignore[method-assign]
    return cls


def _equal(self: object, other: object) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    return all(getattr(self, name) == getattr(other, name) for name in _names(type(self)))


def _hash(self: object) -> int:
    return hash((type(self), *(getattr(self, name) for name in _names(type(self)))))


def _repr(self: object) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(type(self)))
    return f"{type(self).__name__}({values})"


def _names(cls: type[object]) -> tuple[str, ...]:
    names = _compared.get(cls)
    if names is None:
        names = _compared[cls] = tuple(one.name for one in fields(cls) if one.compare)  # type: ignore[arg-type]
    return names


def _written_init(cls: type[object]) -> Callable[..., None]:
    """Return the `__init__` that `dataclass` would have made."""
    known: dict[str, Any] = {"_missing": MISSING}
    positional, keyword, body = ["self"], ["*"], []
    for one in fields(cls):  # type: ignore[arg-type]
        if one.init:
            (keyword if one.kw_only else positional).append(_parameter(one, known))
            value = f"_{one.name}() if {one.name} is _missing else {one.name}" if _is_made(one) else one.name
            slot, value, _ = one.metadata.get(_KEPT, (one.name, value, None))
            body.append(f"    self.{slot} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    parameters = [*positional, *(keyword if len(keyword) > 1 else ())]
    lines = [f"def __init__({', '.join(parameters)}):", *(body or ["    pass"])]
    exec("\n".join(lines), known)
    written: Callable[..., None] = known["__init__"]
    return written


def _parameter(one: Field[Any], known: dict[str, Any]) -> str:
    if _is_made(one):
        known[f"_{one.name}"] = one.default_factory
        return f"{one.name}=_missing"
    if one.default is MISSING:
        return one.name
    known[f"_{one.name}"] = one.default
    return f"{one.name}=_{one.name}"


def _is_made(one: Field[Any]) -> bool:
    return one.default_factory is not MISSING
