"""The validator from outside, asked of many packages in one process: each schema is loaded once."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

from tests.support.judges import qti_validator, xsd_folder


class Verdict(NamedTuple):
    """What the validator's command would return, and what it would print."""

    code: int
    said: str

    @property
    def errors(self) -> str:
        return "\n".join(line for line in self.said.splitlines() if "ERROR" in line or "FAIL" in line)


def validated(packages: Sequence[Path]) -> Verdict:
    """Return what the validator says of `packages`."""
    command = ["qti_validate.py", "--quiet", "--xsd", str(xsd_folder()), *map(str, packages)]
    said = io.StringIO()
    with patch.object(sys, "argv", command), contextlib.redirect_stdout(said):
        code = _validator().main()
    return Verdict(int(code), said.getvalue())


@cache
def _validator() -> ModuleType:
    """Return the validator, whose runs keep the schemas that one of them has loaded.

    By itself it loads them anew for each package: that is nearly all of its time.
    """
    path = qti_validator()
    spec = importlib.util.spec_from_file_location("qti_validate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    schemas: dict[str, Any] = {}

    class Run(module.Run):  # type: ignore[misc, name-defined]  # a class that is only known here
        def __init__(self, arguments: Any) -> None:
            super().__init__(arguments)
            self.cache = schemas

    module.Run = Run  # type: ignore[attr-defined]
    return module
