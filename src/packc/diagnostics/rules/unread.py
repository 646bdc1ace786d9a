"""PK3xx: what other programs read in Markdown and packc does not. It is named, and kept where it is text."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK312", Severity.WARNING, since="0.1")
class UnknownCallout(Rule):
    """A callout has one of five tones; a type that packc does not know is shown as a note.

    Fails:

        ## Q1. The first change

        What do you change first?

        > [!WISDOM]
        > Change one thing at a time.

        **Solution:** The learning rate.

    Instead:

        ## Q1. The first change

        What do you change first?

        > [!TIP]
        > Change one thing at a time.

        **Solution:** The learning rate.
    """

    type: str

    def message(self) -> str:
        return f"`{self.type}` is no type of callout; it is shown as a note"

    def help(self) -> str:
        return "use note, tip, important, warning or caution"


@rule("PK313", Severity.WARNING, since="0.1")
class NoSummary(Rule):
    """What folds needs a title to be opened by; without one it is shown unfolded.

    Fails:

        ## Q1. The first change

        What do you change first?

        <details>

        Change one thing at a time.

        </details>

        **Solution:** The learning rate.

    Instead:

        ## Q1. The first change

        What do you change first?

        <details><summary>A tip</summary>

        Change one thing at a time.

        </details>

        **Solution:** The learning rate.
    """

    def message(self) -> str:
        return "`<details>` has no title, so it is shown unfolded"

    def help(self) -> str:
        return "write `<details><summary>Title</summary>`"


@rule("PK314", Severity.WARNING, since="0.1")
class UnreadAttributes(Rule):
    """Attributes in braces style the pages of a site generator. Of them packc reads the size of an image.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The **learning rate**{.red}.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The **learning rate**.
    """

    written: str

    def message(self) -> str:
        return f"the attributes `{self.written}` are not read, and left out"


@rule("PK315", Severity.WARNING, since="0.1")
class BadImageSize(Rule):
    """The size of an image is a whole number of pixels, or a part of the width that there is.

    Fails:

        ## Q1. A figure

        What does this figure show?

        ![A grey box](figure.png){width=3cm}

        **Solution:** A box.

    Instead:

        ## Q1. A figure

        What does this figure show?

        ![A grey box](figure.png){width=50%}

        **Solution:** A box.
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is no size that every target knows, so it is left out"

    def help(self) -> str:
        return "write `width=300` for pixels, or `width=50%`"


@rule("PK316", Severity.WARNING, since="0.1")
class UnreadInfo(Rule):
    """Of the first line of a block only the part that every target knows is read, such as the language of code.

    Fails:

        ## Q1. Output

        What does this print?

        ```python title="mean.py"
        print(1)
        ```

        **Solution:** 1

    Instead:

        ## Q1. Output

        What does this print?

        ```python
        print(1)
        ```

        **Solution:** 1
    """

    written: str
    where: str

    def message(self) -> str:
        return f"`{self.written}` {self.where} is not read, and left out"


@rule("PK323", Severity.WARNING, since="0.1")
class ForeignSyntax(Rule):
    """Syntax of other programs is kept as the text that it is, so learners would see its marks.

    Fails:

        ## Q1. What do you change first? :rocket:

        **Solution:** The learning rate, as [[Optimizers]] says.

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate, as *Optimizers* says.
    """

    what: str
    written: str

    def message(self) -> str:
        return f"`{self.written[:60]}` is {self.what}, which is kept as text"

    def help(self) -> str:
        return "write it in Markdown, or put it between backticks if it is meant as text"


@rule("PK324", Severity.WARNING, since="0.1")
class UnusedLinkDefinition(Rule):
    """The definition of a link is shown nowhere unless a link uses it.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        [course]: https://example.org/course

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate, see the [course].

        [course]: https://example.org/course
    """

    def message(self) -> str:
        return "no link uses this definition, so it is shown nowhere"

    def help(self) -> str:
        return "use it, or put a backslash before the bracket if it is meant as text"


@rule("PK325", Severity.WARNING, since="0.1")
class LinkDefinedTwice(Rule):
    """Of two definitions with one label the first counts, and the second leads nowhere.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate, see the [course].

        [course]: https://example.org/course
        [course]: https://example.org/other

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate, see the [course].

        [course]: https://example.org/course
    """

    def message(self) -> str:
        return "a link with this label is defined before, and that definition counts"


@rule("PK326", Severity.ERROR, since="0.1")
class ExtraCells(Rule):
    """A row with more cells than its table has columns would lose those at its end.

    Fails:

        ## Q1. Rows

        Which row is wrong?

        | rate | loss |
        |------|------|
        | 0.1  | 2.3  | 4.5 |

        **Solution:** The last.

    Instead:

        ## Q1. Rows

        Which row is wrong?

        | rate | loss | again |
        |------|------|-------|
        | 0.1  | 2.3  | 4.5   |

        **Solution:** The last.
    """

    columns: int

    def message(self) -> str:
        return f"this row goes on behind the last of its table's {self.columns} columns"

    def help(self) -> str:
        return "add a column to the table's head; a bar that is text is written `\\|`"


@rule("PK327", Severity.WARNING, since="0.1")
class RaggedTable(Rule):
    """The row of dashes that makes a table has as many cells as the head above it; else it is all text.

    Fails:

        ## Q1. Rows

        Which row is wrong?

        | rate | loss |
        |------|
        | 0.1  | 2.3  |

        **Solution:** The second.

    Instead:

        ## Q1. Rows

        Which row is wrong?

        | rate | loss |
        |------|------|
        | 0.1  | 2.3  |

        **Solution:** The last.
    """

    cells: int
    columns: int

    def message(self) -> str:
        return f"this is no table, because its head has {self.columns} cells and this row {self.cells}"

    def help(self) -> str:
        return "give both as many; a bar that is text is written `\\|`"
