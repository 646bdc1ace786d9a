"""Rules about targets that cannot be made: packages are missing, or a pack is too much."""

from __future__ import annotations

from packc.diagnostics.rule import Rule, Severity, rule


def _how_to(extra: str) -> str:
    return f"install it with packc: pip install 'packc[{extra}]'"


@rule("PK830", Severity.ERROR, since="0.1")
class MissingExtra(Rule):
    """This target needs a package that packc does without otherwise, and it is not installed.

    No example: whether a package is installed is no matter of a pack.
    """

    target: str
    package: str
    extra: str

    def message(self) -> str:
        return f"target `{self.target}` needs the package `{self.package}`, which is not installed"

    def help(self) -> str:
        return _how_to(self.extra)


@rule("PK831", Severity.NOTE, since="0.1")
class TargetLeftOut(Rule):
    """`all` means every target that this installation can make; this one lacks a package.

    No example: whether a package is installed is no matter of a pack.
    """

    target: str
    package: str
    extra: str

    def message(self) -> str:
        return f"target `{self.target}` is left out: the package `{self.package}` is not installed"

    def help(self) -> str:
        return _how_to(self.extra)


@rule("PK832", Severity.ERROR, since="0.1")
class NotMade(Rule):
    """This target cannot be made of the pack here: it would take too long or too much memory, or it crashes.

    How long and how much a pack may take grows with its size, and is a multiple of what packs usually take.
    What stands in the output folder from before stays as it is. The next build tries again.

    No example: what is too much depends on the machine.
    """

    target: str
    why: str

    def message(self) -> str:
        return f"nothing can be made of this pack for target `{self.target}`: {self.why}"

    def help(self) -> str:
        return "split the pack, or look for a text, table, formula or image that is far larger than others"
