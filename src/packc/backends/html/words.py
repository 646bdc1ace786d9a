"""Every word that the handout prints by itself, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The handout's own words in one language."""

    lang: str = "en"
    name: str = "Name"
    class_: str = "Class"
    date: str = "Date"
    question: str = "Question"
    page: str = "Page"
    of: str = "of"
    good_answer: str = "A good answer names:"
    choose_one: str = "Choose one."
    choose_several: str = "Choose all that apply."
    table: str = "Table"
    formula: str = "Formula"
    end: str = "End of paper"
    answer_key: str = "Answer key"
    for_teachers: str = "For teachers. Do not hand out."
    at_a_glance: str = "Choices at a glance"
    right: str = "Right"
    feedback: str = "Feedback"
    model_answer: str = "Solution"
    explanation: str = "Explanation"
    description: str = "About"
    authors: str = "Authors"
    license: str = "Licence"
    version: str = "Version"
    tags: str = "Tags"
    source_url: str = "Source"

    def question_count(self, count: int) -> str:
        """Return `1 question`, `8 questions`."""
        return f"{count} question" if count == 1 else f"{count} questions"


ENGLISH = Words()
