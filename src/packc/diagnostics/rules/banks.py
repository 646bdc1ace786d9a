"""PK714 to PK724: what an import of another program's question bank could not carry, or would not read."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK714", Severity.ERROR, since="0.1")
class QuestionLeftOut(Rule):
    r"""A question that cannot be read, or is of a kind that no pack has, is left out. All others are imported.

    Fails (command):

        printf '::Capital::Which city?{=Bern ~Basel}\n\n::Open::Why?{=Because\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '::Capital::Which city?{=Bern ~Basel}\n\n::Open::Why?{=Because}\n' > bank.gift
        packc import bank.gift
    """

    question: str
    why: str

    def message(self) -> str:
        name = f"`{self.question}`" if self.question else "this question"
        return f"{name} is left out: {self.why}"

    def help(self) -> str:
        return "mend it and import again, or write it into the new file"


@rule("PK715", Severity.WARNING, since="0.1")
class NotCarried(Rule):
    r"""Something in a question of another program has no place in a pack, or means something else there.

    The question is imported; look at what became of this part.

    Fails (command):

        printf '::Capital::Which city?{=Bern#Yes. =%%50%%Zurich#Only the largest.}\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '::Capital::Which city?{=Bern#Yes. =%%50%%Zurich}\n' > bank.gift
        packc import bank.gift
    """

    what: str
    how: str

    def message(self) -> str:
        return f"{self.what}: {self.how}"


@rule("PK716", Severity.NOTE, since="0.1")
class SettingsLeft(Rule):
    r"""Settings of another program that say nothing about the question itself are left behind.

    They are named once for a file, with the number of questions or places that have them.

    Fails (command):

        printf '<quiz><question type="description"><name><text>A</text></name><questiontext><text>B</text></questiontext></question><question type="truefalse"><name><text>C</text></name><questiontext><text>D</text></questiontext><penalty>0.5</penalty><answer fraction="100"><text>true</text></answer></question></quiz>' > bank.xml
        packc import bank.xml

    Instead:

        printf '<quiz><question type="description"><name><text>A</text></name><questiontext><text>B</text></questiontext></question><question type="truefalse"><name><text>C</text></name><questiontext><text>D</text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>' > bank.xml
        packc import bank.xml
    """

    what: str
    count: int

    def message(self) -> str:
        times = "once" if self.count == 1 else f"{self.count:,} times"
        return f"{self.what} is not taken over ({times} in this file)"


@rule("PK717", Severity.WARNING, since="0.1")
class ForeignElement(Rule):
    r"""An element of HTML that no pack has. What it shows as text is kept; what runs or plays is not.

    Fails (command):

        printf '::Clip::[html]Look<video src="a.mp4">a film</video>, and say what it is.{=Art ~Chance}\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '::Clip::[html]Look at a film, and say what it is.{=Art ~Chance}\n' > bank.gift
        packc import bank.gift
    """

    element: str
    how: str

    def message(self) -> str:
        return f"`<{self.element}>` is no element of a pack; {self.how}"


@rule("PK718", Severity.NOTE, since="0.1")
class BankIdChanged(Rule):
    r"""An id of another program that is no id in a pack, or is there twice, becomes another one.

    Fails (command):

        printf '// [id:4 a]\n::Capital::Which city?{=Bern ~Basel}\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '// [id:q4]\n::Capital::Which city?{=Bern ~Basel}\n' > bank.gift
        packc import bank.gift
    """

    written: str
    id: str
    why: str

    def message(self) -> str:
        return f"the id `{self.written}` {self.why}; this question is called `{self.id}`"

    def help(self) -> str:
        return "give it an id of your own before anybody learns with it"


@rule("PK719", Severity.ERROR, since="0.1")
class BrokenXml(Rule):
    r"""XML that is not well-formed cannot be read: a tag is never closed, a sign such as `&` stands alone.

    Of a bank in Moodle XML the questions that are whole are kept, and each of the others is named.

    Fails (command):

        printf '<quiz><question type="essay">' > bank.xml
        packc import bank.xml

    Instead:

        printf '<quiz><question type="essay"><name><text>A</text></name><questiontext><text>B</text></questiontext></question></quiz>' > bank.xml
        packc import bank.xml
    """

    reason: str

    def message(self) -> str:
        return f"this is no well-formed XML: {self.reason}"

    def help(self) -> str:
        return "export the bank again from the program that made it"


@rule("PK720", Severity.ERROR, since="0.1")
class UnsafeXml(Rule):
    r"""A document that defines entities of its own can grow without end, or pull in other files.

    No bank needs that, so such a document is not read at all.

    Fails (command):

        printf '<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>' > bank.xml
        packc import bank.xml

    Instead:

        printf '<quiz><question type="essay"><name><text>A</text></name><questiontext><text>B</text></questiontext></question></quiz>' > bank.xml
        packc import bank.xml
    """

    def message(self) -> str:
        return "this document defines entities of its own, which is not safe to read"

    def help(self) -> str:
        return "remove its document type declaration, if you trust the rest"


@rule("PK721", Severity.ERROR, since="0.1")
class BrokenPackage(Rule):
    r"""A package has to be a whole zip file, or a folder, within limits, with names that stay inside it.

    Fails (command):

        printf 'PK\003\004 no zip' > bank.zip
        packc import bank.zip

    Instead:

        packc build intro.md --target qti
        packc import dist/qti/intro.zip
    """

    why: str

    def message(self) -> str:
        return f"this package cannot be read: {self.why}"


@rule("PK722", Severity.WARNING, since="0.1")
class MediaLeftOut(Rule):
    r"""An image comes along if it is in the file or package, is one, and is within the limits. This one is not.

    Its alternative text, or else its name, is kept.

    Fails (command):

        printf '::Curve::[html]Look: <img src="curve.png" alt="a curve">{=up ~down}\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '::Curve::[html]Look: a curve{=up ~down}\n' > bank.gift
        packc import bank.gift
    """

    name: str
    why: str

    def message(self) -> str:
        return f"the image `{self.name}` is left out: {self.why}"

    def help(self) -> str:
        return "put it beside the new file, and name it there"


@rule("PK723", Severity.WARNING, since="0.1")
class BankRepaired(Rule):
    r"""A bank that the other program would refuse, or read otherwise, is read as it was most likely meant.

    Fails (command):

        printf '::Capital::Which city?{\n=Bern\n~Basel\n\n}\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '::Capital::Which city?{\n=Bern\n~Basel\n}\n' > bank.gift
        packc import bank.gift
    """

    what: str
    how: str

    def message(self) -> str:
        return f"{self.what}; {self.how}"


@rule("PK724", Severity.ERROR, since="0.1")
class EmptyBank(Rule):
    r"""A bank without a question makes no pack.

    Fails (command):

        printf '// nothing yet\n' > bank.gift
        packc import bank.gift

    Instead:

        printf '::Capital::Which city?{=Bern ~Basel}\n' > bank.gift
        packc import bank.gift
    """

    def message(self) -> str:
        return "no question was found in this bank"
