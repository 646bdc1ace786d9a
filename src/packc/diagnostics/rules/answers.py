"""PK2xx: what makes a question answerable."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK201", Severity.ERROR, since="0.1")
class NoCorrectChoice(Rule):
    """A choice question needs at least one right choice: without a key nothing can be graded.

    Fails:

        ## Q1. What do you change first?

        - [ ] The learning rate
        - [ ] The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    id: str
    count: int

    def message(self) -> str:
        return f"question {self.id} marks no choice as correct"

    def label(self) -> str:
        return (
            f"none of these {self.count} choices is `[x]`" if self.count > 1 else "this choice is not `[x]`"
        )

    def help(self) -> str:
        return "write `- [x]` before the right choice"


@rule("PK202", Severity.ERROR, since="0.1")
class OneChoice(Rule):
    """One choice is no choice; Moodle's GIFT import stops at such a question and loses the rest of the file.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    id: str

    def message(self) -> str:
        return f"question {self.id} has only one choice"

    def help(self) -> str:
        return "add distractors, or write the question as an open one with `**Solution:**`"


@rule("PK203", Severity.ERROR, since="0.1")
class MissingBox(Rule):
    """In a list of choices every item has a box: an item without one might be right or wrong.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - The batch size

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    def message(self) -> str:
        return "this item has no box, but others in the list have one"

    def help(self) -> str:
        return "begin it with `[x]` or `[ ]`, or indent it under the choice above"


@rule("PK247", Severity.ERROR, since="0.1")
class ListRunsOn(Rule):
    """Two lists with the same marks are one list, unless some text stands between them.

    So these items of the prompt would be choices without a box.

    Fails:

        ## Q1. Which change comes first?

        The run shows two symptoms:

        - the loss swings
        - the gradients grow

        - [x] a lower learning rate
        - [ ] a larger batch

    Instead:

        ## Q1. Which change comes first?

        The run shows two symptoms:

        * the loss swings
        * the gradients grow

        - [x] a lower learning rate
        - [ ] a larger batch
    """

    def message(self) -> str:
        return "these items and the choices below them are one list"

    def help(self) -> str:
        return "begin these with `*`, or write `**Choices:**` above the choices"


@rule("PK204", Severity.ERROR, since="0.1")
class SplitChoices(Rule):
    """Text, code or an image between two task lists: it is unclear whether it belongs to the choice above.

    Fails:

        ## Q1. What do you change first?

        - [x] This number:

        ```python
        rate = 0.1
        ```

        - [ ] The batch size
        - [ ] The number of epochs

    Instead:

        ## Q1. What do you change first?

        - [x] This number:

          ```python
          rate = 0.1
          ```

        - [ ] The batch size
        - [ ] The number of epochs
    """

    count: int
    apart: str  # '' where nothing stands between the lists

    def message(self) -> str:
        return f"the choices of this question stand in {self.count} lists"

    def help(self) -> str:
        if not self.apart:
            return "begin every choice with the same mark: `-`"
        return "indent what stands between the lists under the choice above it"


@rule("PK205", Severity.WARNING, since="0.1")
class TextAfterChoices(Rule):
    """A prompt is shown before what is answered, so text after choices, pairs or an order moves up.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        It is the cheapest thing to try.

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        **Why it matters:** It is the cheapest thing to try.
    """

    def message(self) -> str:
        return "this text stands after what is to be answered, but is shown before it"

    def help(self) -> str:
        return "move it up, or begin it with a label such as `**Solution:**`"


@rule("PK206", Severity.ERROR, since="0.1")
class EmptyChoice(Rule):
    """A choice without text cannot be chosen knowingly.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
        - [ ]

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    def message(self) -> str:
        return "this choice is empty"

    def help(self) -> str:
        return "write its text after the box"


@rule("PK207", Severity.ERROR, since="0.1")
class SameChoice(Rule):
    """Two choices with the same text: a learner cannot tell them apart, and one may be right, one wrong.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The learning rate

    Instead:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size
    """

    def message(self) -> str:
        return "this choice has the same text as an earlier one"

    def help(self) -> str:
        return "change or remove one of the two"


@rule("PK210", Severity.ERROR, since="0.1")
class NoChoices(Rule):
    """`Choices` holds a task list; without boxes there is nothing to choose and no key.

    Fails:

        ## Q1. What do you change first?

        **Choices:**

        - The learning rate
        - The batch size

        **Solution:** The learning rate.

    Instead:

        ## Q1. What do you change first?

        **Choices:**

        - [x] The learning rate
        - [ ] The batch size

        **Solution:** The learning rate.
    """

    def message(self) -> str:
        return "there is no task list under this label"

    def help(self) -> str:
        return "write each choice as `- [ ] text`, the right ones as `- [x] text`"
