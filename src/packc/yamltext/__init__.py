"""The one YAML reader, restricted: it reads text, lists and mappings, never objects, and never much.

Scalars stay as written: `007` is `007`, `no` is `no`.
"""

from __future__ import annotations

from packc.diagnostics import Sink
from packc.limits import LIMITS, Limits
from packc.source import SourceFile
from packc.yamltext.plain import read_plain
from packc.yamltext.values import (
    Key,
    Mapping,
    Scalar,
    Sequence,
    Shape,
    Value,
    flag_of,
    scalar_of,
    text_of,
    texts_of,
)

__all__ = [
    "Key",
    "Mapping",
    "Scalar",
    "Sequence",
    "Shape",
    "Value",
    "flag_of",
    "load",
    "scalar_of",
    "text_of",
    "texts_of",
]


def load(source: SourceFile, start: int, end: int, sink: Sink, limits: Limits = LIMITS) -> Mapping | None:
    """Return the mapping that the text from `start` to `end` holds; None, with a report, if it holds none.

    Empty text is an empty mapping. Never raises.
    """
    if end - start <= limits.yaml_characters and limits.yaml_depth > 1:
        plain = read_plain(source, start, end)
        if plain is not None:
            return plain
    from packc.yamltext.loader import Loader  # importing PyYAML takes as long as reading a small pack

    return Loader(source, start, end, sink, limits).load()
