"""Templates as Jinja has compiled them: doing it again in every process takes a third of a small build.

They lie where Python keeps what it has compiled of packc itself, in `__pycache__` beside the templates, and
obey the same settings (`PYTHONPYCACHEPREFIX`, `PYTHONDONTWRITEBYTECODE`). Whoever may write there may change
packc's own code as well: nothing new has to be trusted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source

import jinja2
from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps the code of each template in a file of its own, behind a digest of it.

    `manners` says with which settings templates are compiled: code counts for the same template, settings,
    Jinja and Python. A file that is torn is as good as none, and one that cannot be written is no fault.
    """

    def __init__(self, manners: str) -> None:
        self._manners = manners

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the file for the code of a template: `__pycache__/key.html.cpython-311.jinja`."""
        return cache_from_source(filename or name).removesuffix("pyc") + "jinja"

    def get_source_checksum(self, source: str) -> str:
        return sha256(f"{jinja2.__version__}\n{self._manners}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), open(bucket.key, "rb") as stream:  # noqa: PTH123 (a path as text)
            digest, _, code = stream.read().partition(b"\n")
            if sha256(code).hexdigest().encode() == digest:
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        code = bucket.bytecode_to_string()
        staged = f"{bucket.key}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(bucket.key), exist_ok=True)  # noqa: PTH103, PTH120 (the same)
            with open(staged, "wb") as stream:  # noqa: PTH123 (the same)
                stream.write(b"%s\n%s" % (sha256(code).hexdigest().encode(), code))
            os.replace(staged, bucket.key)  # noqa: PTH105 (the same)
