"""A new question of any kind: its id, and a text to write over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from packc.ast.kinds import Kind

_TO_DO = "To be written."

_PARTNERS = """\
| Left   | Right           |
| ------ | --------------- |
| first  | its partner     |
| second | its own partner |"""
_CATEGORIES = """\
| Item   | Category    |
| ------ | ----------- |
| first  | a category  |
| second | another one |
| third  | a category  |"""

# The fields of a question, by their keys; what has no key stands without a label.
_FIELDS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    Kind.OPEN: (("prompt", "What is to be explained?"), ("solution", "The model answer.")),
    Kind.ESSAY: (
        ("prompt", "What is to be discussed?"),
        ("type", "essay"),
        ("rubric", "\n\n- (2) makes the first point\n- (2) makes the second point"),
        ("words", "150–200"),
    ),
    Kind.SINGLE: (
        ("prompt", "Which one is right?"),
        ("", "- [x] The right choice\n  > Why it is right.\n- [ ] A wrong choice\n  > Why it is wrong."),
        ("solution", "What decides it."),
    ),
    Kind.MULTIPLE: (
        ("prompt", "Which ones are right?"),
        ("", "- [x] A right choice\n- [x] Another right choice\n- [ ] A wrong choice"),
        ("solution", "What decides it."),
    ),
    Kind.TRUE_FALSE: (("prompt", "A statement."), ("answer", "true"), ("solution", "Why it is true.")),
    Kind.SHORT: (("prompt", "What is it called?"), ("answer", "the word | another spelling")),
    Kind.NUMERIC: (("prompt", "How much is it?"), ("answer", "9.81 ± 0.01 m/s²")),
    Kind.CLOZE: (("cloze", "A text with a {{gap}} and a {{second one | 2nd one}}."),),
    Kind.MATCHING: (
        ("prompt", "What belongs together?"),
        ("match", f"\n\n{_PARTNERS}"),
    ),
    Kind.CATEGORISING: (
        ("prompt", "Where does each belong?"),
        ("sort", f"\n\n{_CATEGORIES}"),
    ),
    Kind.ORDERING: (
        ("prompt", "In which order?"),
        ("order", "\n\n1. what comes first\n2. what comes next\n3. what comes last"),
    ),
}
assert set(_FIELDS) == set(Kind)


def question_text(heading: str, kind: Kind, label: Callable[[str], str], required: Iterable[str] = ()) -> str:
    """Return a question to write over, below `heading`.

    `label` gives the label of a field by its key. A field in `required` that the kind does not bring is
    added.
    """
    fields = dict(_FIELDS[kind])
    missing = ((key, _value(key, kind)) for key in required if key not in fields)
    return "\n\n".join((heading, *_written((*fields.items(), *missing), label))) + "\n"


def _written(fields: Iterable[tuple[str, str]], label: Callable[[str], str]) -> Iterator[str]:
    for key, text in fields:
        yield f"**{label(key)}:** {text}".replace(":** \n", ":**\n") if key else text


def _value(key: str, kind: Kind) -> str:
    points = "4" if kind is Kind.ESSAY else "1"  # as its rubric gives
    return {"points": points, "time": "2 min", "difficulty": "medium", "tags": "to-do"}.get(key, _TO_DO)
