"""What of Moodle's names, id numbers and tags GIFT has a way to write (facts: Moodle 4.5)."""

from __future__ import annotations

from packc.backends.gift import escape
from packc.backends.shared.moodle import names as moodle_names
from packc.source import without_refused


class IdNumbers(moodle_names.IdNumbers):
    """The id numbers of one GIFT file."""

    def fault(self, identifier: str) -> str:
        """Return why an import cannot take `identifier` as an id number; "" takes it for this file."""
        return super().fault(identifier) if _in_brackets(identifier) else "GIFT has no way to write this id"


def tag_fault(tag: str) -> str:
    """Return why Moodle cannot take `tag`, or ""."""
    return moodle_names.tag_fault(tag) if _in_brackets(tag) else "GIFT has no way to write this tag"


def name(value: str) -> str:
    """Return `value` as a name that Moodle stores unchanged, or "" if nothing is left."""
    return moodle_names.name(escape.without_placeholders(value))


def category_name(value: str) -> str:
    """Return `value` as the name of a category, or "" if nothing is left."""
    return moodle_names.category_name(escape.without_placeholders(value))


def _in_brackets(value: str) -> bool:
    """Tell whether `[id:value]` is read back as `value`: it is trimmed, and `\\]` is an escaped bracket."""
    kept = bool(value) and value == value.strip() and value == without_refused(value)
    return kept and not value.endswith("\\") and "[id:" not in value and "[tag:" not in value
