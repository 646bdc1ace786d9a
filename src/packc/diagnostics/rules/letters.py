"""PK2xx: choices with letters in front of them."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK227", Severity.NOTE, since="0.1")
class LettersAreText(Rule):
    """Lines that begin A, B, C are choices only together with an answer that names letters.

    Fails:

        ## Q1. What do you change first?

        A. The learning rate
        B. The batch size

        **Solution:** The learning rate.

    Instead:

        ## Q1

        What do you change first?

        A. The learning rate
        B. The batch size

        **Answer:** A
    """

    def message(self) -> str:
        return "these lines look like choices, but are read as text"

    def help(self) -> str:
        return "name the right ones, as in `**Answer:** B`, or write a task list"


@rule("PK248", Severity.WARNING, since="0.1")
class LetterIsAnswer(Rule):
    """An answer that is a letter names a choice only where the choices begin `A.`, `A)` or `A:`.

    Fails:

        ## Q1. What do you change first?

        (a) The learning rate
        (b) The batch size

        **Answer:** (a)

    Instead:

        ## Q1

        What do you change first?

        a) The learning rate
        b) The batch size

        **Answer:** a
    """

    def message(self) -> str:
        return "this letter names none of the choices above, so it is itself what learners have to type"

    def help(self) -> str:
        return "write a task list, or begin the choices with `A.`, `B.`; `**Type:** short` if it is meant so"


@rule("PK228", Severity.NOTE, since="0.1")
class LettersDropped(Rule):
    """Letters are never part of a choice: each target adds its own, and shuffling would make others wrong.

    Fails:

        ## Q1. What do you change first?

        - [x] A. The learning rate
        - [ ] B. The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    def message(self) -> str:
        return "the letters in front of these choices are left out"

    def help(self) -> str:
        return "remove them: each target adds its own"
