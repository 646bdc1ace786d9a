"""Named tuples that are quick to make: a small build loads a hundred and twenty classes of them.

`typing.NamedTuple` compiles every annotation and a constructor for each class, which takes 0.15 ms. Here an
annotation stays a text, and classes with as many fields share the code of their constructor but for the
names in it. Type checkers see `typing.NamedTuple`, and all that we use of it behaves alike.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]  # what `collections.namedtuple` uses
from collections.abc import Callable, Iterable
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["NamedTuple"]

T = TypeVar("T", bound="_Named")


class _Making(type):
    """Makes of a class body with annotations a class of tuples; a subclass of that is one like any other."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Making:
        if not any(base.__name__ == "_Named" for base in bases):
            return super().__new__(cls, name, bases, body)
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body[field] for field in fields if field in body}
        body.update((field, _tuplegetter(index, None)) for index, field in enumerate(fields))
        body.update(__slots__=(), __match_args__=fields, _fields=fields, _field_defaults=defaults)
        body["__new__"] = _constructor(fields, tuple(defaults.values()))
        return super().__new__(cls, name, bases, body)


class _Named(tuple[Any, ...], metaclass=_Making):
    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _field_defaults: dict[str, Any] = {}  # noqa: RUF012 (as in `typing.NamedTuple`)

    @classmethod
    def _make(cls: type[T], values: Iterable[Any]) -> T:
        return cls(*values)

    def _replace(self: T, **values: Any) -> T:
        kept = [values.pop(name, old) for name, old in zip(self._fields, self, strict=True)]
        return type(self)(*kept, **values)  # what is left over is no field: a TypeError

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({values})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


def _constructor(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> Callable[..., Any]:
    """Return a `__new__` that takes the fields; `defaults` are those of the last ones."""
    code = _code(len(fields)).replace(co_varnames=("_cls", *fields))
    return FunctionType(code, {"_tuple": tuple.__new__}, "__new__", defaults)


@cache
def _code(count: int) -> CodeType:
    """Return the code of a `__new__` that takes so many fields."""
    known: dict[str, Any] = {}
    values = "".join(f"_{index}, " for index in range(count))
    exec(f"def __new__(_cls, {values}): return _tuple(_cls, ({values}))", known)
    code: CodeType = known["__new__"].__code__
    return code


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    NamedTuple = _Named
