"""PK3xx: footnotes."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK306", Severity.WARNING, since="0.1")
class UnknownFootnote(Rule):
    """A reference without a footnote is shown as the text that it is.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]: And nothing else at the same time.
    """

    name: str

    def message(self) -> str:
        return f"there is no footnote `{self.name}`, so this is text"

    def help(self) -> str:
        return f"add a line `[^{self.name}]: …`, or put it between backticks if it is meant as text"


@rule("PK307", Severity.WARNING, since="0.1")
class UnusedFootnote(Rule):
    """A footnote that nothing refers to is shown nowhere.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        [^1]: And nothing else at the same time.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]: And nothing else at the same time.
    """

    name: str

    def message(self) -> str:
        return f"nothing refers to footnote `{self.name}`, so it is shown nowhere"

    def help(self) -> str:
        return f"write `[^{self.name}]` where it belongs"


@rule("PK308", Severity.ERROR, since="0.1")
class FootnoteTwice(Rule):
    """A label belongs to one footnote of a file; of two, one would be lost.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]: And nothing else.
        [^1]: By a factor of ten.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1][^2].

        [^1]: And nothing else.
        [^2]: By a factor of ten.
    """

    name: str

    def message(self) -> str:
        return f"footnote `{self.name}` is defined a second time"

    def label(self) -> str:
        return "this one is shown nowhere"

    def help(self) -> str:
        return "give each footnote a label of its own"


@rule("PK309", Severity.ERROR, since="0.1")
class FootnoteInFootnote(Rule):
    """A footnote has no footnotes: no target can set them, and one that refers to itself has no end.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]: And nothing else[^2].
        [^2]: Not even the seed.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]: And nothing else, not even the seed.
    """

    name: str
    inside: str

    def message(self) -> str:
        if self.name == self.inside:
            return f"footnote `{self.name}` refers to itself"
        return f"footnote `{self.inside}` refers to another footnote"

    def help(self) -> str:
        return "say it in the footnote itself"


@rule("PK310", Severity.ERROR, since="0.1")
class FootnotesTooLarge(Rule):
    """Every reference repeats its footnote in the output, so that many to a long one would fill any disk.

    No example: it would be half a megabyte long.
    """

    limit: int

    def message(self) -> str:
        return f"the footnotes, each counted as often as it is referred to, have more than {self.limit:,} characters"

    def help(self) -> str:
        return "refer to a long footnote only once"


@rule("PK311", Severity.WARNING, since="0.1")
class EmptyFootnote(Rule):
    """A footnote without a text would be a number that leads to nothing.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]:

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate[^1].

        [^1]: And nothing else at the same time.
    """

    name: str

    def message(self) -> str:
        return f"footnote `{self.name}` has no text"

    def help(self) -> str:
        return "write its text on the same line; what goes on below is indented by four spaces"
