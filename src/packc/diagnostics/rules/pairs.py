"""PK2xx: what is matched or sorted."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK229", Severity.ERROR, since="0.1")
class NoTable(Rule):
    """`Match` and `Sort` hold a table with two columns: what is asked on the left, its partner on the right.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        - swings: rate too high
        - flat: rate too low

    Instead:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
    """

    def message(self) -> str:
        return "there is no table under this label"

    def help(self) -> str:
        return "write `| left | right |`, below it `|---|---|`, and a row for each pair"


@rule("PK230", Severity.ERROR, since="0.1")
class NotTwoColumns(Rule):
    """A table of pairs has two columns.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause | Cure |
        |---|---|---|
        | swings | rate too high | lower it |
        | flat | rate too low | raise it |

    Instead:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
    """

    count: int

    def message(self) -> str:
        return f"a table of pairs has two columns, this one has {self.count}"

    def help(self) -> str:
        return "put each pair into one row with two cells"


@rule("PK231", Severity.ERROR, since="0.1")
class EmptyRight(Rule):
    """An empty cell on the left makes a distractor; on the right it leaves the left text without a partner.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
        | noisy | |

    Instead:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
        | noisy | batch too small |
    """

    def message(self) -> str:
        return "this row has no right text"

    def help(self) -> str:
        return "write the partner into the second cell, or remove the row"


@rule("PK232", Severity.ERROR, since="0.1")
class TooFewPairs(Rule):
    """With a single pair there is nothing to match.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |

    Instead:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
    """

    count: int

    def message(self) -> str:
        return "there is only one pair here" if self.count else "there are no pairs here"

    def help(self) -> str:
        return "write two pairs or more"


@rule("PK233", Severity.ERROR, since="0.1")
class SameLeft(Rule):
    """Two rows ask about the same text: a learner cannot tell which is which.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
        | flat | wrong data |

    Instead:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
        | noisy | wrong data |
    """

    def message(self) -> str:
        return "this left text stands in an earlier row"

    def help(self) -> str:
        return "change or remove one of the two"


@rule("PK234", Severity.ERROR, since="0.1")
class SameRight(Rule):
    """In `Match` every left text has a right text of its own, so that each partner is used once.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
        | noisy | rate too high |

    Instead:

        ## Q1. What causes each symptom?

        **Sort:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
        | noisy | rate too high |
    """

    def message(self) -> str:
        return "this right text stands in an earlier row"

    def help(self) -> str:
        return "write `**Sort:**` if several may belong to one, else change the text"


@rule("PK235", Severity.ERROR, since="0.1")
class OneCategory(Rule):
    """With a single category there is nothing to sort.

    Fails:

        ## Q1. What causes each symptom?

        **Sort:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | explodes | rate too high |

    Instead:

        ## Q1. What causes each symptom?

        **Sort:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |
    """

    def message(self) -> str:
        return "all of these belong to one category"

    def help(self) -> str:
        return "add a second category; a row with an empty left cell makes one that stays empty"
