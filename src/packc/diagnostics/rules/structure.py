"""PK1xx: headings, fields and what a question must have."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK101", Severity.ERROR, since="0.1")
class DuplicateQuestionId(Rule):
    """Two questions of one pack with one id would overwrite each other in every learner's collection.

    Ids that differ only in upper and lower case count as equal.
    """

    id: str

    def message(self) -> str:
        return f"the id `{self.id}` is used twice in this pack"

    def help(self) -> str:
        return "give the newer of the two questions an id of its own"


@rule("PK102", Severity.ERROR, since="0.1")
class NoPrompt(Rule):
    """A question must ask something: a card with an empty front is never shown."""

    id: str

    def message(self) -> str:
        return f"question {self.id} asks nothing"

    def help(self) -> str:
        return "write the question below the heading, or after `**Question:**`"


@rule("PK103", Severity.ERROR, since="0.1")
class NoSolution(Rule):
    """An open question needs a model answer: without one there is nothing to learn from the back of a card."""

    id: str

    def message(self) -> str:
        return f"open question {self.id} has no solution"

    def help(self) -> str:
        return "add `**Solution:**` with the model answer, or a task list if it is a choice question"


@rule("PK104", Severity.ERROR, since="0.1")
class QuestionWithoutId(Rule):
    """What is written like a question but has no id would be lost or, worse, get an id that changes later."""

    def message(self) -> str:
        return "this looks like a question, but its heading has no id"

    def help(self) -> str:
        return "begin the heading with an id, as in `## Q01. A short title`"


@rule("PK105", Severity.ERROR, since="0.1")
class RequiredFieldMissing(Rule):
    """The pack or the project asks for this field on every question."""

    id: str
    field: str
    label_: str

    def message(self) -> str:
        return f"question {self.id} has no `{self.field}`, which is required here"

    def help(self) -> str:
        return f"add `**{self.label_}:**` to the question, or take `{self.field}` off `required:`"


@rule("PK106", Severity.ERROR, since="0.1")
class IdWithoutFields(Rule):
    """A heading that begins like the other questions' ids, but nothing below it is a question or a solution."""

    id: str

    def message(self) -> str:
        return f"`{self.id}` looks like a question, but has neither a labelled field nor a task list"

    def help(self) -> str:
        return "add `**Question:**` and `**Solution:**`, or rename the heading"


@rule("PK107", Severity.WARNING, since="0.1")
class UnknownLabel(Rule):
    """A bold word with a colon at the start of a paragraph is how fields begin; this one is no field we know.

    Its text stays where it stands.
    """

    written: str
    near: str

    def message(self) -> str:
        return f"`{self.written}` is no field that packc knows; its text stays where it stands"

    def help(self) -> str:
        return f"did you mean `**{self.near}:**`?" if self.near else ""


@rule("PK108", Severity.WARNING, since="0.1")
class NoSpaceAfterLabel(Rule):
    """Without a space after the label a Markdown page shows the asterisks."""

    def message(self) -> str:
        return "a space is missing after this label"

    def help(self) -> str:
        return "put a space after `:**`"


@rule("PK109", Severity.ERROR, since="0.1")
class OddLabel(Rule):
    """A known label in another dress would end up in the text of the field before, perhaps on a card's front."""

    written: str
    right: str

    def message(self) -> str:
        return f"the label `{self.written}` is not written as a label"

    def help(self) -> str:
        return f"write `**{self.right}:**` and the text after it"


@rule("PK110", Severity.WARNING, since="0.1")
class PlainLabel(Rule):
    """Where some labels are bold, a plain one is taken for text: it might be a sentence."""

    written: str

    def message(self) -> str:
        return f"`{self.written}` is taken for text, because other labels in this pack are bold"

    def help(self) -> str:
        return f"write `**{self.written}**` if it is meant as a label"


@rule("PK111", Severity.ERROR, since="0.1")
class FieldTwice(Rule):
    """Two fields of one kind: one of them would have to vanish."""

    field: str

    def message(self) -> str:
        return f"this question has a second `{self.field}`"

    def help(self) -> str:
        return "join the two"


@rule("PK112", Severity.WARNING, since="0.1")
class EmptyField(Rule):
    """A label with nothing after it is usually a text that was forgotten."""

    field: str

    def message(self) -> str:
        return f"`{self.field}` is empty"

    def help(self) -> str:
        return "write its text, or remove the label"


@rule("PK113", Severity.ERROR, since="0.1")
class TextAfterDivider(Rule):
    """A `---` ends the question above it, so text below it, up to the next heading, belongs to nothing."""

    def message(self) -> str:
        return "this text stands between a `---` and the next heading, so it belongs to no question"

    def help(self) -> str:
        return "remove the `---`, or put a heading above the text"


@rule("PK114", Severity.ERROR, since="0.1")
class LabelHeadingTooHigh(Rule):
    """A heading that is only a label begins a field only when it is deeper than the question's own heading."""

    written: str

    def message(self) -> str:
        return f"the heading `{self.written}` is not below a question's heading"

    def help(self) -> str:
        return "give it more `#` than the question has, or write the label in bold"


@rule("PK115", Severity.ERROR, since="0.1")
class NestedQuestion(Rule):
    """A question's heading inside a question: one of the two levels is a slip."""

    id: str

    def message(self) -> str:
        return f"`{self.id}` is a question inside another question"

    def help(self) -> str:
        return "give both headings the same number of `#`"


@rule("PK116", Severity.ERROR, since="0.1")
class UnderlinedText(Rule):
    """A line of `---` or `===` right under text makes that text a heading, which is seldom meant in a question."""

    def message(self) -> str:
        return "the line below makes this text a heading"

    def help(self) -> str:
        return "put a blank line above the `---`, or write the heading with `#`"


@rule("PK117", Severity.ERROR, since="0.1")
class FieldNotReadYet(Rule):
    """The format knows this field, this version of packc does not. Dropping it in silence would be worse."""

    field: str

    def message(self) -> str:
        return (
            f"the field `{self.field}` is part of the format, but this version of packc does not read it yet"
        )

    def help(self) -> str:
        return "remove the field for now"


@rule("PK118", Severity.WARNING, since="0.1")
class NoQuestions(Rule):
    """A pack without questions builds to empty decks."""

    def message(self) -> str:
        return "this pack has no questions"

    def help(self) -> str:
        return "a question is a heading such as `## Q01. Title` with `**Question:**` and `**Solution:**` below it"


@rule("PK119", Severity.ERROR, since="0.1")
class QuestionTooLarge(Rule):
    """No learner reads such a text; it is nearly always data pasted by mistake."""

    size: int
    limit: int

    def message(self) -> str:
        return f"the text below this heading has {self.size:,} characters; the limit is {self.limit:,}"

    def help(self) -> str:
        return "split it, or move data into a file of its own"


@rule("PK120", Severity.NOTE, since="0.1")
class AnswerIsSolution(Rule):
    """`Answer` with prose is the solution of an open question; as a key it is one short line."""

    def message(self) -> str:
        return "this answer is prose, so it is read as the solution"

    def help(self) -> str:
        return "write `**Solution:**` to say so yourself"


@rule("PK121", Severity.WARNING, since="0.1")
class IndentedLabel(Rule):
    """A label counts only at the start of a line, outside lists and quotes."""

    written: str

    def message(self) -> str:
        return f"`{self.written}` stands inside a list or quote, so it is text and begins no field"

    def help(self) -> str:
        return "move it to the start of a line if it is meant as a label"
