"""QTI: question packages that learning management systems import."""

from __future__ import annotations

from packc.backends.base import Backend, Info

INFOS = (Info(name="qti", title="QTI 2.1 package for OpenOlat, OPAL/ONYX, TAO and others", suffix=".zip"),)


def load(name: str) -> Backend:
    """Return the backend of target `name`. Raises KeyError for a name that is not in `INFOS`."""
    from packc.backends.qti.backend import QtiBackend

    return QtiBackend({info.name: info for info in INFOS}[name])
