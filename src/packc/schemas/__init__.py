"""JSON Schemas (draft 2020-12) of what people and programs write and read, made of the code that reads it."""

from __future__ import annotations

from typing import Any

NAMES = ("front-matter", "config", "ast", "diagnostics")


def schema(name: str) -> dict[str, Any]:
    """Return the schema `name`, one of `NAMES`. Raises KeyError for another."""
    from packc.schemas.findings import findings_schema
    from packc.schemas.settings import config_schema, front_matter_schema
    from packc.schemas.tree import tree_schema

    makers = {
        "front-matter": front_matter_schema,
        "config": config_schema,
        "ast": tree_schema,
        "diagnostics": findings_schema,
    }
    return makers[name]()
