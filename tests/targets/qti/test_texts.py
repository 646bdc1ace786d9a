"""Every text arrives unchanged, and where it belongs: before the answer, after it, or for graders."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from packc.ast.pack import Section
from packc.ast.question import MatchingQuestion, Pair
from packc.ast.richtext import (
    Code,
    CodeBlock,
    Emph,
    Footnote,
    Image,
    Link,
    ListItem,
    Math,
    MathBlock,
    OrderedList,
    Strike,
    Strong,
    Text,
)
from packc.backends.qti.elements import Maker
from packc.backends.qti.profile import QTI21
from tests.support import every_kind as every
from tests.support.packs import choice_question, context, open_question, pack, para
from tests.targets.qti.reading import QTI, files, item, many, one, text_of, words

HOSTILE = {
    "markup": "a <b>bold</b> & &amp; &#65; > \" ' </p>",
    "cdata": "<![CDATA[x]]> ]]> <!-- -- --> <?pi?>",
    "no-break space": "10\u00a0km\u00a0",
    "emoji": "\U0001f469\u200d\U0001f4bb \U0001f3f3\ufe0f\u200d\U0001f308",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "braces": "{{x}} {% y %} ${z} \\(a\\) $b$",
    "long": "x" * 100_000,
    "separators": "a\u2028b\u2029c\u0085d\u00ade",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_everywhere(text: str) -> None:
    question = choice_question("Q1")
    choice = replace(question.choices[0], blocks=(para(text),), feedback=(para(text),))
    sample = replace(
        pack(
            replace(
                question,
                title=(Text(text),),
                prompt=(para(text, Code(text)), CodeBlock(text), para(Image("figure.png", text))),
                choices=(choice, *question.choices[1:]),
                solution=(para(text),),
                notes=(replace(question.notes[0], label=text, body=(para(text),)),),
            ),
            Section(title=(Text(text),), blocks=(para(text),)),
        ),
        title=text,
        intro=(para(text),),
    )
    written = item(sample)
    assert [text_of(node) for node in many(written, "itemBody/div/p")[:1]] == [text + text]
    assert text_of(one(written, "itemBody/div/pre")) == text
    assert one(written, ".//img").get("alt") == text
    assert text_of(many(written, ".//simpleChoice")[0]) == text
    feedback = [[text_of(p) for p in many(node, "p")] for node in many(written, "modalFeedback")]
    assert feedback[0] == [text]
    assert feedback[-1] == [text] * 4
    test = ElementTree.fromstring(files(sample)["test.xml"])
    assert test.get("title") == text
    assert [node.get("title") for node in test.iter(f"{QTI}assessmentSection")][1:] == [text]
    assert [text_of(one(node, "p")) for node in many(test, ".//rubricBlock")] == [text, text]


def test_inline_text_gains_and_loses_no_space() -> None:
    inlines = (
        Text("a"),
        Strong((Text("b"),)),
        Emph((Text("c "), Strike((Text("d"),)))),
        Link((Code(" e"),), "https://example.org"),
        Text("f"),
    )
    written = item(pack(replace(open_question(), prompt=(para(*inlines),))))
    assert text_of(many(written, "itemBody/div/p")[0]) == "abc d ef"
    assert [node.get("class") for node in written.iter(f"{QTI}span")] == ["del"]


def test_text_beside_elements_is_kept() -> None:
    assert Maker(QTI21).div("a <em>b</em> c") == "<div>a <em>b</em> c</div>"


def test_columns_keep_their_alignment() -> None:
    written = item(pack(choice_question("Q1")))
    cells = [
        (node.tag.removeprefix(QTI), node.get("align")) for row in written.iter(f"{QTI}tr") for node in row
    ]
    assert cells == [("th", None), ("th", "right"), ("td", None), ("td", "right")]


def test_code_keeps_its_lines() -> None:
    code = "if a:\n\n\treturn"
    written = item(pack(replace(open_question(), prompt=(CodeBlock(code, "python"),))))
    node = one(written, "itemBody/div/pre")
    assert node.text == code
    assert node.get("class") == "language-python"
    assert len(node) == 0, "an inner element: one player collapses its line breaks"


def test_code_keeps_its_empty_lines() -> None:
    """HTML drops a line end right behind the tag, and readers the last one."""
    code = "\n\n  if a:\n\treturn\n\n"
    written = item(pack(replace(open_question(), prompt=(CodeBlock(code),))))
    node = one(written, "itemBody/div/pre")
    assert not node.text
    assert "".join(node.itertext()) == f"{code}\n"


def test_what_stands_before_the_answer() -> None:
    written = item(pack(open_question()))
    front = [words(node) for node in many(written, "itemBody/div")]
    assert front == [
        "The loss becomes nan. What is the first diagnosis?",
        "Cold target Name the step size.",
    ]
    assert written.get("title") == "Q1"


def test_what_graders_and_then_learners_see() -> None:
    written = item(pack(open_question()))
    graders = one(written, "itemBody/rubricBlock")
    assert graders.get("view") == "scorer"
    expected = [
        "TITLECANARY too high",
        "SOLUTIONCANARY the learning rate is too high.",
        "Reduce it & look < again.",
        "Why it matters",
        "WHYCANARY most failures are step-size failures.",
        "Source family",
        "SOURCECANARY notes",
        "Common wrong answer",
        "WRONGCANARY clean the data first.",
    ]
    for place in (graders, one(written, "modalFeedback")):
        found = [words(node) for node in place.iter() if node.tag in (f"{QTI}p", f"{QTI}li")]
        assert found == expected
        labels = [words(node) for node in many(place, "p/strong")]
        assert labels == [expected[0], "Why it matters", "Source family", "Common wrong answer"]


def test_nothing_is_given_away_before_the_answer() -> None:
    for sample in (open_question("Q1"), choice_question("Q1")):
        written = item(pack(sample))
        body = one(written, "itemBody")
        for rubric in many(body, "rubricBlock"):
            body.remove(rubric)
        shown = text_of(body) + " ".join(value for node in written.iter() for value in node.attrib.values())
        assert "CANARY" not in shown


def test_links_are_completed_by_the_source_url() -> None:
    sample = pack()
    test = ElementTree.fromstring(files(sample)["test.xml"])
    assert [node.get("href") for node in test.iter(f"{QTI}a")] == [
        "https://example.org/packs/topics/optimizers.md"
    ]
    lonely = replace(sample, meta=replace(sample.meta, source_url=""))
    test = ElementTree.fromstring(files(lonely)["test.xml"])
    assert not list(test.iter(f"{QTI}a"))
    assert "Optimizers" in text_of(test)


def test_pictures_lie_in_the_package() -> None:
    members = files(pack())
    source = one(item(pack(), "Q2"), ".//img").get("src")
    assert members[f"items/{source}"] == context().media["figure.png"].data


def test_double_braces_are_torn_apart() -> None:
    """One player takes what stands in them for a program, and shows nothing of an item whose text is none."""
    said = (Text("a {{x}} {{{y}}}"), Code("{{ user.name }}"), Math(r"\frac{{a}}{b}"), Math(r"\ce{{{x}}}"))
    blocks = (para(*said), CodeBlock("{{ z }}"), MathBlock(r"\unknown{{b}}"))
    written = item(pack(replace(open_question(), prompt=blocks, solution=blocks)))
    for part in ("itemBody", "modalFeedback"):
        strings = list(one(written, part).itertext())
        assert not [text for text in strings if "{{" in text]
    shown = text_of(one(written, "itemBody"))
    assert "a {{x}} {{{y}}}{{ user.name }}" in shown
    assert "{{ z }}" in shown
    assert r"\ce{{{x}}}" in shown
    blank = every.text_blank("a", hint="{{x}}")
    written = item(pack(replace(every.bare_cloze(), text=(para(blank),))), "K10")
    assert "{{x}}" in text_of(one(written, "itemBody"))
    assert "{{x}}" not in list(one(written, "itemBody").itertext())


def test_footnotes_stand_below_the_very_text_that_mentions_them() -> None:
    noted = (para("a", Footnote("1", (para("the note"),))),)
    question = choice_question("Q1")
    choices = tuple(replace(choice, blocks=noted) for choice in question.choices)
    written = item(pack(replace(question, choices=choices)))
    assert [words(node) for node in many(written, ".//simpleChoice")] == ["a[1]the note"] * 3
    pairs = tuple(Pair(left=noted[0].children, right=every.inline(text)) for text in "xy")
    matched = item(pack(MatchingQuestion(id="Q1", prompt=(para("?"),), pairs=pairs)))
    lefts = many(matched, ".//simpleMatchSet")[0]
    assert [words(node) for node in lefts] == ["a[1]the note"] * 2


@pytest.mark.parametrize("text", [r"\(x\)", r"a \[x\] b", "$$x$$", "x\\"])
@pytest.mark.parametrize("target", ["qti", "qti30", "canvas"])
def test_no_page_makes_a_formula_of_a_text(text: str, target: str) -> None:
    """MathJax on the page around a player looks for these two characters side by side in one text."""
    members = files(pack(replace(open_question(), prompt=(para(text, "("),))), target=target)
    (written,) = (data.decode() for data in members.values() if b"Cold target" in data)
    shown = html.unescape(written) if target == "canvas" else written
    assert not re.search(r"\\[(\[]|\$\$", shown)
    assert text in re.sub(r"<[^>]*>", "", shown)


def test_two_paragraphs_below_code_in_a_list_stay_two() -> None:
    """Such a list counts as tight, because no paragraph begins its items."""
    entry = ListItem((CodeBlock("x = 1"), para("first"), para("second")))
    written = item(pack(replace(open_question(), prompt=(OrderedList((entry,), 1, True),))))
    assert [words(node) for node in many(written, "itemBody/div/ol/li/p")] == ["first", "second"]
