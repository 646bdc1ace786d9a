"""Which characters of a text are escaped, and which stay as they are: each rule with both of its sides."""

from __future__ import annotations

import pytest

from packc.ast.normal import normal_blocks
from packc.ast.pack import Pack, PackMeta
from packc.ast.richtext import Para, Text
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.blockstarts import begins_block
from packc.writer.escape import Fields, Place, resolve
from packc.writer.marks import attribute, closer, formula, opener, text
from packc.writer.pack import write

ESCAPED = {
    "\\": "\\\\",
    "\\*": "\\\\*",
    "a*b*c": r"a\*b\*c",
    "* *a": r"\* *a",
    "`a`": r"\`a\`",
    "``": r"\`\`",
    "__init__": r"\_\_init\_\_",
    "_a b_": r"\_a b\_",
    "a~b~c": r"a\~b\~c",
    "~1234~": r"\~1234\~",
    "~12345~": "~12345~",
    "a~~b~~": r"a\~\~b\~\~",
    "^a^": r"\^a^",
    "x^[n": r"x\^[n",
    "[^n": r"[\^n",
    "==a==": r"\==a==",
    "$x$": r"\$x$",
    "x $y z$.": r"x \$y z$.",
    "a $$b": r"a \$\$b",
    "$x$th": r"\$x$th",
    "$x$s": r"\$x$s",
    "<a>": r"\<a>",
    "<!x": r"\<!x",
    "</a>": r"\</a>",
    "<?x?>": r"\<?x?>",
    "&amp;": r"\&amp;",
    "&#65;": r"\&#65;",
    "&#1234567;": r"\&#1234567;",
    "&#X0000e9;": r"\&#X0000e9;",
    "&AMP;": r"\&AMP;",
    "&Aa1;": r"\&Aa1;",
    "&" + "a" * 32 + ";": "\\&" + "a" * 32 + ";",
    "&#xE9;": r"\&#xE9;",
    "[a](b)": r"[a\](b)",
    "{#a}": r"\{#a}",
    "a {.b}": r"a \{.b}",
    "a {b=c}": r"a \{b=c}",
    "{-5%}": r"\{-5%}",
    "{+5%}": r"\{+5%}",
    "x {case}": r"x \{case}",
    "{ 5}": r"\{ 5}",
    "{{a}}": r"\{{a}}",
    "# a": r"\# a",
    "###### a": r"\###### a",
    "#": r"\#",
    "> a": r"\> a",
    ">a": r"\>a",
    "- a": r"\- a",
    "-\ta": "\\-\ta",
    "-[ ] a": r"\-[ ] a",
    "+": r"\+",
    "1. a": r"1\. a",
    "123456789) a": r"123456789\) a",
    "7.": r"7\.",
    "- - -": r"\- - -",
    "-----": r"\-----",
    "~~~": r"\~~~",
    "~ a": r"\~ a",
    ": a": r"\: a",
    "::: a": r"\::: a",
    "!!! a": r"\!!! a",
    "??? a": r"\??? a",
    "[a]: b": r"[a]\: b",
    " a": "&#32;a",
    "a ": "a&#32;",
    "a\u00a0": "a&#160;",
    "a\nb": "a&#10;b",
    "a\n=": "a&#10;\\=",
    "a\n---": "a&#10;\\---",
    "a\n|-|": "a&#10;\\|-|",
    "a\n:-:": "a&#10;\\:-:",
    "a \nb": "a&#32;&#10;b",
    "a\n b": "a&#10;&#32;b",
}

AS_IT_IS = [
    *("&#;", "&#12345678;", "&#x1234567;", "&#x;", "&a;", "&1a;", "&" + "a" * 33 + ";", "==a", "==a=", "=="),
    *("a*b", "a * b * c", "*a", "`", "a_b", "a_b_c", "a _ b _ c", "_", "~", "a ~~ b", "a ~ b c d e ~"),
    *("^", "^a b^", "x^2", "a==b", "== a", "a===b", "a == b==", "==", "$", "$5 and $6", "a$b$"),
    *("5$ and 6$", "$ x$", "$x $", "<", "a<b", "a < b >", "<1>", "<a", "&", "&x", "&;", "&#x;"),
    *("&12345678;", "[a]", "[a] (b)", "]", "{", "{a}", "{a b}", "{#b} a", "{ {", "{,5}", "{casex}"),
    *("!", "![a]", "!a", "#a", "####### a", "-a", "1.a", "12345678901. a", "a. b", "--", "~~", ":a"),
    *("!! a", "?? a", "[a] : b", "a - b", "a # b", "a  b", "a\tb", "x:\u00a0y", "=", "| a |", "--- a"),
    *("Solution: x", "(a)", "\ufffd", "é", "€5", "f(x)[0]"),
]


def read(markdown: str) -> Pack:
    return read_pack(SourceFile.from_text(markdown, name="made.md"), Sink(), fallback_id="made")


