"""The handout as PDF, through Typst: tagged, the same on every printer, without a browser."""

from __future__ import annotations

from packc.backends.base import Backend, Info
from packc.backends.handouts import SHARED
from packc.backends.options import Option

PAPER = Option("paper", "a4", "what is printed on", choices=("a4", "letter"))

INFOS = (
    Info(
        name="pdf",
        title="Printable handout as accessible PDF",
        suffix=".pdf",
        options=(PAPER, *SHARED),
        extra="pdf",
        needs=("typst",),
    ),
)


def load(name: str) -> Backend:  # noqa: ARG001  (one folder, one target)
    """Return the backend. Its code is imported only now."""
    from packc.backends.pdf.backend import PdfBackend

    return PdfBackend()
