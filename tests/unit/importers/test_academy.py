"""Pages of the academy, pasted as text: every field comes over, and what is lost is named with its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import OpenQuestion, Role
from packc.ast.richtext import Block, BulletList, OrderedList, Para
from packc.diagnostics import Sink
from packc.importers import registry
from packc.importers.base import Given
from packc.reader.pack import read_pack
from packc.render.plain import PLAIN
from packc.source import SourceFile, SourceMap
from packc.writer.pack import write

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "tests/packs/academy/reading-curves.txt"


def read(text: str) -> tuple[list[Pack], list[tuple[str, int, str]]]:
    """Return the packs of a page, and each diagnostic with its code, its line and what it points at."""
    given = Given.of_text(text, name="page.txt")
    source = given.source
    sink = Sink()
    packs = [made.pack for made in registry.load("academy").read(given, sink, fallback_id="page")]
    found = []
    for each in sorted(sink, key=lambda each: each.span or (0, 0)):
        assert each.span is not None
        line = source.place(each.span.start).line
        found.append((each.code, line, source.text[each.span.start : each.span.end]))
    return packs, found


def one(text: str) -> Pack:
    (pack,), _ = read(text)
    return pack


def words(blocks: tuple[Block, ...]) -> str:
    return PLAIN.blocks(blocks).strip()


def open_questions(pack: Pack) -> list[OpenQuestion]:
    found = list(questions(pack))
    assert all(isinstance(question, OpenQuestion) for question in found)
    return [question for question in found if isinstance(question, OpenQuestion)]


def page(body: str) -> str:
    return f"Steps¶\nQ1. First¶\nQuestion: Why?\nSolution: So.\n{body}"


def test_a_page_of_our_own() -> None:
    (pack,), lost = read(PAGE.read_text(encoding="utf-8"))
    assert (pack.id, pack.title) == ("reading-curves", "Reading Curves")
    assert words(pack.intro).startswith("Two curves and a table")
    first, second = open_questions(pack)
    assert (first.id, PLAIN.inlines(first.title)) == ("RC01", "A Flat Start")
    assert words(first.prompt).startswith("The loss does not move")
    assert [type(block) for block in first.solution] == [BulletList]
    assert len(first.solution[0].items) == 3  # type: ignore[union-attr]
    assert [note.role for note in first.notes] == [Role.COLD_TARGET, Role.WHY, Role.SOURCE]
    assert [words(hint) for hint in second.hints] == [
        "Look at the larger of the two.",
        "What has the model seen before?",
    ]
    bullets, numbers = second.solution
    assert isinstance(bullets, BulletList)
    assert [type(block) for block in bullets.items[0].blocks] == [Para, BulletList]
    assert isinstance(numbers, OrderedList)
    assert [words(item.blocks) for item in numbers.items] == [
        "Collect more data.",
        "Or make the model smaller.",
    ]
    assert [note.role for note in second.notes] == [Role.MISCONCEPTION, Role.WHY, Role.SOURCE]
    assert words(second.notes[1].body) == "The gap says which remedies are worth trying."
    assert isinstance(second.notes[2].body[0], BulletList)
    assert isinstance(pack.parts[-1], Section)
    assert lost == [
        ("PK703", 30, "Warm-Up And Schedules"),
        ("PK703", 31, "Regularisation In Practice"),
    ]


@pytest.mark.parametrize("bullet", list("-•●▪◦–—*‣⁃○■·"))
def test_every_bullet_makes_an_item(bullet: str) -> None:
    question = open_questions(
        one(page(f"Why it matters:\n{bullet} one\n{bullet}\u00a0two\n{bullet}\nthree\n"))
    )[0]
    (items,) = question.notes[0].body
    assert isinstance(items, BulletList)
    assert [words(item.blocks) for item in items.items] == ["one", "two", "three"]


@pytest.mark.parametrize("pilcrow", ["¶", " ¶", "\uf0c1", "🔗", "\u200b¶"])
def test_every_mark_behind_a_heading(pilcrow: str) -> None:
    pack = one(page("").replace("¶", pilcrow))
    assert (pack.title, [question.id for question in questions(pack)]) == ("Steps", ["Q1"])


def depth(block: Block) -> int:
    inner = [each for item in getattr(block, "items", ()) for each in item.blocks]
    return isinstance(block, BulletList) + max(map(depth, inner), default=0)


def test_lists_nest_eight_deep_and_no_deeper() -> None:
    for deep, wanted in ((3, 3), (8, 8), (12, 8)):
        lines = "".join(f"{'  ' * level}- {level}\n" for level in range(deep))
        (items,) = open_questions(one(page(f"Why it matters:\n{lines}")))[0].notes[0].body
        assert depth(items) == wanted
        assert words((items,)).replace("-", "").split() == [str(level) for level in range(deep)]


def test_a_list_may_end_left_of_where_it_began() -> None:
    note = open_questions(one(page("Why it matters:\n    - one\n  - two\n- three\n1. four\n")))[0].notes[0]
    bullets, numbers = note.body
    assert isinstance(bullets, BulletList)
    assert [words(item.blocks) for item in bullets.items] == ["one", "two", "three"]
    assert isinstance(numbers, OrderedList)


def test_an_item_less_deep_ends_the_inner_list() -> None:
    lines = "- one\n    - deeper\n  - less deep\n- two\n"
    (items,) = open_questions(one(page(f"Why it matters:\n{lines}")))[0].notes[0].body
    assert isinstance(items, BulletList)
    assert [words(item.blocks[:1]) for item in items.items] == ["one", "two"]
    assert depth(items) == 2


@pytest.mark.parametrize(
    "label",
    [
        *("Solution:", "solution :", "Solution", "Reveal Academy Answer", "Reveal Academy Answer:"),
        *("Answer:", "Model answer:", "\u200bSolution:\u00a0"),
    ],
)
def test_every_spelling_of_the_solution(label: str) -> None:
    question = open_questions(one(f"Steps¶\nQ1. First¶\nQuestion\nWhy?\n{label}\nSo.\n"))[0]
    assert (words(question.prompt), words(question.solution)) == ("Why?", "So.")


@pytest.mark.parametrize("text", ["Type: a word", "Solutions differ.", "The question: why?", "Source code:"])
def test_a_sentence_is_no_label(text: str) -> None:
    blocks = open_questions(one(page(text)))[0].solution
    assert [words((block,)) for block in blocks] == ["So.", text]


def test_a_page_without_pilcrows() -> None:
    pack = one(PAGE.read_text(encoding="utf-8").replace("¶", ""))
    assert pack.title == "Reading Curves"
    assert [question.id for question in questions(pack)] == ["RC01", "RC02"]
    assert isinstance(pack.parts[-1], Section)


def test_text_that_a_paste_has_made_plain_stays_text() -> None:
    packs, found = read(page("Why it matters: Use `lr` and $x$ here, not **y**.\n"))
    assert [(code, written) for code, _, written in found] == [("PK705", "`lr`")]
    note = open_questions(packs[0])[0].notes[0]
    assert words(note.body) == "Use `lr` and $x$ here, not **y**."
    again = read_pack(SourceFile.from_text(write(packs[0]), name="x"), Sink(), fallback_id=None)
    assert again == packs[0]


def test_a_field_that_comes_twice_keeps_both_texts() -> None:
    packs, found = read(page("Solution: And so.\nHint: One.\nHint: Two.\n"))
    question = open_questions(packs[0])[0]
    assert [words((block,)) for block in question.solution] == ["So.", "And so."]
    assert len(question.hints) == 2
    assert found == [("PK706", 5, "Solution")]


def test_an_empty_field_is_named() -> None:
    packs, found = read(page("Why it matters:\n"))
    assert open_questions(packs[0])[0].notes == ()
    assert found == [("PK112", 5, "Why it matters")]


def test_a_heading_right_above_a_question_is_a_chapter() -> None:
    part = "Part two¶\nQ2. Second¶\nQuestion: And?\nSolution: No.\n"
    packs, found = read(page(part + "Notes¶\nA text.\nQ3. Third¶\nHint: x\n"))
    chapter, notes, third = packs[0].parts[1:]
    assert isinstance(chapter, Section)
    assert [question.id for question in questions(chapter)] == ["Q2"]
    assert isinstance(notes, Section)
    assert (words(notes.blocks), notes.parts) == ("A text.", ())
    assert isinstance(third, OpenQuestion)
    assert [(code, line) for code, line, _ in found] == [("PK704", 5), ("PK704", 9)]


def test_pages_in_one_file_are_told_apart_by_an_id_that_comes_again() -> None:
    packs, found = read(page("After¶\nText.\n") + page("").replace("Steps", "Curves"))
    assert [pack.id for pack in packs] == ["steps", "curves"]
    assert [[question.id for question in questions(pack)] for pack in packs] == [["Q1"], ["Q1"]]
    assert [(code, written) for code, _, written in found] == [("PK707", "Curves")]


def test_a_page_without_questions() -> None:
    packs, found = read("Only a title¶\nAnd a text.\n")
    assert [code for code, _, _ in found] == ["PK702"]
    assert packs == []


@pytest.mark.parametrize("body", ["", "A text.\n", "Question:\nSolution:\n"])
def test_an_id_with_nothing_to_answer_is_kept_as_a_section(body: str) -> None:
    packs, found = read(page(f"Q2. Second¶\n{body}"))
    section = packs[0].parts[1]
    assert isinstance(section, Section)
    assert PLAIN.inlines(section.title) == "Q2. Second"
    assert words(section.blocks) == body.replace("Question:\nSolution:\n", "").strip()
    assert ("PK712", 5, "Q2. Second") in found


def test_without_a_prompt_the_title_asks() -> None:
    (question,) = open_questions(one("Steps¶\nQ1. Why?¶\nSolution: So.\n"))
    assert words(question.prompt) == "Why?"


def test_what_is_no_text_is_an_error() -> None:
    sink = Sink()
    sources = SourceMap()
    source = sources.add_bytes(page("Caf").encode() + b"\xe9", "page.txt")
    assert registry.load("academy").read(Given(source, sources), sink, fallback_id="page") == ()
    assert [found.code for found in sink] == ["PK001"]


_LINES = st.sampled_from(
    [
        *("Steps¶", "Q1. One¶", "Q1. One", "Q2)¶", "QD01. Two ¶", "What To Do After This Pack", "¶"),
        *("Question:", "Question: Why?", "Solution", "Hint: x", "Why it matters:", "Source: x"),
        *("Answer: true", "- a", "  • b", "1. c", "  7) d", "•", "\tdeep", "", " ", "# a", "> b", "**c**"),
        *("\\(f\\)", "[g](h)", "| i |", "|---|", "~~~", "<b>", "&amp;", "---", "===", "{{x}}", "- [x] y"),
        *("A. b", "x {#y}", "a\\", "==m==", "[^1]: n", ": d", "*", "!!! note", "> [!NOTE]", "`d", "$e$"),
    ]
)


@settings(derandomize=True, max_examples=250, deadline=None)
@given(st.lists(_LINES | st.text(max_size=12).map(lambda text: text.replace("\n", " ")), max_size=25))
@example(["¶"])
@example(["Q1. One¶", "¶"])
@example(["Q1. One¶", "x {#y}"])
@example(["Question:", "Q1. One¶"])
@example(["Q1. One¶", "•", "•", "Question:", "1. a", "- b", "  - c", " d"])
def test_any_text_is_read_and_comes_back_as_it_was(lines: list[str]) -> None:
    given = Given.of_text("\n".join(lines), name="page.txt")
    for made in registry.load("academy").read(given, Sink(), fallback_id="page"):
        again = read_pack(SourceFile.from_text(write(made.pack), name="x"), Sink(), fallback_id=None)
        assert again == made.pack


@pytest.mark.parametrize(
    "line", ["- a\n", "Q1. a¶\n", "Hint: a\n", "Steps¶\n", "  • b\n• a\n", "¶", " ", "`a`$", "1. a\n\n", "a:"]
)
def test_time_is_linear(line: str) -> None:
    def seconds(times: int) -> float:
        given = Given.of_text("Q1. One¶\nQuestion: x\n" + line * times, name="page.txt")
        importer = registry.load("academy")
        started = time.process_time()
        importer.recognises(given)
        importer.read(given, Sink(), fallback_id="page")
        return time.process_time() - started

    small = max(seconds(2_000), 0.002)
    assert seconds(16_000) < 8 * 4 * small
