"""A rule: one thing that can be wrong. Its class is its definition, its docstring is its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import ClassVar, TypeVar, dataclass_transform


class Severity(StrEnum):
    """How bad. An error stops the pack; a loss is what a target cannot carry; a note is good to know."""

    ERROR = "error"
    WARNING = "warning"
    LOSS = "loss"
    NOTE = "note"


@dataclass_transform(frozen_default=True)
class Rule:
    """One kind of fault. Subclasses declare fields of type `str` and `int`, as a frozen dataclass does.

    `message()` says what is wrong in one line, `label()` what to write beside the carets (may be empty),
    `help()` what to do about it (may be empty).

    Not a real dataclass, because making sixty of those costs more than checking a small pack.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    since: ClassVar[str]

    def __init__(self, *values: str | int) -> None:
        names = type(self).fields()
        if len(values) != len(names):
            raise TypeError(f"{type(self).__name__} takes {len(names)} values, not {len(values)}")
        self.__dict__.update(zip(names, values, strict=True))

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Return the names of the fields, in order."""
        return tuple(cls.__annotations__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.code, *self.__dict__.values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({values})"

    def message(self) -> str:
        raise NotImplementedError(f"{type(self).__name__} has no message")

    def label(self) -> str:
        return ""

    def help(self) -> str:
        return ""


R = TypeVar("R", bound=type[Rule])
_rules: dict[str, type[Rule]] = {}


def rule(code: str, severity: Severity, *, since: str) -> Callable[[R], R]:
    """Register a rule class under `code` (`PK` and three digits). Raises ValueError if the code is taken."""
    if not (code[:2] == "PK" and len(code) == 5 and code[2:].isdecimal()):
        raise ValueError(f"{code!r} is not a rule code")

    def register(cls: R) -> R:
        if code in _rules:
            raise ValueError(f"{code} is {_rules[code].__name__} already")
        cls.code, cls.severity, cls.since = code, severity, since
        _rules[code] = cls
        return cls

    return register


def all_rules() -> Mapping[str, type[Rule]]:
    """Return every rule by its code, in order of the codes."""
    from packc.diagnostics.rules import register_all  # a check knows the rules that it reports

    register_all()
    return dict(sorted(_rules.items()))
