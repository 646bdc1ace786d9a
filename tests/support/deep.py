"""A pytest plugin for `make deep`: the property tests alone, with many times their budget and fresh seeds.

The quick suite is derandomised so that it says the same thing every time; this is the run that looks for
what it has not seen yet. A test that has an attribute `deep_examples` says itself how many it wants. More
than `ROUND` examples are run in rounds, each with a seed of its own, because hypothesis keeps all that it has
tried. A failure prints the example, which then belongs into an ordinary test. `DEEP_SEED=7 make deep` runs
the examples of a run again that said `deep seed: 7`.
"""

from __future__ import annotations

import os
import secrets

import pytest
from hypothesis import settings

TIMES = 25
ROUND = 2_500
_SEED = "DEEP_SEED"  # in the environment, for pytest's workers

# Where hypothesis keeps the settings and the seed of a decorated test; it offers no public way to change
# them afterwards.
_KEPT = "_hypothesis_internal_use_settings"
_KEPT_SEED = "_hypothesis_internal_use_seed"


def pytest_configure() -> None:
    os.environ.setdefault(_SEED, str(secrets.randbelow(1_000_000)))


def pytest_report_header() -> str:
    return f"deep seed: {os.environ[_SEED]}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    own = getattr(metafunc.function, _KEPT, None)
    if own is not None:
        count = _count(metafunc.function, own)
        metafunc.fixturenames.append("deep_round")
        metafunc.parametrize("deep_round", range(-(-count // ROUND)))


def pytest_collection_modifyitems(items: list[pytest.Item], config: pytest.Config) -> None:
    properties = [item for item in items if hasattr(getattr(item, "obj", None), _KEPT)]
    if not properties:
        raise pytest.UsageError("no property test was found to deepen")
    config.hook.pytest_deselected(items=[item for item in items if item not in properties])
    items[:] = properties


_own: dict[object, settings] = {}  # of each test, as they were


def pytest_runtest_setup(item: pytest.Item) -> None:
    assert isinstance(item, pytest.Function)  # nothing else is left
    function = item.obj
    own = _own.setdefault(function, getattr(function, _KEPT))
    number = item.callspec.params["deep_round"]
    assert isinstance(number, int)
    count = min(ROUND, _count(function, own) - number * ROUND)
    setattr(function, _KEPT, settings(own, max_examples=count, derandomize=False, database=None))
    setattr(function, _KEPT_SEED, int(os.environ[_SEED]) * 100 + number)


def _count(function: object, own: settings) -> int:
    count: int = getattr(function, "deep_examples", own.max_examples * TIMES)
    return count
