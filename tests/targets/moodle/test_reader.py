"""The rules of the reader that judges packc's XML can each be broken."""

from __future__ import annotations

import pytest

from tests.support import every_kind
from tests.targets.moodle.reader import Faulty, read
from tests.targets.moodle.test_readback import written

GOOD = written(every_kind.every_kind(), every_kind.context()).decode("utf-8")


def test_the_file_of_every_kind_breaks_no_rule() -> None:
    kinds = {stored.kind for stored in read(GOOD.encode()).questions}
    assert kinds == {
        *("essay", "multichoice", "truefalse", "shortanswer", "numerical", "matching", "cloze", "ordering"),
        "description",
    }


@pytest.mark.parametrize(
    ("written_", "spoilt", "fault"),
    [
        ('<question type="essay">', '<question type="poem">', "known type"),
        ('<question type="essay">', '<question type="essay">\r', "carriage returns"),
        ("<name>\n      <text>K01", "<name>\n      <text>", "cannot be named"),
        ("<name>\n      <text>K01", "<name>\n      <text>&lt;b>K01", "cannot be named"),
        ("<name>\n      <text>K01", f"<name>\n      <text>{'x' * 256}", "cannot be named"),
        ("<idnumber>K02", "<idnumber>k01", "twice"),
        ("<idnumber>K02", f"<idnumber>{'x' * 101}", "the id number"),
        ("<text>samples</text>", "<text>a&lt;b</text>", "ignored or cut"),
        ("<text>samples</text>", f"<text>{'x' * 256}</text>", "ignored or cut"),
        ("top/Academy/Samples/Every kind", "top/Academy", "means something else"),
        ("top/Academy/Samples", "$course$/Academy", "means something else"),
        ("top/Academy/Samples", "Academy/ /Samples", "cannot be named"),
        ("<![CDATA[<p>FRONT: what does", "<p/><![CDATA[<p>FRONT: what does", "markup in a text"),
        ('<questiontext format="html">', "<questiontext>", "states no format"),
        ("@@PLUGINFILE@@/figure", "@@PLUGINFILE@@/other", "shows"),
        ('<file name="figure', '<file name="other', "shows"),
        ('encoding="base64"', 'encoding="hex"', "not read"),
        ('fraction="-25"', 'fraction="-26"', "not in Moodle's list"),
        ('fraction="100"', 'fraction="90"', "right"),
        ("<single>true", "<single>yes", "not stated"),
        ("<shuffleanswers>false", "<shuffleanswers>", "not stated"),
        ("<text>It depends.</text>", "<text></text>", "empty one"),
        ("<text>true</text>", "<text>wahr</text>", "not `true` and `false`"),
        ("<usecase>1", "<usecase>", "case is not stated"),
        ("<text>0.1</text>", "<text>0,1</text>", "anything at all"),
        ("<showunits>0", "<showunits>3", "units are not shown"),
        ("<tolerance>0.02</tolerance>", "", "tolerance is missing"),
        ("<text>plain $\\nabla$</text>", "<text></text>", "empty or too long"),
        ("<text>plain $\\nabla$</text>", f"<text>{'x' * 256}</text>", "empty or too long"),
        ("<shownumcorrect>1</shownumcorrect>", "", "shownumcorrect"),
        ("<text>train</text>", "<text>evaluate</text>", "equal items"),
        ("{1:SA:=H2O", "{1:SA:%50%H2O", "earns everything"),
        ("{1:SA:=two", "{1:SA:%50%two", "earns everything"),
        ("{1:NM:=0.5", "{1:NM:=a half", "no number"),
        ("{1:MCS:=km/h~%0%m/s}", "{1:MCS:=km/h}", "less than two entries"),
        ("{1:SA:=two", "{1:XX:=two", "a brace that is none"),
        ("<defaultgrade>2.5", "<defaultgrade>-1", "a mark or a penalty"),
    ],
)
def test_every_rule_can_be_broken(written_: str, spoilt: str, fault: str) -> None:
    broken = GOOD.replace(written_, spoilt, 1)
    assert broken != GOOD
    with pytest.raises(Faulty, match=fault):
        read(broken.encode())