@pytest.mark.parametrize("plain", ESCAPED)
def test_what_is_escaped(plain: str) -> None:
    assert resolve(text(plain), Place.PARAGRAPH) == ESCAPED[plain]


@pytest.mark.parametrize("plain", AS_IT_IS)
def test_what_stays_as_it_is(plain: str) -> None:
    assert resolve(text(plain), Place.PARAGRAPH) == plain


@pytest.mark.parametrize("plain", [*ESCAPED, *AS_IT_IS])
def test_what_is_written_reads_as_the_same_text(plain: str) -> None:
    pack = Pack(id="made", title="made", meta=PackMeta(), intro=normal_blocks((Para((Text(plain),)),)))
    assert read(write(pack)) == pack


@pytest.mark.parametrize(
    ("marked", "written"),
    [
        (opener("*") + text("a") + closer("*"), "*a*"),
        (opener("*") + text(" a ") + closer("*"), "*&#32;a&#32;*"),
        (text("b") + opener("*") + text("a") + closer("*") + text("c"), "b*a*c"),
        (text("b") + opener("_") + text("a") + closer("_") + text("c"), "&#98;_a_&#99;"),
        (text("b") + opener("*") + text("(a)") + closer("*") + text("c"), "&#98;*(a)*&#99;"),
        (text("b ") + opener("_") + text("a") + closer("_") + text("."), "b _a_."),
        (text("b ") + opener("*") + text("*a") + closer("*") + text(" c"), r"b *\*a* c"),
        (opener("~~") + text("~a") + closer("~~"), r"~~\~a~~"),
        ("`x`" + text("{#a} b"), r"`x`\{#a} b"),
        (text("b\ufdd0") + opener("_") + text("a") + closer("_"), "b\ufdd0<!-- -->_a_"),
        (text("b\x7f") + opener("_") + text("a") + closer("_"), "b\x7f<!-- -->_a_"),
        (text("b\uffff") + opener("_") + text("a") + closer("_"), "b\uffff<!-- -->_a_"),
        (text("b\ufdcf") + opener("_") + text("a") + closer("_"), "b&#64975;_a_"),
        (opener("_") + text("a") + closer("_") + text("b"), "_a_&#98;"),
        ("`x`" + text(" {#a} b"), r"`x` {#a} b"),
        ("[^1]" + text("(b)"), "[^1]&#40;b)"),
        (text("!") + "[b](c)", r"\![b](c)"),
        (text("[x]") + "(", r"[x\]("),
    ],
)
def test_marks_and_what_stands_beside_them(marked: str, written: str) -> None:
    assert resolve(marked, Place.PARAGRAPH) == written


@pytest.mark.parametrize(
    ("marked", "written"),
    [
        (formula("x", display=False), "$x$"),
        (formula("x", display=True), "$$x$$"),
        (text("5 ") + formula("x", display=False) + text("."), "5 $x$."),
        (text("5") + formula("x", display=False) + text("y"), r"5\(x\)y"),
        (text("5") + formula("x", display=False), r"5\(x\)"),
        (formula("x", display=False) + text("_"), r"\(x\)_"),
        (formula("x", display=False) + text("{"), r"\(x\){"),
        (text("5") + formula("abc", display=False) + text("y"), "&#53;$abc$&#121;"),
        (text("5") + formula("abcde", display=False), "&#53;$abcde$"),
        (text("5") + formula("ABCDE", display=False), "&#53;$ABCDE$"),
        (text("5") + formula("a b-cd", display=False), r"5\(a b-cd\)"),
        (text("5") + formula("a cde, f", display=False), "&#53;$a cde, f$"),
        (text("5") + formula("abc1", display=False), r"5\(abc1\)"),
        (text("5$") + formula("x", display=True) + text("$y"), "5&#36;$$x$$&#36;y"),
        (text("5") + formula("x", display=True) + text("y"), "5$$x$$y"),
        (formula("x", display=False) + formula("y", display=False), r"\(x\)\(y\)"),
        (formula("abc", display=False) + formula("def", display=False), "$abc$<!-- --><!-- -->$def$"),
    ],
)
def test_formulas_and_what_stands_beside_them(marked: str, written: str) -> None:
    assert resolve(marked, Place.PARAGRAPH) == written


@pytest.mark.parametrize(
    ("plain", "paragraph", "behind", "line"),
    [
        (": a", r"\: a", "&#58; a", ": a"),
        ("：a", "：a", "&#65306;a", "：a"),
        ("# a", r"\# a", "# a", "# a"),
        ("- a", r"\- a", "- a", "- a"),
        ("a\n# b", "a&#10;\\# b", "a&#10;\\# b", "a&#10;# b"),
    ],
)
def test_a_place_decides_what_begins_a_block(plain: str, paragraph: str, behind: str, line: str) -> None:
    assert resolve(text(plain), Place.PARAGRAPH) == paragraph
    assert resolve(text(plain), Place.BEHIND_LABEL) == behind
    assert resolve(text(plain), Place.LINE) == line


