"""Options of the whole suite."""

from __future__ import annotations

import pytest

from tests.support.browser import browser

__all__ = ["browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the case files to what the code does now")
