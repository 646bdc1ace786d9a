"""What each target's own escaping makes of each character that is live there, and of its neighbours."""

from __future__ import annotations

import pytest
from lxml import etree

from packc.ast.pack import Pack, PackMeta
from packc.ast.question import OpenQuestion
from packc.backends.anki.richtext import inert
from packc.backends.anki.tags import anki_tag, note_tags
from packc.backends.gift import escape as gift
from packc.backends.qti import elements, mathml2, xhtml
from packc.backends.qti.identifiers import LONGEST, identifiers
from packc.backends.qti.profile import QTI21, QTI30, Profile
from packc.backends.qti.uri import any_uri, link_target
from packc.backends.shared.moodle import names as moodle_names
from packc.render import escape
from packc.render.maths import mathml


def test_html_and_xml() -> None:
    assert escape.text("a<b>&amp;\"'\n\t") == "a&lt;b&gt;&amp;amp;\"'\n\t"
    assert escape.attribute("a<b>&\"'\n\tc") == "a&lt;b&gt;&amp;&quot;'&#10;&#9;c"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\\", "\\\\"),
        ("#", "\\#"),
        ("=", "\\="),
        ("~", "\\~"),
        ("{", "\\{"),
        ("}", "\\}"),
        (":", "\\:"),
        ("a\nb", "a\\nb"),
        ("a\r\nb\rc\n\nd", "a\\nb\\nc\\n\\nd"),
        ("\\n", "\\\\n"),
        ("a\0b", "a\ufffdb"),
        ("->%[]()/$*", "->%[]()/$*"),
    ],
)
def test_gift(text: str, written: str) -> None:
    assert gift.text(text) == written


def test_gift_in_other_places() -> None:
    assert gift.bracketed("id", "a]b") == "[id:a\\]b]"
    assert gift.bracketed("tag", "a[b") == "[tag:a[b]"
    assert gift.category_path(("a\\b", "c/d")) == "top/a\\\\b/c//d"
    assert gift.without_placeholders("&&058; &&58; &&amp; &&&010;") == "&amp;&058; &&58; &&amp; &&amp;&010;"
    assert gift.has_placeholder("a &&058")
    assert not gift.has_placeholder("a &&05")
    assert not gift.has_placeholder("a &058")


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (("a",), "a"),
        ((" a ",), "a"),
        (("a", "b"), "top/a/b"),
        (("a/b", "c"), "top/a//b/c"),
        (("/a", "b/"), "top/ //a/b// "),
        (("/a/",), "//a//"),
    ],
)
def test_a_path_of_categories(names: tuple[str, ...], path: str) -> None:
    assert moodle_names.category_path(names) == path


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("a  b\n c ", "a b c"),
        ("a<b", "a< b"),
        ("a < b", "a < b"),
        ("a<", "a"),
        ("a < < ", "a"),
        ("<<", ""),
        ("x" * 255, "x" * 255),
        ("x" * 256, "x" * 254 + "…"),
        ("x" * 252 + "   <  y" * 2, "x" * 252 + "…"),
        ("a\0", "a\ufffd"),
    ],
)
def test_a_name_in_moodle(value: str, name: str) -> None:
    assert moodle_names.name(value) == name
    assert len(name) <= moodle_names.MAX_NAME


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("top", "(top)"),
        ("Top", "Top"),
        ("tops", "tops"),
        ("$course$", "($course$)"),
        ("$1$", "$1$"),
        ("a$b$", "a$b$"),
    ],
)
def test_the_name_of_a_category(value: str, name: str) -> None:
    assert moodle_names.category_name(value) == name


@pytest.mark.parametrize("tag", ["", " a", "a ", "a<", ">a", "a`", "a\x1f", "a\x7f", "x" * 256, "a\ufffe"])
def test_a_tag_that_moodle_cannot_take(tag: str) -> None:
    assert moodle_names.tag_fault(tag)


@pytest.mark.parametrize("tag", ["a", "a b", "x" * 255, "é", "a\x20b", "a'\"&"])
def test_a_tag_that_moodle_can_take(tag: str) -> None:
    assert moodle_names.tag_fault(tag) == ""


def test_id_numbers_of_one_file() -> None:
    numbers = moodle_names.IdNumbers()
    assert numbers.fault("Q1") == ""
    assert numbers.fault("x" * 100) == ""
    for refused in ("", " Q2", "Q2 ", "Q\x1f2", "Q\x7f2", "Q2\ufffe", "x" * 101, "Q1", "q1"):
        assert numbers.fault(refused), refused


