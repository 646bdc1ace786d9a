"""Finding the words of a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from packc.words import ENGLISH, Words

FOLDER = Path(__file__).parent
_WIDER = {"nb": "no", "nn": "no"}  # the written forms of Norwegian


def words_for(lang: str) -> Words | None:
    """Return packc's own words in the language with this tag; None if there are none.

    `de-AT` is served by `de`, Bokmål and Nynorsk by `no`. Raises ValueError if a file of ours is broken.
    """
    for name in names_for(lang):
        if name == "en":
            return ENGLISH
        file = FOLDER / f"{name}.toml"
        if name.isalnum() and file.is_file():
            import tomllib  # only where the language is not English

            return with_words(ENGLISH, tomllib.loads(file.read_text(encoding="utf-8")), name)
    return None


def names_for(lang: str) -> Iterator[str]:
    """Yield the names of the files that may serve the tag `lang`, the closest first."""
    parts = lang.lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
    if parts[0] in _WIDER:
        yield _WIDER[parts[0]]


def key_of(field: str) -> str:
    """Return the key that stands for a field of `Words` in a file."""
    return field.rstrip("_")


KEYS = {key_of(field): field for field in Words._fields if field != "lang"}


def with_words(base: Words, values: Mapping[str, object], lang: str) -> Words:
    """Return `base` with these words in their places. Raises ValueError for a value that cannot be one."""
    for key, value in values.items():
        reason = fault_in(key, value)
        if reason:
            raise ValueError(f"{key}: {reason}")
    return base._replace(lang=lang, **{KEYS[key]: str(value) for key, value in values.items()})


def fault_in(key: str, value: object) -> str:
    """Return why `value` cannot be the words of `key`, or ''."""
    if not isinstance(value, str) or not value.strip():
        return "this must be a text between quotes"
    wanted = set(_braces(str(getattr(ENGLISH, KEYS[key]))))
    if set(_braces(value)) != wanted:
        return "it must hold " + (" and ".join(sorted(wanted)) if wanted else "no braces")
    return ""


def _braces(text: str) -> list[str]:
    """Return the braced words of `text`; a brace without its partner is one of its own."""
    import re

    return re.findall(r"\{[^{}]*\}|[{}]", text)
