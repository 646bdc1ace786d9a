"""What the parts of a piece of code are: keywords, strings, comments … The only user of Pygments.

Pygments is asked for the kinds of its tokens alone; what each looks like is the target's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MOST_CHARACTERS = 16_384
"""Of one piece of code: a longer one stays plain, since some lexers take more than linear time."""

# The first that holds a token's type decides. What is in none of them is plain.
_KINDS = (
    ("Comment", "comment"),
    ("Keyword.Constant", "constant"),
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "constant"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Decorator", "name"),
    ("Name.Tag", "keyword"),
    ("Name.Attribute", "name"),
    ("Generic.Inserted", "inserted"),
    ("Generic.Deleted", "deleted"),
    ("Generic.Heading", "keyword"),
    ("Generic.Subheading", "keyword"),
    ("Generic.Prompt", "comment"),
)
KINDS = tuple(dict.fromkeys(kind for _, kind in _KINDS))
"""All that `highlighted` can call a part, besides plain."""


@lru_cache(maxsize=1024)
def highlighted(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of `code` in order, each with its kind: one of KINDS, or '' for plain.

    Their texts together are `code`. It is one plain part where the language is unknown.
    """
    lexer = _lexer(language.lower(), code.isascii()) if len(code) <= MOST_CHARACTERS else None
    if lexer is None:
        return (("", code),)
    kinds = _kinds()
    source = code + "\n"  # some lexers know no line without an end
    tokens = ((_kind(str(token), kinds), text) for _, token, text in lexer.get_tokens_unprocessed(source))
    parts = tuple(_merged(tokens))
    # A lexer may drop or change characters; a learner has to see what the author wrote.
    if "".join(text for _, text in parts) != source:
        return (("", code),)
    *others, (kind, last) = parts
    return (*others, (kind, last[:-1])) if last != "\n" else tuple(others)


def _merged(tokens: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for kind, group in groupby(tokens, key=lambda token: token[0]):
        yield kind, "".join(text for _, text in group)


def _kind(token: str, kinds: Mapping[str, str]) -> str:
    while token:
        if token in kinds:
            return kinds[token]
        token = token.rpartition(".")[0]
    return ""


@cache
def _kinds() -> Mapping[str, str]:
    return {f"Token.{token}": kind for token, kind in _KINDS}


@cache
def _lexer(language: str, is_ascii: bool) -> Lexer | None:
    """Return the lexer whose alias is `language`, of those that Pygments has itself: for ASCII, a quick one.

    Plugins are left out: what a machine has installed besides must not change what is built.
    """
    from pygments.lexer import RegexLexerMeta
    from pygments.lexers import find_lexer_class

    name = _names().get(language)
    found: Any = find_lexer_class(name) if name else None
    if found and is_ascii and isinstance(found, RegexLexerMeta) and not hasattr(found, "token_variants"):
        found = _quick(found)
    return found() if found else None


# Letters and digits of all the world's scripts: in a lexer, what a name may hold.
_ALL_SCRIPTS = r"(?:[^\x00-\x7f](?:-[^\x00-\x7f])?){20,}"


def _quick(lexer: Any) -> Any:
    """Return a lexer that finds in ASCII code what `lexer` does, and is ready in a tenth of the time.

    Pygments compiles all patterns of a lexer at once: here those of a state when it is entered, and without
    the letters that ASCII code has none of.
    """
    from pygments.lexer import combined

    class States(dict[Any, Any]):
        def __missing__(self, state: Any) -> Any:
            if isinstance(state, combined):
                self[state] = [each for one in state for each in self[one]]
                return self[state]
            return quick._process_state(quick.get_tokendefs(), self, state)

    def pattern(regex: Any, flags: int, _state: str) -> Any:
        text = regex if isinstance(regex, str) else regex.get()
        if not flags & re.IGNORECASE:  # the sign of the kelvin is a k, too
            text = re.sub(_ALL_SCRIPTS, lambda run: run[0][0], text)
        return re.compile(text, flags).match

    def step(state: Any, unprocessed: Any, processed: Any) -> Any:
        if isinstance(state, combined):
            return (state,)
        return type(lexer)._process_new_state(lexer, state, unprocessed, processed)

    inside = {"_tokens": States(), "_all_tokens": {}, "_tmpname": 0}
    inside |= {"_process_regex": staticmethod(pattern), "_process_new_state": staticmethod(step)}
    quick = type(lexer)(lexer.__name__, (lexer,), inside)
    return quick


@cache
def _names() -> Mapping[str, str]:
    """Return the name of each lexer by its aliases."""
    from pygments.lexers import get_all_lexers

    return {alias: name for name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}