@pytest.mark.parametrize(
    ("html", "field"),
    [
        ("[sound:a]", "&#91;sound:a]"),
        ("[Sound:a]", "&#91;Sound:a]"),
        ("[anki:tts]", "&#91;anki:tts]"),
        ("[[type:a]]", "&#91;&#91;type:a]]"),
        ("[type:a]", "&#91;type:a]"),
        ("[latex]a[/latex]", "&#91;latex]a&#91;/latex]"),
        ("[$]a[/$]", "&#91;$]a&#91;/$]"),
        ("[$$]a[/$$]", "&#91;$$]a&#91;/$$]"),
        ("[sounds:a] [a] [latexy] [typed:a]", "[sounds:a] [a] [latexy] [typed:a]"),
        ("e\u0301", "é"),
        ("<b>\u0338a</b>", "<b>&#824;a</b>"),
        ("a<\u0338 =\u0338", "a<&#824; =&#824;"),
        ("a\u0338", "a\u0338"),
        ("a\x7fb", "a&#127;b"),
    ],
)
def test_what_anki_would_act_on(html: str, field: str) -> None:
    assert inert(html) == field


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("Two Words", "two-words"),
        (" a \t b ", "a-b"),
        ('a"b', "ab"),
        ("a::B", "a::b"),
        ("::a::::b::", "a::b"),
        ("a:b", "a:b"),
        ("e\u0301", "é"),
        ('""', ""),
    ],
)
def test_a_tag_in_anki(tag: str, kept: str) -> None:
    assert anki_tag(tag) == kept


def test_the_tags_of_a_note() -> None:
    pack = Pack(id="Made", title="", meta=PackMeta(tags=("A b", "c")))
    asked = OpenQuestion(id="Q1", tags=("C", "::", "d"), difficulty="Very easy")
    assert note_tags(asked, pack) == ("a-b", "c", "d", "difficulty::very-easy", "packc::made")
    assert note_tags(OpenQuestion(id="Q1"), pack) == ("a-b", "c", "packc::made")


