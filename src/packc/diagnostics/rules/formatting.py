"""PK15x: what `packc fmt` does not do."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK150", Severity.ERROR, since="0.1")
class MeaningWouldChange(Rule):
    """The formatter reads what it has made, and leaves the file alone if that is not the same pack.

    This is a fault of packc: please report it with the file.

    No example: a file for which the formatter fails this way would be a bug that we would mend.
    """

    what: str

    def message(self) -> str:
        return f"formatting would change the meaning of {self.what}; the file is left as it is"


@rule("PK151", Severity.NOTE, since="0.1")
class KeptAsWritten(Rule):
    """A comment, an attribute or a named link is no part of what a pack means, and formatting would drop it.

    So the question or section that holds it stays as it was written; everything else is formatted. The same
    goes for what a warning is about: written in canonical form the text would say that it is meant so.

    No example: only `packc fmt` says this.
    """

    what: str

    def message(self) -> str:
        return "this part is left as it is written"

    def help(self) -> str:
        return f"formatting would lose `{' '.join(self.what.split())[:60]}`"


@rule("PK152", Severity.NOTE, since="0.1")
class NotFormatted(Rule):
    """What has errors cannot be read for certain, so that formatting it might change what was meant.

    No example: only `packc fmt` says this.
    """

    def message(self) -> str:
        return "this file has errors and is left as it is"

    def help(self) -> str:
        return "mend the errors first; `packc check --fix` may do some of it"
