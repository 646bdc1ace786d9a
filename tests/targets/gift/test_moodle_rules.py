"""The rules measured on a real Moodle hold for packc's files, and each of them can be broken."""

from __future__ import annotations

import pytest

from packc.backends.gift.document import gift_text
from tests.support.packs import pack as sample_pack
from tests.targets.gift.moodle_rules import Comment, category_names, comment, faults
from tests.targets.gift.samples import torture_pack


def test_the_sample_pack_breaks_no_rule() -> None:
    assert faults(gift_text(sample_pack())) == []


def test_no_torture_text_breaks_a_rule() -> None:
    assert faults(gift_text(torture_pack())) == []


GOOD = """\
// [id:q-1] [tag:one] [tag:two words]
::Name \\: one::[html]<p>What is \\\\(x^\\{2\\}\\\\)?</p>{
\t=[html]9#[html]Right.
\t~[html]6
\t####[html]General
}

$CATEGORY: top/A/B // C

::Several::[html]Which?{
\t~%50%[html]a
\t~%50%[html]b
\t~%-100%[html]c
}

// [id:q-2]
::Essay::[html]Discuss.{
\t####[html]general
}

::TF::[html]Text{TRUE#[html]wrong#[html]right####[html]general}

::Short::[html]Capital?{
\t=%100%[plain]Paris
\t=%50%[plain]Lyon
}

::Num::[html]g?{
\t#
\t=%100%9.81:0.01
\t~#[html]Anything else
}

::Match::[html]Pair up{
\t=[html]Stem one -> one
\t=[html]Stem two -> two
\t= -> distractor
}

::Text only::[html]A description\\: no braces
"""


def test_the_recipe_itself_breaks_no_rule() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("written", "spoilt", "fault"),
    [
        ("\t~[html]6\n", "\n\t~[html]6\n", "braces are not balanced"),
        ("\t~[html]6\n", "0\n\t~[html]6\n", "just 0"),
        ("\t~[html]6\n", "// \t~[html]6\n", "starts with //"),
        ("\t=[html]9#[html]Right.\n", "", "less than two choices"),
        ("{TRUE#[html]wrong", "{TRUE#wrong", "otherwise"),
        ("=%100%[plain]Paris", "=%100%[plain]", "or empty"),
        ("=%100%[plain]Paris", "=%50%[plain]Paris", "stops the import"),
        ("=%50%[plain]Lyon", "=%51%[plain]Lyon", "not in Moodle's list"),
        ("=%50%[plain]Lyon", "=%50%[plain]a -> b", "pair with a live character"),
        ("=%100%9.81:0.01", "=%100%9,81:0.01", "anything at all"),
        ("=%100%9.81:0.01", "=%99%9.81:0.01", "not in Moodle's list"),
        ("\t=%100%9.81:0.01\n", "", "without an answer"),
        (" -> one", " -> ", "without a partner"),
        (" -> one", f" -> {'y' * 256}", "more than 255"),
        ("\t=[html]Stem one -> one\n", "", "less than two pairs"),
        ("=[html]Stem one", "=[html] ", "asks nothing"),
        ("\t~[html]6\n", "\t~[html]\n", "empty choice"),
        ("\t~[html]6\n", "\t~6\n", "without its format"),
        ("\t~[html]6\n", "\t~[html]6=7\n", "live character"),
        ("\t~[html]6\n", "\t~[html]6 -> 7\n", "matching pair"),
        ("\t~[html]6\n", "\t~[html]6\n\t=[html]7\n", "single-choice"),
        ("\t~[html]6\n", "\t~%5e1%[html]6\n", "read as text"),
        ("####[html]General", "####General", "feedback without its format"),
        ("####[html]General", "####[html]a = b", "live character in the general feedback"),
        ("::Name \\: one::", "", "no name"),
        ("::Name \\: one::", ":: ::", "no name"),
        ("x^\\{2\\}", "x^{2}", "braces are not balanced"),
        ("x^\\{2\\}", "x^\\{2}", "live character or line break"),
        ("<p>What", "<p>&&058;What", "placeholder"),
        ("<p>What", "<p>\\frac What", "lone backslash"),
        ("<p>What", "<p>\nWhat", "line break in the question text"),
        ("[html]<p>What", "<p>What", "question text without its format"),
        ("Discuss.", "", "asks nothing"),
        ("~%50%[html]b", "~%33%[html]b", "not in Moodle's list"),
        ("~%50%[html]b", "~%-50%[html]b", "add up to 100"),
        ("~%-100%[html]c", "~[html]c", "costs nothing"),
        ("~%-100%[html]c", "~%-50%[html]c", "ticks everything"),
        ("}\n\n$CATEGORY", "}\n$CATEGORY", "text follows them"),
        ("top/A/B // C", "top/A", "means something else"),
        ("top/A/B // C", "$course$/A", "means something else"),
        ("top/A/B // C", "A//B\\: C", "stored as a placeholder"),
        ("top/A/B // C", "A<b>", "tags are stripped"),
        ("top/A/B // C", "A/ /B", "without a name"),
        ("top/A/B // C", "A" * 256, "255 characters kills"),
        ("[id:q-2]", "[id:Q-1]", "given twice"),
        ("[id:q-2]", "[id:]", "does not read"),
        ("[id:q-2]", f"[id:{'q' * 101}]", "more than 100"),
        ("[tag:one]", "[tag:<one>]", "ignores"),
        ("[tag:one]", f"[tag:{'t' * 256}]", "is cut"),
        ("Discuss.", "Dis\rcuss.", "carriage return"),
    ],
)  # fmt: skip
def test_every_rule_can_be_broken(written: str, spoilt: str, fault: str) -> None:
    broken = GOOD.replace(written, spoilt, 1)
    assert broken != GOOD
    assert any(fault in found for found in faults(broken)), faults(broken)


def test_categories_are_split_as_moodle_splits_them() -> None:
    assert category_names("$CATEGORY: top/A/B // C") == ("A", "B / C")
    assert category_names("$CATEGORY: A/ //etc/TCP// /x//y") == ("A", "/etc", "TCP/", "x/y")
    assert category_names("$CATEGORY: top/A") == ("top", "A")
    assert category_names("$CATEGORY: a\\\\b") == ("a\\b",)


def test_comments_are_read_as_moodle_reads_them() -> None:
    assert comment(r"// [id:a\]b] x [tag:one] [tag:two \] words]") == Comment("a]b", ("one", "two ] words"))
    assert comment("// nothing") == Comment("", ())
