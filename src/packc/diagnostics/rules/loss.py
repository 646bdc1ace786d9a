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


@rule("PK603", Severity.ERROR, since="0.1")
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
