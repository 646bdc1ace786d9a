"""Packs that try to break a GIFT file, and what a learner should see of any pack, told without GIFT."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import Choice, ChoiceQuestion, Note, OpenQuestion, Question, Role
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


def _torture_section(text: str) -> Section:
    return Section(title=(Text(text),), blocks=(para(text),))


_WORDS = st.one_of(
    st.sampled_from(TORTURE),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12),
    st.text(alphabet="\\#=~{}:n0/->&%[]$ \nab", max_size=12),
)


def _inlines() -> st.SearchStrategy[Inlines]:
    leaves: st.SearchStrategy[Inline] = st.one_of(
        st.builds(Text, _WORDS),
        st.builds(Code, _WORDS),
        st.builds(Math, _WORDS, st.booleans()),
        st.builds(Image, st.just("a/b.png"), _WORDS),
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
                Link, inner, st.sampled_from(["https://x.org/?a=1&b={2}", "x.md", "javascript:x"]), _WORDS
            ),
        )
        return st.lists(st.one_of(leaves, nodes), min_size=1, max_size=3).map(tuple)

    return st.recursive(st.lists(leaves, min_size=1, max_size=4).map(tuple), wrapped, max_leaves=4)


_INLINES = _inlines()


def _tables() -> st.SearchStrategy[Table]:
    row = st.tuples(st.builds(Cell, _INLINES), st.builds(Cell, _INLINES)).map(Row)
    aligns = st.tuples(st.sampled_from(Align), st.sampled_from(Align))
    return st.builds(Table, row, st.lists(row, max_size=2).map(tuple), aligns)


def _blocks() -> st.SearchStrategy[Blocks]:
    leaves: st.SearchStrategy[Block] = st.one_of(
        st.builds(Para, _INLINES),
        st.builds(Heading, st.integers(1, 6), _INLINES),
        st.builds(CodeBlock, _WORDS, _WORDS),
        st.builds(MathBlock, _WORDS),
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


_BLOCKS = _blocks()
_MAYBE = st.one_of(st.just(()), _BLOCKS)
_NOTES = st.lists(
    st.builds(Note, role=st.sampled_from(Role), label=_WORDS, body=_BLOCKS),
    max_size=3,
    unique_by=lambda note: note.role,
).map(tuple)
# A leading `!` keeps a prompt or choice from being empty, which is another test's matter.
_FILLED = _BLOCKS.map(lambda blocks: (para("!"), *blocks))
_CHOICES = st.lists(
    st.builds(Choice, blocks=_FILLED, correct=st.booleans(), feedback=_MAYBE), min_size=1, max_size=5
).map(lambda rest: (*rest, Choice(blocks=(para("right"),), correct=True)))


def _questions(number: Callable[[], str]) -> st.SearchStrategy[Question]:
    shared = {
        "id": st.builds(number),
        "title": st.one_of(st.just(()), _INLINES),
        "prompt": _FILLED,
        "solution": _MAYBE,
        "notes": _NOTES,
    }
    return st.one_of(st.builds(OpenQuestion, **shared), st.builds(ChoiceQuestion, choices=_CHOICES, **shared))


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
        Section, title=_INLINES, blocks=_MAYBE, parts=st.lists(question, max_size=2).map(tuple)
    )
    parts = draw(st.lists(st.one_of(question, sections), max_size=4).map(tuple))
    meta = PackMeta(
        title="x",
        collection=draw(_WORDS),
        description=draw(_WORDS),
        tags=tuple(draw(st.lists(_WORDS, max_size=2))),
    )
    return Pack(id="made", title=draw(_WORDS), meta=meta, intro=draw(_MAYBE), parts=parts)


def some_packs(count: int) -> list[Pack]:
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
    @given(packs())
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


def shown(nodes: Blocks | Inlines) -> str:
    """Return the characters that a learner should see of `nodes`, straight from the AST."""
    return characters("".join(_shown(nodes)))


def _shown(nodes: Blocks | Inlines) -> Iterator[str]:
    for node in walk(nodes):
        match node:
            case Text() | Code() | CodeBlock():
                yield node.text
            case Math():
                yield f"\\[{node.tex}\\]" if node.display else f"\\({node.tex}\\)"
            case MathBlock():
                yield f"\\[{node.tex}\\]"
            case Image():
                yield f"[{node.alt or node.src}]"
            case _:
                pass
