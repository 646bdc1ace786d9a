"""A pytest plugin for `make deep`: the property tests alone, with many times their budget and fresh seeds.

The quick suite is derandomised so that it says the same thing every time; this is the run that looks for
what it has not seen yet. A test that has an attribute `deep_examples` says itself how many it wants. A
failure prints the example, which then belongs into an ordinary test.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

TIMES = 25

# Where hypothesis keeps the settings of a decorated test; it offers no public way to change them afterwards.
_KEPT = "_hypothesis_internal_use_settings"


def pytest_collection_modifyitems(items: list[pytest.Item], config: pytest.Config) -> None:
    properties = [item for item in items if hasattr(getattr(item, "obj", None), _KEPT)]
    if not properties:
        raise pytest.UsageError("no property test was found to deepen")
    for function in {getattr(item, "obj", None) for item in properties}:
        own = getattr(function, _KEPT)
        count = getattr(function, "deep_examples", own.max_examples * TIMES)
        more = settings(own, max_examples=count, derandomize=False, database=None)
        setattr(function, _KEPT, more)
    config.hook.pytest_deselected(items=[item for item in items if item not in properties])
    items[:] = properties
