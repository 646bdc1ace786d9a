"""Decoding and places."""

from __future__ import annotations

from packc.source import SourceFile, Span


def test_line_ends_and_a_byte_order_mark_do_not_count() -> None:
    source = SourceFile.from_bytes(b"\xef\xbb\xbfa\r\nb\rc\n", name="x")
    assert source.text == "a\nb\nc\n"
    assert [source.line_text(line) for line in range(4)] == ["a", "b", "c", ""]


def test_a_place_counts_characters_from_one() -> None:
    source = SourceFile.from_text("aé\n🙂b", name="x")
    assert source.place(1) == (1, 2)
    assert source.place(4) == (2, 2)
    assert source.place(5) == (2, 3)


def test_a_fault_stands_where_the_bytes_are() -> None:
    source = SourceFile.from_bytes("é\r\nx".encode() + b"\xff\xfe", name="x")
    (fault,) = source.faults
    assert fault.kind == "encoding"
    assert source.place(fault.start) == (2, 2)
    assert source.text[fault.start] == "\ufffd"


def test_every_refused_character_is_reported_once() -> None:
    source = SourceFile.from_text("a\0b\0\x1f\ufffe\t\n", name="x")
    assert [(fault.kind, fault.detail) for fault in source.faults] == [
        ("nul", "U+0000"),
        ("control", "U+001F"),
        ("control", "U+FFFE"),
    ]


def test_a_span_reaches_to_another() -> None:
    assert Span(0, 2, 4).to(Span(0, 6, 9)) == Span(0, 2, 9)
