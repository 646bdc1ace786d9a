"""PK5xx, continued: questions beside what was released of them, and what a release may not do."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK509", Severity.ERROR, since="0.1")
class Unreleased(Rule):
    """With `--locked` a build publishes nothing but what was released.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/rate/rates/' intro.md > edited
        mv edited intro.md
        packc build intro.md --locked

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc build intro.md --locked
    """

    what: str

    def message(self) -> str:
        return f"{self.what} has not been released"

    def help(self) -> str:
        return "run `packc release`, and commit packc.lock with the change"


@rule("PK510", Severity.ERROR, since="0.1")
class RetiredId(Rule):
    """An id that learners know from a removed question is used again: the new one would take over their progress.

    Fails (command):

        touch packc.yaml
        cp intro.md both.md
        printf '\\n## Q2. And then?\\n\\n**Solution:** The batch size.\\n' >> both.md
        packc release both.md --new-ledger
        packc release intro.md
        packc check both.md

    Instead:

        touch packc.yaml
        cp intro.md both.md
        printf '\\n## Q2. And then?\\n\\n**Solution:** The batch size.\\n' >> both.md
        packc release both.md --new-ledger
        packc release intro.md
        sed 's/Q2/Q3/' both.md > again.md
        packc check again.md
    """

    id: str
    when: str

    def message(self) -> str:
        return f"the id `{self.id}` belongs to a question that was removed and retired on {self.when}"

    def help(self) -> str:
        return (
            "give this question an id that was never used; to bring the removed one back, take the"
            " packc.lock from before that release out of git"
        )


@rule("PK511", Severity.WARNING, since="0.1")
class Renamed(Rule):
    """A question that was released is gone, and another has its content: if only the id changed, learners would get it as a new card and keep the old one.

    `packc release` waits until this is settled: with an alias, or with `<!-- packc: ignore PK511 -->` in the question.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/Q1/Q2/' intro.md > renamed
        mv renamed intro.md
        packc check intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/Q1/Q2/' intro.md > renamed
        mv renamed intro.md
        packc check intro.md --fix --unsafe
        packc check intro.md
    """

    id: str
    old: str

    def message(self) -> str:
        return f"question {self.id} is what was released as {self.old}, and {self.old} is gone"

    def help(self) -> str:
        return (
            f"if it is the same question, write `**Alias:** {self.old}` in it: learners keep their progress"
        )


@rule("PK512", Severity.WARNING, since="0.1")
class PackRenamed(Rule):
    """A pack that was released is gone, and another has its questions: if only the pack's id changed, learners would get all of it a second time.

    `packc release` waits until this is settled.

    Fails (command):

        touch packc.yaml
        mkdir content
        mv intro.md content
        packc release --new-ledger
        sed 's/id: intro/id: beginning/' content/intro.md > renamed
        mv renamed content/intro.md
        packc check

    Instead:

        touch packc.yaml
        mkdir content
        mv intro.md content
        packc release --new-ledger
        sed 's/id: intro/id: beginning\\naliases: [intro]/' content/intro.md > renamed
        mv renamed content/intro.md
        packc check
    """

    id: str
    old: str

    def message(self) -> str:
        return f"pack `{self.id}` holds what was released as `{self.old}`, and `{self.old}` is gone"

    def help(self) -> str:
        return f"if it is the same pack, write `aliases: [{self.old}]` in its front matter"


@rule("PK513", Severity.ERROR, since="0.1")
class UnclearBlank(Rule):
    """Several answers of a released cloze text changed at once, so that nobody can tell which blank is which. A blank's number is its card: on it hangs a learner's progress.

    Fails (command):

        touch packc.yaml
        printf -- '---\\nid: c\\nnamespace: n\\n---\\n\\n## Q1\\n\\n**Cloze:** {{a}} and {{b}}\\n' > c.md
        packc release c.md --new-ledger
        printf -- '---\\nid: c\\nnamespace: n\\n---\\n\\n## Q1\\n\\n**Cloze:** {{x}} and {{y}}\\n' > c.md
        packc check c.md

    Instead:

        touch packc.yaml
        printf -- '---\\nid: c\\nnamespace: n\\n---\\n\\n## Q1\\n\\n**Cloze:** {{a}} and {{b}}\\n' > c.md
        packc release c.md --new-ledger
        printf -- '---\\nid: c\\nnamespace: n\\n---\\n\\n## Q1\\n\\n**Cloze:** {{c1::x}} and {{c2::y}}\\n' > c.md
        packc check c.md
    """

    answer: str
    free: str
    unused: int

    def message(self) -> str:
        return f"which of the released blanks is `{self.answer}`? Several changed at once"

    def help(self) -> str:
        return (
            f"write its number: `{{{{c1::{self.answer}}}}}` goes on with blank 1; left are {self.free},"
            f" and from {self.unused} on it is a new card"
        )


@rule("PK514", Severity.ERROR, since="0.1")
class ClockBehind(Rule):
    """A release is dated by the clock, or by `SOURCE_DATE_EPOCH`. If that lies more than a day before the last release, it is wrong: Anki would take no update for a newer one.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        SOURCE_DATE_EPOCH=1000000000 packc release intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc release intro.md
    """

    now: str
    newest: str

    def message(self) -> str:
        return f"it is {self.now} by the clock, but the ledger holds a release of {self.newest}"

    def help(self) -> str:
        return "set the clock, or SOURCE_DATE_EPOCH if it is set"


@rule("PK515", Severity.ERROR, since="0.1")
class ReleaseWithoutNamespace(Rule):
    """A release gives every question its identity for ever, and the namespace is a part of it: without one, two authors' packs of the same name would overwrite each other's cards.

    Fails (command):

        touch packc.yaml
        sed '/namespace/d' intro.md > anybody.md
        packc release anybody.md --new-ledger

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
    """

    id: str

    def message(self) -> str:
        return f"pack `{self.id}` has no namespace, so it cannot be released"

    def help(self) -> str:
        return (
            "add `namespace:` (ten random characters, or a domain you own) to packc.yaml, once and for ever"
        )


@rule("PK516", Severity.NOTE, since="0.1")
class DeckRenamed(Rule):
    """Anki knows a deck by its name: the cards that learners have stay in the old deck, and only new ones go to the new.

    Fails (command):

        touch packc.yaml
        packc release intro.md --new-ledger
        sed 's/^namespace/title: Beginnings\\nnamespace/' intro.md > retitled
        mv retitled intro.md
        packc release intro.md

    Instead:

        touch packc.yaml
        packc release intro.md --new-ledger
        packc release intro.md
    """

    old: str
    new: str

    def message(self) -> str:
        return f"the deck `{self.old}` is now called `{self.new}`"

    def help(self) -> str:
        return "learners' cards stay in the deck of the old name; tell them to rename it, before they import"


@rule("PK521", Severity.NOTE, since="0.1")
class TemplatesChanged(Rule):
    """The look of a target's cards changed since the last release. Learners get it with the next deck that they import, whatever else is in it.

    No example: it takes another version of packc, or templates of the project's own.
    """

    target: str

    def message(self) -> str:
        return f"the templates of `{self.target}` changed since the last release"


@rule("PK522", Severity.NOTE, since="0.1")
class RenderedOtherwise(Rule):
    """This packc shows the same content in another way than the one that released it. Learners keep the old form until a question changes.

    No example: it takes another version of packc.
    """

    target: str
    notes: int

    def message(self) -> str:
        return f"this packc renders `{self.target}` differently from the one that released {self.notes} of these notes"

    def help(self) -> str:
        return f"`packc release --restamp {self.target}` gives all of them out anew; learners' own tags on them are lost"


@rule("PK523", Severity.WARNING, since="0.1")
class NamespaceChanged(Rule):
    """The namespace is a part of what every question is. With another one learners would get all of it a second time, and keep what they have beside it.

    `packc release` waits until this is settled.

    Fails (command):

        echo 'content: packs' > packc.yaml
        mkdir packs
        mv intro.md packs
        packc release --new-ledger
        sed 's/namespace: example/namespace: another/' packs/intro.md > renamed
        mv renamed packs/intro.md
        packc check

    Instead:

        echo 'content: packs' > packc.yaml
        mkdir packs
        mv intro.md packs
        packc release --new-ledger
        packc check
    """

    pack: str
    old: str
    new: str

    def message(self) -> str:
        return f"pack `{self.pack}` was released in the namespace `{self.old}`, and now it is `{self.new}`"

    def help(self) -> str:
        return (
            "put the old namespace back; if these packs are another author's from now on,"
            " `packc release --new-ledger` begins their own ledger"
        )
