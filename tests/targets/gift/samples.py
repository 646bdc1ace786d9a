"""Packs that try to break a GIFT file, and what a learner should see of any pack, told without GIFT."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from packc.ast.keys import Accepted, Number, NumberKey, TextKey
from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    Feedback,
    MatchingQuestion,
    Note,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Question,
    Role,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import (
    Align,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emph,
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
    Para,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)
from packc.ast.walk import walk
from tests.support.packs import para

# Each of these is live somewhere in GIFT, or was seen to do harm in a real import.
TORTURE = (
    "{}", "{", "}", "}{", "{=a ~b}", "a -> b", "->", "=", "~", "#", "####", ":", "::", "::name::", "::::",
    "&&058;", "&&010", "&&092;", "&amp;&058;", "\\", "\\\\", "\\n", "\\neq", "\\{", "\\\\{", "\\:", "\\=",
    "a\\", "\\#\\", "0", "00", "\n0\n", "a\n\nb", "\n\n", "// comment", "//", "[html]", "[plain]x",
    "[HTML]", "[a, b]", "%50%", "%100%x", "=%50%x", "T", "TRUE", "FALSE#x", "#1822:5", "#0",
    ">3 ALL VERTICAL", "$CATEGORY: x", "$course$", "$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "_____",
    "{{mlang en}}", "@@PLUGINFILE@@/x.png", "*", "<b>bold</b>", "<script>alert(1)</script>", "a<b", "]]>",
    "<!--", "&lt;", "&", "\"'", "{T}", "{F}", "{1:SA:=x}", "\U0001f600", "e\u0301", "\u202eabc", "\u200d",
    "a\u2028b", "\xa0", "\ufeff", "\t", "  two  spaces  ", "[id:x]", "[tag:x]", "1..2", "9.81:0.01", "=C#",
    "=E=mc2", "\\frac{a}{b} = \\{x\\}", "~%-100%", "\r\nx\ry",
)  # fmt: skip


def torture_pack() -> Pack:
    """Every torture text in every place that holds text."""
    return Pack(
        id="torture",
        title="Torture",
        meta=PackMeta(title="Torture", collection="A/B", tags=("one", "two words", "a]b", "x, y")),
        intro=tuple(para(text) for text in TORTURE),
        parts=(
            *(_torture_open(f"T{n}", text) for n, text in enumerate(TORTURE, 1)),
            *(_torture_choice(f"C{n}", text) for n, text in enumerate(TORTURE, 1)),
            *(_torture_match(f"M{n}", text) for n, text in enumerate(TORTURE, 1)),
            *(_torture_short(f"S{n}", text) for n, text in enumerate(TORTURE, 1)),
            *(_torture_order(f"O{n}", text) for n, text in enumerate(TORTURE, 1)),
            *(_torture_section(text) for text in TORTURE),
        ),
    )


def _torture_open(identifier: str, text: str) -> OpenQuestion:
    return OpenQuestion(
        id=identifier,
        title=(Text(text),),
        prompt=(CodeBlock(text, text),),
        solution=(para(Code(text)),),
        notes=(
            Note(role=Role.WHY, label=text, body=(para(text),)),
            Note(role=Role.COLD_TARGET, label=text, body=(para(Math(text)),)),
        ),
    )


def _torture_choice(identifier: str, text: str) -> ChoiceQuestion:
    choices = (
        Choice(blocks=(para(text, "!"),), correct=True, feedback=(para(text),)),
        Choice(blocks=(para("!", text),), correct=False, feedback=(CodeBlock(text),)),
        Choice(blocks=(MathBlock(text),), correct=len(identifier) % 2 == 0),
    )
    return ChoiceQuestion(id=identifier, prompt=(para(text, "?"),), choices=choices)


def _torture_match(identifier: str, text: str) -> MatchingQuestion:
    pairs = (
        Pair(left=(Text(f"{text}!"),), right=(Text(_sayable(f"! {text}")),)),
        Pair(left=(Code(f"!{text}"),), right=(Text("b"),)),
    )
    distractors = ((Text(_sayable(f"{text}!")),),)
    return MatchingQuestion(id=identifier, prompt=(para("?"),), pairs=pairs, distractors=distractors)


def _torture_short(identifier: str, text: str) -> ShortAnswerQuestion:
    answers = (
        Accepted(children=(Text("whole"),)),
        Accepted(children=(Text(f"!{text}!"),), weight=Decimal(50)),
    )
    feedback = Feedback(general=(para(text),), right=(para(text, "!"),), wrong=(para("!", text),))
    return ShortAnswerQuestion(
        id=identifier, prompt=(para("?"),), key=TextKey(accepted=answers), feedback=feedback
    )


def _torture_order(identifier: str, text: str) -> OrderingQuestion:
    items = tuple(ListItem((para(mark, text),)) for mark in "!?+")
    return OrderingQuestion(id=identifier, prompt=(para("?"),), items=items)


def _sayable(text: str) -> str:
    """The partner of a pair is plain text, in which what looks like Moodle's placeholder cannot be said."""
    return text.replace("&&0", "&0")


