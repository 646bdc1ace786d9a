"""Named tuples that are quick to make: a small build loads a hundred and twenty classes of them.

`typing.NamedTuple` compiles every annotation and a constructor for each class, which takes 0.15 ms. Here an
annotation stays a text, and the constructor is written when a class is first called. Type checkers see
`typing.NamedTuple`, and all that we use of it behaves alike.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]  # what `collections.namedtuple` uses
from collections.abc import Callable, Iterable
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
        made = super().__new__(cls, name, bases, body)

        def first(kind: type[T], /, *values: object, **named: object) -> T:
            made.__new__ = _written_new(fields, defaults)  # type: ignore[method-assign]
            return made.__new__(kind, *values, **named)  # type: ignore[no-any-return]

        made.__new__ = first  # type: ignore[assignment]
        return made


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


def _written_new(fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {"_tuple": tuple.__new__}
    values = "".join(f"{field}, " for field in fields)
    exec(f"def __new__(_cls, {values}): return _tuple(_cls, ({values}))", known)
    known["__new__"].__defaults__ = tuple(defaults.values())  # those of the last fields
    written: Callable[..., Any] = known["__new__"]
    return written


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    NamedTuple = _Named
