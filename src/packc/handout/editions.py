"""The files that are made of a pack: for whom, in which version, and how large the type is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from packc.record import record


class Audience(StrEnum):
    """Who a file is for. The values are those of the option `variant`."""

    STUDENT = "student"
    KEY = "key"
    TEACHER = "teacher"


class Style(StrEnum):
    """How a file is set. A value that is not empty is part of the file's name."""

    NORMAL = ""
    LARGE = "large"
    EASY = "easy"
    CARDS = "cards"


@record
class Edition:
    """One file. `salt` orders the questions of its version; `paper` is `a4`, `letter` or ''."""

    audience: Audience
    version: str = ""
    style: Style = Style.NORMAL
    paper: str = ""
    salt: str = ""

    def name(self, pack: str, suffix: str) -> str:
        """Return the file's name: `limits.B.key.html`."""
        audience = "" if self.audience is Audience.STUDENT else self.audience.value
        parts = (pack, self.version, self.style.value, audience)
        return ".".join(part for part in parts if part) + suffix


@record
class Choices:
    """What the options ask for."""

    audiences: tuple[Audience, ...] = (Audience.STUDENT, Audience.KEY)
    paper: str = ""
    large: bool = False
    easy: bool = False
    cards: bool = False
    versions: tuple[str, ...] = ()
    seed: int = 0

    def editions(self) -> Iterator[Edition]:
        """Yield the files to make: of each version those for everybody, then the sheets in other type."""
        for version in self.versions or ("",):
            salt = f"{self.seed}\0{version}" if version else ""
            for audience in self.audiences:
                yield Edition(audience, version, Style.NORMAL, self.paper, salt)
            for wanted, style in ((self.large, Style.LARGE), (self.easy, Style.EASY)):
                if wanted:
                    yield Edition(Audience.STUDENT, version, style, self.paper, salt)
        if self.cards:
            yield Edition(Audience.STUDENT, style=Style.CARDS, paper=self.paper)
