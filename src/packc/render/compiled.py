"""Templates as Jinja has compiled them: doing it again in every process takes a third of a small build."""

from __future__ import annotations

from hashlib import sha256

import jinja2
from jinja2.bccache import Bucket

from packc.render.kept import keep, kept_beside, recall


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps the code of each template in a file of its own.

    `manners` says with which settings templates are compiled: code counts for the same template, settings,
    Jinja and Python.
    """

    def __init__(self, manners: str) -> None:
        self._manners = manners

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the file for the code of a template."""
        return kept_beside(filename or name, "jinja")

    def get_source_checksum(self, source: str) -> str:
        return sha256(f"{jinja2.__version__}\n{self._manners}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        code = recall(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep(bucket.key, bucket.bytecode_to_string())
