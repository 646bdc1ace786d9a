"""PK7xx: what an import could not recover, or would not overwrite."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK701", Severity.ERROR, since="0.1")
class UnknownSource(Rule):
    """An import guesses the format from what stands in the file; here nothing tells.

    A pasted page needs headings with ids, such as `QD01. Title¶`, and labels such as `Question:` below them.

    Fails (command):

        echo "Buy milk." > note.txt
        packc import note.txt

    Instead:

        packc import page.txt
    """

    formats: str

    def message(self) -> str:
        return "this is no format that packc imports"

    def help(self) -> str:
        return f"the formats are {self.formats}; `--from` names one"


@rule("PK702", Severity.ERROR, since="0.1")
class NoQuestions(Rule):
    """A page without a question makes no pack. Perhaps its ids were lost when it was copied.

    Fails (command):

        sed 's/^Q1. //' page.txt > other.txt
        packc import --from academy other.txt

    Instead:

        packc import --from academy page.txt
    """

    def message(self) -> str:
        return "no question was found on this page"

    def help(self) -> str:
        return "a question begins with a line such as `Q1. Title¶`"


@rule("PK703", Severity.WARNING, since="0.1")
class LinkTargetLost(Rule):
    r"""A page that is pasted as text loses where its links lead. This looks like one; its words are kept.

    Fails (command):

        printf 'What To Do After This Pack¶\n- next: Checkpoints\n' >> page.txt
        packc import page.txt

    Instead:

        printf '\n## What to do after this pack\n\n- next: [Checkpoints](checkpoints.md)\n' >> intro.md
        packc import intro.md
    """

    text: str

    def message(self) -> str:
        return f"`{self.text}` looks like a link; where it leads is lost"

    def help(self) -> str:
        return "put the link back: `[text](target)`"


@rule("PK704", Severity.NOTE, since="0.1")
class SectionGuessed(Rule):
    r"""A paste has lost the levels of headings, so whether questions belong to a section above them is a guess.

    A heading right above a question is taken for a chapter of the questions below it. One that has a text
    of its own is taken for a section beside them.

    Fails (command):

        printf 'Part two¶\nQ2. Next change¶\nQuestion: And then?\nSolution: Nothing.\n' >> page.txt
        packc import page.txt

    Instead:

        packc import page.txt
    """

    title: str

    def message(self) -> str:
        return f"whether the questions below `{self.title}` belong to it is lost"

    def help(self) -> str:
        return "look at the levels of the headings in the new file"


@rule("PK705", Severity.WARNING, since="0.1")
class LooksLikeMarkup(Rule):
    """A browser shows formatting, not its marks, so a mark in pasted text is kept as the characters it is.

    Fails (command):

        sed 's/learning rate/`lr`/' page.txt > other.txt
        packc import other.txt

    Instead:

        packc import page.txt
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` looks like markup; it is kept as text"

    def help(self) -> str:
        return "if it is meant as markup, remove the backslashes before it in the new file"


@rule("PK706", Severity.WARNING, since="0.1")
class FieldContinued(Rule):
    r"""A label that comes twice in one question. The text of both is kept in one field, in this order.

    Fails (command):

        printf 'Solution: Make it smaller.\n' >> page.txt
        packc import page.txt

    Instead:

        printf 'Make it smaller.\n' >> page.txt
        packc import page.txt
    """

    label_written: str

    def message(self) -> str:
        return f"`{self.label_written}` comes a second time in this question; its text was added to the first"

    def help(self) -> str:
        return "see whether a heading between the two was lost"


@rule("PK707", Severity.NOTE, since="0.1")
class SecondPage(Rule):
    """Several pages pasted into one file are told apart where an id comes again.

    Fails (command):

        sed 's/^Steps/Curves/' page.txt > other.txt
        cat page.txt other.txt > both.txt
        packc import both.txt

    Instead:

        sed 's/^Steps/Curves/' page.txt > other.txt
        packc import page.txt other.txt
    """

    title: str

    def message(self) -> str:
        return f"a second page begins here, because an id comes again: `{self.title}`"


@rule("PK708", Severity.ERROR, since="0.1")
class FileInTheWay(Rule):
    """An import never overwrites a file that says something else: somebody may have worked on it.

    Fails (command):

        packc import page.txt
        echo "More." >> content/steps.md
        packc import page.txt

    Instead:

        packc import page.txt
        echo "More." >> content/steps.md
        packc import --force page.txt
    """

    path: str

    def message(self) -> str:
        return f"`{self.path}` is there already and holds something else"

    def help(self) -> str:
        return "move it away, write elsewhere with `--out`, or overwrite it with `--force`"


@rule("PK709", Severity.WARNING, since="0.1")
class ImageLeftBehind(Rule):
    r"""An import writes text. An image stays where it was, so its path no longer leads there.

    Fails (command):

        printf '\n![a curve](figure.png)\n' >> intro.md
        packc import intro.md

    Instead:

        packc import intro.md
    """

    path: str

    def message(self) -> str:
        return f"the image `{self.path}` is not copied"

    def help(self) -> str:
        return "put it beside the new file"


@rule("PK710", Severity.NOTE, since="0.1")
class IdDistinguished(Rule):
    """Two pages of one title would get one id. The second is called after its file, too.

    Fails (command):

        cp page.txt other.txt
        packc import page.txt other.txt

    Instead:

        sed 's/^Steps/Curves/' page.txt > other.txt
        packc import page.txt other.txt
    """

    id: str
    instead: str

    def message(self) -> str:
        return f"the id `{self.id}` is taken by another page; this one is called `{self.instead}`"

    def help(self) -> str:
        return "give the new pack an id of your own before anybody learns with it"


@rule("PK711", Severity.ERROR, since="0.1")
class NotFaithful(Rule):
    """What is written is read again and compared before it reaches the disk; here the two differ.

    No example: this is a fault of packc, and none is known.
    """

    id: str

    def message(self) -> str:
        return f"`{self.id}` would not read back as it was; nothing is written for it"

    def help(self) -> str:
        return "please report this with the file"


@rule("PK712", Severity.WARNING, since="0.1")
class QuestionWithoutFields(Rule):
    r"""A heading with an id, but no label below it, or none with a text. It is kept as a section.

    Fails (command):

        printf 'Q2. Next change¶\nTo be written.\n' >> page.txt
        packc import page.txt

    Instead:

        printf 'Q2. Next change¶\nQuestion: And then?\nSolution: Nothing.\n' >> page.txt
        packc import page.txt
    """

    id: str

    def message(self) -> str:
        return f"`{self.id}` looks like a question, but nothing below it asks or answers"

    def help(self) -> str:
        return "give it a `**Question:**` and a `**Solution:**` in the new file"


@rule("PK713", Severity.WARNING, since="0.1")
class NotTakenOver(Rule):
    r"""A pack holds questions and texts. A comment in the source, or another program's key, has no place there.

    Fails (command):

        printf '\n<!-- to be checked -->\n' >> intro.md
        packc import intro.md

    Instead:

        packc import intro.md
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is not taken over"

    def help(self) -> str:
        return "`packc fmt` keeps such things where they stand"
