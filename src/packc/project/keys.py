"""The settings of a project: their names, what they hold, and who may give them."""

from __future__ import annotations

from packc.diagnostics import Severity
from packc.places import PROJECT_FILE
from packc.places import VARIABLES as PREFIX
from packc.yamltext import Key, Shape

FILE_NAME = PROJECT_FILE

KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("namespace", Shape.TEXT, "keeps your packs apart from everybody else's"),
        Key("content", Shape.FOLDER, "where the packs are; default `content`"),
        Key("out", Shape.FOLDER, "where the artefacts go; default `dist`"),
        Key("targets", Shape.TEXTS, "what to build"),
        Key("required", Shape.TEXTS, "fields that every question must have"),
        Key("labels", Shape.MAPPING, "further labels for packc's fields"),
        Key("fields", Shape.MAPPING, "fields of your own"),
        Key("words", Shape.FOLDER, "files with packc's own words in your language"),
        Key("templates", Shape.FOLDER, "templates of your own for HTML and PDF"),
        Key("rules", Shape.MAPPING, "how bad what packc reports is"),
        Key("limits", Shape.MAPPING, "how large and how deep a source may be"),
    )
}

# Settings that are one text or a list may come from the environment.
VARIABLES = {f"{PREFIX}{key.name.upper()}": key for key in KEYS.values() if key.shape is not Shape.MAPPING}

OFF = "off"
LEVELS = {
    OFF: None,
    "note": Severity.NOTE,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
