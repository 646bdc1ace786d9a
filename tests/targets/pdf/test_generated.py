"""Generated packs as PDF: each can be set, tells no answer, and says what the HTML handout says."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from packc.ast.pack import Pack, questions
from packc.backends.registry import load
from tests.support import packs
from tests.support.canaries import CANARY, NUMBER, with_canaries
from tests.support.wild import SLOW, wild_packs
from tests.targets.pdf.emitted import everything, opened, pdfs

_FEW = settings(derandomize=True, max_examples=5, deadline=None, suppress_health_check=SLOW)
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


_TESTS: tuple[Any, ...] = (
    test_whatever_a_pack_holds_it_can_be_set,
    test_no_canary_is_in_the_student_file,
)
for _test in _TESTS:
    _test.deep_examples = DEEP  # read by tests.support.deep
