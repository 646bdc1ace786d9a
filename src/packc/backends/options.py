"""What a target can be told: `html: {paper: letter}` in packc.yaml, `-O html.paper=letter` for one run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeAlias, TypeVar, cast

from packc.named import NamedTuple

OptionValue: TypeAlias = str | bool | int | tuple[str, ...]
T = TypeVar("T", str, bool, int, tuple[str, ...])


class Option(NamedTuple, Generic[T]):
    """One option of a target. The type of `default` is that of its values.

    A tuple is written as a YAML list or as one text with commas. `choices` are the only texts there may be,
    and `pattern` (a regular expression of the whole text) what each has to look like, where these are given.
    A number is whole, from `least` on.
    """

    name: str
    default: T
    about: str  # one line, for `packc targets` and the schema
    choices: tuple[str, ...] = ()
    pattern: str = ""
    least: int = 0

    @property
    def wanted(self) -> str:
        """What a value has to be, in words."""
        default: object = self.default  # of any of the types, which mypy would look at one by one
        if isinstance(default, bool):
            return "`true` or `false`"
        if isinstance(default, int):
            return f"a whole number from {self.least} on"
        if self.choices:
            known = ", ".join(f"`{choice}`" for choice in self.choices)
            return f"one of {known}" if isinstance(default, str) else f"some of {known}"
        return self.about


class Options(NamedTuple):
    """The options of one target that somebody gave, checked by `packc.project`; others are as declared."""

    given: Mapping[str, OptionValue] = {}

    def get(self, option: Option[T]) -> T:
        """Return the value of `option`."""
        return cast(T, self.given.get(option.name, option.default))


DEFAULTS = Options()
