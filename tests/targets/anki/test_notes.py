"""Fields and tags: what stands where on a card."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.pack import PackMeta
from packc.ast.question import Question, Role
from packc.ast.richtext import Code, CodeBlock, Divider, Image, Math, Para, Text
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.notes import note_fields
from packc.backends.anki.notetypes import note_type_of
from packc.backends.anki.richtext import CardRenderer, inert
from packc.backends.anki.tags import anki_tag, note_tags
from tests.support import packs
from tests.targets.anki.emitting import visible_text


def fields(question: Question, meta: PackMeta | None = None) -> dict[str, str]:
    pack = packs.pack(question)
    if meta is not None:
        pack = replace(pack, meta=meta)
    return dict(
        zip(
            note_type_of(question).fields,
            note_fields(question, CardTexts(pack, packs.context())),
            strict=True,
        )
    )


def test_an_open_question_fills_its_fields() -> None:
    values = fields(packs.open_question("Q1"))
    assert values["ID"] == "Q1"
    assert values["Pack"] == "A sample &amp; pack"
    assert "<code>nan</code>" in values["Question"]
    assert visible_text(values["ColdTarget"]) == "Cold targetName the step size."
    assert "SOLUTIONCANARY" in values["Solution"]
    assert "WHYCANARY" in values["Why"]
    assert '<a href="https://example.org/a?b=1&amp;c=2">notes</a>' in values["Source"]
    assert "WRONGCANARY" in values["Misconception"]
    assert visible_text(values["Title"]) == "TITLECANARY too high"
    assert [values[f"Extra{n}"] for n in (1, 2, 3)] == ["", "", ""]


def test_the_authors_own_label_is_on_the_card_and_ours_where_there_is_none() -> None:
    own = packs.note(Role.WHY, "Pourquoi <c'est> utile", packs.para("x"))
    unnamed = packs.note(Role.SOURCE, "", packs.para("y"))
    values = fields(replace(packs.open_question("Q1"), notes=(own, unnamed)))
    assert visible_text(values["Why"]) == "Pourquoi <c'est> utilex"
    assert visible_text(values["Source"]).startswith("Source")


@pytest.mark.parametrize(("right", "key", "how"), [((1,), "2", "one"), ((0, 2), "1,3", "all that apply")])
def test_choices_are_plain_in_front_and_marked_behind(right: tuple[int, ...], key: str, how: str) -> None:
    values = fields(packs.choice_question("Q2", right=right))
    assert values["Correct"] == key
    assert f"Choose {how}." in values["Choices"]
    assert "FEEDBACKCANARY" not in values["Choices"]
    assert not {"pk-right", "pk-wrong"} & set(values["Choices"].split('"'))
    items = ElementTree.fromstring(values["Answers"]).findall("ol/li")
    assert len(items) == 3
    for index, item in enumerate(items):
        words = "".join(item.itertext())
        assert item.get("class") == ("pk-right" if index in right else "pk-wrong")
        assert ("Right" in words, "Wrong" in words) == (index in right, index not in right)
        assert f"FEEDBACKCANARY{index}" in words


def test_a_prompt_that_shows_nothing_gives_way_to_the_title() -> None:
    for prompt in ((), (Divider(),), (Para((Text(" "),)),)):
        values = fields(replace(packs.open_question("Q1"), prompt=prompt))
        assert visible_text(values["Question"]).strip() == "TITLECANARY too high"
    picture = fields(replace(packs.open_question("Q1"), prompt=(packs.para(Image("figure.png", "")),)))
    assert "TITLECANARY" not in picture["Question"]


def test_a_title_that_is_the_prompt_is_not_said_twice() -> None:
    question = packs.open_question("Q1")
    assert fields(replace(question, prompt=(Para(question.title),)))["Title"] == ""


@pytest.mark.parametrize(
    ("meta", "direction"),
    [
        (PackMeta(lang="en"), "ltr"),
        (PackMeta(lang="ar-EG"), "rtl"),
        (PackMeta(lang="HE"), "rtl"),
        (PackMeta(lang="az-Arab"), "rtl"),
        (PackMeta(lang="ur-Latn"), "ltr"),
        (PackMeta(lang="ar", dir="ltr"), "ltr"),
        (PackMeta(lang="en", dir="rtl"), "rtl"),
    ],
)
def test_texts_carry_language_and_direction(meta: PackMeta, direction: str) -> None:
    assert meta.direction == direction
    assert f'lang="{meta.lang}" dir="{direction}"' in fields(packs.open_question(), meta)["Question"]


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("Training Loops", "training-loops"),
        ("topic::Loss  Curves", "topic::loss-curves"),
        ('a"b', "ab"),
        (" ::x:: ", "x"),
        ("U\u0308bung", "übung"),
        ("\u3000", ""),
    ],
)
def test_tags_take_ankis_form(tag: str, written: str) -> None:
    assert anki_tag(tag) == written


def test_tags_end_with_the_pack_and_come_once() -> None:
    pack = packs.pack()
    pack = replace(pack, id="Sample-Pack", meta=replace(pack.meta, tags=("Loss", "loss", '"')))
    question = replace(packs.open_question(), tags=("Step Size", "loss"), difficulty="Very hard")
    assert note_tags(question, pack) == ("loss", "step-size", "difficulty::very-hard", "packc::sample-pack")


def test_fields_are_in_nfc() -> None:
    values = fields(replace(packs.open_question(), prompt=(packs.para("u\u0308"), CodeBlock("e\u0301"))))
    assert "ü" in values["Question"]
    assert "é" in values["Question"]


@pytest.mark.parametrize(
    "command",
    [
        "[sound:x.mp3]",
        "[[type:Answer]]",
        "[anki:tts lang=en]",
        "[latex]",
        "[$]",
        "[$$]",
        "[SOUND:x]",
        "[/latex]",
    ],
)
def test_commands_of_anki_are_inert_in_every_kind_of_text(command: str) -> None:
    image = Image("figure.png", command, command)
    prompt = (packs.para(command, Code(command), Math(command), image), CodeBlock(command, "x"))
    values = fields(replace(packs.open_question(command), title=(Text(command),), prompt=prompt))
    for name in ("ID", "Question", "Title"):
        assert command not in values[name]
        assert "&#91;" in values[name]
    assert visible_text(values["Title"]) == command


def test_text_that_looks_like_maths_is_not_maths() -> None:
    paragraph = packs.para("write \\(x\\) or \\[y\\] or a\\b, ends in \\", "(")
    value = fields(replace(packs.open_question(), prompt=(paragraph,)))["Question"]
    assert "\\(" not in value
    assert "\\[" not in value
    assert visible_text(value) == "write \\(x\\) or \\[y\\] or a\\b, ends in \\("


def test_an_overlay_does_not_melt_into_the_tag_before_it() -> None:
    value = fields(replace(packs.open_question(), prompt=(packs.para("\u0338a", Code("\u0338b")),)))[
        "Question"
    ]
    assert ElementTree.fromstring(value).find("p/code") is not None
    assert visible_text(value) == "\u0338a\u0338b"


def test_formulas_keep_their_source_escaped() -> None:
    values = fields(
        replace(packs.open_question(), prompt=(packs.para(Math("a<b&c")), packs.para(Math("x", True))))
    )
    assert r"\(a&lt;b&amp;c\)" in values["Question"]
    assert r"\[x\]" in values["Question"]


@pytest.mark.parametrize(
    ("tex", "wide"),
    [
        ("a+" * 20 + "b", True),
        (r"\alpha", False),
        (r"x_1 = 4 - 0.25 \cdot 8 = 2", True),  # there is space around each operator
        (r"x_{1}^{\alpha} 0.4 0.2 5 8 2", False),
        (r"\log \sinh \max \arg \tan x", True),  # names of functions are spelt out
        (r"\alpha \beta \gamma \delta \rho x", False),
    ],
)
def test_long_formulas_can_scroll(tex: str, wide: bool) -> None:
    values = fields(replace(packs.open_question(), prompt=(packs.para(Math(tex)),)))
    assert ('class="pk-wide"' in values["Question"]) is wide


COMMANDS = ["[sound:", "[[type:", "[latex]", "<script>", "]]>"]
hostile = st.lists(st.sampled_from([*"<>&\"'[]:$\\(){}=ab \u0338\u0301", *COMMANDS]), max_size=20).map(
    "".join
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(hostile, hostile, hostile)
def test_any_text_arrives_well_formed_and_unchanged(text: str, code: str, alternative: str) -> None:
    prompt = (packs.para(text, Code(code), Image("figure.png", alternative)), CodeBlock(code))
    value = fields(replace(packs.open_question(), prompt=prompt))["Question"]
    root = ElementTree.fromstring(value)
    assert inert(value) == value
    assert same("".join(root.find("p").itertext()), text + code)  # type: ignore[union-attr]
    assert same("".join(root.find("pre").itertext()), code)  # type: ignore[union-attr]
    assert same(root.find("p/img").get("alt"), alternative)  # type: ignore[union-attr,arg-type]


def same(one: str, other: str) -> bool:
    return normalize("NFC", one) == normalize("NFC", other)


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        (", then", '<span class="pk-together">\\(x\\),</span> then'),
        (").", '<span class="pk-together">\\(x\\)).</span>'),
        (" , then", "\\(x\\) , then"),
        ("<b>", "\\(x\\)&lt;b&gt;"),
    ],
)
def test_punctuation_stays_with_its_formula(after: str, shown: str) -> None:
    renderer = CardRenderer({}, source_url="")
    assert renderer.inlines((Text("If "), Math("x"), Text(after))) == f"If {shown}"
