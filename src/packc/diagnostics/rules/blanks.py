"""PK3xx: numbers of keys, and the blanks of cloze texts."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK317", Severity.WARNING, since="0.1")
class BlankOutsideCloze(Rule):
    """Blanks exist only in a `Cloze` field. Anywhere else two braces are text, and learners would see them.

    Fails:

        ## Q1. The {{learning rate}} is the step size. Why does it matter?

        **Solution:** Large steps overshoot.

    Instead:

        ## Q1. The `{{learning rate}}` is the step size. Why does it matter?

        **Solution:** Large steps overshoot.
    """

    def message(self) -> str:
        return "`{{` stands outside a `Cloze` field, so it is text"

    def help(self) -> str:
        return (
            "begin the field with `**Cloze:**`; if the braces are meant as text, put them between backticks"
        )


@rule("PK318", Severity.ERROR, since="0.1")
class UnclosedBlank(Rule):
    """A blank that is never closed would show its answer as text.

    Fails:

        ## Q1. Fill in.

        **Cloze:** The step size is the {{learning rate.

    Instead:

        ## Q1. Fill in.

        **Cloze:** The step size is the {{learning rate}}.
    """

    def message(self) -> str:
        return "this blank is not closed before the next one, or before its text ends"

    def help(self) -> str:
        return "close it with `}}`; in a table, write `\\|` between the answers"


@rule("PK319", Severity.ERROR, since="0.1")
class EmptyBlank(Rule):
    """Every answer of a blank needs a text: nothing that a learner could type equals an empty one.

    Fails:

        ## Q1. Fill in.

        **Cloze:** The step size is the {{learning rate | }}.

    Instead:

        ## Q1. Fill in.

        **Cloze:** The step size is the {{learning rate}}.
    """

    def message(self) -> str:
        return "this blank has an empty answer"

    def help(self) -> str:
        return "write an answer between the braces, and on both sides of every `|`"


@rule("PK320", Severity.WARNING, since="0.1")
class BlankInCode(Rule):
    """Code, formulas and the descriptions of images are taken as they are; a blank in them is no blank.

    Fails:

        ## Q1. Fill in.

        **Cloze:** Call `fit({{rate}})` with the {{learning rate}}.

    Instead:

        ## Q1. Fill in.

        **Cloze:** Call `fit(`{{`rate`}}`)` with the {{learning rate}}.
    """

    where: str

    def message(self) -> str:
        return f"`{{{{` stands in {self.where}, where no blank can be"

    def help(self) -> str:
        return "end it before the blank and begin it again behind"


@rule("PK321", Severity.ERROR, since="0.1")
class BadBlank(Rule):
    """A blank must be read in one way only: every entry of a list has a box, and a number of Anki's is in range.

    Fails:

        ## Q1. Fill in.

        **Cloze:** Speed is measured in {{[x] m/s | kg}}.

    Instead:

        ## Q1. Fill in.

        **Cloze:** Speed is measured in {{[x] m/s | [ ] kg}}.
    """

    why: str

    def message(self) -> str:
        return f"this blank cannot be read: {self.why}"
