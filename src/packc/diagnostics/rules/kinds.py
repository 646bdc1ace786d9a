"""PK1xx: fields that take one value, and fields that fit the kind of question."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK122", Severity.ERROR, since="0.1")
class MetaValue(Rule):
    """A field that takes a single value got none that packc can read.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Points:** two

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Points:** 2
    """

    field: str
    written: str
    wanted: str

    def message(self) -> str:
        return (
            f"`{self.field}` cannot be `{self.written}`"
            if self.written
            else f"`{self.field}` is no text of one line"
        )

    def help(self) -> str:
        return f"write {self.wanted}"


@rule("PK123", Severity.ERROR, since="0.1")
class UnknownType(Rule):
    """`Type` names a kind of question, and there is none with this name.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Type:** esay

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Type:** essay
    """

    written: str
    near: str

    def message(self) -> str:
        return f"`{self.written}` is no kind of question"

    def help(self) -> str:
        return f"did you mean `{self.near}`?" if self.near else "name a kind such as `essay`, or leave it out"


@rule("PK124", Severity.ERROR, since="0.1")
class TypeDiffers(Rule):
    """`Type` is checked: what is written makes another kind of question than it says.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Type:** numeric

    Instead:

        ## Q1. What do you change first?

        **Answer:** 0.1 ± 0.02

        **Type:** numeric
    """

    stated: str
    found: str
    written_as: str

    def message(self) -> str:
        return f"`Type` says {self.stated}, but what is written makes this question {self.found}"

    def help(self) -> str:
        return f"write {self.written_as}, or leave `Type` out"


@rule("PK125", Severity.ERROR, since="0.1")
class FieldNotForKind(Rule):
    """A field that this kind of question cannot use. Left out in silence it would surprise its author.

    Fails:

        ## Q1. What do you change first?

        - [x] The learning rate
        - [ ] The batch size

        **Rubric:**

        - (2) names the learning rate

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Rubric:**

        - (2) names the learning rate
    """

    field: str
    kind: str
    kinds: str

    def message(self) -> str:
        return f"`{self.field}` does not belong to a question of the kind {self.kind}"

    def help(self) -> str:
        return f"`{self.field}` is for {self.kinds}; remove it here"


@rule("PK126", Severity.WARNING, since="0.1")
class UnknownClass(Rule):
    """Of attributes behind a heading packc knows `{#id}`, and `{.stimulus}` on a section.

    Fails:

        ## The run {.stimlus}

        The loss was flat from the first update on.

        ### Q1. What do you check first?

        **Solution:** The learning rate.

    Instead:

        ## The run {.stimulus}

        The loss was flat from the first update on.

        ### Q1. What do you check first?

        **Solution:** The learning rate.
    """

    written: str
    near: str

    def message(self) -> str:
        return f"`{self.written}` means nothing on this heading"

    def help(self) -> str:
        return f"did you mean `{self.near}`?" if self.near else "remove it; `{.stimulus}` is for sections"


@rule("PK127", Severity.WARNING, since="0.1")
class StimulusUnused(Rule):
    """A stimulus is the text that the questions of its section share; this one lacks the text or the questions.

    Fails:

        ## The run {.stimulus}

        ### Q1. What do you check first?

        **Solution:** The learning rate.

    Instead:

        ## The run {.stimulus}

        The loss was flat from the first update on.

        ### Q1. What do you check first?

        **Solution:** The learning rate.
    """

    lacks: str

    def message(self) -> str:
        return f"this stimulus has no {self.lacks}"

    def help(self) -> str:
        return "write the shared text between this heading and its questions, which are one level deeper"


@rule("PK128", Severity.ERROR, since="0.1")
class AliasClash(Rule):
    """An alias keeps an old id alive, so no other question of the pack may have that id.

    Fails:

        ## Q1. What comes first?

        **Solution:** One.

        ## Q2. What comes next?

        **Solution:** Two.

        **Alias:** Q1

    Instead:

        ## Q1. What comes first?

        **Solution:** One.

        ## Q2. What comes next?

        **Solution:** Two.

        **Alias:** Q1b
    """

    alias: str
    id: str

    def message(self) -> str:
        return f"the alias `{self.alias}` is the id or an alias of question {self.id}"

    def help(self) -> str:
        return "remove the alias, or give one of the two another id"


@rule("PK129", Severity.WARNING, since="0.1")
class RubricSum(Rule):
    """The points of a rubric are what graders give; together they should be the points of the question.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Points:** 3

        **Rubric:**

        - (1) names the learning rate
        - (1) says how to change it

    Instead:

        ## Q1. What do you change first?

        **Solution:** The learning rate.

        **Points:** 2

        **Rubric:**

        - (1) names the learning rate
        - (1) says how to change it
    """

    sum: str
    points: str

    def message(self) -> str:
        return f"the rubric gives {self.sum} points, the question has {self.points}"

    def help(self) -> str:
        return "change the one or the other"
