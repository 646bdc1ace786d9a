"""What all our schemas share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def document(name: str, title: str, description: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole schema: its head, then `body`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:packc:schema:{name}:1",
        "title": title,
        "description": description,
        **body,
    }


def ref(name: str) -> dict[str, Any]:
    """Return a reference to a definition of the same schema."""
    return {"$ref": f"#/$defs/{name}"}
