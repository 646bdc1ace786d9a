"""Packs built by hand, so that a target can be tested without the reader."""

from __future__ import annotations

import struct
import zlib

from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import Choice, ChoiceQuestion, Note, OpenQuestion, Question, Role
from packc.ast.richtext import (
    Align,
    Block,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Image,
    Inline,
    Link,
    ListItem,
    Math,
    MathBlock,
    Para,
    Row,
    Strong,
    Table,
    Text,
)
from packc.backends.base import EmitContext
from packc.media import Media

RELEASED = 1_790_000_000


def para(*parts: Inline | str) -> Para:
    return Para(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def bullets(*items: str) -> BulletList:
    return BulletList(tuple(ListItem((para(item),)) for item in items))


def note(role: Role, label: str, *blocks: Block) -> Note:
    return Note(role=role, label=label, body=blocks)


def open_question(identifier: str = "Q1") -> OpenQuestion:
    return OpenQuestion(
        id=identifier,
        title=(Text("TITLECANARY too high"),),
        prompt=(
            para("The loss becomes ", Code("nan"), ". What is the ", Strong((Text("first"),)), " diagnosis?"),
        ),
        solution=(bullets("SOLUTIONCANARY the learning rate is too high.", "Reduce it & look < again."),),
        notes=(
            note(Role.WHY, "Why it matters", para("WHYCANARY most failures are step-size failures.")),
            note(
                Role.SOURCE,
                "Source family",
                para("SOURCECANARY ", Link((Text("notes"),), "https://example.org/a?b=1&c=2")),
            ),
            note(Role.MISCONCEPTION, "Common wrong answer", para("WRONGCANARY clean the data first.")),
            note(Role.COLD_TARGET, "Cold target", para("Name the step size.")),
        ),
    )


def choice_question(identifier: str = "Q2", *, right: tuple[int, ...] = (0,)) -> ChoiceQuestion:
    texts: tuple[tuple[Block, ...], ...] = (
        (para("Reduce ", Math(r"\eta"), " by {half} = 50% ~ or so"),),
        (para("Clean the data -> again: #1"),),
        (CodeBlock('def f(x):\n    return "a\\n" # 0\n\n0', "python"),),
    )
    choices = tuple(
        Choice(blocks=blocks, correct=index in right, feedback=(para(f"FEEDBACKCANARY{index} because."),))
        for index, blocks in enumerate(texts)
    )
    return ChoiceQuestion(
        id=identifier,
        title=(Text("TITLECANARY choice"),),
        prompt=(
            para("Given ", Math(r"x^{2} = \frac{1}{y}"), " and the figure:"),
            MathBlock(r"\sum_{i=1}^{n} x_i^2 + \text{a<b}"),
            para(Image("figure.png", 'A "curve" & axes')),
            Table(
                header=Row((Cell((Text("epoch"),)), Cell((Text("loss"),)))),
                rows=(Row((Cell((Text("1"),)), Cell((Code("0.7"),)))),),
                aligns=(Align.NONE, Align.RIGHT),
            ),
        ),
        choices=choices,
        solution=(para("SOLUTIONCANARY large steps overshoot."),),
        notes=(note(Role.WHY, "Why it matters", para("WHYCANARY it is common.")),),
    )


def pack(*parts: Question | Section, identifier: str = "sample-pack") -> Pack:
    meta = PackMeta(
        title="A sample & pack",
        collection="Academy / Deep Learning",
        description="A description.",
        tags=("deep-learning", "Training Loops"),
        license="CC BY 4.0",
        version="1.2",
        source_url="https://example.org/packs/sample/",
        authors=("Ada Example",),
    )
    return Pack(
        id=identifier,
        title="A sample & pack",
        meta=meta,
        intro=(para("An introduction with ", Code("code"), "."),),
        parts=parts or SAMPLE_PARTS,
    )


def closing_section() -> Section:
    return Section(
        title=(Text("What to do after this pack"),),
        blocks=(BulletList((ListItem((para(Link((Text("Optimizers"),), "../topics/optimizers.md")),)),)),),
    )


SAMPLE_PARTS: tuple[Question | Section, ...] = (
    open_question("Q1"),
    choice_question("Q2"),
    Section(
        title=(Text("A section"),),
        blocks=(para("Section text."),),
        parts=(choice_question("Q3", right=(0, 1)),),
    ),
    closing_section(),
)


def png(width: int = 40, height: int = 20) -> bytes:
    """A small grey PNG."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def png_claiming(side: int) -> bytes:
    """The head of a PNG that claims to be `side` pixels wide and high."""
    size = side.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size + size + b"\x08\0\0\0\0" + b"\0\0\0\0"


def context(*identifiers: str) -> EmitContext:
    """The context of a sample pack: every question released at one moment, the figure loaded."""
    published = dict.fromkeys(identifiers or ("Q1", "Q2", "Q3"), RELEASED)
    return EmitContext(published=published, media={"figure.png": Media(png(), "image/png", 40, 20)})
