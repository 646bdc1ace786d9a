"""Options of the whole suite."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile

import pytest

from tests.support.browser import browser

__all__ = ["browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the case files to what the code does now")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the suite out of the user's own cache: every process of it has one of its own."""
    folder = tempfile.mkdtemp(prefix="packc-test-cache-")
    os.environ["PACKC_CACHE"] = folder
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell begins what runs in the background so, and what we begin would know of no Ctrl-C either.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
