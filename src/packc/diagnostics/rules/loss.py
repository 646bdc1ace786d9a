"""PK6xx: what a target cannot carry. Each is reported with its place before anything is written."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK601", Severity.LOSS, since="0.1")
class Dropped(Rule):
    """This is not in the target's output at all.

    Fails:

        ## Q1. What are the last two steps?

        **Solution:**

        3. Check the data.
        4. Train again.

    Instead:

        ## Q1. What are the last two steps?

        **Solution:**

        1. Check the data.
        2. Train again.
    """

    what: str
    how: str

    def message(self) -> str:
        return f"{self.what}: {self.how}" if self.how else f"{self.what} are left out"


@rule("PK602", Severity.LOSS, since="0.1")
class Degraded(Rule):
    """This is in the target's output, but not as it was written.

    Fails (front matter):

        id: curves
        namespace: example
        description: What a loss curve tells.

    Instead:

        id: curves
        namespace: example
    """

    what: str
    how: str

    def message(self) -> str:
        return f"{self.what}: {self.how}"
