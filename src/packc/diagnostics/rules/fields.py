"""PK1xx: the labels that begin the fields of a question."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK107", Severity.WARNING, since="0.1")
class UnknownLabel(Rule):
    """A bold word with a colon at the start of a line is how fields begin; this one is no field we know.

    Its text stays where it stands. An error if the question has no answer, and this was nearly one.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Why it maters:** It is the first thing to change.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Why it matters:** It is the first thing to change.
    """

    written: str
    near: str

    def message(self) -> str:
        return f"`{self.written}` is no field that packc knows; its text stays where it stands"

    def help(self) -> str:
        return f"did you mean `**{self.near}:**`?" if self.near else ""


@rule("PK108", Severity.WARNING, since="0.1")
class NoSpaceAfterLabel(Rule):
    """Without a space after the label a Markdown page shows the asterisks.

    Fails:

        ## Q1. What do you change first?

        **Solution:**The learning rate.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.
    """

    def message(self) -> str:
        return "a space is missing after this label"

    def help(self) -> str:
        return "put a space after `:**`"


@rule("PK109", Severity.ERROR, since="0.1")
class OddLabel(Rule):
    """A known label in another dress would end up in the text of the field before, perhaps on a card's front.

    Fails:

        ## Q1. First change

        **Question:** What do you change first?

        *Solution:* The learning rate.

    Instead:

        ## Q1. First change

        **Question:** What do you change first?

        **Solution:** The learning rate.
    """

    written: str
    right: str

    def message(self) -> str:
        return f"the label `{self.written}` is not written as a label"

    def help(self) -> str:
        return f"write `**{self.right}:**` and the text after it"


@rule("PK110", Severity.WARNING, since="0.1")
class PlainLabel(Rule):
    """Where some labels are bold, a plain one is taken for text: it might be a sentence.

    An error if the question has no answer but this one.

    Fails:

        ## Q1. First change

        **Question:** What do you change first?

        **Solution:** The learning rate.

        Why it matters: It is the cheapest thing to try.

    Instead:

        ## Q1. First change

        **Question:** What do you change first?

        **Solution:** The learning rate.

        **Why it matters:** It is the cheapest thing to try.
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is taken for text, because other labels in this pack are bold"

    def help(self) -> str:
        return f"write `**{self.written}**` if it is meant as a label"


@rule("PK111", Severity.ERROR, since="0.1")
class FieldTwice(Rule):
    """Two fields of one kind: one of them would have to vanish.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Solution:** Make it smaller.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate. Make it smaller.
    """

    field: str

    def message(self) -> str:
        return f"this question has a second `{self.field}`"

    def help(self) -> str:
        return "join the two"


@rule("PK112", Severity.WARNING, since="0.1")
class EmptyField(Rule):
    """A label with nothing after it is usually a text that was forgotten.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Why it matters:**

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.
    """

    field: str

    def message(self) -> str:
        return f"`{self.field}` is empty"

    def help(self) -> str:
        return "write its text, or remove the label"


@rule("PK120", Severity.NOTE, since="0.1")
class AnswerIsSolution(Rule):
    """`Answer` with prose is the solution of an open question; as a key it is one short line.

    Fails:

        ## Q1. What do you change first?

        **Answer:** The learning rate is changed first.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate is changed first.
    """

    def message(self) -> str:
        return "this answer is prose, so it is read as the solution"

    def help(self) -> str:
        return "write `**Solution:**` to say so yourself"


@rule("PK121", Severity.WARNING, since="0.1")
class IndentedLabel(Rule):
    """A label counts only at the very start of a line, outside lists, quotes and code.

    An error if the question has no answer but this one.

    Fails:

        ## Q1. What do you change first?

        **Solution:**

        - The learning rate.
        - **Why it matters:** It is the cheapest thing to try.

    Instead:

        ## Q1. What do you change first?

        **Solution:**

        - The learning rate.

        **Why it matters:** It is the cheapest thing to try.
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is indented or inside a list, quote or code, so it is text"

    def help(self) -> str:
        return "move it to the start of a line if it is meant as a label"
