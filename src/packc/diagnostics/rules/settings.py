"""PK023 to PK029: settings that the project file and front matter share."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK023", Severity.ERROR, since="0.1")
class LabelTaken(Rule):
    """A label that begins two fields would put a text into the one nobody meant.

    Fails (packc.yaml):

        namespace: example
        fields:
          origin: Source

    Instead:

        namespace: example
        fields:
          origin: Origin
    """

    written: str
    owner: str

    def message(self) -> str:
        return f"the label `{self.written}` already begins the field `{self.owner}`"

    def help(self) -> str:
        return "choose another label"


@rule("PK024", Severity.ERROR, since="0.1")
class BadLabel(Rule):
    """A label begins with a letter, has at most 61 characters, and no `*`, `_` or colon: these are marks around it.

    Fails (packc.yaml):

        namespace: example
        labels:
          solution: "Lösung:"

    Instead:

        namespace: example
        labels:
          solution: Lösung
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` cannot be a label"

    def help(self) -> str:
        return "write the words alone: a letter first, no `*`, `_` or `:`, at most 61 characters"


@rule("PK025", Severity.ERROR, since="0.1")
class BadFieldKey(Rule):
    """The name of a field of your own: small letters, digits, `_` and `-`, and none of packc's own names.

    Fails (front matter):

        id: curves
        namespace: example
        fields:
          hint: Nudge

    Instead:

        id: curves
        namespace: example
        fields:
          nudge: Nudge
    """

    written: str
    is_ours: str  # "yes" or ""

    def message(self) -> str:
        return f"`{self.written}` cannot be the name of a field of your own"

    def help(self) -> str:
        if self.is_ours:
            return f"it is one of packc's fields; to give that another label, write `labels:` with `{self.written}: …` in packc.yaml"
        return "use small letters, digits, `_` and `-`, at most 40 characters; the label may be anything"


@rule("PK026", Severity.ERROR, since="0.1")
class UnknownName(Rule):
    """A list names something that does not exist, so it would silently do nothing.

    Fails (front matter):

        id: curves
        namespace: example
        required: [solutoin]

    Instead:

        id: curves
        namespace: example
        required: [solution]
    """

    key: str
    name: str
    near: str
    known: str

    def message(self) -> str:
        return f"`{self.key}` cannot name `{self.name}`"

    def help(self) -> str:
        names = f"it may name {self.known}"
        return f"did you mean `{self.near}`? {names}" if self.near else names


@rule("PK027", Severity.NOTE, since="0.1")
class NoWords(Rule):
    """packc puts a few words of its own on cards and sheets, and does not know them in the language of this pack.

    Fails (front matter):

        id: curves
        namespace: example
        lang: eo

    Instead:

        id: curves
        namespace: example
        lang: de
    """

    lang: str

    def message(self) -> str:
        return f"packc has no words of its own in the language `{self.lang}`, so it writes English ones"

    def help(self) -> str:
        return f"write them into a file words/{self.lang.lower()}.toml, and `words: words` into packc.yaml"


@rule("PK028", Severity.NOTE, since="0.1")
class NotForTargets(Rule):
    """The front matter says which targets a pack is for, and none of them is built.

    Fails (command):

        printf -- '---\\nid: x\\nnamespace: n\\ntargets: [anki]\\n---\\n' > x.md
        tail -n +6 intro.md >> x.md
        packc check x.md -t gift

    Instead:

        packc check intro.md -t gift
    """

    targets: str

    def message(self) -> str:
        return f"nothing is built from this pack: it is for {self.targets} only"


@rule("PK809", Severity.ERROR, since="0.1")
class UnknownSetting(Rule):
    """An unknown key inside a setting would silently do nothing.

    Fails (packc.yaml):

        namespace: example
        labels:
          solutoin: Lösung

    Instead:

        namespace: example
        labels:
          solution: Lösung
    """

    key: str
    where: str
    near: str
    known: str

    def message(self) -> str:
        return f"`{self.where}` has no setting `{self.key}`"

    def help(self) -> str:
        return f"did you mean `{self.near}`?" if self.near else f"there are {self.known}"


@rule("PK810", Severity.ERROR, since="0.1")
class FixedSeverity(Rule):
    """What an error reports would break what is built, or put a text where nobody meant it. So it stays an error.

    Fails (packc.yaml):

        namespace: example
        rules:
          PK201: off

    Instead:

        namespace: example
        rules:
          PK405: off
    """

    fixed: str

    def message(self) -> str:
        return f"{self.fixed} is an error and stays one"

    def help(self) -> str:
        return "warnings, losses and notes can be set to `off`, `note`, `warning` or `error`"


@rule("PK811", Severity.WARNING, since="0.1")
class UnknownVariable(Rule):
    """An environment variable that begins with PACKC_ but is none of packc's does nothing; most likely it is a slip.

    Fails (command):

        PACKC_TARGET=anki packc check intro.md

    Instead:

        PACKC_TARGETS=anki packc check intro.md
    """

    name: str
    near: str
    known: str

    def message(self) -> str:
        return f"the environment variable {self.name} does nothing"

    def help(self) -> str:
        return f"did you mean {self.near}?" if self.near else f"packc reads {self.known}"


@rule("PK812", Severity.ERROR, since="0.1")
class BadWords(Rule):
    """A file of packc's own words is TOML: a key, an equals sign, and a text between quotes on each line.

    Fails (command):

        mkdir words
        echo 'question = Demando' > words/eo.toml
        echo 'words: words' > packc.yaml
        printf -- '---\\nid: x\\nnamespace: n\\nlang: eo\\n---\\n' > x.md
        tail -n +6 intro.md >> x.md
        packc check x.md

    Instead:

        mkdir words
        echo 'question = "Demando"' > words/eo.toml
        echo 'words: words' > packc.yaml
        printf -- '---\\nid: x\\nnamespace: n\\nlang: eo\\n---\\n' > x.md
        tail -n +6 intro.md >> x.md
        packc check x.md
    """

    what: str

    def message(self) -> str:
        return f"this cannot serve as a file of words: {self.what}"


@rule("PK813", Severity.ERROR, since="0.1")
class FileThere(Rule):
    """`packc init` and `packc new` begin things; they replace nothing.

    Fails (command):

        echo 'namespace: example' > packc.yaml
        packc init

    Instead:

        packc init lessons
    """

    path: str

    def message(self) -> str:
        return f"`{self.path}` is there already"

    def help(self) -> str:
        return "choose another name, or remove it first"


@rule("PK814", Severity.ERROR, since="0.1")
class IdTaken(Rule):
    """A pack has this id, or had it before: a second one would inherit what learners did with the first.

    Fails (command):

        echo 'namespace: example' > packc.yaml
        mkdir content
        cp intro.md content/beginning.md
        packc new pack Intro

    Instead:

        echo 'namespace: example' > packc.yaml
        mkdir content
        cp intro.md content/beginning.md
        packc new pack Intro --id second-intro
    """

    taken: str
    where: str

    def message(self) -> str:
        return f"the pack in {self.where} has or had the id `{self.taken}`"

    def help(self) -> str:
        return "give another one: packc new pack NAME --id OTHER"


@rule("PK815", Severity.ERROR, since="0.1")
class BadOption(Rule):
    """`-O` sets one option of one target for this run: which target and which option stand before the `=`.

    Fails (command):

        packc build intro.md -O paper=letter

    Instead:

        packc build intro.md -O html.paper=letter
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is no option of a target"

    def help(self) -> str:
        return "write TARGET.KEY=VALUE; `packc targets` lists what each target can be told"