@pytest.mark.parametrize(
    ("target", "uri"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ("https://ex%C3%A4mple.org", "https://ex%C3%A4mple.org"),
        ("https://exämple.org", "https://ex%C3%A4mple.org"),
        ("https://a.b/50%", "https://a.b/50%25"),
        ("https://a.b/%zz%4", "https://a.b/%25zz%254"),
        ("https://a.b/%41", "https://a.b/%41"),
        ("https://a.b/[x]?[y]#[z]", "https://a.b/%5Bx%5D?%5By%5D#%5Bz%5D"),
        ("https://a.b/#x#y", "https://a.b/#x%23y"),
        ("https://a.b/x\ny", "https://a.b/x%0Ay"),
        ("https://a.b/#", "https://a.b/#"),
        ("https://[::1]:80/a", "https://[::1]:80/a"),
        ("https://user:pass@a.b:65535/", "https://user:pass@a.b:65535/"),
        ("a:b c:d", "a:b%20c:d"),
        ("x/ä:b", "x/%C3%A4:b"),
        ("x?ä:b", "x?%C3%A4:b"),
        ("x#ä:b", "x#%C3%A4:b"),
        ("https://[::aF.1]/", "https://[::aF.1]/"),
        ("https:///a", "https:///a"),
        ("https://@a.b?c/d", "https://@a.b?c/d"),
        ("https://u[@a.b/", None),
        ("https://u]@a.b/", None),
        ("https://u@v@a.b/", None),
        ("https://a[b/", None),
        ("https://a]b/", None),
        ("https://a.b:/", None),
        ("https://a.b:123456/", None),
        ("https://a.b:x/", None),
        ("https://[x]/", None),
        ("https://[::1/", None),
        ("https://a:b:1/", None),
        ("https://a[b]/", None),
        ("mailto:a@b.c?subject=d e", "mailto:a@b.c?subject=d%20e"),
        ("a/b;c,d=e!$&'()*+~", "a/b;c,d=e!$&'()*+~"),
        ('a"<>\\^`{|}', "a%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("a\0b", "a%EF%BF%BDb"),
        ("", ""),
    ],
)
def test_an_address_in_qti(target: str, uri: str | None) -> None:
    assert any_uri(target) == uri


def test_where_a_link_leads() -> None:
    assert link_target("a b", "https://example.org/c/") == "https://example.org/c/a%20b"
    assert link_target("a b", "") is None
    assert link_target("javascript:a", "https://example.org/") is None


@pytest.mark.parametrize(
    ("value", "is_length"),
    [("5", True), ("50%", True), ("", False), ("5px", False), ("%", False), ("٣", False), ("5%%", False)],
)
def test_a_length_in_qti(value: str, is_length: bool) -> None:
    assert xhtml.is_length(value) is is_length


def test_plain_text_in_qti() -> None:
    assert xhtml.plain("a<{{b}}") == "a&lt;{<span>{</span>b}}"
    assert xhtml.plain("{ {") == "{ {"
    assert xhtml.slot("a1") == '<slot id="a1"/>'


def test_names_in_qti() -> None:
    """An importer that updates knows an item by its name, so none of these may ever change."""
    names = identifiers(["1", "a:b", "ü", "", "x" * 33, "a b", "a b", "x" * 32, "A-B"])
    assert names == [
        "q1_6b86b273",
        "a_b_6783a31e",
        "__607474ca",
        "q_e3b0c442",
        "xxxxxxxxxxxxxxxxxxxxxxx_11ba55a3",
        "a_b_c8687a08",
        "a_b_6f58cef3",
        "x" * 32,
        "A-B",
    ]
    assert max(map(len, names)) == LONGEST == 32


def test_which_characters_a_name_in_qti_keeps() -> None:
    ids = ["_a_1.b-C", "Z", "_", "a.b-C D9_", "\ud800", "-a", "9.z"]
    assert identifiers(ids) == [
        "_a_1.b-C",
        "Z",
        "_",
        "a.b-C_D9__09f6793a",
        "__91a681b9",
        "q-a_c2748917",
        "q9.z_c75b3be0",
    ]


def test_an_element_of_qti() -> None:
    qti = elements.Maker(QTI21)
    child = qti("b", text="<x>\0\r", someName='"&', other="<\r\n\t>")
    node = qti("a", child, qti("c"), xmlns="n:s")
    assert elements.document(node) == (
        b"<?xml version='1.0' encoding='UTF-8'?>\n"
        b'<a xmlns="n:s">\n'
        b'<b someName="&quot;&amp;" other="&lt;&#13;&#10;&#9;&gt;">&lt;x&gt;\xef\xbf\xbd&#13;</b>\n'
        b"<c/>\n</a>\n"
    )
    assert etree.fromstring(elements.document(node))[0].get("other") == "<\r\n\t>"


@pytest.mark.parametrize(
    ("profile", "tag", "written"),
    [
        (QTI21, "modalFeedback", '<modalFeedback outcomeId="1">{}</modalFeedback>'),
        (QTI30, "prompt", '<qti-prompt outcome-id="1">{}</qti-prompt>'),
        *(
            (
                QTI30,
                f"{name}Block",
                f'<qti-{name}-block outcome-id="1">'
                f"<qti-content-body>{{}}</qti-content-body></qti-{name}-block>",
            )
            for name in ("feedback", "rubric")
        ),
        (
            QTI30,
            "modalFeedback",
            '<qti-modal-feedback outcome-id="1"><qti-content-body>{}</qti-content-body></qti-modal-feedback>',
        ),
    ],
)
def test_rich_text_in_an_element_of_qti(profile: Profile, tag: str, written: str) -> None:
    xhtml_text = 'a <b>x</b><slot id="s"/> c<i></i>'
    node = elements.Maker(profile).rich(
        tag, xhtml_text, lambda name: elements.element("gap", text=name), outcomeId="1"
    )
    assert node == written.format("a <b>x</b><gap>s</gap> c<i/>")


def test_a_slot_that_nobody_fills_stays() -> None:
    node = elements.Maker(QTI21).div('<slot id="s"/>', id="1")
    assert node == '<div id="1"><slot id="s"/></div>'


@pytest.mark.parametrize(
    "text",
    [
        '<p>a\rb\r\nc</p><img alt="d\re&#10;f"/>=\r"',
        '<table><tr><td></td><td class="a &gt; b"></td></tr></table><p><em></em></p><h1></h1><br/>',
    ],
)
def test_rich_text_is_written_as_lxml_writes_it(text: str) -> None:
    node = etree.fromstring(f"<div>{text}</div>")
    assert elements.Maker(QTI21).div(text) == etree.tostring(node, encoding="unicode")


@pytest.mark.parametrize(
    "tex",
    [
        *(r"2^{3} - \sqrt[3]{x} < y", r"\sum_{i=1}^n \hat x_i", r"\mathbf{x}\;\lim_{h\to0}"),  # as they are
        *(
            r"\text{{{x}}}",
            r"\dfrac{1}{2}",
            r"\displaystyle x",
            r"\raisebox{1em}{x}\phantom{y}",
            r"\textbf{b}",
            "{{x}}",
        ),
        *(r"\begin{cases}a&b\\c&d\end{cases}", r"\begin{matrix}a\end{matrix}", "{}_2", "", r"\lt\&"),
    ],
)
@pytest.mark.parametrize("display", [False, True])
def test_every_formula_that_has_to_be_is_lowered(tex: str, display: bool) -> None:
    math = mathml(tex, display)
    assert elements.Maker(QTI21).div(math) == f"<div>{mathml2.lowered(math)}</div>"
