"""Rich text as it stands in Anki's fields and deck descriptions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize

from packc.ast.richtext import (
    Align,
    Callout,
    CodeBlock,
    Footnote,
    Image,
    Inlines,
    Math,
    MathBlock,
    Table,
    Text,
)
from packc.backends.anki.media import media_name
from packc.media import Media
from packc.render import escape
from packc.render.html import HtmlRenderer
from packc.words import ENGLISH, Words

# What Anki acts on wherever it stands in a field, in code too: sounds, speech, answer boxes, LaTeX pictures.
_COMMAND = re.compile(r"\[(?=sound:|anki:|\[?type:|/?latex\]|/?\$)", re.IGNORECASE)

# NFC, which Anki applies to every field, would melt a tag's `>` and a following U+0338 into `≯`.
_BARE_OVERLAY = re.compile("(?<=[<=>])\u0338")

# MathJax takes `\(` and `\[` in any text for maths; an element between the two characters stops it.
_LOOKS_LIKE_MATHS = re.compile(r"\\(?=[(\[]|$)")

_CLOSING = ",.;:!?)]»”’"  # punctuation that may not begin a line

# MathJax breaks no line inside a formula; one of more symbols than this may be wider than a phone. There is
# space on both sides of an operator, so that it counts twice.
_WIDE_FORMULA = 16
_OPERATOR = re.compile(
    r"\\(?:approx|cdot|div|equiv|geq?|gets|gg|iff|implies|in|leq?|leftarrow|ll|mapsto|mid|neq?|notin|pm|propto"
    r"|rightarrow|sim|subset|subseteq|times|to)(?![A-Za-z])|[=<>+-]"
)
_FUNCTION = re.compile(
    r"\\(?=(?:arg|cos|cot|det|dim|exp|gcd|inf|lim|ln|log|max|min|sin|sup|tan)h?(?![A-Za-z]))"
)


def inert(html: str) -> str:
    """Return field content that shows the same and that Anki neither acts on nor changes at import."""
    if not html:  # most fields of most notes
        return ""
    if not html.isascii():
        html = normalize("NFC", _BARE_OVERLAY.sub("&#824;", html))
    html = html.replace("\x7f", "&#127;")  # which Anki's importer drops
    return _COMMAND.sub("&#91;", html) if "[" in html else html


class CardRenderer(HtmlRenderer):
    """HTML for cards: classes instead of styles, formulas for Anki's MathJax, images named by content."""

    def __init__(self, media: Mapping[str, Media], *, source_url: str, words: Words = ENGLISH) -> None:
        super().__init__(lambda image: media_name(media[image.src]), source_url=source_url, words=words)
        self.media = media

    def text(self, node: Text) -> str:
        shown = escape.text(node.text)
        return _LOOKS_LIKE_MATHS.sub(r"<span>\\</span>", shown) if "\\" in shown else shown

    def inlines(self, inlines: Inlines) -> str:
        """Keep punctuation on its formula's line: a line may break after the box that MathJax makes."""
        if len(inlines) == 1 or Math not in map(type, inlines):
            return super().inlines(inlines)
        parts: list[str] = []
        taken = 0  # characters of the next text that went with its formula
        for place, node in enumerate(inlines, 1):
            if isinstance(node, Text):
                parts.append(self.text(Text(node.text[taken:]) if taken else node))
                taken = 0
                continue
            shown = self.inline(node)
            following = inlines[place] if isinstance(node, Math) and place < len(inlines) else None
            if isinstance(following, Text) and not shown.startswith("<"):
                taken = len(following.text) - len(following.text.lstrip(_CLOSING))
                if taken:
                    closing = escape.text(following.text[:taken])
                    shown = f'<span class="pk-together">{shown}{closing}</span>'
            parts.append(shown)
        return "".join(parts)

    def math(self, node: Math) -> str:
        formula = super().math(node)
        if node.display or _width(node.tex) < _WIDE_FORMULA:
            return formula
        return f'<span class="pk-wide">{formula}</span>'

    def code_block(self, node: CodeBlock) -> str:
        language = f' data-language="{escape.attribute(node.language)}"' if node.language else ""
        return f'<pre class="pk-code"{language}><code>{_coloured(node)}</code></pre>\n'

    def table(self, node: Table) -> str:
        return f'<div class="pk-scroll">{super().table(node).rstrip()}</div>\n'

    def footnote(self, node: Footnote) -> str:
        return super().footnote(node).replace('class="footnote"', 'class="pk-noted"', 1)

    def notes_below(self) -> str:
        return super().notes_below().replace('class="footnotes"', 'class="pk-notes"', 1)

    def callout(self, node: Callout) -> str:
        title = self.inlines(node.title) or escape.text(self.tone(node))
        body = self.blocks(node.blocks)
        if node.folded:
            return f'<details class="pk-fold"><summary>{title}</summary>{body}</details>\n'
        return f'<div class="pk-callout pk-{node.tone}"><p class="pk-label">{title}</p>{body}</div>\n'

    def cell_attributes(self, align: Align) -> str:
        return f' class="pk-cell-{align.value}"' if align is not Align.NONE else ""


class DescriptionRenderer(CardRenderer):
    """HTML for deck descriptions, where Anki shows no formulas and keeps no images."""

    def __init__(self, *, source_url: str, words: Words) -> None:
        super().__init__({}, source_url=source_url, words=words)

    def image(self, node: Image) -> str:
        return escape.text(node.alt)

    def math(self, node: Math) -> str:
        return f"<code>{escape.text(node.tex)}</code>"

    def math_block(self, node: MathBlock) -> str:
        return f"<pre><code>{escape.text(node.tex)}</code></pre>\n"


def _coloured(node: CodeBlock) -> str:
    """Return the code, its keywords, strings and so on in elements that the style sheet colours."""
    if not node.language:
        return escape.text(node.text)
    from packc.render.highlight import highlighted  # most packs have no code

    return "".join(
        f'<span class="pk-{kind}">{escape.text(text)}</span>' if kind else escape.text(text)
        for kind, text in highlighted(node.text, node.language)
    )


@lru_cache(maxsize=4096)
def _width(tex: str) -> int:
    """Return about how many symbols' worth of space a formula takes. A brace takes none."""
    shown = re.sub(r"\\[A-Za-z]+", "x", _FUNCTION.sub("", _OPERATOR.sub("==", tex)))
    return len(re.sub(r"[{}^_\s]", "", shown))
