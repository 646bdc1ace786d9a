"""When the present content of each question was given out. Only `Settings` and `Job` know of time."""

from __future__ import annotations

from collections.abc import Mapping

from packc.ast.pack import Pack, questions
from packc.build.job import Job, Settings
from packc.media import LoadedMedia


def moments(pack: Pack, job: Job, media: LoadedMedia, settings: Settings) -> Mapping[str, int]:
    """Return, by question id, UTC seconds. No question has been released: all count as given out at once."""
    return dict.fromkeys((question.id for question in questions(pack)), _draft(job, media, settings))


def _draft(job: Job, media: LoadedMedia, settings: Settings) -> int:
    """Return when an unreleased question counts as given out: never later than now."""
    if settings.epoch is not None:
        return settings.epoch
    newest = max((job.changed, *(int(path.stat().st_mtime) for path in media.files)))
    return min(settings.now, newest)
