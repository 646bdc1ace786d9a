"""What a job asks of the project's folder besides its source. Each answer has a digest.

A cached outcome notes what was asked, with the digests; it holds as long as the answers are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from packc.build.job import Asked, Job, Settings
from packc.media import FoundImage, find_image
from packc.project import ProjectFault, find_words
from packc.source import SourceMap
from packc.words import Words

IMAGE, WORDS = "image", "words"

Question: TypeAlias = tuple[str, str]
"""What is asked: the kind, and what about."""
Answers: TypeAlias = Mapping[Question, FoundImage | Words | None]


class Surroundings:
    """The project's folder, as the jobs of one run see it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._words: dict[str, Words | None] = {}

    def image(self, job: Job, written: str) -> FoundImage:
        """Return what is behind an image's source. A file from the future counts as changed now."""
        folder = Path(job.path).parent if job.path else None
        found = find_image(written, folder, job.root, self._settings.project.limits)
        return found._replace(changed=min(found.changed, self._settings.now))

    def words(self, lang: str) -> Words | None:
        """Return packc's own words in a language. Raises ProjectFault if the project's file is wrong."""
        if lang not in self._words:
            self._words[lang] = find_words(lang, self._settings.project, SourceMap())
        return self._words[lang]

    def answer(self, job: Job, question: Question) -> FoundImage | Words | None:
        """Return the answer to a question that a job had far from here. Raises ProjectFault."""
        kind, about = question
        return self.words(about) if kind == WORDS else self.image(job, about)

    def holds(self, job: Job, asked: Asked) -> bool:
        """Tell whether the answer is what it was."""
        try:
            if asked.kind == WORDS:
                return asked.digest == words_digest(self.words(asked.about))
            found = self.image(job, asked.about)
        except ProjectFault:
            return False
        return asked.digest == image_digest(found, dated=self._settings.epoch is None)


class Asking:
    """The surroundings as one job sees them; `asked` has what it asked so far.

    Far from the project's folder only `answers` tell; what they lack is `open`, and what the job then comes
    to is worth nothing.
    """

    def __init__(
        self, surroundings: Surroundings, job: Job, settings: Settings, answers: Answers | None = None
    ) -> None:
        self._surroundings, self._job = surroundings, job
        self._dated = settings.epoch is None
        self._answers = answers
        # Without a folder of its own the project has packc's words, which are everywhere and always the same.
        self._own_words = bool(settings.project.words)
        self._far_words = answers is not None and self._own_words
        self._known: dict[Question, FoundImage | Words | None] = {}
        self.open: list[Question] = []

    def image(self, written: str) -> FoundImage:
        if self._answers is None:
            found = self._surroundings.image(self._job, written)
        else:
            found = self._answered((IMAGE, written)) or FoundImage(None)
        self._known[IMAGE, written] = found
        return found

    def words(self, lang: str) -> Words | None:
        found = self._answered((WORDS, lang)) if self._far_words else self._surroundings.words(lang)
        if self._own_words:
            self._known[WORDS, lang] = found
        return found

    def _answered(self, question: Question) -> Any:
        answers = self._answers or {}
        if question not in answers:
            self.open.append(question)
        return answers.get(question)

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(Asked(*question, self._digest(found)) for question, found in self._known.items())

    def _digest(self, found: FoundImage | Words | None) -> str:
        return (
            image_digest(found, dated=self._dated) if isinstance(found, FoundImage) else words_digest(found)
        )


def image_digest(found: FoundImage, *, dated: bool) -> str:
    """Return what tells the answer from another; when the file was changed counts only if `dated`."""
    shown = found.media._replace(data=b"") if found.media else None
    data = found.media.digest if found.media else ""
    return _digest((data, shown, found.refusal, found.changed if dated else 0))


def words_digest(words: Words | None) -> str:
    return _digest(words)


def _digest(answer: object) -> str:
    from hashlib import sha256  # a check keeps nothing

    return sha256(repr(answer).encode("utf-8", "surrogatepass")).hexdigest()
