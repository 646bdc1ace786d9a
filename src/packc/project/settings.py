"""A project and its settings: from values as they are written to values that are checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from packc import yamltext
from packc.backends.options import DEFAULTS, Options
from packc.backends.registry import DEFAULT_TARGETS, infos
from packc.diagnostics import Severity, Sink
from packc.diagnostics.rules.frontmatter import WrongValue
from packc.diagnostics.rules.project import UnknownTarget
from packc.diagnostics.rules.settings import FixedSeverity, UnknownSetting
from packc.limits import LIMITS, Limits
from packc.named import NamedTuple
from packc.near import nearest
from packc.project.keys import LEVELS
from packc.project.options import Given, read_options
from packc.reader.frontmatter import requirable
from packc.reader.grammar import DEFAULT, Grammar
from packc.reader.grammar_settings import mapping_of, with_fields, with_labels
from packc.source import Span
from packc.yamltext import Value, text_of, texts_of

if TYPE_CHECKING:
    from packc.render.builtin import Override

# These keep packc itself from running out of stack, so they can be lowered only.
ONLY_LOWER = ("nesting", "yaml_depth")
MOST = 10**12


class Project(NamedTuple):
    """Where a project is and what it wants. `file` is None where there is no packc.yaml.

    `labels` are those that were added, by field; the grammar has them, and the own fields, among its own.
    `rules` has the severity of a rule by its code, None for one that is off. `places` tells where a setting
    was written, by its key or, inside a mapping, `key.name`; what is not in it is a default.
    """

    root: Path
    file: Path | None = None
    namespace: str = ""
    content: str = "content"
    out: str = "dist"
    targets: tuple[str, ...] = DEFAULT_TARGETS
    required: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = {}
    grammar: Grammar = DEFAULT
    words: str = ""
    templates: str = ""
    overrides: Mapping[str, Override] = {}  # the templates that were found there, by their names
    rules: Mapping[str, Severity | None] = {}
    limits: Limits = LIMITS
    options: Mapping[str, Options] = {}
    places: Mapping[str, Span] = {}

    def options_of(self, target: str) -> Options:
        return self.options.get(target, DEFAULTS)

    @property
    def content_folder(self) -> Path:
        return self.root / self.content

    @property
    def out_folder(self) -> Path:
        return self.root / self.out


def read_settings(values: Mapping[str, Value], sink: Sink, given: Iterable[Given] = ()) -> Project:
    """Return the project that `values` describe, at the root of nowhere. Faults are reported.

    `given` are options of targets that go before those of `values`.
    """
    return _Reader(values, sink).read(given)


class _Reader:
    def __init__(self, values: Mapping[str, Value], sink: Sink) -> None:
        self._values = values
        self._places: dict[str, Span] = {}
        self._sink = sink

    def read(self, given: Iterable[Given]) -> Project:
        grammar, labels = with_labels(DEFAULT, self._values.get("labels"), self._sink)
        grammar = with_fields(grammar, self._values.get("fields"), self._sink)
        for key, value in self._values.items():
            if isinstance(value, yamltext.Mapping):
                self._places.update((f"{key}.{name}", place) for name, place in value.keys.items())
        options, places = read_options(self._values, tuple(given), self._sink)
        self._places.update(places)
        return Project(
            root=Path(),
            namespace=text_of("namespace", self._values.get("namespace"), self._sink),
            content=self._folder("content") or "content",
            out=self._folder("out") or "dist",
            targets=self._targets() or DEFAULT_TARGETS,
            required=requirable(self._names("required"), grammar, self._sink),
            labels=labels,
            grammar=grammar,
            words=self._folder("words"),
            templates=self._folder("templates"),
            rules=self._rules(),
            limits=self._limits(),
            options=options,
            places=self._places,
        )

    def _folder(self, key: str) -> str:
        """Return a folder inside the project. A path that leads out of it is refused."""
        text = text_of(key, self._values.get(key), self._sink)
        if Path(text).is_absolute() or ".." in Path(text).parts:
            self._sink.report(WrongValue(key, "a folder inside the project"), self._values[key].span)
            return ""
        return text

    def _names(self, key: str) -> dict[str, Span]:
        """Return the names of `key`, a list or one text with commas, with their places."""
        found: dict[str, Span] = {}
        for text, place in texts_of(key, self._values.get(key), self._sink).items():
            for name in text.split(","):
                if name.strip():
                    found.setdefault(name.strip(), place)
        return found

    def _targets(self) -> tuple[str, ...]:
        names = self._names("targets")
        if "all" in names:
            return ("all",)
        for name, place in names.items():
            if name not in infos():
                rule = UnknownTarget(name, nearest(name, infos()), ", ".join(infos()))
                self._sink.report(rule, place)
        return tuple(names)

    def _rules(self) -> dict[str, Severity | None]:
        wanted = "a mapping from codes to severities, such as `PK405: off`"
        mapping = mapping_of("rules", wanted, self._values.get("rules"), self._sink)
        if not mapping.values:
            return {}
        from packc.diagnostics import all_rules

        known = all_rules()
        found: dict[str, Severity | None] = {}
        for code, value in mapping.values.items():
            level = text_of(code, value, self._sink)
            if code not in known:
                near = nearest(code, known, alike=0.8)
                rule = UnknownSetting(code, "rules", near, "the codes that `packc explain` lists")
                self._sink.report(rule, mapping.keys[code])
            elif level not in LEVELS:
                self._sink.report(WrongValue(code, "`off`, `note`, `warning` or `error`"), value.span)
            elif known[code].severity is Severity.ERROR and level != "error":
                self._sink.report(FixedSeverity(code), value.span)
            else:
                found[code] = LEVELS[level]
        return found

    def _limits(self) -> Limits:
        wanted = "a mapping from limits to numbers, such as `image_bytes: 1000000`"
        mapping = mapping_of("limits", wanted, self._values.get("limits"), self._sink)
        found: dict[str, int] = {}
        for name, value in mapping.values.items():
            if name not in Limits._fields:
                near = nearest(name, Limits._fields)
                rule = UnknownSetting(name, "limits", near, ", ".join(Limits._fields))
                self._sink.report(rule, mapping.keys[name])
                continue
            text = text_of(name, value, self._sink)
            most = getattr(LIMITS, name) if name in ONLY_LOWER else MOST
            if text.isascii() and text.isdigit() and len(text) < 14 and 1 <= int(text) <= most:
                found[name] = int(text)
            else:
                self._sink.report(WrongValue(name, f"a whole number from 1 to {most}"), value.span)
        return LIMITS._replace(**found)
