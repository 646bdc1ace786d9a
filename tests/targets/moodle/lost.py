"""What the two files lack of generated packs, told from the tree alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from packc.ast.keys import TextKey
from packc.ast.pack import Pack, questions
from packc.ast.question import ClozeQuestion, OpenQuestion, Question, ShortAnswerQuestion, Side
from packc.ast.richtext import Blank, Inlines
from packc.ast.walk import walk
from packc.backends.base import Level, Loss
from packc.render.plain import PLAIN

UNSAYABLE = re.compile(r"->|&&\d{3}")  # in a typed answer of a GIFT file


def compare_losses(pack: Pack, losses: Iterable[Loss], found: Iterable[Iterable[str]], *, gift: bool) -> None:
    """Fail unless what is told to be dropped is what the file lacks. `found`: the tags of each question."""
    dropped = {loss.what for loss in losses if loss.level is Level.DROPPED}
    tags = {what for what in dropped if what.startswith("the tag ")}
    wanted = {what for question in questions(pack) for what in _lost(question, gift=gift)}
    assert dropped - tags == wanted
    kept = [tag for tag in dict.fromkeys(pack.meta.tags) if f"the tag {tag!r}" not in tags]
    for each in found:
        assert [tag for tag in each if tag in pack.meta.tags] == kept


def _lost(question: Question, *, gift: bool) -> Iterator[str]:
    if gift and isinstance(question, ClozeQuestion):
        return  # declared for the kind
    if question.hints and isinstance(question, OpenQuestion) and not gift:
        yield "hints of open questions and essays"
    if gift or not isinstance(question, OpenQuestion):
        yield from (f"the field `{note.label}`" for note in question.notes if note.side is Side.GRADERS)
    for text in map(_typed, _accepted(question)):
        if UNSAYABLE.search(text) if gift else isinstance(question, ClozeQuestion) and "~" in text:
            yield f"the answer {text!r}"


def _accepted(question: Question) -> Iterator[Inlines]:
    match question:
        case ShortAnswerQuestion():
            yield from (answer.children for answer in question.key.accepted)
        case ClozeQuestion():
            keys = (node.key for node in walk(question.text) if isinstance(node, Blank))
            yield from (one.children for key in keys if isinstance(key, TextKey) for one in key.accepted)
        case _:
            pass


def _typed(answer: Inlines) -> str:
    return PLAIN.inlines(answer).strip()
