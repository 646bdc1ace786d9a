"""PK5xx: identity of packs and questions over time."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK501", Severity.WARNING, since="0.1")
class NoNamespace(Rule):
    """Two authors with a pack `intro` and a question `Q1` would overwrite each other's cards in a learner's collection.

    Fails (front matter):

        id: curves

    Instead:

        id: curves
        namespace: example
    """

    def message(self) -> str:
        return "there is no `namespace`, so another author's pack with the same id would clash with this one"

    def help(self) -> str:
        return "add `namespace:` (ten random characters, or a domain you own) to packc.yaml or the front matter, once"


@rule("PK502", Severity.ERROR, since="0.1")
class DuplicatePackId(Rule):
    """Two packs with one id would write the same files and overwrite each other's questions.

    Fails (command):

        cp intro.md again.md
        packc check intro.md again.md

    Instead:

        sed 's/^id: intro/id: again/' intro.md > again.md
        packc check intro.md again.md
    """

    id: str

    def message(self) -> str:
        return f"the pack id `{self.id}` is used by two files"

    def help(self) -> str:
        return "give the newer of the two packs an id of its own"


@rule("PK503", Severity.ERROR, since="0.1")
class SameFile(Rule):
    """Two packs whose ids differ may still name one file: `x.key` is also what the answer key of `x` is called.

    Fails (command):

        sed 's/^id: intro/id: intro.key/' intro.md > again.md
        packc build intro.md again.md -t html

    Instead:

        sed 's/^id: intro/id: intro-again/' intro.md > again.md
        packc build intro.md again.md -t html
    """

    path: str

    def message(self) -> str:
        return f"this pack and another one would both write `{self.path}`"

    def help(self) -> str:
        return "give one of the two packs another id"
