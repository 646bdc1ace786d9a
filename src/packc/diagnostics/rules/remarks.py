"""PK140 to PK149: comments that speak to packc, and ids that packs had."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK140", Severity.WARNING, since="0.1")
class UnknownRemark(Rule):
    """A comment that begins with `packc:` is meant for packc, but packc does not understand it.

    Fails:

        ## Q1. What is a pixel?

        <!-- packc: ignroe PK405 -->

        **Solution:** One dot of a picture.

    Instead:

        ## Q1. What is a pixel?

        <!-- The alternative text is missing on purpose. packc: ignore PK405 would be the way to say so. -->

        **Solution:** One dot of a picture.
    """

    what: str

    def message(self) -> str:
        return f"packc does not understand {self.what}"

    def help(self) -> str:
        return "write `<!-- packc: ignore PK405 -->`, with one code or several"


@rule("PK141", Severity.WARNING, since="0.1")
class IgnoredError(Rule):
    """What an error reports would break what is built, so it is reported all the same.

    Fails:

        <!-- packc: ignore PK201 -->

        ## Q1. What is a pixel?

        **Solution:** One dot of a picture.

    Instead:

        ## Q1. What is a pixel?

        **Solution:** One dot of a picture.
    """

    ignored: str

    def message(self) -> str:
        return f"{self.ignored} is an error, which cannot be ignored"

    def help(self) -> str:
        return "mend what it reports, and remove the code here"


@rule("PK142", Severity.WARNING, since="0.1")
class UnusedIgnore(Rule):
    """There is nothing to ignore here, so that a later fault of this kind would go unseen.

    Fails:

        ## Q1. What is a pixel?

        <!-- packc: ignore PK301 -->

        **Solution:** One dot of a picture.

    Instead:

        ## Q1. What is a pixel?

        <!-- packc: ignore PK301 -->

        **Solution:** One dot of a <em>picture</em>.
    """

    ignored: str

    def message(self) -> str:
        return f"there is no {self.ignored} here to ignore"

    def help(self) -> str:
        return "remove it; it holds for the question, or the section's own text, in which it stands"


@rule("PK143", Severity.ERROR, since="0.1")
class LivingAlias(Rule):
    """An alias keeps a pack's old id alive. If another pack bears it today, a learner's progress has two heirs.

    Fails (command):

        printf -- '---\\nid: first\\nnamespace: n\\naliases: [intro]\\n---\\n' > first.md
        tail -n +6 intro.md >> first.md
        packc check intro.md first.md

    Instead:

        printf -- '---\\nid: first\\nnamespace: n\\naliases: [beginning]\\n---\\n' > first.md
        tail -n +6 intro.md >> first.md
        packc check intro.md first.md
    """

    alias: str

    def message(self) -> str:
        return f"the alias `{self.alias}` belongs to another pack"

    def help(self) -> str:
        return "an alias is an id that no pack bears any more"
