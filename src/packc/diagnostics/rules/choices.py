"""PK2xx: choices, their boxes, letters, weights and pins."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK211", Severity.ERROR, since="0.1")
class BraceMisplaced(Rule):
    """Weights and pins stand in one brace at the end of a choice or an answer. Elsewhere they would be shown.

    Fails:

        ## Q1. What do you change first?

        - [x] {50%} The learning rate
        - [x] The schedule {50%}
        - [ ] The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate {50%}
        - [x] The schedule {50%}
        - [ ] The batch size
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is no brace at the end of its text"

    def help(self) -> str:
        return "put it in one brace behind the text"


@rule("PK212", Severity.ERROR, since="0.1")
class BraceWord(Rule):
    """A trailing brace holds a weight such as `50%`; for a choice also a pin, for a short answer `case`.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] None of these {.lats}

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] None of these {.last}
    """

    written: str
    near: str

    def message(self) -> str:
        return f"`{self.written}` means nothing in this brace"

    def help(self) -> str:
        return f"did you mean `{self.near}`? A brace that is text is written with a backslash before it"


@rule("PK221", Severity.ERROR, since="0.1")
class TwoKeys(Rule):
    """A question is of one kind, so it has choices, or a cloze text, or pairs, or an order.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        **Order:**

        1. The learning rate
        2. The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    field: str

    def message(self) -> str:
        return f"`{self.field}` would make this question one of a second kind"

    def help(self) -> str:
        return "write two questions"


@rule("PK222", Severity.ERROR, since="0.1")
class AnswerForOtherKind(Rule):
    """The key of this question stands elsewhere: in the table, the list or the blanks.

    Fails:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |

        **Answer:** swings

    Instead:

        ## Q1. What causes each symptom?

        **Match:**

        | Symptom | Cause |
        |---|---|
        | swings | rate too high |
        | flat | rate too low |

        **Solution:** The size of the steps.
    """

    field: str

    def message(self) -> str:
        return f"`{self.field}` holds the key already"

    def help(self) -> str:
        return "write `**Solution:**` if this explains it, else remove it"


@rule("PK223", Severity.ERROR, since="0.1")
class AnswerNamesNoChoice(Rule):
    """In a question with choices `Answer` names the right ones: by letter, `A, C`, or by the text of one.

    Fails:

        ## Q1. What do you change first?

        - [ ] The learning rate
        - [ ] The batch size

        **Answer:** C

    Instead:

        ## Q1. What do you change first?

        - [ ] The learning rate
        - [ ] The batch size

        **Answer:** A
    """

    count: int
    missing: str

    def message(self) -> str:
        if self.missing:
            return f"the answer names {self.missing}, but there are only {self.count} choices"
        return f"this answer does not say which of the {self.count} choices are right"

    def help(self) -> str:
        return "write letters such as `A` or `A, C`; an explanation is a `**Solution:**`"


@rule("PK224", Severity.ERROR, since="0.1")
class KeysContradict(Rule):
    """The boxes say that other choices are right than the answer does.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        **Answer:** B

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        **Answer:** A
    """

    def message(self) -> str:
        return "this answer contradicts the boxes"

    def help(self) -> str:
        return "keep the one that is right and remove the other"


@rule("PK225", Severity.ERROR, since="0.1")
class MisspeltBox(Rule):
    """A box is `[ ]` or `[x]` after a list marker and a space. Anything else is text for Markdown.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [] The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    written: str
    right: str

    def message(self) -> str:
        return f"`{self.written}` is no box"

    def help(self) -> str:
        return f"write `{self.right}`"


@rule("PK226", Severity.WARNING, since="0.1")
class UnpinnedAll(Rule):
    """Where choices are shuffled, "all of the above" may stand first, and letters of other choices change.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
        - [ ] All of the above

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
        - [ ] All of the above {.last}
    """

    def message(self) -> str:
        return "this choice speaks of the place of others, and choices are shuffled"

    def help(self) -> str:
        return "pin it with `{.last}`, or write `**Shuffle:** no`"


@rule("PK242", Severity.ERROR, since="0.1")
class WeightContradicts(Rule):
    """A right choice earns points and a wrong one never earns all of them.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate {-50%}
        - [x] The schedule
        - [ ] The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [x] The schedule
        - [ ] The batch size {-50%}
    """

    written: str

    def message(self) -> str:
        return f"the weight {self.written}% contradicts the box"

    def help(self) -> str:
        return "change the weight, or the box"


@rule("PK246", Severity.WARNING, since="0.1")
class ChoicesInField(Rule):
    """Choices stand in the prompt or under `Choices`. Under another label a task list is part of that field.

    Fails:

        ## Q1. What do you change first?

        **Hint:** It is a single number.

        - [x] The learning rate
        - [ ] The batch size

        **Solution:** The learning rate.

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        **Hint:** It is a single number.

        **Solution:** The learning rate.
    """

    field: str

    def message(self) -> str:
        return f"this task list belongs to `{self.field}`, so it is not read as choices"

    def help(self) -> str:
        return (
            "move it above the label, or put `**Choices:**` before it; `**Type:** open` says that it is text"
        )
