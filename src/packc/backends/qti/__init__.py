"""QTI: question packages that learning management systems import."""

from __future__ import annotations

from packc.backends.base import Backend, Info
from packc.backends.options import Option

PROFILE = Option(
    "profile",
    "standard",
    "whose importer the package is for",
    choices=("standard", "blackboard", "inspera"),
)

INFOS = (
    Info(
        name="qti",
        title="QTI 2.1 package for OpenOlat, OPAL/ONYX, TAO and others",
        suffix=".zip",
        options=(PROFILE,),
    ),
    Info(name="qti22", title="QTI 2.2 package for TAO, Inspera and others", suffix=".zip"),
    Info(name="qti30", title="QTI 3.0 package for players of QTI 3", suffix=".zip"),
    Info(name="canvas", title="Canvas quiz, as a QTI 1.2 package", suffix=".zip"),
)


def load(name: str) -> Backend:
    """Return the backend of target `name`. Raises KeyError for a name that is not in `INFOS`."""
    info = {info.name: info for info in INFOS}[name]
    if name == "canvas":
        from packc.backends.qti.canvas.backend import CanvasBackend

        return CanvasBackend(info)
    from packc.backends.qti.backend import QtiBackend
    from packc.backends.qti.profile import QTI21, QTI22, QTI30

    return QtiBackend(info, {"qti": QTI21, "qti22": QTI22, "qti30": QTI30}[name])
