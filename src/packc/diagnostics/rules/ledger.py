"""PK5xx, continued: the ledger `packc.lock`, whether it is there, and whole."""

from packc.diagnostics.rule import Rule, Severity, rule

_BEGUN = "the first release begins it: packc release --new-ledger; if there was one, take it out of git again"


@rule("PK504", Severity.ERROR, since="0.1")
class LedgerConflict(Rule):
    """A merge left its marks in `packc.lock`. Neither side is lost if you take one of them whole.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/^guid/<<<<<<< ours\\nguid/' packc.lock > merged
        mv merged packc.lock
        packc check intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc check intro.md
    """

    def message(self) -> str:
        return "a merge left its marks here"

    def help(self) -> str:
        return (
            "take either side whole (git checkout --ours packc.lock, or --theirs), then run `packc release`:"
            " questions of the other side are given out once more"
        )


@rule("PK505", Severity.ERROR, since="0.1")
class LedgerTruncated(Rule):
    """`packc.lock` ends before its last line, `end of ledger`: a part of it is missing.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        head -n 5 packc.lock > cut
        mv cut packc.lock
        packc check intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc check intro.md
    """

    def message(self) -> str:
        return "the ledger ends here, before its last line"

    def help(self) -> str:
        return "take it out of git again: git checkout packc.lock"


@rule("PK506", Severity.ERROR, since="0.1")
class LedgerNewer(Rule):
    """A newer packc wrote `packc.lock` in a form that this one does not know.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/^packc ledger 1/packc ledger 99/' packc.lock > newer
        mv newer packc.lock
        packc check intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc check intro.md
    """

    what: str

    def message(self) -> str:
        return f"{self.what} is of a newer packc than this one"

    def help(self) -> str:
        return "update packc; the ledger stays as it is"


@rule("PK507", Severity.ERROR, since="0.1")
class LedgerEdited(Rule):
    """`packc.lock` is not as packc wrote it. Were it believed, learners could lose their tags or miss a correction.

    Every block ends with a sum of its lines, so that a line changed by hand is noticed.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/^published 20/published 19/' packc.lock > edited
        mv edited packc.lock
        packc check intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc check intro.md
    """

    reason: str

    def message(self) -> str:
        return f"the ledger is not as `packc release` wrote it: {self.reason}"

    def help(self) -> str:
        return "take it out of git again: git checkout packc.lock"


@rule("PK508", Severity.ERROR, since="0.1")
class NoLedger(Rule):
    """A release needs to know what learners were given before. Without `packc.lock` all of it would be given out anew, and learners' own tags on all cards would be lost.

    Fails (command):

        touch packc.yaml
        packc release intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc release intro.md
    """

    def message(self) -> str:
        return "there is no ledger, `packc.lock`"

    def help(self) -> str:
        return f"{_BEGUN}, or make it of the last deck: packc release --from LAST.apkg"


@rule("PK517", Severity.WARNING, since="0.1")
class LedgerBegun(Rule):
    """`--new-ledger` begins the ledger anew: every question counts as given out now. Learners who have one of them already lose the tags that they gave its card.

    No example: this is what `packc release --new-ledger` says when there was a ledger, or a broken one.
    """

    def message(self) -> str:
        return "the ledger is begun anew, and what it held is forgotten"

    def help(self) -> str:
        return "right only if learners never got any of it; else take packc.lock out of git again"


@rule("PK518", Severity.ERROR, since="0.1")
class NoDeck(Rule):
    """A file that should be a deck is none that packc can read.

    Fails (command):

        packc diff curve.txt curve.txt

    Instead:

        packc build intro.md -t anki -o out
        packc diff out/anki/intro.apkg out/anki/intro.apkg
    """

    name: str
    reason: str

    def message(self) -> str:
        return f"`{self.name}` is no deck that packc can read: {self.reason}"

    def help(self) -> str:
        return "a deck is an `.apkg` that packc wrote, or one that Anki exported for older versions"


@rule("PK519", Severity.ERROR, since="0.1")
class LedgerThere(Rule):
    """`--from` makes a lost ledger anew from a deck. One that is there knows more than any deck.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        packc release intro.md --from dist/anki/intro.apkg

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        rm packc.lock
        packc release intro.md --from dist/anki/intro.apkg
    """

    def message(self) -> str:
        return "there is a ledger, so none has to be made of a deck"

    def help(self) -> str:
        return "release without `--from`; if packc.lock is broken, remove it first"


@rule("PK520", Severity.ERROR, since="0.1")
class NoProjectToRelease(Rule):
    """A ledger belongs to a project. Without a `packc.yaml` there is no place for it that the next release would find.

    Fails (command):

        packc release intro.md --new-ledger

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
    """

    def message(self) -> str:
        return "there is no packc.yaml here or above, so there is no project to release"

    def help(self) -> str:
        return "`packc init` begins one; an empty packc.yaml beside your packs does as well"
