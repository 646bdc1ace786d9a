"""The words that packc itself puts on cards, sheets and forms, in the language of the pack.

English stands here; every other language is one file beside this one, `<language>.toml`, with a value for
each field.
"""

from __future__ import annotations

from packc.named import NamedTuple


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
    time: str = "Time"
    minutes: str = "{minutes} min"  # the number goes where the braces are
    difficulty: str = "Difficulty"
    right_feedback: str = "After a right answer"
    wrong_feedback: str = "After a wrong answer"
    # What to do, and how it went
    choose_one: str = "Choose one."
    choose_several: str = "Choose all that apply."
    type_answer: str = "Type your answer."
    match_pairs: str = "Match each item with its partner."
    sort_items: str = "Sort the items into the categories."
    order_items: str = "Put the items in the right order."
    fill_blanks: str = "Fill in the blanks."
    true: str = "True"
    false: str = "False"
    right: str = "Right"
    wrong: str = "Wrong"
    answer: str = "Answer"
    answers: str = "Accepted answers"
    your_choice: str = "Your choice"
    case_counts: str = "Upper and lower case count."
    # How choices begin that speak of the others; the letters stand for those of any choices
    about_others: str = (
        "all of the above | all the above | all above | any of the above | both of the above | none "
        "of the above | none of the others | neither of the above | either of the above | all of the "
        "below | none of the below | all of the previous | none of the previous | all of the "
        "preceding | none of the preceding | all of the others | all of these | none of these | both "
        "of these | neither of these | all of them | none of them | both of them | neither of them | "
        "all of the options | none of the options | all of the choices | none of the choices | all of "
        "the answers | none of the answers | both of the options | A and B | both A and B | A or B | "
        "either A or B | neither A nor B"
    )
    # The length of an essay; the numbers go where the braces are
    least_words: str = "At least {least} words."
    most_words: str = "At most {most} words."
    range_words: str = "{least} to {most} words."
    # An Anki deck's description
    draft: str = "Draft: some of this has not been released yet."
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
    at_a_glance: str = "At a glance"
    match_on_paper: str = "Write the letter of its partner beside each item."
    sort_on_paper: str = "Write the letters of the items beside their categories."
    order_on_paper: str = "Number the items in the right order."
    blank: str = "Blank"
    letters: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what choices are called, in order
    right_order: str = "Right order"
    from_top: str = "From top to bottom"
    left_over: str = "Left over"
    number_range: str = "{least} to {most}"
    about: str = "About"
    authors: str = "Authors"
    license: str = "Licence"
    version: str = "Version"
    language: str = "Language"
    tags: str = "Tags"
    teacher_edition: str = "Teacher's edition"
    paper_version: str = "Version {code}"  # one of several shuffled sheets
    contents: str = "Contents"
    print: str = "Print"
    show_answers: str = "Show all answers"
    hide_answers: str = "Hide all answers"
    flashcards: str = "Flashcards"
    cut_out: str = "Print on both sides, turned over the long edge; then cut along the lines."

    def word_limit(self, least: int | None, most: int | None) -> str:
        """Return the sentence for an essay's length; '' without limits."""
        if least is not None and most is not None:
            return self.range_words.format(least=least, most=most)
        if least is not None:
            return self.least_words.format(least=least)
        return "" if most is None else self.most_words.format(most=most)


ENGLISH = Words()
