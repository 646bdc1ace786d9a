"""What is matched, sorted or put in order: enough of it, and no two alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from packc.ast.node import Node
from packc.ast.question import CategorisingQuestion, MatchingQuestion, OrderingQuestion
from packc.diagnostics import Label, Sink
from packc.diagnostics.rules.order import SameItem, TooFewItems
from packc.diagnostics.rules.pairs import OneCategory, SameLeft, SameRight, TooFewPairs

N = TypeVar("N", bound=Node)


def first_of_equal(nodes: Sequence[N], meaning: Callable[[N], object]) -> Iterator[tuple[N, N]]:
    """Yield every node whose meaning an earlier one has, with the first such; None is no meaning."""
    seen: dict[object, N] = {}
    for node in nodes:
        said = meaning(node)
        if said is not None and (first := seen.setdefault(said, node)) is not node:
            yield node, first


def check_pairs(question: MatchingQuestion | CategorisingQuestion, sink: Sink) -> None:
    """Report a table with too little to choose from, and texts that are there twice."""
    sorting = isinstance(question, CategorisingQuestion)
    place = question.places.get("sort" if sorting else "match", question.span)
    if len(question.pairs) < 2:
        sink.report(TooFewPairs(len(question.pairs)), place)
    elif isinstance(question, CategorisingQuestion) and len(question.categories) < 2:
        sink.report(OneCategory(), place)
    for pair, first in first_of_equal(question.pairs, lambda pair: pair.left):
        sink.report(SameLeft(), pair.span, labels=_here(first))
    if not sorting:
        for pair, first in first_of_equal(question.pairs, lambda pair: pair.right):
            sink.report(SameRight(), pair.span, labels=_here(first))
    seen = {pair.right for pair in question.pairs}
    for distractor in question.distractors:
        if distractor in seen:
            sink.report(SameRight(), distractor[0].span if distractor else place)
        seen.add(distractor)


def check_order(question: OrderingQuestion, sink: Sink) -> None:
    """Report an order of fewer than two items, and items that are there twice."""
    if len(question.items) < 2:
        sink.report(TooFewItems(), question.places.get("order", question.span))
    for item, first in first_of_equal(question.items, lambda item: item.blocks):
        sink.report(SameItem(), item.span, labels=_here(first))


def _here(node: Node) -> tuple[Label, ...]:
    return (Label(node.span, "the first one is here"),) if node.span else ()
