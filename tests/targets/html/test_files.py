"""Both files: whole, alone, well-formed, whatever a pack holds."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from lxml import etree

from packc.ast.pack import Pack
from packc.ast.question import OpenQuestion
from packc.ast.richtext import CodeBlock, Image, Link, Math, MathBlock, Text
from packc.backends.base import EmitContext, Feature, Level, Loss
from packc.backends.html.pages import css_string
from packc.backends.options import Options
from packc.backends.registry import infos, load
from packc.media import Media
from packc.render.templating import template_text
from packc.source import Span
from tests.support import packs
from tests.targets.html.emitted import elements, handout, strings, text_of, tree, visible

CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{}'"


def test_the_registry_knows_the_target() -> None:
    assert infos()["html"].suffix == ".html"
    assert load("html").info is infos()["html"]


def test_two_files_named_after_the_pack() -> None:
    assert [file.path for file in handout(packs.pack(identifier="my-pack"), packs.context())] == [
        "my-pack.html",
        "my-pack.key.html",
    ]


@pytest.mark.parametrize(("paper", "rule"), [("any", ""), ("a4", "size: a4;"), ("letter", "size: letter;")])
def test_the_paper_is_the_one_asked_for(paper: str, rule: str) -> None:
    context = packs.context()._replace(options=Options({"paper": paper}))
    for file in handout(packs.pack(), context):
        styles = strings(tree(file), "//style/text()")[0]
        assert re.findall(r"(?<!-)\bsize: \w+;", styles) == ([rule] if rule else [])


def test_same_pack_same_bytes() -> None:
    assert handout(packs.pack(), packs.context()) == handout(packs.pack(), packs.context())


def test_every_feature_is_spoken_for() -> None:
    capabilities = load("html").capabilities()

    assert set(capabilities) == set(Feature)
    assert {f for f, c in capabilities.items() if c.level is not Level.KEPT} == {
        Feature.RELATIVE_LINK,
        Feature.HINT,
        Feature.BLANK_HINT,
        Feature.BLANK_NUMBER,
    }
    assert all(c.how for c in capabilities.values() if c.level is not Level.KEPT)


def test_nothing_can_run_or_load() -> None:
    for file in handout(packs.pack(), packs.context()):
        root = tree(file)
        assert strings(root, "//meta[@http-equiv='Content-Security-Policy']/@content") == [_policy(root)]
        assert elements(root, "//link|//iframe|//object|//form|//base") == []
        assert strings(root, "//@*[starts-with(name(), 'on')]|//@style") == []
        assert all(source.startswith("data:image/") for source in strings(root, "//@src"))
        assert "url(" not in file.data.decode()
        assert "@import" not in file.data.decode()


def test_landmarks_language_and_title() -> None:
    student, key = (tree(file) for file in handout(packs.pack(), packs.context()))

    for root in (student, key):
        (body,) = elements(root, "body")
        assert [child.tag for child in body] == ["header", "main", "footer", "script"]
        assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
        identifiers = strings(root, "//@id")
        assert len(identifiers) == len(set(identifiers))
    assert student.findtext("head/title") == "A sample & pack"
    assert key.findtext("head/title") == "Answer key – A sample & pack"


@pytest.mark.parametrize(
    ("lang", "stated", "expected"),
    [
        ("ar", "", "rtl"),
        ("he-IL", "", "rtl"),
        ("fa", "", "rtl"),
        ("UR_PK", "", "rtl"),
        ("de", "", "ltr"),
        ("arn", "", "ltr"),
        ("en", "rtl", "rtl"),
        ("ar", "ltr", "ltr"),
        ("en", "sideways", "ltr"),
    ],
)
def test_the_direction_is_stated_or_follows_from_the_language(lang: str, stated: str, expected: str) -> None:
    pack = packs.pack()
    pack = replace(pack, meta=replace(pack.meta, lang=lang, dir=stated))

    assert all(tree(file).get("dir") == expected for file in handout(pack, packs.context()))


def test_the_sheets_own_words_keep_their_language_and_direction() -> None:
    pack = packs.pack()
    pack = replace(pack, meta=replace(pack.meta, lang="ar"))
    student = tree(handout(pack, packs.context()).student)

    assert set(strings(student, "//bdi/@lang")) == {"en"}
    assert {"Name", "Questions: 3", "Choose one.", "End of paper"} <= set(strings(student, "//bdi/text()"))


def test_an_image_lies_in_the_file_with_its_size_and_words() -> None:
    student = tree(handout(packs.pack(), packs.context()).student)
    image = elements(student, "//img")[0]

    assert b64decode(image.get("src", "").removeprefix("data:image/png;base64,")) == packs.png()
    assert (image.get("width"), image.get("height")) == ("40", "20")
    assert image.get("alt") == 'A "curve" & axes'


def test_an_image_of_unknown_size_states_none() -> None:
    question = OpenQuestion(id="Q1", prompt=(packs.para(Image("a.svg", "x")),), solution=(packs.para("s"),))
    context = EmitContext(published={"Q1": 0}, media={"a.svg": Media(b"<svg/>", "image/svg+xml", 0, 0)})
    image = elements(tree(handout(packs.pack(question), context).student), "//img")[0]

    assert (image.get("width"), image.get("height")) == (None, None)


def test_formulas_are_mathml_with_their_tex() -> None:
    student = tree(handout(packs.pack(packs.choice_question()), packs.context("Q2")).student)
    formulas = elements(student, "//*[local-name()='math']")

    assert [formula.get("alttext") for formula in formulas] == [
        r"x^{2} = \frac{1}{y}",
        r"\sum_{i=1}^{n} x_i^2 + \text{a<b}",
        r"\eta",
    ]


def test_a_formula_without_mathml_is_shown_as_tex_and_reported() -> None:
    places = [Span(0, 10, 20), Span(0, 30, 40)]
    prompt = (packs.para(Math(r"\ce{H2O <}", span=places[0])), MathBlock(r"\SI{3}{m}", span=places[1]))
    pack = packs.pack(OpenQuestion(id="Q1", prompt=prompt, solution=(packs.para(Math("x")),)))
    student = tree(handout(pack, packs.context("Q1")).student)

    assert strings(student, "//code[@class='tex']/text()") == [r"\ce{H2O <}", r"\SI{3}{m}"]
    losses = list(load("html").losses(pack, packs.context("Q1")))
    assert [(loss.level, loss.span) for loss in losses] == [(Level.DEGRADED, place) for place in places]
    assert r"\ce" in losses[0].how


def test_a_pack_that_keeps_everything_reports_nothing() -> None:
    losses: list[Loss] = list(load("html").losses(packs.pack(), packs.context()))

    assert losses == []


def test_links_are_safe_and_complete() -> None:
    prompt = packs.para(
        Link((Text("rel"),), "../a.md"),
        Link((Text("bad"),), "javascript:alert(1)"),
        Link((Text("https://x.org/"),), "https://x.org/"),
    )
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(prompt,), solution=(packs.para("s"),)))
    links = elements(tree(handout(pack, packs.context("Q1")).student), "//article//a")

    assert [(link.text, link.get("href"), link.get("class")) for link in links] == [
        ("rel", "https://example.org/packs/a.md", None),
        ("https://x.org/", "https://x.org/", "bare"),
    ]
    assert "bad" in visible(handout(pack, packs.context("Q1")).student)


def test_code_keeps_every_character() -> None:
    code = "\n\tif a < b && c:\n\n        x = '</code>'\n"
    question = OpenQuestion(id="Q1", prompt=(CodeBlock(code, "c++"),), solution=(packs.para("s"),))
    student = tree(handout(packs.pack(question), packs.context("Q1")).student)

    assert [text_of(element) for element in elements(student, "//pre/code")] == [code]


@pytest.mark.parametrize(
    "value", ['a "b" \\ c', "</style><script>", "a\nb\r\n c\t d", "*/ } @import url(x)", "é \u200f 中"]
)
def test_a_css_string_is_one_string_of_the_same_text(value: str) -> None:
    written = str(css_string(value))

    assert re.fullmatch(r'"(?:[0-9A-Za-z \u00a0-\U0010ffff]|\\[0-9a-f]{1,6} )*"', written)
    read = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), written[1:-1])
    assert read == " ".join(value.split())


@pytest.mark.parametrize(
    "name",
    ["base.css", "student.css", "key.css", "teacher.css", "large.css", "easy.css", "cards.css", "page.js"],
)
def test_style_sheets_can_stand_inside_the_page(name: str) -> None:
    css = template_text(f"html/{name}")

    assert not set("<&") & set(css), "neither XML nor a style element may end inside them"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_has_contrast_of_seven_to_one(scheme: str) -> None:
    css = template_text("html/base.css")
    light = dict(re.findall(r"--(ink|soft|paper|shade|link): (#\w+);", css.split("@media")[0]))
    dark = dict(re.findall(r"--(ink|soft|paper|shade|link): (#\w+);", css.split("dark) {")[1].split("}")[0]))
    colours = light if scheme == "light" else dark

    assert len(colours) == 5
    for ink in ("ink", "soft", "link"):
        for ground in ("paper", "shade"):
            assert _contrast(colours[ink], colours[ground]) >= 7, (ink, ground)


def test_templates_never_see_content() -> None:
    pack: Pack = packs.pack(
        OpenQuestion(id="Q1", prompt=(packs.para("{{ 7*7 }} {% raise %} {#"),), solution=(packs.para("s"),))
    )
    file = handout(replace(pack, title="{{ 7*7 }}"), packs.context("Q1")).student

    assert "{{ 7*7 }} {% raise %} {#" in visible(file)
    assert tree(file).findtext("body/header/h1") == "{{ 7*7 }}"


def _policy(root: etree._Element) -> str:
    """The policy that lets the one script of the page run."""
    (script,) = strings(root, "//script/text()")
    return CSP.format(b64encode(sha256(script.encode()).digest()).decode())


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
