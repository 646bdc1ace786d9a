"""Adding a pack or a question to what is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packc import api
from packc.api import Loaded, LoadedPack
from packc.ast.kinds import Kind
from packc.build.rewrite import rewrite
from packc.diagnostics import Sink
from packc.diagnostics.rules.frontmatter import BadId
from packc.diagnostics.rules.project import NoProject, NoSuchPath
from packc.diagnostics.rules.settings import FileThere, IdTaken
from packc.identity import FILE_NAME
from packc.identity.ledger import Ledger, folded
from packc.named import NamedTuple
from packc.project import Project, ProjectFault, fault, find_ledger, find_project
from packc.reader.headings import ID, proposed_id
from packc.scaffold.packs import further_question, pack_id, pack_text
from packc.source import SourceMap


class Added(NamedTuple):
    """What was added: a pack, or a question of one."""

    path: Path
    id: str


def add_pack(name: str, *, cwd: Path, identifier: str = "", kind: Kind = Kind.OPEN) -> Added:
    """Write a pack called `name`, with one question to write over, into the project of `cwd`.

    Without `identifier` its id is made of the name. Raises ProjectFault if there is no project, no id can
    be made, or the file or the id is there already; raises PublishFault if the file cannot be written.
    """
    project = find_project(cwd, SourceMap(), Sink())
    if project.file is None:
        raise fault(NoProject())
    chosen = identifier or pack_id(name)
    if not ID.fullmatch(chosen):
        raise fault(BadId(chosen or name, f"--id {proposed_id(chosen)}"))
    path = project.content_folder / f"{chosen}.md"
    if path.exists():
        raise fault(FileThere(_shown(path, cwd)))
    for loaded in _packs(project, cwd):
        if chosen.casefold() in {each.casefold() for each in (loaded.pack.id, *loaded.pack.meta.aliases)}:
            raise fault(IdTaken(chosen, loaded.name))
    if _released(project, chosen):
        raise fault(IdTaken(chosen, FILE_NAME))
    title = name if name != chosen else name.replace("-", " ").replace("_", " ").capitalize()
    rewrite(path, pack_text(chosen, title, kind, _labels(project), _required(project)))
    return Added(path, chosen)


def add_question(pack: str, *, cwd: Path, kind: Kind = Kind.OPEN) -> Added:
    """Write a question of `kind` to write over at the end of `pack`, a file or the id of a pack.

    Its id has the letters of the others and a number that was never used. What stands in the file stays as
    it is. Raises ProjectFault if there is no such pack or it is no text, PublishFault if the file cannot be
    written.
    """
    project = find_project(cwd, SourceMap(), Sink())
    is_file = (cwd / pack).is_file()
    found = api.load([pack] if is_file else [], cwd=cwd)
    loaded = found.packs[0] if is_file and found.packs else _by_id(pack, found)
    assert loaded.path is not None  # only standard input has none
    source = found.sources[loaded.source]
    if any(each.kind == "encoding" for each in source.faults):
        raise ProjectFault(found.diagnostics, found.sources)
    released = _released(project, (*loaded.pack.meta.aliases, loaded.pack.id)[0])
    identifier, text = further_question(
        source, loaded.pack, kind, _labels(project), _required(project), released
    )
    before = loaded.path.read_bytes().decode()
    rewrite(loaded.path, before + (text.replace("\n", "\r\n") if "\r\n" in before else text))
    return Added(loaded.path, identifier)


def _released(project: Project, pack: str) -> list[str]:
    """Return the ids of all questions that learners were given of a pack. Raises ProjectFault."""
    ledger = find_ledger(project, SourceMap()) or Ledger()
    entries = [entry for entry in ledger.entries.values() if folded(entry.pack) == folded(pack)]
    return [identifier for entry in entries for identifier in (entry.id, entry.shown)]


def _packs(project: Project, cwd: Path) -> tuple[LoadedPack, ...]:
    folder = project.content_folder
    there = folder.is_dir() and any(path.name.lower() != "readme.md" for path in folder.rglob("*.md"))
    return api.load([folder], cwd=cwd).packs if there else ()


def _by_id(pack: str, found: Loaded) -> LoadedPack:
    names = {loaded.pack.id.casefold(): loaded for loaded in found.packs}
    if pack.casefold() not in names:
        raise fault(NoSuchPath(pack))
    return names[pack.casefold()]


def _labels(project: Project) -> Mapping[str, str]:
    """Return the project's first label for each field it has labels for, or has made."""
    own = {field.key: field.labels[0] for field in project.grammar.fields}
    return {**own, **{key: labels[0] for key, labels in project.labels.items() if labels}}


def _required(project: Project) -> tuple[str, ...]:
    return (*project.required, *(field.key for field in project.grammar.fields if field.required))


def _shown(path: Path, cwd: Path) -> str:
    return path.relative_to(cwd).as_posix() if path.is_relative_to(cwd) else path.as_posix()