@pytest.mark.parametrize(
    ("plain", "written", "with_plain_labels"),
    [
        ("Solution: x", "Solution: x", r"Solution\: x"),
        ("Solution：", "Solution：", "Solution&#65306;"),
        ("Solution:x", "Solution:x", "Solution:x"),
        ("Solutions: x", "Solutions: x", "Solutions: x"),
        ("a\nSolution: b", "a&#10;Solution: b", "a&#10;Solution\\: b"),
        ("**Solution:** x", r"\*\*&#83;olution:\*\* x", r"\*\*&#83;olution:\*\* x"),
        ("*Solution*: x", r"\*&#83;olution\*: x", r"\*&#83;olution\*: x"),
        ("** Solution ** x", r"\*\* &#83;olution \*\* x", r"\*\* &#83;olution \*\* x"),
        ("__Solution__ x", r"\_\_&#83;olution\_\_ x", r"\_\_&#83;olution\_\_ x"),
        ("**a**: x", r"\*\*a\*\*&#58; x", r"\*\*a\*\*&#58; x"),
        ("__a__ ：", r"\_\_a\_\_ &#65306;", r"\_\_a\_\_ &#65306;"),
    ],
)
def test_a_text_is_kept_from_being_a_label(plain: str, written: str, with_plain_labels: str) -> None:
    def is_label(words: str) -> bool:
        return words.strip() == "Solution"

    assert resolve(text(plain), Place.PARAGRAPH, Fields(is_label)) == written
    assert resolve(text(plain), Place.PARAGRAPH, Fields(is_label, plain=True)) == with_plain_labels


@pytest.mark.parametrize(
    ("characters", "special", "numbered", "written"),
    [
        ("a b", "", "", "a b"),
        ("a\tb\u00a0c\nd", "", "", "a&#9;b&#160;c&#10;d"),
        ("a\x85b", "", "", "a\x85b"),
        ('a"b\\', '"\\', "", 'a\\"b\\\\'),
        ("a[b]", "", "[]", "a&#91;b&#93;"),
        ("&amp; & &x", "", "", r"\&amp; & &x"),
        ("\x00\x06a", "", "", "\ufffd\ufffda"),
    ],
)
def test_an_attribute(characters: str, special: str, numbered: str, written: str) -> None:
    assert attribute(characters, special, numbered=numbered) == written


def test_what_serves_as_a_mark_is_no_text() -> None:
    assert resolve(text("a\x01\x06b"), Place.PARAGRAPH) == "a\ufffd\ufffdb"
    assert resolve(formula("\x02x", display=False), Place.PARAGRAPH) == "$\ufffdx$"
    assert text("") == ""


@pytest.mark.parametrize(
    ("line", "at", "under_text"),
    [
        ("#\ta", 0, 0),
        ("#", 0, 0),
        ("###### a", 0, 0),
        ("####### a", None, None),
        (">", 0, 0),
        ("-\ta", 0, 0),
        ("*", 0, 0),
        ("+[", 0, 0),
        ("123456789.\ta", 9, 9),
        ("1234567890. a", None, None),
        ("1)", 1, 1),
        ("1.a", None, None),
        ("_ _ _", 0, 0),
        ("*\t**\t", 0, 0),
        ("--- ", 0, 0),
        ("__", None, None),
        ("--a", None, None),
        ("~~~a", 0, 0),
        (":\ta", 0, 0),
        ("::", 0, 0),
        (":", None, 0),
        ("~\ta", 0, 0),
        ("~", None, None),
        ("!!!", 0, 0),
        ("???", 0, 0),
        ("[]:", 2, 2),
        ("[a b]: c", 5, 5),
        ("[a]b:", None, None),
        ("=", None, 0),
        ("===\t ", None, 0),
        ("= =", None, None),
        ("-=", None, None),
        ("--", None, 0),
        ("|", None, 0),
        ("| - :|\t-", None, 0),
        (":-", None, 0),
        ("|a|", None, None),
    ],
)
def test_what_begins_a_block(line: str, at: int | None, under_text: int | None) -> None:
    assert begins_block(line, is_first=True) == at
    assert begins_block(line, is_first=False) == under_text


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("**5a:** x", r"\*\*5a:\*\* x"),
        ("**_a:** x", r"\*\*_a:\*\* x"),
        ("**a5:** x", r"\*\*&#97;5:\*\* x"),
        ("**" + "a" * 61 + ":** x", r"\*\*&#97;" + "a" * 60 + r":\*\* x"),
        ("**" + "a" * 62 + ":** x", r"\*\*" + "a" * 62 + r":\*\* x"),
        ("**" + "a" * 62 + "**: x", r"\*\*" + "a" * 62 + r"\*\*&#58; x"),
        ("**" + "a" * 63 + "**: x", r"\*\*" + "a" * 63 + r"\*\*: x"),
    ],
)
def test_what_could_be_a_label(plain: str, written: str) -> None:
    assert resolve(text(plain), Place.PARAGRAPH, Fields(lambda _: True)) == written
