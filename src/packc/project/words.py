"""The words of a language that packc, or a file of the project's, has."""

from __future__ import annotations

import re
from pathlib import Path

from packc.diagnostics import Sink
from packc.diagnostics.rules.project import UnreadableFile
from packc.diagnostics.rules.settings import BadWords, UnknownSetting
from packc.near import nearest
from packc.project.fault import ProjectFault
from packc.project.settings import Project
from packc.source import SourceFile, SourceMap, Span
from packc.words import ENGLISH, Words
from packc.words.languages import KEYS, fault_in, names_for, with_words, words_for


def find_words(lang: str, project: Project, sources: SourceMap) -> Words | None:
    """Return the words of the language with this tag; None if neither packc nor the project has them.

    A file `<language>.toml` in the project's folder `words` comes first; what it lacks is packc's own word,
    the English one if need be. Raises ProjectFault if the file is wrong.
    """
    own = words_for(lang)
    if not project.words:
        return own
    for name in names_for(lang):
        path = project.root / project.words / f"{name}.toml"
        if re.fullmatch(r"[a-z0-9-]+", name) and path.is_file():
            shown = f"{project.words}/{name}.toml"
            return with_words(own or ENGLISH, _read(path, shown, sources), name)
    return own


def _read(path: Path, name: str, sources: SourceMap) -> dict[str, object]:
    import tomllib

    sink = Sink()
    values: dict[str, object] = {}
    try:
        source = sources.add_bytes(path.read_bytes(), name)
        values = tomllib.loads(source.text)
    except OSError as error:
        sink.report(UnreadableFile(name, error.strerror or "unreadable"), file=name)
    except tomllib.TOMLDecodeError as error:
        sink.report(BadWords(re.sub(r" \(at .*", "", str(error)).lower()), _place_of(error, source))
    for key, value in values.items():
        place = _place_of_key(key, source)
        if key not in KEYS:
            sink.report(UnknownSetting(key, name, nearest(key, KEYS), ", ".join(KEYS)), place)
        elif fault_in(key, value):
            sink.report(BadWords(f"`{key}`: {fault_in(key, value)}"), place)
    if sink.has_errors:
        raise ProjectFault(tuple(sink), sources)
    return values


def _place_of(error: ValueError, source: SourceFile) -> Span:
    """Return the place that the message names: what tomllib tells of it before Python 3.14."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    if found is None:
        return source.span(len(source.text), len(source.text))
    start = source.line_starts[int(found[1]) - 1] + int(found[2]) - 1
    return source.span(start, start)


def _place_of_key(key: str, source: SourceFile) -> Span:
    found = re.search(rf"^[ \t]*\[*[\"']?({re.escape(key)})", source.text, re.MULTILINE)
    return source.span(*found.span(1)) if found else source.span(0, 0)
