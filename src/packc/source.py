"""Source files and places in them.

A place is a `Span`: offsets into the decoded text of one file. Lines and columns are worked out only
where a person is shown something. This room imports nothing of ours.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from packc.named import NamedTuple


class Span(NamedTuple):
    """A half-open range of offsets, in characters, into `SourceFile.text` of file number `file`."""

    file: int
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """Return the span from this one's start to the end of `other`, in the same file."""
        return Span(self.file, self.start, max(self.end, other.end))


# `new_span(Span, (file, start, end))` makes a span in half the time; for where thousands are made.
new_span = tuple.__new__


class Place(NamedTuple):
    """A line and a column, both counted from 1; the column counts characters, not bytes."""

    line: int
    column: int


class DecodingFault(NamedTuple):
    """Why some bytes are not text we accept. `start` and `end` are offsets into the decoded text."""

    kind: str  # "encoding", "nul" or "control"
    start: int
    end: int
    detail: str


class SourceFile(NamedTuple):
    """One decoded source: text with `\\n` line ends and no byte order mark.

    `number` is the file's index in its `SourceMap`; `name` is the path as people see it, with `/`.
    """

    number: int
    name: str
    text: str
    line_starts: Sequence[int]
    faults: tuple[DecodingFault, ...] = ()

    @classmethod
    def from_text(
        cls, text: str, *, name: str, number: int = 0, faults: tuple[DecodingFault, ...] = ()
    ) -> SourceFile:
        """Return a source of `text`, after removing a byte order mark and making every line end `\\n`."""
        text = text.removeprefix("\ufeff")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        starts = array("L", [0])
        starts.extend(found.end() for found in re.finditer("\n", text))
        return cls(number, name, text, starts, faults or tuple(_control_faults(text)))

    @classmethod
    def from_bytes(cls, data: bytes, *, name: str, number: int = 0) -> SourceFile:
        """Return a source of UTF-8 `data`. Never raises: what is not text stands in `faults`.

        Bytes that are not UTF-8 become U+FFFD in `text`, so that places before them stay right.
        """
        try:
            return cls.from_text(data.decode("utf-8"), name=name, number=number)
        except UnicodeDecodeError as error:
            text = data.decode("utf-8", errors="replace")
            before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
            start = len(before.replace("\r\n", "\n"))
            fault = DecodingFault("encoding", start, start + 1, _guess_encoding(data, error))
            return cls.from_text(text, name=name, number=number, faults=(fault,))

    def span(self, start: int, end: int) -> Span:
        return new_span(Span, (self.number, start, end))

    def line_of(self, offset: int) -> int:
        """Return the index, from 0, of the line that holds `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def place(self, offset: int) -> Place:
        """Return the line and column of `offset`."""
        line = self.line_of(offset)
        return Place(line + 1, offset - self.line_starts[line] + 1)

    def utf16_column(self, offset: int) -> int:
        """Return the column of `offset` from 1, in UTF-16 code units, as editors count."""
        start = self.line_starts[self.line_of(offset)]
        before = self.text[start:offset]
        return 1 + len(before) + (0 if before.isascii() else sum(one > "\uffff" for one in before))

    def line_end(self, line: int) -> int:
        """Return the offset just before the line break of line `line` (counted from 0)."""
        following = line + 1
        return self.line_starts[following] - 1 if following < len(self.line_starts) else len(self.text)

    def line_text(self, line: int) -> str:
        """Return line `line` (counted from 0) without its line break."""
        return self.text[self.line_starts[line] : self.line_end(line)]


class SourceMap:
    """The files of one run, by number, so that a `Span` can be shown."""

    def __init__(self) -> None:
        self._files: list[SourceFile | tuple[bytes | str, str]] = []

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, number: int) -> SourceFile:
        found = self._files[number]
        if not isinstance(found, SourceFile):
            held, name = found
            data = held if isinstance(held, bytes) else _now_in(held)
            found = self._files[number] = SourceFile.from_bytes(data, name=name, number=number)
        return found

    def __iter__(self) -> Iterator[SourceFile]:
        return (self[number] for number in range(len(self._files)))

    def reserve(self, held: bytes | str, name: str) -> int:
        """Return the number of a file of these bytes, or at this path. Asking for it decodes it.

        One that cannot be read by then is empty.
        """
        self._files.append((held, name))
        return len(self._files) - 1

    def add_bytes(self, data: bytes, name: str) -> SourceFile:
        return self[self.reserve(data, name)]

    def add_text(self, text: str, name: str) -> SourceFile:
        source = SourceFile.from_text(text, name=name, number=len(self._files))
        self._files.append(source)
        return source


def _now_in(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 (a path as text: there are thousands)
            return stream.read()
    except OSError:
        return b""


def is_refused_character(code: int) -> bool:
    """Tell whether a code point can stand in no target: XML 1.0 has no place for it."""
    return (
        (code < 0x20 and code not in (0x09, 0x0A, 0x0D))
        or 0xD800 <= code <= 0xDFFF
        or code in (0xFFFE, 0xFFFF)
    )


def without_refused(text: str) -> str:
    """Return `text` with U+FFFD for every refused character, for callers whose text no reader has seen."""
    if refused_character(text) is None:
        return text
    return "".join("\ufffd" if is_refused_character(ord(character)) else character for character in text)


def refused_character(text: str) -> str | None:
    """Return the first refused character of `text`, if there is one."""
    if text.isprintable() or not _may_hold_refused(text):
        return None
    return next((character for character in text if is_refused_character(ord(character))), None)


_REFUSED = tuple(map(chr, (*(code for code in range(0x20) if is_refused_character(code)), 0xFFFE, 0xFFFF)))


def _may_hold_refused(text: str) -> bool:
    """Tell whether a refused character is in `text`: to look for each takes a tenth of looking at all."""
    if any(map(text.__contains__, _REFUSED)):
        return True
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:  # a surrogate
        return True
    return False


def _control_faults(text: str) -> list[DecodingFault]:
    if refused_character(text) is None:
        return []
    found = []
    for character in sorted({c for c in set(text) if is_refused_character(ord(c))}):
        position = text.find(character)
        kind = "nul" if character == "\0" else "control"
        found.append(DecodingFault(kind, position, position + 1, f"U+{ord(character):04X}"))
    return found


def _guess_encoding(data: bytes, error: UnicodeDecodeError) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "this looks like UTF-16"
    return f"byte 0x{data[error.start]:02X}"
