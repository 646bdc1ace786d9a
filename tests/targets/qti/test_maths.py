"""Formulas become MathML 2 that means the same; what cannot is shown whole, as TeX."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.pack import Section
from packc.ast.question import OpenQuestion
from packc.ast.richtext import Math, MathBlock, Text
from tests.support.packs import pack, para
from tests.targets.qti.reading import MATHML, files, item, many, one, text_of
from tests.targets.qti.schemas import assert_valid

FORMULAS = r"""
\eta
x^{2} = \frac{1}{y}
\sum_{i=1}^{n} x_i^2 + \text{a<b}
\begin{pmatrix}a&b\\c&d\end{pmatrix} \begin{bmatrix}1\end{bmatrix} \begin{vmatrix}1\end{vmatrix}
\begin{aligned}a&=b\\c&=d\end{aligned}
\begin{align*}a&=b\\c&=d\end{align*}
\begin{align}a&=b\\c&=d\end{align}
\begin{cases}1&x>0\\0&x\le0\end{cases}
\begin{array}{l|cr}a&b&c\\\hline d&e&f\end{array}
\begin{gather}a\\b\end{gather}
\begin{multline}a\\b\end{multline}
\begin{equation}a\end{equation}
\begin{subarray}{c}a\\b\end{subarray}
\left(\frac12\right) \left.\frac{dy}{dx}\right|_{x=0} \left\langle x \middle| y \right\rangle
\mathbb{R} \mathcal{L}(\theta) \mathfrak{g} \mathbf{x}^\top \boldsymbol{\beta} \mathrm{d}x \mathsf{A}
\operatorname{argmax}_x f(x) \operatorname*{argmin}_x
\hat x \tilde y \bar z \vec v \dot a \ddot b \check c \breve d \acute e \grave f \mathring{A}
\overbrace{a+b}^{n} \underbrace{c+d}_{m} \underbracket{x} \overparen{x}
\sqrt{x} \sqrt[3]{x} \int_0^\infty e^{-x^2}\,dx \iint \prod_i \bigcup_i \lim_{n\to\infty} a_n
\binom{n}{k} \tbinom{n}{k} \dbinom nk \dfrac12 \tfrac12 \cfrac{1}{1+\cfrac{1}{x}} \genfrac(]{0pt}{2}{a}{b}
a \quad b \qquad c \, d \; e \: f \! g \ h~i \hspace{1em} x
\textbf{bold} \textit{it} \emph{em} \textrm{a}\texttt{b}\textsf{c} \textbf{b \textit{c}}
\color{red}{x} \textcolor{blue}{x} \boxed{E=mc^2} \cancel{x}
\xrightarrow{abc} \xleftarrow[x]{y} \overset{!}{=} \underset{x}{\min} \stackrel{def}{=}
\displaystyle\sum_i x \textstyle\sum_i x \scriptstyle x \sum\nolimits_i x \sum\limits_i x
\phantom{x} \hphantom{x}\vphantom{x} \raisebox{1em}{x} \mathstrut
{}_2F_1 \prescript{a}{b}{X} f'(x) x_{i_j}^{k^l} \not\in \pmod n \% \$ \# \_ \{ \} \&
1{,}000 漢 é "
\big( \Big[ \bigg\{ \Bigg| x
""".strip().splitlines()
REFUSED = [
    r"\ce{H2O}",
    r"\SI{3}{m}",
    r"\frac{1}{",
    "}",
    r"a & b",
    r"\href{javascript:x}{y}",
    r"\substack{a\\b}",
]


def formula(tex: str, display: bool) -> OpenQuestion:
    return OpenQuestion(id="Q1", prompt=(para("before ", Math(tex, display), " after"),))


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("tex", FORMULAS)
def test_valid_under_the_schema_of_mathml_2(tex: str, display: bool) -> None:
    members = files(pack(formula(tex, display)))
    assert_valid(members)
    assert b"<math xmlns=" in members["items/Q1.xml"], "a prefix, or no formula at all"
    written = item(pack(formula(tex, display)))
    assert one(written, "itemBody/div/p")[0].tag == f"{MATHML}math"
    (note,) = written.iter(f"{MATHML}annotation")
    assert note.text == tex


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("tex", REFUSED)
def test_what_has_no_mathml_is_shown_as_tex(tex: str, display: bool) -> None:
    members = files(pack(formula(tex, display)))
    assert_valid(members)
    written = item(pack(formula(tex, display)))
    shown = f"\\[{tex}\\]" if display else f"\\({tex}\\)"
    assert text_of(many(written, "itemBody/div/p")[0]) == f"before {shown} after"
    assert not list(written.iter(f"{MATHML}math"))


@pytest.mark.parametrize("tex", [r"\frac{a}{b}", r"\ce{H2O}"])
def test_a_formula_of_its_own(tex: str) -> None:
    written = item(pack(replace(formula("", False), prompt=(MathBlock(tex),))))
    found = [node.get("display") for node in written.iter(f"{MATHML}math")]
    assert found == (["block"] if "frac" in tex else [])
    assert found or text_of(one(written, "itemBody/div/p")) == f"\\[{tex}\\]"


def math(tex: str) -> str:
    """Return what is drawn, as XML."""
    written = files(pack(OpenQuestion(id="Q1", prompt=(para(Math(tex)),))))["items/Q1.xml"].decode()
    drawn = written.split("<semantics>")[1].split("<annotation")[0]
    assert "html" not in drawn
    return drawn


@pytest.mark.parametrize(
    ("tex", "variant", "css"),
    [
        (r"\textbf{b}", "bold", "font-weight: bold"),
        (r"\textit{b}", "italic", "font-style: italic"),
        (r"\emph{b}", "italic", "font-style: italic"),
        (r"\textbf{\textit{b}}", "bold-italic", "font-weight: bold; font-style: italic"),
        (r"\texttt{b}", "monospace", "font-family: monospace"),
        (r"\textsf{b}", "sans-serif", "font-family: sans-serif"),
    ],
)
def test_styles_of_text(tex: str, variant: str, css: str) -> None:
    assert math(tex) == f'<mtext mathvariant="{variant}" style="{css}">b</mtext>'
    assert math(r"\textrm{b}") == "<mtext>b</mtext>"


def test_styles_are_said_in_the_words_of_mathml_2() -> None:
    assert '<mstyle displaystyle="true" scriptlevel="0"><mrow>' in math(r"\displaystyle\sum_i x")
    assert '<mstyle displaystyle="true"><mfrac>' in math(r"\dfrac12")
    aligned = math(r"\begin{aligned}a&=b\end{aligned}")
    assert aligned.index('columnalign="right"') < aligned.index('columnalign="left"')


def test_a_formula_in_a_title_of_a_section_is_text() -> None:
    sample = pack(Section(title=(Text("the "), Math(r"\eta")), parts=(formula("x", False),)))
    assert b'title="the $\\eta$"' in files(sample)["test.xml"]
