"""For every feature, two packs that differ in it alone: what a target keeps has to tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from packc.ast.keys import DropdownKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import ChoiceQuestion, Feedback, Note, Pin, Question, Role
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
    Heading,
    Image,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    OrderedList,
    Quote,
    Row,
    Strike,
    Sub,
    Table,
    Text,
    Tone,
    Underline,
)
from packc.backends.base import EmitContext, Feature
from packc.media import Media
from tests.support import every_kind as kinds
from tests.support.every_kind import inline
from tests.support.packs import bullets, para, png

CONTEXT = EmitContext(
    published=dict.fromkeys(("K01", "K02", "K03", "K04"), 1_790_000_000),
    media={
        "a.png": Media(png(), "image/png", 40, 20),
        "b.png": Media(png() + b"\0", "image/png", 40, 20),
    },
)
Pair = tuple[Pack, Pack]
_WORD = (Text("word"),)
_TABLE = Table(Row((Cell(inline("a")),)), (Row((Cell(inline("1")),)),), (Align.NONE,))


def pack_of(*parts: Question | Section, **meta: object) -> Pack:
    front = PackMeta(title="Pack", namespace="n")
    return Pack(id="p", title="Pack", meta=replace(front, **meta), parts=parts)  # type: ignore[arg-type]


def variants() -> Mapping[Feature, Pair]:
    """Return the pairs, the pack that has the feature first."""
    return {**_kinds(), **_fields(), **_answers(), **_packs(), **_texts()}


def _questions(one: Question, other: Question) -> Pair:
    return pack_of(one), pack_of(other)


def _kinds() -> Mapping[Feature, Pair]:
    single, multiple = _choices(0), _choices(0, 1)
    truth, short, numeric = kinds.true_false(), kinds.short_answer(), kinds.numeric()
    cloze, matching, sorting, order = (
        kinds.bare_cloze(),
        kinds.matching(),
        kinds.categorising(),
        kinds.ordering(),
    )
    best, *rest = numeric.key.numbers
    blank = para("FRONT: water is ", kinds.text_blank("ice"), ".")
    return {
        Feature.OPEN: _questions(_open(), replace(_open(), prompt=(para("Otherwise?"),))),
        Feature.ESSAY: _questions(kinds.essay(), replace(kinds.essay(), prompt=(para("Otherwise?"),))),
        Feature.SINGLE_CHOICE: _questions(single, _choices(1)),
        Feature.MULTIPLE_CHOICE: _questions(multiple, _choices(0, 2)),
        Feature.TRUE_FALSE: _questions(truth, replace(truth, answer=not truth.answer)),
        Feature.SHORT_ANSWER: _questions(short, replace(short, key=TextKey(accepted=kinds.accepts("other")))),
        Feature.NUMERIC: _questions(
            numeric,
            replace(numeric, key=replace(numeric.key, numbers=(replace(best, value=Decimal(7)), *rest))),
        ),
        Feature.CLOZE: _questions(cloze, replace(cloze, text=(blank,))),
        Feature.MATCHING: _questions(matching, replace(matching, pairs=matching.pairs[:2])),
        Feature.CATEGORISING: _questions(sorting, replace(sorting, pairs=sorting.pairs[:2])),
        Feature.ORDERING: _questions(order, replace(order, items=order.items[::-1])),
    }


def _open() -> Question:
    return replace(kinds.open_question(), hints=(), points=None, minutes=None, difficulty="", notes=())


def _choices(*right: int) -> ChoiceQuestion:
    choices = tuple(
        replace(kinds.multiple_choice().choices[0], blocks=(para(f"choice {n}"),), correct=n in right)
        for n in range(4)
    )
    bare = tuple(replace(choice, weight=None) for choice in choices)
    return ChoiceQuestion(id="K03", prompt=(para("Which?"),), choices=bare)


def _fields() -> Mapping[Feature, Pair]:
    asked: Question = _choices(0)

    def changed(**values: object) -> Pair:
        return pack_of(replace(asked, **values)), pack_of(asked)  # type: ignore[arg-type]

    def note(role: Role) -> Pair:
        return changed(notes=(Note(role=role, label="Label", body=(para("Said."),), key="k"),))

    said = (para("Said."),)
    essay = kinds.essay()
    return {
        Feature.TITLE: changed(title=inline("A title")),
        Feature.SOLUTION: changed(solution=said),
        Feature.WHY: note(Role.WHY),
        Feature.SOURCE: note(Role.SOURCE),
        Feature.MISCONCEPTION: note(Role.MISCONCEPTION),
        Feature.COLD_TARGET: note(Role.COLD_TARGET),
        Feature.OWN_FIELD: note(Role.OWN),
        Feature.HINT: changed(hints=(said,)),
        Feature.FEEDBACK: changed(feedback=Feedback(general=said)),
        Feature.RIGHT_FEEDBACK: changed(feedback=Feedback(right=said)),
        Feature.WRONG_FEEDBACK: changed(feedback=Feedback(wrong=said)),
        Feature.QUESTION_TAGS: changed(tags=("tag",)),
        Feature.DIFFICULTY: changed(difficulty="hard"),
        Feature.POINTS: changed(points=Decimal(3)),
        Feature.MINUTES: changed(minutes=Decimal(3)),
        Feature.SHUFFLE: changed(shuffle=False),
        Feature.RUBRIC: _questions(
            replace(essay, points=Decimal(4)), replace(essay, points=Decimal(4), rubric=())
        ),
        Feature.LINES: _questions(essay, replace(essay, lines=None)),
        Feature.WORD_LIMIT: _questions(essay, replace(essay, least_words=None, most_words=None)),
    }


def _answers() -> Mapping[Feature, Pair]:
    asked = _choices(0)

    def choice(**values: object) -> Pair:
        first = replace(asked.choices[1], **values)  # type: ignore[arg-type]
        return pack_of(replace(asked, choices=(asked.choices[0], first, *asked.choices[2:]))), pack_of(asked)

    short, numeric, match = kinds.short_answer(), kinds.numeric(), kinds.matching()
    bare = tuple(replace(number, tolerance=Decimal(0), upper=None) for number in numeric.key.numbers)
    options = tuple(Option(children=inline(text), correct=text == "a") for text in ("a", "b"))
    dropdown = Blank(key=DropdownKey(options=options))
    return {
        Feature.CHOICE_FEEDBACK: choice(feedback=(para("Said."),)),
        Feature.WEIGHT: choice(weight=Decimal(-50)),
        Feature.PIN: choice(pin=Pin.LAST),
        Feature.CASE: _questions(short, replace(short, key=replace(short.key, case=False))),
        Feature.UNIT: _questions(numeric, replace(numeric, key=replace(numeric.key, unit=""))),
        Feature.TOLERANCE: _questions(numeric, replace(numeric, key=replace(numeric.key, numbers=bare))),
        Feature.DROPDOWN: _clozes(dropdown, kinds.text_blank("a")),
        Feature.BLANK_HINT: _clozes(kinds.text_blank("a", hint="look"), kinds.text_blank("a")),
        Feature.BLANK_NUMBER: _clozes(kinds.text_blank("a", number=7), kinds.text_blank("a")),
        Feature.HEADS: _questions(match, replace(match, heads=((), ()))),
        Feature.DISTRACTOR: _questions(match, replace(match, distractors=())),
    }


def _clozes(one: Blank, other: Blank) -> Pair:
    return _questions(
        replace(kinds.bare_cloze(), text=(para("It is ", one, "."),)),
        replace(kinds.bare_cloze(), text=(para("It is ", other, "."),)),
    )


def _packs() -> Mapping[Feature, Pair]:
    asked = _open()
    section = Section(title=inline("A section"), blocks=(para("Read this."),), parts=(asked,))

    def meta(**values: object) -> Pair:
        return pack_of(asked, **values), pack_of(asked)

    return {
        Feature.STIMULUS: (
            pack_of(replace(section, stimulus=True)),
            pack_of(replace(section, stimulus=True, blocks=(para("Read that."),))),
        ),
        Feature.SECTIONS: (pack_of(replace(section, blocks=())), pack_of(asked)),
        Feature.SECTION_TEXT: (pack_of(section), pack_of(replace(section, blocks=()))),
        Feature.INTRO: (replace(pack_of(asked), intro=(para("Hello."),)), pack_of(asked)),
        Feature.DESCRIPTION: meta(description="What this is."),
        Feature.TAGS: meta(tags=("tag",)),
        Feature.AUTHORS: meta(authors=("Ada",)),
        Feature.LICENSE: meta(license="CC0"),
        Feature.VERSION: meta(version="2"),
        Feature.SOURCE_URL: meta(source_url="https://example.org/"),
        Feature.LANGUAGE: meta(lang="de"),
    }


def _texts() -> Mapping[Feature, Pair]:
    def blocks(one: Block, other: Block) -> Pair:
        return (
            pack_of(replace(_open(), prompt=(para("See:"), one))),
            pack_of(replace(_open(), prompt=(para("See:"), other))),
        )

    plain = para("word")
    table = replace(_TABLE, aligns=(Align.RIGHT,))
    listed = OrderedList((ListItem((para("word"),)),), 3)
    return {
        Feature.EMPHASIS: blocks(para(Emph(_WORD)), plain),
        Feature.STRIKE: blocks(para(Strike(_WORD)), plain),
        Feature.SUB_SUP: blocks(para(Sub(_WORD)), plain),
        Feature.MARK: blocks(para(Mark(_WORD)), plain),
        Feature.KBD: blocks(para(Kbd(_WORD)), plain),
        Feature.UNDERLINE: blocks(para(Underline(_WORD)), plain),
        Feature.LINK: blocks(para(Link(_WORD, "https://example.org/")), plain),
        Feature.RELATIVE_LINK: blocks(para(Link(_WORD, "../a.md")), plain),
        Feature.CODE: blocks(para(Code("word")), plain),
        Feature.CODE_LANGUAGE: blocks(CodeBlock("x", "python"), CodeBlock("x")),
        Feature.MATH: blocks(para(Math("x")), para("x")),
        Feature.IMAGE: blocks(para(Image("a.png", "alt")), para(Image("b.png", "alt"))),
        Feature.IMAGE_SIZE: blocks(para(Image("a.png", "alt", width="50%")), para(Image("a.png", "alt"))),
        Feature.TABLE: blocks(_TABLE, para("a1")),
        Feature.TABLE_ALIGN: blocks(table, _TABLE),
        Feature.LIST: blocks(bullets("word"), plain),
        Feature.LIST_START: blocks(listed, replace(listed, start=1)),
        Feature.HEADING: blocks(Heading(3, _WORD), plain),
        Feature.QUOTE: blocks(Quote((plain,)), plain),
        Feature.FOOTNOTE: blocks(para("word", Footnote("1", (para("note"),))), plain),
        Feature.DEFINITION_LIST: blocks(DefinitionList((Definition(_WORD, ((para("x"),),)),)), para("wordx")),
        Feature.CALLOUT: blocks(Callout(Tone.TIP, (), (plain,)), Callout(Tone.NOTE, (), (plain,))),
        Feature.DIVIDER: blocks(Divider(), BulletList((ListItem(()),))),
    }
