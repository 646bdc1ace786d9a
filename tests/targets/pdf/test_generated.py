"""Generated packs as PDF: each can be set, tells no answer, says what HTML says, splits no question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import Phase, given, settings

from packc.ast.pack import Pack, Part, Section, questions
from packc.ast.question import Question
from packc.ast.richtext import Footnote, Para, Text
from packc.backends.registry import load
from tests.support import packs
from tests.support.canaries import CANARY, NUMBER, with_canaries
from tests.support.wild import QUESTIONS, SLOW, wild_packs
from tests.targets.html.test_generated import with_another_key
from tests.targets.pdf.emitted import everything, opened, pages, pdfs
from tests.targets.pdf.structure import difference, pages_of_parts, said_by_html, said_by_pdf
from tests.targets.pdf.test_same_text import both

# A failure is not made smaller: each attempt sets several files, and there are thousands.
_FEW = settings(
    derandomize=True,
    max_examples=4,
    deadline=None,
    suppress_health_check=SLOW,
    phases=(Phase.explicit, Phase.generate),
)
DEEP = 200


@_FEW
@given(wild_packs())
def test_whatever_a_pack_holds_it_can_be_set(made: Pack) -> None:
    list(load("pdf").losses(made, packs.context()))
    found = pdfs(made, packs.context(), variant=("key", "teacher"), cards=True, large_print=True)

    assert all(len(opened(data).pages) for data in found.values())


@_FEW
@given(wild_packs())
def test_no_canary_is_in_the_student_file(made: Pack) -> None:
    marked = with_canaries(made)
    for data in pdfs(marked, packs.context(), variant=("student",)).values():
        said = everything(data)
        assert CANARY not in said
        assert str(NUMBER) not in said
    (key,) = pdfs(marked, packs.context(), variant=("key",)).values()
    assert (CANARY in everything(key)) == any(questions(marked)), "canaries would be found"


@_FEW
@given(wild_packs(), QUESTIONS, QUESTIONS)
def test_another_key_gives_the_same_file(made: Pack, first: Question, other: Question) -> None:
    one = replace(made, parts=(first, *made.parts))
    changed = replace(made, parts=(with_another_key(first, other), *made.parts))
    options: dict[str, Any] = {"variant": ("student",), "versions": ("A", "B")}

    assert pdfs(one, packs.context(), **options) == pdfs(changed, packs.context(), **options)


@_FEW
@given(wild_packs())
def test_it_says_what_the_html_handout_says(made: Pack) -> None:
    for file, html, pdf in both(made, packs.context()):
        assert difference(said_by_pdf(pdf), said_by_html(html)) is None, file


@_FEW
@given(wild_packs())
def test_no_question_is_split_that_fits_a_page(made: Pack) -> None:
    marked = _marked(made)
    for options in _PAPERS:
        for data in pdfs(marked, packs.context(), variant=("student",), **options).values():
            texts = pages(data)
            assert all(f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts, 1))
            for name in _split(data):
                alone = replace(marked, parts=tuple(q for q in questions(marked) if q.id == name))
                found = pdfs(alone, packs.context(), variant=("student",), **options).values()
                assert any(map(_split, found)), "it fits a page"


_PAPERS: tuple[dict[str, Any], ...] = tuple(
    {"paper": paper, "large_print": large} for paper in ("a4", "letter") for large in (False, True)
)


def _split(data: bytes) -> list[str]:
    """Return the questions that stand on more than one page."""
    parts = pages_of_parts(data, r"\d+(Q\d+)$|SECTIONMARK|Endofpaper")
    return [name for name, found in parts if name and len(found) > 1]


def _marked(pack: Pack) -> Pack:
    """Return `pack` three times over, with headings to be told apart and a text at each question's end."""
    count = iter(range(1000))

    def part(given: Part) -> Part:
        if isinstance(given, Section):
            title = (Text("SECTIONMARK"),)
            return replace(given, title=title, blocks=(), parts=tuple(map(part, given.parts)))
        end = Footnote("1", (Para((Text("end of it"),)),))
        return replace(
            given, id=f"Q{next(count)}", points=None, prompt=(*given.prompt, Para((Text("and"), end)))
        )

    return replace(pack, intro=(), parts=tuple(map(part, pack.parts * 3)))


_TESTS: tuple[Any, ...] = (
    test_whatever_a_pack_holds_it_can_be_set,
    test_no_canary_is_in_the_student_file,
    test_another_key_gives_the_same_file,
    test_it_says_what_the_html_handout_says,
    test_no_question_is_split_that_fits_a_page,
)
for _test in _TESTS:
    _test.deep_examples = DEEP  # read by tests.support.deep
