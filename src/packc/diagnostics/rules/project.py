"""PK8xx: the project and the command line. PK9xx: our own faults."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK801", Severity.ERROR, since="0.1")
class UnknownTarget(Rule):
    """No target of this name is installed.

    Fails (command):

        packc check intro.md -t ankii

    Instead:

        packc check intro.md -t anki
    """

    name: str
    near: str
    known: str

    def message(self) -> str:
        return f"there is no target `{self.name}`"

    def help(self) -> str:
        targets = f"the targets are {self.known}"
        return f"did you mean `{self.near}`? {targets}" if self.near else targets


@rule("PK802", Severity.ERROR, since="0.1")
class NoProject(Rule):
    """A build without a path needs a project: `packc.yaml`, or a folder `content` with Markdown files.

    Fails (command):

        mkdir empty
        cd empty
        packc check

    Instead:

        packc check intro.md
    """

    def message(self) -> str:
        return "there is no packc.yaml here or above, and no folder `content` with Markdown files"

    def help(self) -> str:
        return "go to your project's folder, or name a file: packc build FILE.md"


@rule("PK803", Severity.ERROR, since="0.1")
class UnknownProjectKey(Rule):
    """An unknown key in the project file is a setting that would silently do nothing.

    Fails (packc.yaml):

        namespce: example

    Instead:

        namespace: example
    """

    key: str
    near: str
    known: str

    def message(self) -> str:
        return f"unknown key `{self.key}` in the project file"

    def help(self) -> str:
        return f"did you mean `{self.near}`?" if self.near else f"the keys are {self.known}"


@rule("PK804", Severity.ERROR, since="0.1")
class NoSuchPath(Rule):
    """The path names neither a file nor a folder.

    Fails (command):

        packc check intor.md

    Instead:

        packc check intro.md
    """

    path: str

    def message(self) -> str:
        return f"there is no file or folder `{self.path}`"


@rule("PK805", Severity.ERROR, since="0.1")
class UnreadableFile(Rule):
    """The operating system refused to let packc read the file.

    No example: it takes a file that the operating system refuses to read.
    """

    path: str
    why: str

    def message(self) -> str:
        return f"cannot read `{self.path}`: {self.why}"


@rule("PK806", Severity.ERROR, since="0.1")
class NothingToBuild(Rule):
    """The paths hold no Markdown file.

    Fails (command):

        mkdir empty
        packc check empty

    Instead:

        mkdir full
        cp intro.md full
        packc check full
    """

    where: str

    def message(self) -> str:
        return f"there is no Markdown file in `{self.where}`"

    def help(self) -> str:
        return "a pack is one .md file"


@rule("PK807", Severity.NOTE, since="0.1")
class ProjectByDefault(Rule):
    """There is no packc.yaml, but a folder `content` with Markdown files, so defaults serve.

    Fails (command):

        mkdir content
        cp intro.md content
        packc check

    Instead:

        mkdir content
        cp intro.md content
        echo 'namespace: example' > packc.yaml
        packc check
    """

    def message(self) -> str:
        return "no packc.yaml found; the packs in `content` are built with the defaults"

    def help(self) -> str:
        return "a packc.yaml with a `namespace:` makes this a project"


@rule("PK808", Severity.ERROR, since="0.1")
class BadEpoch(Rule):
    """SOURCE_DATE_EPOCH counts whole seconds since 1970 and serves as the time of every unreleased question.

    Fails (command):

        SOURCE_DATE_EPOCH=tomorrow packc check intro.md

    Instead:

        SOURCE_DATE_EPOCH=1790000000 packc check intro.md
    """

    written: str

    def message(self) -> str:
        return f"SOURCE_DATE_EPOCH is `{self.written}`, which is not a whole number of seconds from 0 to 253402300799"

    def help(self) -> str:
        return "set it to a time such as 1790000000, or unset it"
