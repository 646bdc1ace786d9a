"""Formulas that no TeX could set: which fault is found, and where."""

from __future__ import annotations

import pytest

from packc.diagnostics.rules.formulas import BrokenFormula
from packc.reader.tex import tex_faults


@pytest.mark.parametrize(
    "tex",
    [
        "x",
        "",
        "a_{b}",
        r"\{",
        r"\}",
        r"\frac{1}{2}",
        r"\begin{a}x\end{a}",
        r"\begin {a} {b} \end {a}",
        r"\\",
        r"\left( x \right)",
        r"\left\{ x \right.",
        r"\left\langle x \middle| y \right\rangle",
        r"\left\| x \right\|",
        r"% } comment" + "\nx",
        r"{% }" + "\n}",
        r"50\% {a}",
        r"\leftarrow {x}",
        r"\rightarrow",
        r"\left  [ x \right  ]",
        r"\left/ x \right\backslash",
        r"\left\lceil x \right\rfloor",
        r"{\left( {x} \right)}",
        "⟨x⟩",
        r"\left⟨x\right⟩",
        r"\begin{a}\left( x \right)\end{a}",
        r"\middleware",
        r"\begin{}\end{}",
        r"\left\lt a \right\gt",
        r"\ ",
    ],
)
def test_a_formula_without_a_fault(tex: str) -> None:
    assert list(tex_faults(tex)) == []


@pytest.mark.parametrize(
    ("tex", "why", "place"),
    [
        ("{", "`{` is never followed by its `}`", "{"),
        ("{a{b}", "`{` is never followed by its `}`", "{"),
        ("a}", "`}` has no `{` before it", "}"),
        (r"\left( x", r"`\left` is never followed by its `\right`", r"\left"),
        (r"\begin{a} x", r"`\begin{a}` is never followed by its `\end{a}`", r"\begin{a}"),
        (r"x \end{a}", r"`\end{a}` has no `\begin{a}` before it", r"\end{a}"),
        (r"\begin{a}\end{b}", r"`\end{b}` comes before its `\end{a}`", r"\end{b}"),
        (r"\begin{a}}", r"`}` comes before its `\end{a}`", "}"),
        (r"{\end{a}", r"`\end{a}` comes before its `}`", r"\end{a}"),
        (r"{\left( x}", r"`\left` has no `\right` in its group", r"\left"),
        (r"\left(\end{a}", r"`\end{a}` comes before its `\right`", r"\end{a}"),
        (r"\right)", r"`\right` has no `\left` in its group", r"\right"),
        (r"x \middle| y", r"`\middle` has no `\left` in its group", r"\middle"),
        (r"\left( {\right)}", r"`\right` has no `\left` in its group", r"\right"),
        (r"\left( {\middle|} \right)", r"`\middle` has no `\left` in its group", r"\middle"),
        (r"\left x \right)", r"`x` is no delimiter after `\left`", r"\left"),
        (r"\left( x \right", r"no delimiter stands after `\right`", r"\right"),
        (r"\left{ x \right)", r"`{` is no delimiter after `\left`", r"\left"),
        (r"\left\alpha x \right)", r"`\alpha` is no delimiter after `\left`", r"\left"),
        (r"\left\. x \right)", r"`\.` is no delimiter after `\left`", r"\left"),
        (r"\left( x \middle; y \right)", r"`;` is no delimiter after `\middle`", r"\middle"),
        (r"\left\begin{a}\end{a}\right)", r"`\begin` is no delimiter after `\left`", r"\left"),
        ("% {\n{", "`{` is never followed by its `}`", "{"),
        (r"\% {", "`{` is never followed by its `}`", "{"),
        (r"\\{", "`{` is never followed by its `}`", "{"),
    ],
)
def test_the_first_fault(tex: str, why: str, place: str) -> None:
    fault = next(tex_faults(tex))
    assert fault.rule.message() == BrokenFormula(why).message()
    assert tex[fault.start : fault.end] == place
    assert fault.start == tex.rfind(place) or place == "\\left" or tex.count(place) > 1


def test_every_delimiter_that_is_none_is_told() -> None:
    assert [fault.start for fault in tex_faults(r"\left x \right y")] == [0, 8]


def test_a_fault_of_balance_ends_the_search() -> None:
    for tex in (r"} {", r"\right) }", r"\end{a} }", "{ {"):
        assert len(list(tex_faults(tex))) == 1


DELIMITERS = """
langle rangle lang rang lbrace rbrace lBrace rBrace lbrack rbrack lparen rparen lvert rvert lVert rVert
vert Vert lceil rceil lfloor rfloor lgroup rgroup lmoustache rmoustache ulcorner urcorner llcorner lrcorner
llbracket rrbracket uparrow downarrow updownarrow Uparrow Downarrow Updownarrow backslash lt gt
"""


@pytest.mark.parametrize("word", DELIMITERS.split())
def test_a_delimiter_with_a_name(word: str) -> None:
    assert list(tex_faults(rf"\left\{word} x \right.")) == []
    assert len(list(tex_faults(rf"\left\{word}x y \right."))) == 1


@pytest.mark.parametrize("mark", "()[]|/<>.⟨⟩⌈⌉⌊⌋‖∣∥↑↓↕⇑⇓⇕")
def test_a_delimiter_that_is_a_character(mark: str) -> None:
    assert list(tex_faults(rf"\left{mark} x \right {mark}")) == []


def test_a_command_that_only_begins_like_one() -> None:
    assert list(tex_faults(r"\leftX{a} \rightarrow \middleZ \beginX \endgroup")) == []
