"""PK00x: the file itself."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK001", Severity.ERROR, since="0.1")
class NotUtf8(Rule):
    """A source is UTF-8 text. Other encodings cannot be told apart safely, so none is guessed.

    Fails (command):

        packc check latin1.md

    Instead:

        iconv -f latin1 -t utf-8 latin1.md > intro.md
        packc check intro.md
    """

    detail: str

    def message(self) -> str:
        return f"this file is not UTF-8 text ({self.detail})"

    def label(self) -> str:
        return "the first byte that does not fit"

    def help(self) -> str:
        return "save it as UTF-8 in your editor"


@rule("PK002", Severity.ERROR, since="0.1")
class NulCharacter(Rule):
    r"""A NUL character ends texts in several targets (Moodle cuts the question there).

    Fails (command):

        packc check nul.md

    Instead:

        tr -d '\000' < nul.md > intro.md
        packc check intro.md
    """

    def message(self) -> str:
        return "this file holds a NUL character, so it is probably not text"

    def help(self) -> str:
        return "remove the character, or check that this is the right file"


@rule("PK003", Severity.ERROR, since="0.1")
class ControlCharacter(Rule):
    r"""XML 1.0 has no place for this character, so neither QTI nor the handout could carry it.

    Fails (command):

        packc check bell.md

    Instead:

        tr -d '\007' < bell.md > intro.md
        packc check intro.md
    """

    character: str

    def message(self) -> str:
        return f"the control character {self.character} cannot stand in any target"

    def help(self) -> str:
        return "remove it"


@rule("PK004", Severity.ERROR, since="0.1")
class EmptyFile(Rule):
    """A pack without a single character is a file that somebody forgot to fill or to remove.

    Fails (command):

        touch new.md
        packc check new.md

    Instead:

        cp intro.md new.md
        packc check new.md
    """

    def message(self) -> str:
        return "this file is empty"

    def help(self) -> str:
        return "write a pack into it, or remove the file"


@rule("PK005", Severity.ERROR, since="0.1")
class FileTooLarge(Rule):
    """A file over the limit is refused before it is read, so that no build runs out of memory.

    No example: such a file would have to be larger than this page can show.
    """

    size: int
    limit: int

    def message(self) -> str:
        return f"this file has {self.size:,} bytes; the limit is {self.limit:,}"

    def help(self) -> str:
        return "split the pack into several files"


@rule("PK006", Severity.ERROR, since="0.1")
class LineTooLong(Rule):
    """No person writes such a line; it is nearly always data pasted by mistake.

    No example: such a line would have to be longer than this page can show.
    """

    length: int
    limit: int

    def message(self) -> str:
        return f"this line has {self.length:,} characters; the limit is {self.limit:,}"

    def help(self) -> str:
        return "break the line, or move the data into a file of its own"


@rule("PK007", Severity.ERROR, since="0.1")
class TooDeep(Rule):
    """Lists and quotes inside each other beyond the limit cannot be shown by any target.

    Fails:

        ## Q1. Deep

        >>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> Why?

        **Solution:** So.

    Instead:

        ## Q1. Deep

        > Why?

        **Solution:** So.
    """

    limit: int

    def message(self) -> str:
        return f"lists and quotes are nested more than {self.limit} deep here"

    def help(self) -> str:
        return "check the indentation, or flatten the text"


@rule("PK008", Severity.ERROR, since="0.1")
class UnclosedFence(Rule):
    """A code fence without its end swallows every question below it.

    Fails:

        ## Q1. Print

        **Solution:** This way:

        ```python
        print(1)

    Instead:

        ## Q1. Print

        **Solution:** This way:

        ```python
        print(1)
        ```
    """

    fence: str

    def message(self) -> str:
        return "this code fence is never closed"

    def label(self) -> str:
        return "everything from here on would be code"

    def help(self) -> str:
        return f"write `{self.fence}` on a line of its own after the code"
