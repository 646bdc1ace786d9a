"""Texts that look like syntax of some kind."""

from __future__ import annotations

from hypothesis import strategies as st

from packc.source import is_refused_character

# Each looks like syntax somewhere: in Markdown, in a pack, or in what packs are compiled to.
HOSTILE = (
    *"*_`~[]()!<>#|$\\{}:-+=&\"'^.,;%@/?",
    *("**", "__", "~~", "==", "$$", "``", "```", "~~~"),
    *("---", "***", "===", "[[", "]]", "{{", "}}", "\\\\"),
    *("*a*", "_a_", "__init__", "snake_case", "2 * 3", "$5"),
    *("$x$", "$5 and $10", "\\(x\\)", "\\[x\\]", "~2~", "x^2^"),
    *("# a", "> a", "- a", "+ a", "* a", "1. a"),
    *("1) a", "2. a", "- [ ] a", "- [x] a", "[ ] a", "[x]", "[]"),
    *("<b>", "<br>", "<sub>", "</sub>", "<!-- a -->", "<!--"),
    *("-->", "<https://a.b>", "&amp;", "&#65;", "&", "a < b"),
    *("[a](b)", "![a](b)", "[a][b]", "[a]: b", "[^1]"),
    *("[^1]: a", "^[a]", "!", "!!! note", "??? note", '=== "T"'),
    *("**Solution:**", "**Question**", "*Answer:*", "Solution: a"),
    *("Answer: b", "Type: x", "**Remark:** a", "Q7. a", "Q7"),
    *("{#a}", "{.b}", "{50%}", "{.last}", "{width=50%}", "{case}"),
    *("| a | b |", "|---|", ":---", ": a", "~ a", "a | b"),
    *("--8<-- \"a\"", ":material-x:", "A. a", "B) b", "true"),
    *("3.11", "1,000", "\u00a0", "\u2028", "\u200f", "\u202e"),
    *("\ufeff", "\u3000", "日本", "🙂", "e\u0301", "עברית", "\t"),
    *("  ", "\n", "\r", "http://x.org", "%50%", "->", "T", "::"),
)  # fmt: skip
_REFUSED = [chr(code) for code in (*range(0x20), 0xFFFE, 0xFFFF) if is_refused_character(code)]
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=_REFUSED)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE), st.sampled_from(["word", "two words", " "]), st.text(CHARACTERS, max_size=3)
    ),
    min_size=1,
    max_size=4,
).map("".join)
