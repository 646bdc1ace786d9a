"""Packs that try to break a GIFT file, and what a learner should see of any pack, told without GIFT."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser

from packc.ast.keys import Accepted, TextKey
from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import (
    Choice,
    ChoiceQuestion,
    Feedback,
    MatchingQuestion,
    Note,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Role,
    ShortAnswerQuestion,
)
from packc.ast.richtext import (
    Blocks,
    Callout,
    Code,
    CodeBlock,
    Footnote,
    Image,
    Inlines,
    ListItem,
    Math,
    MathBlock,
    Text,
)
from packc.ast.walk import walk
from packc.words import ENGLISH
from tests.support.packs import para
from tests.support.torture import TORTURE


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
    below: dict[Footnote, int] = {}
    yield from _with_marks(nodes, pictures, below)
    told = 0
    while told < len(below):  # a footnote in a footnote joins them
        yield from _with_marks(list(below)[told].blocks, pictures, below)
        told += 1


def _with_marks(nodes: Blocks | Inlines, pictures: bool, below: dict[Footnote, int]) -> Iterator[str]:
    inside: set[int] = set()  # a footnote, which stands below its text
    for node in walk(nodes):
        if id(node) in inside:
            continue
        match node:
            case Text() | Code() | CodeBlock():
                yield node.text
            case Math():
                yield f"\\[{node.tex}\\]" if node.display else f"\\({node.tex}\\)"
            case MathBlock():
                yield f"\\[{node.tex}\\]"
            case Image() if not pictures:
                yield f"[{node.alt or node.src}]"
            case Callout() if not node.title:
                yield str(getattr(ENGLISH, node.tone.value))
            case Footnote():
                yield f"[{below.setdefault(node, len(below) + 1)}]"
                inside |= {id(one) for one in walk(node.blocks)}
            case _:
                pass
