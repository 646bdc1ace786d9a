"""A generated bank of single-choice questions, the same on every run: what the figures are measured on.

About 1.04 kB a question: inline code, formulas and emphasis, a bullet list in 60 %, a code fence in 15 %,
four choices with feedback.
"""

from __future__ import annotations

from collections.abc import Iterator

_SUBJECTS = ("learning rate", "batch size", "weight decay", "number of epochs", "depth of the network")
_VERBS = ("raise", "lower", "keep", "double", "halve")


def bank(count: int) -> str:
    """Return one pack of `count` questions."""
    return "".join(["---\nid: bank\nnamespace: bank\n---\n\n# Bank\n", *questions(count)])


def questions(count: int) -> Iterator[str]:
    """Yield the Markdown of each question."""
    for number in range(count):
        yield "\n" + "\n\n".join(_parts(number)) + "\n"


def _parts(number: int) -> Iterator[str]:
    subject, verb = _SUBJECTS[number % 5], _VERBS[number // 5 % 5]
    yield f"## Q{number:06d}. About the {subject}"
    yield (
        f"**Question:** In run {number} the validation loss reads `{number / 7:.3f}` after "
        f"$2^{{{number % 9}}}$ epochs, and the *{subject}* was never changed. A colleague "
        f"wants to **{verb}** it at once.\n"
        "What do you answer, and what would you look at first before anything else is touched? The budget is "
        "three more runs of the same length, the data stays as it is, and the result is due on Friday."
    )
    if number % 5 < 3:
        yield (
            "* The curve of the training loss is flat.\n"
            f"* The gradient has a norm of about $10^{{-{number % 6}}}$.\n"
            "* Nothing else was logged."
        )
    if number % 20 < 3:
        yield f"```python\nfor step in range({number}):\n    loss = model(batch)\n    loss.backward()\n```"
    yield "\n".join(_choices(number, subject, verb))
    yield (
        f"**Solution:** One run shows little: with $n = {number % 11 + 1}$ seeds the spread is visible, and "
        "only then is a change of settings worth its time."
    )


def _choices(number: int, subject: str, verb: str) -> Iterator[str]:
    texts = (
        (f"To {verb} the {subject} only after a second run", "Right: one run may be chance."),
        (f"To {verb} the {subject} now", "This changes two things at once."),
        ("To collect more data before anything is measured", "It may help, but it is slow and costly."),
        (f"To stop at epoch {number % 40}", "The curve gives no reason for `that` epoch."),
    )
    for index, (text, feedback) in enumerate(texts):
        yield f"- [{'x' if index == number % 4 else ' '}] {text}\n  > {feedback}"