def _torture_section(text: str) -> Section:
    return Section(title=(Text(text),), blocks=(para(text),))


WORDS = st.one_of(
    st.sampled_from(TORTURE),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12),
    st.text(alphabet="\\#=~{}:n0/->&%[]$ \nab", max_size=12),
)


def _inlines() -> st.SearchStrategy[Inlines]:
    leaves: st.SearchStrategy[Inline] = st.one_of(
        st.builds(Text, WORDS),
        st.builds(Code, WORDS),
        st.builds(Math, WORDS, st.booleans()),
        st.builds(Image, st.just("a/b.png"), WORDS),
        st.just(SoftBreak()),
        st.just(HardBreak()),
    )

    def wrapped(inner: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inlines]:
        nodes = st.one_of(
            st.builds(Emph, inner),
            st.builds(Strong, inner),
            st.builds(Strike, inner),
            st.builds(Sub, inner),
            st.builds(Sup, inner),
            st.builds(Mark, inner),
            st.builds(Kbd, inner),
            st.builds(Underline, inner),
            st.builds(
                Link, inner, st.sampled_from(["https://x.org/?a=1&b={2}", "x.md", "javascript:x"]), WORDS
            ),
        )
        return st.lists(st.one_of(leaves, nodes), min_size=1, max_size=3).map(tuple)

    return st.recursive(st.lists(leaves, min_size=1, max_size=4).map(tuple), wrapped, max_leaves=4)


INLINES = _inlines()


def _tables() -> st.SearchStrategy[Table]:
    row = st.tuples(st.builds(Cell, INLINES), st.builds(Cell, INLINES)).map(Row)
    aligns = st.tuples(st.sampled_from(Align), st.sampled_from(Align))
    return st.builds(Table, row, st.lists(row, max_size=2).map(tuple), aligns)


def _blocks() -> st.SearchStrategy[Blocks]:
    leaves: st.SearchStrategy[Block] = st.one_of(
        st.builds(Para, INLINES),
        st.builds(Heading, st.integers(1, 6), INLINES),
        st.builds(CodeBlock, WORDS, WORDS),
        st.builds(MathBlock, WORDS),
        _tables(),
        st.just(Divider()),
    )

    def nested(inner: st.SearchStrategy[Blocks]) -> st.SearchStrategy[Blocks]:
        items = st.lists(st.builds(ListItem, inner), min_size=1, max_size=2).map(tuple)
        nodes = st.one_of(
            st.builds(Quote, inner),
            st.builds(BulletList, items, st.booleans()),
            st.builds(OrderedList, items, st.integers(0, 3), st.booleans()),
        )
        return st.lists(st.one_of(leaves, nodes), min_size=1, max_size=2).map(tuple)

    return st.recursive(st.lists(leaves, min_size=1, max_size=2).map(tuple), nested, max_leaves=3)


BLOCKS = _blocks()
MAYBE = st.one_of(st.just(()), BLOCKS)
NOTES = st.lists(
    st.builds(Note, role=st.sampled_from(Role), label=WORDS, body=BLOCKS, side=st.sampled_from(Side)),
    max_size=3,
    unique_by=lambda note: note.role,
).map(tuple)
# A leading `!` keeps a prompt or choice from being empty, which is another test's matter.
FILLED = BLOCKS.map(lambda blocks: (para("!"), *blocks))
CHOICES = st.lists(
    st.builds(Choice, blocks=FILLED, correct=st.booleans(), feedback=MAYBE), min_size=1, max_size=5
).map(lambda rest: (*rest, Choice(blocks=(para("right"),), correct=True)))


