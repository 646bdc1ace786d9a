"""Rules about the levels of headings."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK114", Severity.ERROR, since="0.1")
class LabelHeadingTooHigh(Rule):
    """A heading that is only a label begins a field only when it is deeper than the question's own heading.

    Fails:

        ## Q1. First change

        **Question:** What do you change first?

        ## Solution

        The learning rate.

    Instead:

        ## Q1. First change

        **Question:** What do you change first?

        ### Solution

        The learning rate.
    """

    written: str

    def message(self) -> str:
        return f"the heading `{self.written}` is not below a question's heading"

    def help(self) -> str:
        return "give it more `#` than the question has, or write the label in bold"


@rule("PK115", Severity.ERROR, since="0.1")
class NestedQuestion(Rule):
    """A question's heading inside a question: one of the two levels is a slip.

    Fails:

        ## Q1. First

        **Solution:** One.

        ### Q2. Second

        **Solution:** Two.

    Instead:

        ## Q1. First

        **Solution:** One.

        ## Q2. Second

        **Solution:** Two.
    """

    id: str

    def message(self) -> str:
        return f"`{self.id}` is a question inside another question"

    def help(self) -> str:
        return "give both headings the same number of `#`"


@rule("PK130", Severity.ERROR, since="0.1")
class QuestionTooHigh(Rule):
    """The one `#` belongs to the pack's title. A question's heading has two to six, as a section's has.

    Fails:

        # Learning Rates

        # Q1. When the loss is `nan`, what do you change first?

        **Solution:** The learning rate.

    Instead:

        # Learning Rates

        ## Q1. When the loss is `nan`, what do you change first?

        **Solution:** The learning rate.
    """

    id: str

    def message(self) -> str:
        return f"the heading of question {self.id} is on the level of the pack's title"

    def help(self) -> str:
        return "begin it with `##`"


@rule("PK131", Severity.WARNING, since="0.1")
class TitleAsks(Rule):
    """Learners see a title only with the answer, since titles give answers away. What it asks is not asked
    where the text below shows only code, an image or a list.

    Fails:

        ## Q1. What does this print?

            print(2 ** 3)

        **Solution:** 8

    Instead:

        ## Q1. Powers

        What does this print?

            print(2 ** 3)

        **Solution:** 8
    """

    id: str

    def message(self) -> str:
        return f"the title of {self.id} asks, but learners see it only with the answer"

    def help(self) -> str:
        return "ask in the text below it, or write `title_on_front: true` into the front matter"
