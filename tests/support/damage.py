"""Damage as it happens to files, and as somebody would do it who means harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import TypeAlias

from hypothesis import strategies as st

TOKENS = (
    *(
        "\0",
        "\r",
        "\t",
        "\x1f",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\\",
        "'",
        '"',
        "`" * 3,
        "$$",
        "%",
        "&#0;",
        "\n\n",
    ),
    *(
        "---\n",
        "...\n",
        "> " * 90,
        "[" * 900,
        "(" * 900,
        "*" * 400,
        "- " * 90,
        "<a>" * 300,
        "{" * 90,
        "#" * 9,
    ),
    *("{{ c1::x }}", "{% for a in range(9) %}", "{{ ''.__class__ }}", "{#", "<script>", "]]>", "<![CDATA["),
    *(
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "&x;",
        "<?xml version='1.1'?>",
        "xmlns='urn:x'",
    ),
    *("../../x", "/etc/passwd", "C:\\x", "con.md", "http://127.0.0.1:9/x.png", "data:text/html,x"),
    *(
        "9" * 5000,
        "-1",
        "1e999",
        "nan",
        "0x10",
        "٣",
        "true",
        "null",
        "~",
        "*a",
        "&a x",
        "!!python/object:os.x",
    ),
    *("id: x\n", "namespace: n\n", "lang: ar\n", "targets: [x]\n", "labels: {solution: [a]}\n", "- [x] a\n"),
    *("**Solution:** s\n", "## Q1. One\n", "# Two\n", ":::", "[^1]", "<!-- packc: ignore PK101 -->", "?" * 3),
    *("= right\n", "~%50%half", "::t::", "{=a -> b}", "{#1..2}", "// [id:x]\n", "$CATEGORY: a/b\n\n"),
    *(
        "sum 00000000\n",
        "end of ledger\n",
        "<<<<<<< ours\n",
        "question a/b\n",
        "published 0000-00-00T99:99:99Z\n",
    ),
)
_BYTES = (
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\x00\x00\x00\x00",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG\r\n",
)
INSERTS = (*(token.encode() for token in TOKENS), *_BYTES)

Blow: TypeAlias = tuple[str, float, float, bytes]
Blows: TypeAlias = list[Blow]

blows: st.SearchStrategy[Blows] = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "drop", "twice", "move", "insert", "insert", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(INSERTS),
    ),
    min_size=1,
    max_size=5,
)


def damaged(data: bytes, done: Blows) -> bytes:
    """Return `data` after these blows. The same blows do the same."""
    for how, where, how_far, token in done:
        at = int(where * len(data))
        end = min(len(data), at + 1 + int(how_far**4 * len(data)))
        piece = data[at:end]
        match how:
            case "flip":
                data = (
                    data[:at]
                    + bytes([each ^ 1 << int(how_far * 8) for each in data[at : at + 1]])
                    + data[at + 1 :]
                )
            case "cut":
                data = data[:at]
            case "drop":
                data = data[:at] + data[end:]
            case "twice":
                data = data[:end] + piece + data[end:]
            case "move":
                rest = data[:at] + data[end:]
                to = int(how_far * len(rest))
                data = rest[:to] + piece + rest[to:]
            case "insert":
                data = data[:at] + token + data[at:]
            case _:
                data += token
    return data


def damaged_zip(data: bytes, done: Blows) -> bytes:
    """Return an archive of which one member, or its name, was hit."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    first = done[0]
    victim = sorted(members)[int(first[1] * len(members))]
    if first[0] == "move":
        members[first[3].decode("utf-8", "replace").replace("\0", "0")[:200] or "x"] = members.pop(victim)
    else:
        members[victim] = damaged(members[victim], done)
    return packed(members)


def packed(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, held in members.items():
            archive.writestr(name, held)
    return file.getvalue()


Damage: TypeAlias = Callable[[bytes, Blows], bytes]
