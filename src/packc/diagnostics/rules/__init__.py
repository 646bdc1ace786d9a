"""Every rule, one module per family of codes. Importing this room registers them all."""

from packc.diagnostics.rules import (
    answers,
    fields,
    formatting,
    frontmatter,
    identity,
    loss,
    media,
    project,
    richtext,
    settings,
    source,
    structure,
)

__all__ = [
    "answers",
    "fields",
    "formatting",
    "frontmatter",
    "identity",
    "loss",
    "media",
    "project",
    "richtext",
    "settings",
    "source",
    "structure",
]