PLAIN = st.one_of(st.just("x"), WORDS).map(lambda text: (Text(_sayable(f"!{text}")),))
WEIGHTS = st.one_of(st.none(), st.sampled_from(["50", "33.33333", "100", "0", "12.5"]).map(Decimal))
ACCEPTED = st.builds(Accepted, children=PLAIN, weight=WEIGHTS)
KEYS = st.lists(ACCEPTED, max_size=3).map(
    lambda rest: TextKey(accepted=(*rest, Accepted(children=(Text("whole"),))))
)
DECIMALS = st.decimals(-10_000, 10_000, places=3)
NUMBERS = st.builds(
    Number,
    value=DECIMALS,
    tolerance=st.decimals(0, 50, places=2),
    percent=st.booleans(),
    weight=WEIGHTS,
) | st.tuples(DECIMALS, st.decimals(0, 50, places=2)).map(
    lambda drawn: Number(value=drawn[0], upper=drawn[0] + drawn[1])
)
NUMBER_KEYS = st.builds(
    NumberKey, numbers=st.lists(NUMBERS, min_size=1, max_size=3).map(tuple), unit=st.sampled_from(["", "kg"])
)
PAIRS = {
    "pairs": st.lists(
        st.builds(Pair, left=INLINES.map(lambda line: (Text("!"), *line)), right=PLAIN),
        min_size=2,
        max_size=4,
    ).map(tuple),
    "distractors": st.lists(PLAIN, max_size=2).map(tuple),
}
FEEDBACK = st.builds(Feedback, general=MAYBE, right=MAYBE, wrong=MAYBE)


def _questions(number: Callable[[], str]) -> st.SearchStrategy[Question]:
    shared = {
        "id": st.builds(number),
        "title": st.one_of(st.just(()), INLINES),
        "prompt": FILLED,
        "solution": MAYBE,
        "notes": NOTES,
        "feedback": FEEDBACK,
    }
    items = st.lists(FILLED.map(ListItem), min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(OpenQuestion, **shared),
        st.builds(ChoiceQuestion, choices=CHOICES, **shared),
        st.builds(TrueFalseQuestion, answer=st.booleans(), **shared),
        st.builds(ShortAnswerQuestion, key=KEYS, **shared),
        st.builds(NumericQuestion, key=NUMBER_KEYS, **shared),
        st.builds(MatchingQuestion, **PAIRS, **shared),
        st.builds(CategorisingQuestion, **PAIRS, **shared),
        st.builds(OrderingQuestion, items=items, **shared),
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs with unique ids, and anything at all in their texts."""
    count = 0

    def number() -> str:
        nonlocal count
        count += 1
        return f"Q{count}"

    question = _questions(number)
    sections = st.builds(
        Section, title=INLINES, blocks=MAYBE, parts=st.lists(question, max_size=2).map(tuple)
    )
    parts = draw(st.lists(st.one_of(question, sections), max_size=4).map(tuple))
    meta = PackMeta(
        title="x",
        collection=draw(WORDS),
        description=draw(WORDS),
        tags=tuple(draw(st.lists(WORDS, max_size=2))),
    )
    return Pack(id="made", title=draw(WORDS), meta=meta, intro=draw(MAYBE), parts=parts)


def some_packs(count: int, strategy: st.SearchStrategy[Pack] | None = None) -> list[Pack]:
    """Return `count` generated packs, the same on every run."""
    made: list[Pack] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(packs() if strategy is None else strategy)
    def collect(pack: Pack) -> None:
        made.append(pack)

    collect()
    return made


def characters(text: str) -> str:
    """Return `text` without white space, which HTML may move, and U+FEFF, which JavaScript counts to it."""
    return "".join(text.replace("\ufeff", "").split())


def seen(html: str) -> str:
    """Return the characters that a browser shows of `html`."""
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return characters("".join(reader.parts))


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def shown(nodes: Blocks | Inlines, *, pictures: bool = False) -> str:
    """Return the characters that a learner should see of `nodes`, straight from the AST.

    Without `pictures`, each leaves its alternative text.
    """
    return characters("".join(_shown(nodes, pictures)))


def _shown(nodes: Blocks | Inlines, pictures: bool) -> Iterator[str]:
    for node in walk(nodes):
        match node:
            case Text() | Code() | CodeBlock():
                yield node.text
            case Math():
                yield f"\\[{node.tex}\\]" if node.display else f"\\({node.tex}\\)"
            case MathBlock():
                yield f"\\[{node.tex}\\]"
            case Image() if not pictures:
                yield f"[{node.alt or node.src}]"
            case _:
                pass
