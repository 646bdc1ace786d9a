"""Generated packs as PDF: each can be set, tells no answer, says what HTML says, splits no question."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from itertools import islice
from typing import Any

from hypothesis import Phase, given, settings

from packc.ast.pack import Pack, Part, Section, questions
from packc.ast.question import Question
from packc.ast.richtext import Footnote, Para, Text
from packc.backends.registry import load
from packc.media import Media
from tests.support import packs
from tests.support.canaries import CANARY, NUMBER, with_canaries
from tests.support.judges import pdftotext
from tests.support.random_packs import many, named, random_packs
from tests.support.wild import QUESTIONS, SLOW, wild_packs
from tests.targets.html.test_generated import with_another_key
from tests.targets.html.test_printed_packs import long
from tests.targets.pdf.emitted import everything, opened, pdfs
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
PACKS = many(5, DEEP)
CONTEXT = packs.context()._replace(
    media={**packs.context().media, "a/b.png": Media(packs.png(400, 40), "image/png", 400, 40)}
)


@_FEW
@given(wild_packs())
def test_whatever_a_pack_holds_it_can_be_set(made: Pack) -> None:
    list(load("pdf").losses(made, packs.context()))
    found = pdfs(made, packs.context(), variant=("key", "teacher"), cards=True, large_print=True)

    assert all(len(opened(data).pages) for data in found.values())


def test_no_canary_is_in_a_student_file() -> None:
    for pack in random_packs(PACKS):
        with named(pack):
            hidden = replace(pack, meta=replace(pack.meta, title_on_front=False))
            marked = with_canaries(hidden)
            options: dict[str, Any] = {"versions": ("A",), "large_print": True}
            for name, data in pdfs(marked, CONTEXT, variant=("student",), **options).items():
                said = everything(data)
                assert CANARY not in said, name
                assert str(NUMBER) not in said, name
            (key,) = pdfs(marked, CONTEXT, variant=("key",)).values()
            assert (CANARY in everything(key)) == any(questions(pack)), "canaries would be found"


@_FEW
@given(wild_packs(), QUESTIONS, QUESTIONS)
def test_another_key_gives_the_same_file(made: Pack, first: Question, other: Question) -> None:
    one = replace(made, parts=(first, *made.parts))
    changed = replace(made, parts=(with_another_key(first, other), *made.parts))
    options: dict[str, Any] = {"variant": ("student",), "versions": ("A", "B")}

    assert pdfs(one, packs.context(), **options) == pdfs(changed, packs.context(), **options)


def test_it_says_what_the_html_handout_says() -> None:
    for pack in random_packs(PACKS):
        with named(pack):
            for file, html, pdf in both(pack, CONTEXT):
                assert difference(said_by_pdf(pdf), said_by_html(html)) is None, file


def test_no_question_is_split_that_fits_a_page() -> None:
    asked = sheets = taller = 0
    for pack in islice(filter(lambda pack: any(questions(pack)), random_packs(PACKS * 3)), PACKS):
        with named(pack):
            marked = _marked(pack)
            for paper in ("a4", "letter"):
                options: dict[str, Any] = {"variant": ("student",), "paper": paper, "large_print": True}
                files = pdfs(marked, CONTEXT, **options)
                split = {file: _split(data) for file, data in files.items()}
                for name in sorted(set().union(*split.values())):
                    alone = replace(marked, parts=tuple(q for q in questions(marked) if q.id == name))
                    for file, data in pdfs(alone, CONTEXT, **options).items():
                        assert name not in split[file] or _split(data), (
                            f"{name} fits a page of {paper}, {file}"
                        )
                sheets += sum(map(_numbered_pages, files.values()))
                asked += len(list(questions(marked))) * len(files)
                taller += sum(map(len, split.values()))
    print(f"{asked} questions on {sheets} pages, {taller} of them taller than a page")
    assert asked > 8 * PACKS, "there are page breaks"
    assert taller < asked / 2, "most are no taller than a page"


def _numbered_pages(data: bytes) -> int:
    """See that each page says which of how many it is; return how many there are."""
    said = subprocess.run([pdftotext(), "-raw", "-", "-"], input=data, capture_output=True, check=True)
    texts = said.stdout.decode().split("\f")[:-1]
    numbers = [f"Page {number} of {len(texts)}" for number in range(1, len(texts) + 1)]
    assert all(number in re.sub(r"\s+", " ", text) for number, text in zip(numbers, texts, strict=True))
    return len(texts)


def _split(data: bytes) -> list[str]:
    """Return the questions that stand on more than one page."""
    parts = pages_of_parts(data, r"\d+(Q\d+)$|SECTIONMARK|Endofpaper")
    return [name for name, found in parts if name and len(found) > 1]


def _marked(pack: Pack) -> Pack:
    """Return `pack` three times over, with headings to be told apart and a text at each question's end."""

    def part(given: Part) -> Part:
        if isinstance(given, Section):
            title = (Text("SECTIONMARK"),)
            return replace(given, title=title, blocks=(), parts=tuple(map(part, given.parts)))
        end = Footnote("1", (Para((Text("end of it"),)),))
        return replace(given, prompt=(*given.prompt, Para((Text("and"), end))))

    made = long(pack)
    return replace(made, intro=(), parts=tuple(map(part, made.parts)))


_TESTS: tuple[Any, ...] = (
    test_whatever_a_pack_holds_it_can_be_set,
    test_another_key_gives_the_same_file,
)
for _test in _TESTS:
    _test.deep_examples = DEEP  # read by tests.support.deep
