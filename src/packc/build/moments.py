"""When what has not been released counts as given out. Only `Settings` and `Job` know of time."""

from __future__ import annotations

from packc.build.job import Job, Settings
from packc.media import LoadedMedia


def draft_moment(job: Job, media: LoadedMedia, settings: Settings) -> int:
    """Return when an unreleased question counts as given out, in UTC seconds."""
    if settings.epoch is not None:
        return settings.epoch
    return max(job.changed, media.changed)
