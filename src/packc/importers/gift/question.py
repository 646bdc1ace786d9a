"""One GIFT question taken apart: name, text, what stands in the braces."""

from __future__ import annotations

import re

from packc.importers.gift.paragraphs import Raw
from packc.intake.fault import LeftOut
from packc.named import NamedTuple

_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
GAP = "_____"


class Piece(NamedTuple):
    """A hidden text, and the number of the line it begins on."""

    text: str
    line: int

    def stripped(self) -> Piece:
        rest = self.text.lstrip()
        skipped = self.text[: len(self.text) - len(rest)].count("\n")
        return Piece(rest.rstrip(), self.line + skipped)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """Return the piece between two offsets."""
        return Piece(self.text[start:end], self.line + self.text.count("\n", 0, start))

    def split(self, mark: str) -> list[Piece]:
        """Return the pieces between the marks."""
        found: list[Piece] = []
        line = self.line
        for text in self.text.split(mark):
            found.append(Piece(text, line))
            line += text.count("\n") + mark.count("\n")
        return found

    def partition(self, mark: str) -> tuple[Piece, bool, Piece]:
        """Return what stands before the first mark, whether there is one, and what stands behind it."""
        at = self.text.find(mark)
        if at < 0:
            return self, False, Piece("", self.line)
        return self.cut(0, at), True, self.cut(at + len(mark))


class Formatted(NamedTuple):
    """A text without its format; `format` is '' where none is said."""

    piece: Piece
    format: str


class Parts(NamedTuple):
    """A question's name, text and answers; `block` is None without braces. `general` is the feedback."""

    name: str
    text: Formatted
    block: Piece | None
    general: Formatted | None
    remark: str = ""


def name_of(raw: Raw) -> str:
    """Return the name of a question, '' without one; it is hidden like all texts."""
    return _name(_joined(raw))[0]


def taken_apart(raw: Raw) -> Parts:
    """Return the parts of a question. Raises LeftOut."""
    name, rest, remark = _name(_joined(raw))
    opening, closing = rest.text.find("{"), rest.text.find("}")
    if opening < 0 and closing < 0:
        return Parts(name, formatted(rest), None, None, remark)
    if closing < 0:
        raise LeftOut("its braces are never closed", rest.cut(opening).line)
    if opening < 0 or closing < opening:
        raise LeftOut("a brace is closed that was never opened", rest.cut(closing).line)
    before, block, after = rest.cut(0, opening), rest.cut(opening + 1, closing), rest.cut(closing + 1)
    if "}" in after.text and "{" not in after.text:
        raise LeftOut("a brace is closed that was never opened", after.cut(after.text.index("}")).line)
    if "{" in after.text:
        remark = "a second pair of braces in one question, which Moodle takes for text"
    text = before
    if after.text.strip():
        text = Piece(f"{before.text.rstrip(' ')} {GAP} {after.text.lstrip(' ')}", before.line)
        if after.text.lstrip()[:1] in ".,;:!?":
            text = Piece(f"{before.text.rstrip(' ')} {GAP}{after.text.lstrip()}", before.line)
    at = block.text.rfind("####")
    general = formatted(block.cut(at + 4)) if at >= 0 else None
    return Parts(name, formatted(text), block.cut(0, at) if at >= 0 else block, general, remark)


def formatted(piece: Piece) -> Formatted:
    """Return a text and the format that it begins with."""
    piece = piece.stripped()
    found = _FORMAT.match(piece.text)
    if found is None:
        return Formatted(piece, "")
    return Formatted(piece.cut(found.end()).stripped(), found[1])


def _joined(raw: Raw) -> Piece:
    """Return the lines as one text; comments between them leave empty lines, so that numbers stay right."""
    first = raw.lines[0].number
    texts = [""] * (raw.lines[-1].number - first + 1)
    for line in raw.lines:
        texts[line.number - first] = line.hidden
    return Piece("\n".join(texts), first)


def _name(whole: Piece) -> tuple[str, Piece, str]:
    if not whole.text.startswith("::"):
        return "", whole, ""
    end = whole.text.find("::", 2)
    if end < 0:
        return "", whole, "a name that is never closed by `::`"
    return whole.text[2:end].strip(), whole.cut(end + 2), ""
