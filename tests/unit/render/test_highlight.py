"""Highlighting colours code and changes none of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import Lexer, RegexLexerMeta
from pygments.lexers import find_lexer_class, get_all_lexers

from packc.render.highlight import KINDS, MOST_CHARACTERS, _lexer, highlighted

# Lexers of several families, some of which want a last line end or drop white space.
LANGUAGES = ("python", "pycon", "console", "c", "sql", "html", "json", "yaml", "diff", "r", "text", "no-such")


def test_parts_have_kinds_and_neighbours_of_one_kind_are_one_part() -> None:
    assert highlighted("for x in [1]:  # all\n    say('x')", "python") == (
        ("keyword", "for"),
        ("", " x "),
        ("keyword", "in"),
        ("", " ["),
        ("constant", "1"),
        ("", "]:  "),
        ("comment", "# all"),
        ("", "\n    say("),
        ("string", "'x'"),
        ("", ")"),
    )


def test_every_alias_and_any_case_of_it_counts() -> None:
    assert highlighted("None", "PY") == highlighted("None", "python3") == (("constant", "None"),)


def test_the_prompt_of_a_session_is_no_command() -> None:
    assert highlighted("$ ls", "console")[0] == ("comment", "$ ")


@pytest.mark.parametrize("language", ["", "no-such-language", "../python", "python "])
def test_code_in_an_unknown_language_is_plain(language: str) -> None:
    assert highlighted("for x in y", language) == (("", "for x in y"),)


def test_a_long_piece_is_plain() -> None:
    line = "x = 1\n"
    code = line * (MOST_CHARACTERS // len(line))
    assert len(highlighted(code, "python")) > 1
    assert highlighted(code + line, "python") == (("", code + line),)


@settings(deadline=None)  # the first that enters a state waits for its patterns
@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.from_regex(r"[ \t\r\n'\"$>#{}<&x]*"),
    st.sampled_from(LANGUAGES),
)
def test_no_character_changes(code: str, language: str) -> None:
    parts = highlighted(code, language)
    assert "".join(text for _, text in parts) == code
    assert {kind for kind, _ in parts} <= {"", *KINDS}


# A little of many languages: names, numbers, texts and comments, what nests, and what never ends.
MIXED = """\
@decorated
def f(x, *, y=1) -> int:
    \'\'\'doc\'\'\'  # why
    return f"{x!r:>{y}} %s" % (a.b[1:2], 0x1F, 1e-5, rb"\\x", None)
int main(int argc, char **argv) { /* c */ printf("%d\\n", 'a' ? 1.5f : NULL); } // x
<p class="x" id=y>&amp; <!-- c --> <script>var a = /re+/g.test(`t${x}`)</script> <?php $a->b(1); ?></p>
SELECT count(*) FROM t WHERE x = 'y''z'; -- c
key: {"a": [1, -2.5e3, null, *anchor]}
$ for i in 1 2; do cat <<EOF | grep "x" > $(date); EOF; done
(define (f x) '(1 . 2)) ; c
x <- c(1) %>% print() \\begin{a} $x^2$ % tex
f :: Int -> [a]; let mut v: Vec<u8> = vec![1]; "unclosed
"""


def test_what_makes_lexers_quick_changes_no_token() -> None:
    lines = MIXED.splitlines(keepends=True)
    differing, quick = [], 0
    for name, aliases, _, _ in get_all_lexers(plugins=False):
        usual = find_lexer_class(name)
        lexer = _lexer(aliases[0], True) if aliases else None
        if not isinstance(usual, RegexLexerMeta) or lexer is None or type(lexer) is usual:
            continue
        quick += 1
        stock = usual()
        differing += [(name, line) for line in lines if _tokens(lexer, line) != _tokens(stock, line)]
    assert differing == []
    assert quick > 400


def _tokens(lexer: Lexer, code: str) -> list[object]:
    return list(lexer.get_tokens_unprocessed(code))


def test_other_scripts_have_the_lexer_as_it_is() -> None:
    assert highlighted("gr\u00f6\u00dfe = 1", "python") == (("", "gr\u00f6\u00dfe = "), ("constant", "1"))
