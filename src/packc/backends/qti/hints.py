"""Hints: a button each, and a text that appears when it is pressed.

Asking for one scores what has been answered so far; `processing` says which feedback it shows.
"""

from __future__ import annotations

from dataclasses import field

from packc.backends.qti.model import Hint, HintButton, HintText, HintWords, Inline
from packc.backends.qti.xhtml import plain, slot
from packc.record import record
from packc.words import Words


@record
class Hints:
    """The hints of one item, in the order in which they were met."""

    words: Words
    buttons: bool = True  # else nobody can ask for one
    found: list[Hint] = field(default_factory=list)
    inline: list[tuple[str, Inline]] = field(default_factory=list)

    def of_blank(self, text: str) -> str:
        """Return a button to stand behind a blank, with the place of its text."""
        if not self.buttons:
            return ""
        response, shown = self._next()
        self.found.append(Hint(response, (shown,)))
        self.inline.append((response, HintButton(response, self.words.hint)))
        self.inline.append((shown, HintWords(shown, plain(text))))
        return f" {slot(response)} {slot(shown)}"

    def of_question(self, texts: list[str]) -> tuple[str, list[HintText]]:
        """Return a line of buttons, one for each text, and the texts. Each shows the earlier ones, too."""
        buttons = []
        shown: list[HintText] = []
        for number, xhtml in enumerate(texts, 1):
            response, identifier = self._next()
            title = f"{self.words.hint} {number}" if len(texts) > 1 else self.words.hint
            shown.append(HintText(identifier, xhtml))
            self.found.append(Hint(response, tuple(one.identifier for one in shown)))
            self.inline.append((response, HintButton(response, title)))
            buttons.append(slot(response))
        return (f"<p>{' '.join(buttons)}</p>\n" if buttons else ""), shown

    def _next(self) -> tuple[str, str]:
        number = len(self.found) + 1
        return f"HINT_{number}", f"hint_{number}"
