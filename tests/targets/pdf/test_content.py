"""Rich text is read as a browser would show it: what a template is given of it."""

from __future__ import annotations

import pytest

from packc.backends.pdf.content import Reader, Tree
from packc.handout.richtext import formula_or_tex

_A_B = ["p", {}, ["a", ["br", {}, []], "b"]]


@pytest.mark.parametrize(
    ("markup", "trees"),
    [
        ("", []),
        ("plain  text\n", ["plain text "]),
        ("a &lt; b", ["a < b"]),
        ("<p>one</p>\n", [["p", {}, ["one"]]]),
        ("<p>one\ntwo</p>\n", [["p", {}, ["one two"]]]),
        ("<p> </p>\n", []),
        ("<p>a <br/>\n b</p>\n", [_A_B]),
        ("<p>a</p>\n<p>b</p>\n", [["p", {}, ["a"]], ["p", {}, ["b"]]]),
        ("<ul>\n<li>a</li>\n</ul>\n", [["ul", {"tight": "yes"}, [["li", {}, ["a"]]]]]),
        ("<pre><code> a\n  b</code></pre>\n", [["pre", {}, [["code", {}, [" a\n  b"]]]]]),
    ],
)
def test_white_space_is_what_a_browser_shows(markup: str, trees: list[Tree]) -> None:
    assert Reader().trees(markup) == trees


def test_a_formulas_tex_stands_there_once() -> None:
    (formula,) = Reader().trees(formula_or_tex("x^2", False))

    assert formula[:2] == ["math", {"alttext": "x^2"}]
    assert repr(formula).count("x^2") == 1
