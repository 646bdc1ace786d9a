"""PK2xx: answers that are typed, and what each answer earns."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK213", Severity.ERROR, since="0.1")
class WeightOutOfRange(Rule):
    """A weight is a share of the points: at most 100 %. A choice may cost points, a typed answer may not.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size {-150%}

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size {-50%}
    """

    written: str
    least: str

    def message(self) -> str:
        return f"the weight `{self.written}` is out of range"

    def help(self) -> str:
        return f"write a weight {self.least} up to 100%"


@rule("PK214", Severity.ERROR, since="0.1")
class NothingEarnsAll(Rule):
    """However well a learner answers, some of the points stay out of reach: the weights do not add up.

    Fails:

        ## Q1. What do you change first?

        **Answer:** learning rate {50%} | step size {80%}

    Instead:

        ## Q1. What do you change first?

        **Answer:** learning rate | step size {80%}
    """

    found: str

    def message(self) -> str:
        return f"the best answer earns {self.found}% of the points"

    def help(self) -> str:
        return "no weight means 100%; the weights of several right choices add up to 100%"


@rule("PK215", Severity.ERROR, since="0.1")
class BadNumber(Rule):
    """A number is written in digits, with a point, in one way only: what could mean two things is not guessed.

    Fails:

        ## Q1. What is a common first learning rate?

        **Answer:** 0,001

    Instead:

        ## Q1. What is a common first learning rate?

        **Answer:** 0.001
    """

    why: str
    fix: str

    def message(self) -> str:
        return self.why

    def help(self) -> str:
        return self.fix


@rule("PK216", Severity.ERROR, since="0.1")
class CaseNotLast(Rule):
    """`{case}` makes the whole key tell capitals apart, so it stands at the very end of the answers.

    Fails:

        ## Q1. What do you change first?

        **Answer:** SGD {case} | Adam

    Instead:

        ## Q1. What do you change first?

        **Answer:** SGD | Adam {case}
    """

    def message(self) -> str:
        return "`{case}` stands behind an answer that is not the last"

    def help(self) -> str:
        return "move it to the very end: it counts for all answers"


@rule("PK217", Severity.ERROR, since="0.1")
class EmptyAlternative(Rule):
    """Between two ` | `, or in an item of a list, an accepted answer is missing.

    Fails:

        ## Q1. What do you change first?

        **Answer:** learning rate | | step size

    Instead:

        ## Q1. What do you change first?

        **Answer:** learning rate | step size
    """

    def message(self) -> str:
        return "an accepted answer is empty"

    def help(self) -> str:
        return "write its text, or remove it"


@rule("PK218", Severity.ERROR, since="0.1")
class AcceptNeedsList(Rule):
    """`Accept` is a list of spellings, one line each.

    Fails:

        ## Q1. What do you change first?

        **Answer:** learning rate

        **Accept:**

        - step size

          or pace

    Instead:

        ## Q1. What do you change first?

        **Answer:** learning rate

        **Accept:**

        - step size
        - pace
    """

    def message(self) -> str:
        return "this is no accepted spelling of one line"

    def help(self) -> str:
        return "write one spelling an item"


@rule("PK219", Severity.ERROR, since="0.1")
class CannotBeTyped(Rule):
    r"""What a learner has to type is plain text. Nobody can type a formula or an image.

    Fails:

        ## Q1. What is the gradient of a constant?

        **Answer:** $\vec{0}$

    Instead:

        ## Q1. What is the gradient of a constant?

        **Answer:** zero
    """

    what: str

    def message(self) -> str:
        return f"this answer holds {self.what}, which nobody can type"

    def help(self) -> str:
        return "write it as plain text, or ask with choices"


@rule("PK220", Severity.ERROR, since="0.1")
class SameAnswer(Rule):
    """Two accepted answers are the same; of two weights it would be unclear which counts.

    Fails:

        ## Q1. What do you change first?

        **Answer:** learning rate | Learning Rate

    Instead:

        ## Q1. What do you change first?

        **Answer:** learning rate | step size
    """

    def message(self) -> str:
        return "this answer is accepted already"

    def help(self) -> str:
        return "remove one of the two, or tell capitals apart with `{case}` at the end"


@rule("PK243", Severity.ERROR, since="0.1")
class NoAcceptedAnswer(Rule):
    """A short answer needs at least one accepted answer: without a key nothing can be graded.

    Fails:

        ## Q1. What do you change first?

        **Type:** short

        **Answer:** The learning rate,
        also called step size.

    Instead:

        ## Q1. What do you change first?

        **Type:** short

        **Answer:** learning rate | step size
    """

    def message(self) -> str:
        return "no answer is accepted here"

    def help(self) -> str:
        return "write `**Answer:** a word | another spelling`, on one line"


@rule("PK244", Severity.NOTE, since="0.1")
class NumberIsText(Rule):
    """Without a space it may be a name, such as `3D`, so this is read as text that has to be typed as it stands.

    Fails:

        ## Q1. How heavy is it?

        **Answer:** 10kg

    Instead:

        ## Q1. How heavy is it?

        **Answer:** 10 kg
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is read as text, not as a number with a unit"

    def help(self) -> str:
        return "put a space before the unit, or write `**Type:** short` to say so"
