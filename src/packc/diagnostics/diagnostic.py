"""A diagnostic: one fault at one place, and the sink that collects them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from packc.diagnostics.rule import Rule, Severity
from packc.named import NamedTuple
from packc.source import Span


class Label(NamedTuple):
    """A second place that explains a fault, e.g. where an id was used first."""

    span: Span
    text: str


class Edit(NamedTuple):
    """A piece of source text and what to put in its place; an empty span is where to insert."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A mechanical remedy: `title` tells people what it does; the edits belong together.

    `safe`: it can only make the source say what it was meant to say. Any other needs the author's eye.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True

    @classmethod
    def replacing(cls, span: Span, text: str, title: str = "", *, safe: bool = True) -> Fix:
        """Return the fix that puts `text` in the place of what stands at `span`."""
        return cls(title or f"write `{text.strip()}`", (Edit(span, text),), safe)


class Diagnostic(NamedTuple):
    """A fault. `span` is None only where there is no source text: the command line, the output folder.

    `file` names the file of a fault that has no span; `target` the target of a loss. `level` is how bad the
    project says it is, None where it says nothing. `fix` is what would mend it, where the source alone
    tells.
    """

    rule: Rule
    span: Span | None = None
    labels: tuple[Label, ...] = ()
    file: str = ""
    target: str = ""
    level: Severity | None = None
    fix: Fix | None = None

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.level or self.rule.severity


class Ignore(NamedTuple):
    """The author's wish to hear nothing of rule `code` within `scope`. `place` is where they say so."""

    code: str
    place: Span
    scope: Span

    def covers(self, found: Diagnostic) -> bool:
        """Tell whether `found` is of this rule and begins within the scope."""
        span = found.span
        return (
            span is not None
            and found.code == self.code
            and span.file == self.scope.file
            and self.scope.start <= span.start < self.scope.end
        )


class Sink:
    """Collects diagnostics in the order they are reported.

    `levels` has the severity that a project gives a rule, by its code; None switches the rule off.
    """

    def __init__(self, levels: Mapping[str, Severity | None] | None = None) -> None:
        self._found: list[Diagnostic] = []
        self.levels = levels or {}
        self._ignores: dict[str, list[Ignore]] = {}
        self._used: set[Ignore] = set()

    def report(
        self,
        rule: Rule,
        span: Span | None = None,
        *,
        labels: tuple[Label, ...] = (),
        file: str = "",
        target: str = "",
        fix: Fix | None = None,
    ) -> None:
        self._add(Diagnostic(rule, span, labels, file, target, fix=fix))

    def ignore(self, ignores: Iterable[Ignore]) -> None:
        """Drop what `ignores` cover, whether it was reported already or will be."""
        for each in ignores:
            self._ignores.setdefault(each.code, []).append(each)
        if self._ignores:
            self._found = [found for found in self._found if not self._is_ignored(found)]

    def worsen(self, found: Diagnostic, label: Label) -> None:
        """Make `found`, which was reported here, an error because of what `label` says."""
        index = self._found.index(found)
        self._found[index] = found._replace(level=Severity.ERROR, labels=(*found.labels, label))

    def unused_ignores(self) -> Iterator[Ignore]:
        """Yield the ignores that covered nothing, but for those of rules that are switched off anyway."""
        for code, ignores in self._ignores.items():
            if self.levels.get(code, Severity.ERROR) is not None:
                yield from (each for each in ignores if each not in self._used)

    def ignores(self) -> Iterator[tuple[Ignore, bool]]:
        """Yield every ignore, with whether it covered anything."""
        for ignores in self._ignores.values():
            yield from ((each, each in self._used) for each in ignores)

    def adopt(self, found: Iterable[Diagnostic], ignores: Iterable[tuple[Ignore, bool]] = ()) -> None:
        """Take over what another sink has collected, and what it ignores."""
        for each in found:
            self._add(each)
        for ignore, used in ignores:
            self._ignores.setdefault(ignore.code, []).append(ignore)
            if used:
                self._used.add(ignore)

    def _add(self, found: Diagnostic) -> None:
        level = found.level or self.levels.get(found.code, found.rule.severity)
        if level is not None and not self._is_ignored(found):
            self._found.append(found if level is found.severity else found._replace(level=level))

    def _is_ignored(self, found: Diagnostic) -> bool:
        covering = [each for each in self._ignores.get(found.code, ()) if each.covers(found)]
        self._used.update(covering)
        return bool(covering)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self._found)
