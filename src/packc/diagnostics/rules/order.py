"""PK2xx: what is put in order or filled in."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK236", Severity.ERROR, since="0.1")
class NoNumberedList(Rule):
    """`Order` holds a numbered list, in the right order.

    Fails:

        ## Q1. In which order?

        **Order:**

        - forward
        - backward

    Instead:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward
    """

    def message(self) -> str:
        return "there is no numbered list under this label"

    def help(self) -> str:
        return "write `1. first`, `2. second` and so on"


@rule("PK237", Severity.ERROR, since="0.1")
class WrongNumber(Rule):
    """The numbers of the list are the key. Markdown renumbers them in silence, so they are read from the source.

    Fails:

        ## Q1. In which order?

        **Order:**

        1. forward
        3. update
        2. backward

    Instead:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward
        3. update
    """

    found: int
    wanted: int

    def message(self) -> str:
        return f"this item has the number {self.found}, where {self.wanted} follows"

    def help(self) -> str:
        return "put the items in the right order and number them one by one"


@rule("PK238", Severity.ERROR, since="0.1")
class TooFewItems(Rule):
    """A single item is always in order.

    Fails:

        ## Q1. In which order?

        **Order:**

        1. forward

    Instead:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward
    """

    def message(self) -> str:
        return "there are not two items to put in order"

    def help(self) -> str:
        return "write two items or more"


@rule("PK239", Severity.ERROR, since="0.1")
class SameItem(Rule):
    """Two items are the same, so that there are two right orders.

    Fails:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward
        3. forward

    Instead:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward
        3. update
    """

    def message(self) -> str:
        return "this item is the same as an earlier one"

    def help(self) -> str:
        return "change one of the two"


@rule("PK240", Severity.ERROR, since="0.1")
class NoBlank(Rule):
    """A cloze text without a blank leaves nothing to fill in.

    Fails:

        ## Q1

        **Cloze:** Change the learning rate first.

    Instead:

        ## Q1

        **Cloze:** Change the {{learning rate}} first.
    """

    def message(self) -> str:
        return "this cloze text has no blank"

    def help(self) -> str:
        return "put two braces around what is to be filled in: `{{learning rate}}`"


@rule("PK241", Severity.ERROR, since="0.1")
class NoRightEntry(Rule):
    """A drop-down blank has at least two entries, and one of them is right.

    Fails:

        ## Q1

        **Cloze:** Change the {{[ ] learning rate | [ ] batch size}} first.

    Instead:

        ## Q1

        **Cloze:** Change the {{[x] learning rate | [ ] batch size}} first.
    """

    count: int
    right: int

    def message(self) -> str:
        return (
            f"{self.right} of the {self.count} entries of this list are right"
            if self.right != 1
            else "this list has only one entry"
        )

    def help(self) -> str:
        if self.count == 1:
            return "add wrong entries: `{{[x] right | [ ] wrong}}`"
        return "mark one entry as right: `{{[x] right | [ ] wrong}}`"


@rule("PK245", Severity.ERROR, since="0.1")
class SecondKeyBlock(Rule):
    """One table or numbered list is the key. A second one would have to vanish.

    Fails:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward

        and then

        1. update

    Instead:

        ## Q1. In which order?

        **Order:**

        1. forward
        2. backward
        3. update
    """

    def message(self) -> str:
        return "this is a second one under this label"

    def help(self) -> str:
        return "join the two"
