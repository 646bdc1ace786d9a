"""PK010 to PK022: the front matter, and YAML in general. PK016 is retired: a code never gets a new meaning."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK010", Severity.ERROR, since="0.1")
class BrokenYaml(Rule):
    """The front matter or the project file is not YAML that can be read.

    Fails (front matter):

        id: curves
        namespace: example
        tags: [loss, curves

    Instead:

        id: curves
        namespace: example
        tags: [loss, curves]
    """

    what: str

    def message(self) -> str:
        return f"broken YAML: {self.what}"


@rule("PK011", Severity.ERROR, since="0.1")
class ForbiddenYaml(Rule):
    """Anchors, aliases and tags are refused: a few lines of them can stand for gigabytes, and nobody needs them here.

    Fails (front matter):

        id: curves
        namespace: example
        title: &loss Loss curves

    Instead:

        id: curves
        namespace: example
        title: Loss curves
    """

    what: str

    def message(self) -> str:
        return f"{self.what} are not allowed in YAML that packc reads"

    def help(self) -> str:
        return "write the value out; quote it if it is meant as text"


@rule("PK012", Severity.ERROR, since="0.1")
class DuplicateKey(Rule):
    """Of two equal keys one would silently win.

    Fails (front matter):

        id: curves
        namespace: example
        id: losses

    Instead:

        id: curves
        namespace: example
    """

    key: str

    def message(self) -> str:
        return f"the key `{self.key}` is given twice"

    def help(self) -> str:
        return "keep one of the two"


@rule("PK013", Severity.ERROR, since="0.1")
class YamlTooLarge(Rule):
    """The front matter is limited in size and depth before it is parsed.

    Fails (front matter):

        id: curves
        namespace: example
        notes: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Instead:

        id: curves
        namespace: example
        notes: []
    """

    what: str
    limit: int

    def message(self) -> str:
        return f"this YAML is over the limit of {self.limit:,} {self.what}"


@rule("PK014", Severity.WARNING, since="0.1")
class SimilarKey(Rule):
    """A key that is nearly one of ours is most likely a slip; a quite different one is left to other tools.

    Fails (front matter):

        id: curves
        namespace: example
        tilte: Loss curves

    Instead:

        id: curves
        namespace: example
        title: Loss curves
    """

    key: str
    near: str

    def message(self) -> str:
        return f"unknown front-matter key `{self.key}`"

    def help(self) -> str:
        return f"did you mean `{self.near}`?"


@rule("PK015", Severity.ERROR, since="0.1")
class WrongValue(Rule):
    """A key of ours holds something it cannot hold.

    Fails (front matter):

        id: curves
        namespace: example
        title: [Loss, curves]

    Instead:

        id: curves
        namespace: example
        title: Loss, curves
    """

    key: str
    wanted: str

    def message(self) -> str:
        return f"`{self.key}` must be {self.wanted}"


@rule("PK017", Severity.ERROR, since="0.1")
class UnquotedColon(Rule):
    """In YAML a colon and a space inside a plain value begin a mapping.

    Fails (front matter):

        id: curves
        namespace: example
        title: Curves: what they tell

    Instead:

        id: curves
        namespace: example
        title: "Curves: what they tell"
    """

    def message(self) -> str:
        return "a colon inside this value needs quotes around the value"

    def help(self) -> str:
        return 'write it as  key: "the value: with a colon"'


@rule("PK018", Severity.WARNING, since="0.1")
class NoPackId(Rule):
    """Without `id:` the file's name is the pack's identity, and renaming the file gives every learner new notes.

    Fails (front matter):

        namespace: example

    Instead:

        id: curves
        namespace: example
    """

    used: str

    def message(self) -> str:
        return f"this pack has no `id:`; the file's name serves as `{self.used}`"

    def help(self) -> str:
        return f"add front matter with `id: {self.used}`"


@rule("PK019", Severity.ERROR, since="0.1")
class BadId(Rule):
    """An id is a letter, then letters, digits, `.`, `_` or `-`, at most 64 characters: it must survive every target.

    Fails (front matter):

        id: loss curves
        namespace: example

    Instead:

        id: loss-curves
        namespace: example
    """

    written: str
    proposal: str

    def message(self) -> str:
        return f"`{self.written}` cannot be an id"

    def label(self) -> str:
        return "a letter first, then letters, digits, `.`, `_`, `-`; at most 64 characters"

    def help(self) -> str:
        return f"write `{self.proposal}`"


@rule("PK020", Severity.ERROR, since="0.1")
class UnclosedFrontMatter(Rule):
    """Front matter begins with `---` on the first line and must end with another `---`.

    Fails:

        ---
        id: curves
        namespace: example

        ## Q1. Why?

        **Solution:** So.

    Instead:

        ---
        id: curves
        namespace: example
        ---

        ## Q1. Why?

        **Solution:** So.
    """

    def message(self) -> str:
        return "the front matter is never closed"

    def help(self) -> str:
        return "write `---` on a line of its own below the last key"


@rule("PK021", Severity.WARNING, since="0.1")
class TitleDiffers(Rule):
    """The front matter's `title:` wins over the first heading, whose words then appear nowhere.

    Fails:

        ---
        id: curves
        namespace: example
        title: Loss curves
        ---

        # Curves

        ## Q1. Why?

        **Solution:** So.

    Instead:

        ---
        id: curves
        namespace: example
        ---

        # Loss curves

        ## Q1. Why?

        **Solution:** So.
    """

    title: str

    def message(self) -> str:
        return f"this heading differs from the front matter's title, which is used: {self.title}"

    def help(self) -> str:
        return "make them equal, or remove `title:`"


@rule("PK022", Severity.ERROR, since="0.1")
class InputNeedsId(Rule):
    """Standard input has no file name that could serve as the pack's id.

    Fails (command):

        packc check - < no-id.md

    Instead:

        packc check - < intro.md
    """

    def message(self) -> str:
        return "a pack from standard input needs an `id:`"

    def help(self) -> str:
        return "begin it with front matter that holds `id: my-pack`"
