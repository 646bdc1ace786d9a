"""Callouts in their three spellings, and definition lists: tokens to nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from packc.ast.richtext import Blocks, Callout, Definition, DefinitionList, Inlines, Text, Tone
from packc.diagnostics.rules.unread import NoSummary, UnknownCallout, UnreadInfo
from packc.source import Span

if TYPE_CHECKING:
    from packc.reader.richtext import RichTextReader

# What code hosts, site generators and note-taking programs call the five tones.
_READ_ATTRIBUTES = r"""\s*\b(?:open|markdown)\b(?:=(?:"[^"]*"|'[^']*'|[^\s"']*))?"""
_TONES = {
    **dict.fromkeys(("note", "info", "abstract", "summary", "tldr", "todo", "example", "seealso"), Tone.NOTE),
    **dict.fromkeys(("quote", "cite", "question", "faq", "help", "details"), Tone.NOTE),
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), Tone.TIP),
    "important": Tone.IMPORTANT,
    **dict.fromkeys(("warning", "attention"), Tone.WARNING),
    **dict.fromkeys(("caution", "danger", "error", "bug", "failure", "fail", "missing"), Tone.CAUTION),
}


def alert(reader: RichTextReader, tokens: list[Token], index: int) -> tuple[Callout, int]:
    """Return the callout of a quote that begins with `[!TYPE]`, and the index after it."""
    opening = tokens[index]
    span = reader.span(opening)
    word, folded = opening.meta["alert"]
    start = reader.source.text.index(f"[!{word}]", span.start) + 2
    return _callout(reader, tokens, index, (start, start + len(word)), folded=folded)


def callout(reader: RichTextReader, tokens: list[Token], index: int) -> tuple[Callout, int]:
    """Return the callout of an admonition or of `<details>`, and the index after it."""
    opening = tokens[index]
    text = reader.source.text
    if "details" not in opening.meta:
        start, end = opening.meta["more"]
        if start >= 0:
            rule = UnreadInfo(text[start:end], "behind the type of an admonition")
            reader.sink.report(rule, reader.source.span(start, end))
        return _callout(reader, tokens, index, opening.meta["type"], folded=opening.meta["folded"])
    start, end = opening.meta["details"]
    unread = re.sub(
        r"\s*\b(?:open|markdown)\b(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"']*))?", "", text[start:end]
    ).strip()
    if unread:
        reader.sink.report(UnreadInfo(unread, "in the tag `<details>`"), reader.source.span(start, end))
    folded = opening.meta["folded"]
    if "title" not in opening.meta:
        folded = False
        reader.sink.report(NoSummary(), reader.source.span(start - len("<details"), end + 1))
    return _callout(reader, tokens, index, None, folded=folded)


def _callout(
    reader: RichTextReader, tokens: list[Token], index: int, kind: tuple[int, int] | None, *, folded: bool
) -> tuple[Callout, int]:
    """Return the callout whose type stands between the offsets `kind`, and the index after it."""
    opening = tokens[index]
    index += 1
    title: Inlines = ()
    if "title" in opening.meta:
        title = reader.inlines(tokens[index])
        index += 1
    tone = Tone.NOTE
    if kind is not None:
        place = reader.source.span(*kind)
        word = reader.source.text[slice(*kind)]
        tone = _tone(reader, word, place)
        if not title and (folded or word.lower() != tone):
            title = (Text(word.capitalize(), span=place),)
    blocks, after = reader.blocks_until(tokens, index, opening.type.replace("_open", "_close"))
    return Callout(tone, title, blocks, folded, span=reader.span(opening)), after


def _tone(reader: RichTextReader, word: str, place: Span) -> Tone:
    tone = _TONES.get(word.lower())
    if tone is None:
        reader.sink.report(UnknownCallout(word), place)
        return Tone.NOTE
    return tone


def definitions(reader: RichTextReader, tokens: list[Token], index: int) -> tuple[DefinitionList, int]:
    """Return the definition list that begins at `index`, and the index after it."""
    opening = tokens[index]
    items: list[Definition] = []
    index += 1
    while tokens[index].type != "dl_close":
        term_token = tokens[index + 1]
        term = reader.inlines(term_token)
        start: int = term_token.meta["source"]
        index += 3
        meanings: list[Blocks] = []
        end = start + len(term_token.content)
        while tokens[index].type == "dd_open":
            end = reader.span(tokens[index]).end
            meaning, index = reader.blocks_until(tokens, index + 1, "dd_close")
            meanings.append(meaning)
        items.append(Definition(term, tuple(meanings), span=reader.source.span(start, end)))
    return DefinitionList(tuple(items), span=reader.span(opening)), index + 1
