"""A pack with every kind of question, every field and every node of rich text, built by hand.

Words in capitals are canaries: `HINTCANARY` stands only in hints, and so on; what a learner may see before
answering has `FRONT` in its canary.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Section, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    Feedback,
    MatchingQuestion,
    Note,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Pin,
    Role,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import (
    Align,
    Blank,
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
    HardBreak,
    Heading,
    Image,
    Inline,
    Inlines,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Tone,
    Underline,
)
from packc.backends.base import EmitContext
from packc.media import Media
from packc.source import Span
from tests.support.packs import RELEASED, bullets, note, para, png

PLACE = Span(0, 1, 2)


def inline(*parts: Inline | str) -> Inlines:
    return para(*parts).children


def own(key: str, label: str, side: Side, *blocks: Block) -> Note:
    return Note(role=Role.OWN, label=label, body=blocks, key=key, side=side)


def text_blank(*accepted: str, number: int | None = None, hint: str = "") -> Blank:
    return Blank(key=TextKey(accepted=accepts(*accepted)), number=number, hint=hint)


def accepts(*texts: str) -> tuple[Accepted, ...]:
    return tuple(Accepted(children=inline(text)) for text in texts)


def common(identifier: str) -> dict[str, Any]:
    """The id and the fields that every kind may have."""
    keys = ("alias", "tags", "difficulty", "points", "time", "shuffle", "lines", "words", "answer")
    return {
        "id": identifier,
        "title": inline("TITLECANARY of the question"),
        "solution": (para("SOLUTIONCANARY says why."),),
        "notes": (
            note(Role.COLD_TARGET, "Cold target", para("FRONTTARGET: name the step size.")),
            note(Role.MISCONCEPTION, "Common wrong answer", para("WRONGCANARY is a common slip.")),
            note(Role.WHY, "Why it matters", para("WHYCANARY, that is why.")),
            note(Role.SOURCE, "Source family", para("SOURCECANARY, a course.")),
            own("context", "Context", Side.FRONT, para("FRONTOWN: a small model.")),
            own("lab", "In the lab", Side.BACK, para("BACKOWNCANARY: plot it.")),
            own("moderation", "Moderation", Side.GRADERS, para("GRADERCANARY: be generous.")),
        ),
        "hints": ((para("HINTCANARY one: look at ", Math(r"\eta"), "."),), (para("HINTCANARY two."),)),
        "feedback": Feedback(
            general=(para("GENERALCANARY feedback."),),
            right=(para("WELLDONECANARY feedback."),),
            wrong=(para("PITYCANARY feedback."),),
        ),
        "aliases": (f"{identifier}-OLD",),
        "tags": ("optimisation", "Step Size"),
        "difficulty": "easy",
        "points": Decimal("2.5"),
        "minutes": Decimal(3),
        "places": dict.fromkeys(keys, PLACE),
    }


def open_question() -> OpenQuestion:
    return OpenQuestion(prompt=(para("FRONT: what does a loss of ", Code("nan"), " mean?"),), **common("K01"))


def essay() -> OpenQuestion:
    return OpenQuestion(
        prompt=(para("FRONT: explain gradient descent to a friend."),),
        essay=True,
        rubric=(
            Criterion(blocks=(para("RUBRICCANARY names the step size."),), points=Decimal(2)),
            Criterion(blocks=(para("RUBRICCANARY gives an example."), bullets("any will do"))),
        ),
        lines=12,
        least_words=100,
        most_words=200,
        **common("K02") | {"solution": ()},
    )


def single_choice() -> ChoiceQuestion:
    return ChoiceQuestion(
        prompt=(para("FRONT: the loss swings. What first?"),),
        choices=(
            Choice(blocks=(para("It depends."),), correct=False, pin=Pin.FIRST),
            Choice(
                blocks=(para("Reduce ", Math(r"\eta"), "."),),
                correct=True,
                feedback=(para("CHOICECANARY large steps overshoot."),),
            ),
            Choice(
                blocks=(para("Clean the data."),),
                correct=False,
                weight=Decimal(-25),
                feedback=(para("CHOICECANARY hardly ever."),),
            ),
            Choice(blocks=(CodeBlock("x = [1,\n     2]", "python"),), correct=False, pin=Pin.FIXED),
            Choice(blocks=(para("None of the above."),), correct=False, pin=Pin.LAST),
        ),
        shuffle=True,
        **common("K03"),
    )


def multiple_choice() -> ChoiceQuestion:
    return ChoiceQuestion(
        prompt=(para("FRONT: which of these regularise?"),),
        choices=(
            Choice(blocks=(para("Dropout"),), correct=True, weight=Decimal(50)),
            Choice(
                blocks=(para("Weight decay"), bullets("also called L2")), correct=True, weight=Decimal(50)
            ),
            Choice(blocks=(para("A larger step"),), correct=False, weight=Decimal(-50)),
        ),
        shuffle=False,
        **common("K04"),
    )


def one_of_several() -> ChoiceQuestion:
    """A multiple choice with one right answer, and as bare as a question may be."""
    return ChoiceQuestion(
        id="K05",
        prompt=(para("FRONT: tick all that are prime."),),
        choices=(Choice(blocks=(para("2"),), correct=True), Choice(blocks=(para("4"),), correct=False)),
        several=True,
    )


def true_false(answer: bool = False) -> TrueFalseQuestion:
    return TrueFalseQuestion(prompt=(para("FRONT: more data always helps."),), answer=answer, **common("K06"))


def short_answer() -> ShortAnswerQuestion:
    best, other = accepts("overfitting", "over-fitting")
    return ShortAnswerQuestion(
        prompt=(para("FRONT: training loss falls, validation loss rises. The name?"),),
        key=TextKey(accepted=(best, replace(other, weight=Decimal(50))), case=True),
        **common("K07"),
    )


def numeric() -> NumericQuestion:
    return NumericQuestion(
        prompt=(para("FRONT: how long does it fall?"),),
        key=NumberKey(
            numbers=(
                Number(value=Decimal("0.10"), tolerance=Decimal("0.02")),
                Number(value=Decimal("-9.81"), tolerance=Decimal(5), percent=True, weight=Decimal(50)),
                Number(value=Decimal("1E-3"), upper=Decimal("0.2"), weight=Decimal(25)),
            ),
            unit="m/s²",
        ),
        **common("K08"),
    )


def cloze() -> ClozeQuestion:
    rate = Accepted(children=inline("a ", Strong(inline("learning")), " rate ", Math(r"\frac{1}{x^{2}}")))
    speeds = (Option(children=inline("km/h"), correct=True), Option(children=inline("m/s"), correct=False))
    half = Number(value=Decimal("0.5"), tolerance=Decimal("0.1"))
    return ClozeQuestion(
        prompt=(para("FRONT: fill in."),),
        text=(
            para(
                "The ", Blank(key=TextKey(accepted=(rate,))), " is ", text_blank("too high", "too large"), "."
            ),
            BulletList(
                (
                    ListItem((para("Fixed: ", text_blank("two", number=2, hint="BLANKHINT a number"), "."),)),
                    ListItem(
                        (
                            para(
                                "Half: ", Blank(key=NumberKey(numbers=(half,), unit="kg"), hint="less than 1")
                            ),
                        )
                    ),
                    ListItem((para("Speed: 5 ", Blank(key=DropdownKey(options=speeds))),)),
                )
            ),
        ),
        **common("K09"),
    )


def bare_cloze() -> ClozeQuestion:
    """A cloze text that is its own prompt."""
    return ClozeQuestion(id="K10", text=(para("FRONT: water is ", text_blank("H2O"), "."),))


def matching() -> MatchingQuestion:
    return MatchingQuestion(
        prompt=(para("FRONT: match."),),
        pairs=(
            Pair(left=inline("Adam"), right=inline("adaptive ", Emph(inline("moments")))),
            Pair(left=inline("SGD"), right=inline("plain ", Math(r"\nabla"))),
            Pair(left=inline("RMSProp"), right=inline("running mean")),
        ),
        heads=(inline("Optimiser"), inline("Idea")),
        distractors=(inline("a tree"),),
        **common("K11"),
    )


def categorising() -> CategorisingQuestion:
    return CategorisingQuestion(
        prompt=(para("FRONT: sort."),),
        pairs=(
            Pair(left=inline("ridge"), right=inline("regression")),
            Pair(left=inline("k-means"), right=inline("clustering")),
            Pair(left=inline("lasso"), right=inline("regression")),
        ),
        heads=(inline("Method"), inline("Task")),
        distractors=(inline("ranking"),),
        **common("K12"),
    )


def ordering() -> OrderingQuestion:
    steps = ("load the data", "train", "evaluate", "publish")
    return OrderingQuestion(
        prompt=(para("FRONT: put in order."),),
        items=tuple(ListItem((para(step),)) for step in steps),
        **common("K13"),
    )


def rich_text() -> OpenQuestion:
    """A question whose prompt holds every node, and whose solution holds footnotes again."""
    again = Footnote("2", (para("FRONTNOTE a second note."),))
    first = Footnote("1", (para("FRONTNOTE a note with ", Code("code"), "."),))
    row = Row((Cell(inline("left")), Cell(inline("mid")), Cell(inline("1"))))
    prompt: tuple[Block, ...] = (
        Heading(3, inline("FRONT: a heading")),
        para(
            Emph(inline("emph")), " ", Strong(inline("strong")), " ", Strike(inline("gone")), " H",
            Sub(inline("2")), "O x", Sup(inline("2")), " ", Mark(inline("marked")), " ",
            Kbd(inline("Ctrl")), " ", Underline(inline("under")), SoftBreak(), "and ", Code("a <b> & c"),
            HardBreak(), "then ", Link(inline("a link"), "https://example.org/?a=1&b=2", "its title"), " ",
            Link(inline("a near one"), "../more.md"), " and ", Math(r"a<b"), ", ", Math(r"\sum_i x_i", True),
        ),
        para("A claim", first, " and another", again, " and the first again", first, "."),
        CodeBlock("def f(x):\n    return x < 1 and 'a' or \"b\"\n", "python"),
        CodeBlock("no language"),
        MathBlock(r"\int_0^1 x^2 \, dx = \frac{1}{3}"),
        Quote((para("A quotation."), para("Of two paragraphs."))),
        OrderedList((ListItem((para("three"),)), ListItem((para("four"), bullets("deep")))), 3, tight=False),
        DefinitionList((Definition(inline("term"), ((para("a meaning"),), (para("another"),))),)),
        Table(Row((Cell(inline("l")), Cell(inline("c")), Cell(inline("r")))), (row, row),
              (Align.LEFT, Align.CENTER, Align.RIGHT)),
        para(Image("figure.png", "A figure"), " ", Image("figure.png", "half", "a title", "50%"), " ",
             Image("figure.png", "sized", width="120", height="60")),
        *(Callout(tone, (), (para(f"A {tone}."),)) for tone in Tone),
        Callout(Tone.TIP, inline("Titled ", Code("tip")), (para("With a title."),)),
        Callout(Tone.NOTE, inline("Folded"), (para("FRONTFOLD in the fold."),), folded=True),
        Divider(),
        para("The end: what is all this?"),
    )  # fmt: skip
    return OpenQuestion(id="K14", prompt=prompt, solution=(para("SOLUTIONCANARY rich", again, "."),))


def stimulus() -> Section:
    return Section(
        title=inline("FRONTSTIMULUS title"),
        stimulus=True,
        blocks=(
            para("FRONTSTIMULUS: a run of ", Math(r"10^3"), " steps."),
            para(Image("figure.png", "A run")),
        ),
        parts=(
            OpenQuestion(
                id="K15", prompt=(para("FRONT: about the run?"),), solution=(para("SOLUTIONCANARY yes."),)
            ),
            Section(
                title=inline("A section inside"), parts=(replace(true_false(True), id="K16", aliases=()),)
            ),
        ),
    )


def every_kind() -> Pack:
    """Return the pack. Its questions are K01 to K16."""
    meta = PackMeta(
        title="Every kind",
        namespace="example.org",
        description="A description.",
        collection="Academy / Samples",
        authors=("Ada Example", "Bo Example"),
        license="CC BY 4.0",
        version="1.2",
        tags=("samples", "Deep Learning"),
        source_url="https://example.org/packs/every-kind/",
        places=dict.fromkeys(
            ("description", "authors", "license", "version", "tags", "source_url", "lang"), PLACE
        ),
    )
    return Pack(
        id="every-kind",
        title="Every kind",
        meta=meta,
        intro=(para("An introduction with ", Code("code"), "."),),
        parts=(
            open_question(),
            essay(),
            Section(
                title=inline("Choices & keys"),
                blocks=(para("Section text."),),
                parts=(
                    single_choice(),
                    multiple_choice(),
                    one_of_several(),
                    true_false(),
                    short_answer(),
                    numeric(),
                ),
            ),
            Section(
                title=inline("More"), parts=(cloze(), bare_cloze(), matching(), categorising(), ordering())
            ),
            rich_text(),
            stimulus(),
            Section(title=inline("What next"), blocks=(bullets("read on"),)),
        ),
    )


def context() -> EmitContext:
    """The context of the pack: every question released at one moment, the figure loaded."""
    published = {question.id: RELEASED for question in questions(every_kind())}
    return EmitContext(published=published, media={"figure.png": Media(png(), "image/png", 40, 20)})
