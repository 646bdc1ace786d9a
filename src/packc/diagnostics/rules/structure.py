"""PK1xx: headings and what a question must have. The labels of its fields are in `fields`."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK101", Severity.ERROR, since="0.1")
class DuplicateQuestionId(Rule):
    """Two questions of one pack with one id would overwrite each other in every learner's collection.

    Ids that differ only in upper and lower case count as equal.

    Fails:

        ## Q1. First

        **Solution:** One.

        ## q1. Second

        **Solution:** Two.

    Instead:

        ## Q1. First

        **Solution:** One.

        ## Q2. Second

        **Solution:** Two.
    """

    id: str

    def message(self) -> str:
        return f"the id `{self.id}` is used twice in this pack"

    def help(self) -> str:
        return "give the newer of the two questions an id of its own"


@rule("PK102", Severity.ERROR, since="0.1")
class NoPrompt(Rule):
    """A question must ask something: a card with an empty front is never shown.

    Fails:

        ## Q1

        **Solution:** The learning rate.

    Instead:

        ## Q1

        **Question:** What do you change first?

        **Solution:** The learning rate.
    """

    id: str

    def message(self) -> str:
        return f"question {self.id} asks nothing"

    def help(self) -> str:
        return "write the question below the heading, or after `**Question:**`"


@rule("PK103", Severity.ERROR, since="0.1")
class NoSolution(Rule):
    """An open question needs a model answer: without one there is nothing to learn from the back of a card.

    Fails:

        ## Q1. First change

        **Question:** What do you change first?

    Instead:

        ## Q1. First change

        **Question:** What do you change first?

        **Solution:** The learning rate.
    """

    id: str

    def message(self) -> str:
        return f"open question {self.id} has no solution"

    def help(self) -> str:
        return "add `**Solution:**` with the model answer, or a task list if it is a choice question"


@rule("PK104", Severity.ERROR, since="0.1")
class QuestionWithoutId(Rule):
    """What is written like a question but has no id would be lost or, worse, get an id that changes later.

    Fails:

        ## First change

        **Question:** What do you change first?

        **Solution:** The learning rate.

    Instead:

        ## Q1. First change

        **Question:** What do you change first?

        **Solution:** The learning rate.
    """

    near: str

    def message(self) -> str:
        return "this looks like a question, but its heading has no id"

    def help(self) -> str:
        if self.near:
            return (
                f"an id stands there as plain text with a point, `)`, `:` or ` - ` behind it: `{self.near}.`"
            )
        return "begin the heading with an id, as in `## Q01. A short title`"


@rule("PK105", Severity.ERROR, since="0.1")
class RequiredFieldMissing(Rule):
    """The pack or the project asks for this field on every question.

    Fails:

        ---
        id: curves
        namespace: example
        required: [why]
        ---

        ## Q1. What do you change first?

        **Solution:** The learning rate.

    Instead:

        ---
        id: curves
        namespace: example
        required: [why]
        ---

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Why it matters:** It is the cheapest thing to try.
    """

    id: str
    field: str
    label_: str

    def message(self) -> str:
        return f"question {self.id} has no `{self.field}`, which is required here"

    def help(self) -> str:
        return f"add `**{self.label_}:**` to the question, or take `{self.field}` off `required:`"


@rule("PK106", Severity.ERROR, since="0.1")
class IdWithoutFields(Rule):
    """A heading that begins like the other questions' ids, but nothing below it is a question or a solution.

    Fails:

        ## Q1. First

        **Solution:** One.

        ## Q2. Second

        What do you change first?

    Instead:

        ## Q1. First

        **Solution:** One.

        ## Q2. Second

        **Question:** What do you change first?

        **Solution:** The learning rate.
    """

    id: str

    def message(self) -> str:
        return f"`{self.id}` looks like a question, but has neither a labelled field nor a task list"

    def help(self) -> str:
        return "add `**Question:**` and `**Solution:**`, or rename the heading"


@rule("PK113", Severity.ERROR, since="0.1")
class TextAfterDivider(Rule):
    """A `---` ends the question above it, so text below it, up to the next heading, belongs to nothing.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        ---

        These were the first steps.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        ---

        ## Looking back

        These were the first steps.
    """

    def message(self) -> str:
        return "this text stands between a `---` and the next heading, so it belongs to no question"

    def help(self) -> str:
        return "remove the `---`, or put a heading above the text"


@rule("PK116", Severity.ERROR, since="0.1")
class UnderlinedText(Rule):
    """A line of `---` or `===` right under text makes that text a heading, which is seldom meant in a question.

    Fails:

        ## Q1. First

        **Solution:** The learning rate
        is the first thing to change.
        ---

        ## Q2. Second

        **Solution:** Two.

    Instead:

        ## Q1. First

        **Solution:** The learning rate
        is the first thing to change.

        ---

        ## Q2. Second

        **Solution:** Two.
    """

    def message(self) -> str:
        return "the line below makes this text a heading"

    def help(self) -> str:
        return "put a blank line above the `---`, or write the heading with `#`"


@rule("PK118", Severity.WARNING, since="0.1")
class NoQuestions(Rule):
    """A pack without questions builds to empty decks.

    Fails:

        # Curves

        What do you change first? The learning rate.

    Instead:

        # Curves

        ## Q1. What do you change first?

        **Solution:** The learning rate.
    """

    def message(self) -> str:
        return "this pack has no questions"

    def help(self) -> str:
        return "a question is a heading such as `## Q01. Title` with `**Question:**` and `**Solution:**` below it"


@rule("PK119", Severity.ERROR, since="0.1")
class QuestionTooLarge(Rule):
    """No learner reads such a text; it is nearly always data pasted by mistake.

    No example: such a question would have to be longer than this page can show.
    """

    size: int
    limit: int

    def message(self) -> str:
        return f"the text below this heading has {self.size:,} characters; the limit is {self.limit:,}"

    def help(self) -> str:
        return "split it, or move data into a file of its own"
