"""The words that packc itself puts on cards, sheets and forms, in the language of the pack.

English stands here; every other language is one file beside this one, `<language>.toml`, with a value for
each field.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The words in one language. `lang` is the language tag they are written in."""

    lang: str = "en"
    # Labels of what an author writes
    question: str = "Question"
    solution: str = "Solution"
    explanation: str = "Explanation"
    why: str = "Why it matters"
    source: str = "Source"
    misconception: str = "Common wrong answer"
    cold_target: str = "A good answer names"
    hint: str = "Hint"
    feedback: str = "Feedback"
    rubric: str = "Marking"
    points: str = "Points"
    # What to do, and how it went
    choose_one: str = "Choose one."
    choose_several: str = "Choose all that apply."
    type_answer: str = "Type your answer."
    match_pairs: str = "Match each item with its partner."
    sort_items: str = "Sort the items into the categories."
    order_items: str = "Put the items in the right order."
    fill_blanks: str = "Fill in the blanks."
    words_at_least: str = "Write at least {least} words."
    words_at_most: str = "Write at most {most} words."
    words_between: str = "Write {least} to {most} words."
    true: str = "True"
    false: str = "False"
    right: str = "Right"
    wrong: str = "Wrong"
    answer: str = "Answer"
    answers: str = "Accepted answers"
    # The tones of callouts
    note: str = "Note"
    tip: str = "Tip"
    important: str = "Important"
    warning: str = "Warning"
    caution: str = "Caution"
    footnotes: str = "Footnotes"
    # The handout
    name: str = "Name"
    class_: str = "Class"
    date: str = "Date"
    page: str = "Page"
    of: str = "of"
    table: str = "Table"
    formula: str = "Formula"
    end: str = "End of paper"
    questions: str = "Questions"
    answer_key: str = "Answer key"
    for_teachers: str = "For teachers. Do not hand out."
    at_a_glance: str = "Choices at a glance"
    about: str = "About"
    authors: str = "Authors"
    license: str = "Licence"
    version: str = "Version"
    tags: str = "Tags"


ENGLISH = Words()
