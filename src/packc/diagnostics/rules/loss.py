"""PK6xx: what a target cannot carry. Each is reported with its place before anything is written."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK601", Severity.LOSS, since="0.1")
class Dropped(Rule):
    """This is not in the target's output at all."""

    what: str
    how: str

    def message(self) -> str:
        return f"{self.what}: {self.how}" if self.how else f"{self.what} are left out"


@rule("PK602", Severity.LOSS, since="0.1")
class Degraded(Rule):
    """This is in the target's output, but not as it was written."""

    what: str
    how: str

    def message(self) -> str:
        return f"{self.what}: {self.how}"
