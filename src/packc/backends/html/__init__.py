"""The printable handout: a student sheet and an answer key, each one self-contained HTML file."""

from __future__ import annotations

from packc.backends.base import Backend, Info
from packc.backends.handouts import PAPERS, SHARED
from packc.backends.options import Option

PAPER = Option("paper", "any", "what is printed on", choices=PAPERS)

INFOS = (
    Info(
        name="html",
        title="Printable handout with a separate answer key",
        suffix=".html",
        options=(PAPER, *SHARED),
    ),
)


def load(name: str) -> Backend:  # noqa: ARG001  (one folder, one target)
    """Return the backend. Its code is imported only now."""
    from packc.backends.html.backend import HtmlBackend

    return HtmlBackend()
