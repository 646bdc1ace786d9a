"""PK0xx: the file itself and its front matter."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK001", Severity.ERROR, since="0.1")
class NotUtf8(Rule):
    """A source is UTF-8 text. Other encodings cannot be told apart safely, so none is guessed."""

    detail: str

    def message(self) -> str:
        return f"this file is not UTF-8 text ({self.detail})"

    def label(self) -> str:
        return "the first byte that does not fit"

    def help(self) -> str:
        return "save it as UTF-8 in your editor"


@rule("PK002", Severity.ERROR, since="0.1")
class NulCharacter(Rule):
    """A NUL character ends texts in several targets (Moodle cuts the question there)."""

    def message(self) -> str:
        return "this file holds a NUL character, so it is probably not text"

    def help(self) -> str:
        return "remove the character, or check that this is the right file"


@rule("PK003", Severity.ERROR, since="0.1")
class ControlCharacter(Rule):
    """XML 1.0 has no place for this character, so neither QTI nor the handout could carry it."""

    character: str

    def message(self) -> str:
        return f"the control character {self.character} cannot stand in any target"

    def help(self) -> str:
        return "remove it"


@rule("PK004", Severity.ERROR, since="0.1")
class EmptyFile(Rule):
    """A pack without a single character is a file that somebody forgot to fill or to remove."""

    def message(self) -> str:
        return "this file is empty"

    def help(self) -> str:
        return "write a pack into it, or remove the file"


@rule("PK005", Severity.ERROR, since="0.1")
class FileTooLarge(Rule):
    """A file over the limit is refused before it is read, so that no build runs out of memory."""

    size: int
    limit: int

    def message(self) -> str:
        return f"this file has {self.size:,} bytes; the limit is {self.limit:,}"

    def help(self) -> str:
        return "split the pack into several files"


@rule("PK006", Severity.ERROR, since="0.1")
class LineTooLong(Rule):
    """No person writes such a line; it is nearly always data pasted by mistake."""

    length: int
    limit: int

    def message(self) -> str:
        return f"this line has {self.length:,} characters; the limit is {self.limit:,}"

    def help(self) -> str:
        return "break the line, or move the data into a file of its own"


@rule("PK007", Severity.ERROR, since="0.1")
class TooDeep(Rule):
    """Lists and quotes inside each other beyond the limit cannot be shown by any target."""

    limit: int

    def message(self) -> str:
        return f"lists and quotes are nested more than {self.limit} deep here"

    def help(self) -> str:
        return "check the indentation, or flatten the text"


@rule("PK008", Severity.ERROR, since="0.1")
class UnclosedFence(Rule):
    """A code fence without its end swallows every question below it."""

    fence: str

    def message(self) -> str:
        return "this code fence is never closed"

    def label(self) -> str:
        return "everything from here on would be code"

    def help(self) -> str:
        return f"write `{self.fence}` on a line of its own after the code"


@rule("PK010", Severity.ERROR, since="0.1")
class BrokenYaml(Rule):
    """The front matter or the project file is not YAML that can be read."""

    what: str

    def message(self) -> str:
        return f"broken YAML: {self.what}"


@rule("PK011", Severity.ERROR, since="0.1")
class ForbiddenYaml(Rule):
    """Anchors, aliases and tags are refused: a few lines of them can stand for gigabytes, and nobody needs them here."""

    what: str

    def message(self) -> str:
        return f"{self.what} are not allowed in YAML that packc reads"

    def help(self) -> str:
        return "write the value out; quote it if it is meant as text"


@rule("PK012", Severity.ERROR, since="0.1")
class DuplicateKey(Rule):
    """Of two equal keys one would silently win."""

    key: str

    def message(self) -> str:
        return f"the key `{self.key}` is given twice"

    def help(self) -> str:
        return "keep one of the two"


@rule("PK013", Severity.ERROR, since="0.1")
class YamlTooLarge(Rule):
    """The front matter is limited in size and depth before it is parsed."""

    what: str
    limit: int

    def message(self) -> str:
        return f"this YAML is over the limit of {self.limit:,} {self.what}"


@rule("PK014", Severity.WARNING, since="0.1")
class SimilarKey(Rule):
    """A key that is nearly one of ours is most likely a slip; a quite different one is left to other tools."""

    key: str
    near: str

    def message(self) -> str:
        return f"unknown front-matter key `{self.key}`"

    def help(self) -> str:
        return f"did you mean `{self.near}`?"


@rule("PK015", Severity.ERROR, since="0.1")
class WrongValue(Rule):
    """A key of ours holds something it cannot hold."""

    key: str
    wanted: str

    def message(self) -> str:
        return f"`{self.key}` must be {self.wanted}"


@rule("PK016", Severity.ERROR, since="0.1")
class KeyNotReadYet(Rule):
    """The format knows this key, this version of packc does not act on it. Ignoring it would be worse."""

    key: str

    def message(self) -> str:
        return f"`{self.key}` is part of the format, but this version of packc does not read it yet"

    def help(self) -> str:
        return "remove the line for now"


@rule("PK017", Severity.ERROR, since="0.1")
class UnquotedColon(Rule):
    """In YAML a colon and a space inside a plain value begin a mapping."""

    def message(self) -> str:
        return "a colon inside this value needs quotes around the value"

    def help(self) -> str:
        return 'write it as  key: "the value: with a colon"'


@rule("PK018", Severity.WARNING, since="0.1")
class NoPackId(Rule):
    """Without `id:` the file's name is the pack's identity, and renaming the file gives every learner new notes."""

    used: str

    def message(self) -> str:
        return f"this pack has no `id:`; the file's name serves as `{self.used}`"

    def help(self) -> str:
        return f"add front matter with `id: {self.used}`"


@rule("PK019", Severity.ERROR, since="0.1")
class BadId(Rule):
    """An id is a letter, then letters, digits, `.`, `_` or `-`, at most 64 characters: it must survive every target."""

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
    """Front matter begins with `---` on the first line and must end with another `---`."""

    def message(self) -> str:
        return "the front matter is never closed"

    def help(self) -> str:
        return "write `---` on a line of its own below the last key"


@rule("PK021", Severity.WARNING, since="0.1")
class TitleDiffers(Rule):
    """The front matter's `title:` wins over the first heading, whose words then appear nowhere."""

    title: str

    def message(self) -> str:
        return f"this heading differs from the front matter's title, which is used: {self.title}"

    def help(self) -> str:
        return "make them equal, or remove `title:`"


@rule("PK022", Severity.ERROR, since="0.1")
class InputNeedsId(Rule):
    """Standard input has no file name that could serve as the pack's id."""

    def message(self) -> str:
        return "a pack from standard input needs an `id:`"

    def help(self) -> str:
        return "begin it with front matter that holds `id: my-pack`"
