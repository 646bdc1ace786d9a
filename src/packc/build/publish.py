"""Putting artefacts into the output folder so that each is whole at every moment.

Everything is first written into a staging folder inside the output folder (the same file system) and
flushed to the disk; then each file replaces its predecessor in one step, and the manifest comes last.
A process killed anywhere in between leaves old and new files, never a torn one; the next one sweeps.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from packc.build import lock, manifest
from packc.build.fault import PublishFault, from_os_error
from packc.build.manifest import Published
from packc.build.output import Output, digest_of, output_bytes, size_of
from packc.build.stamps import Left, Stamp, stamp_of, stamps_of

__all__ = ["Output", "PublishFault", "Published", "described", "has_orphans", "output_bytes", "publish"]

LOCK = ".packc-lock"
_STAGING = ".packc-staging-"
_PATIENCE = 5.0  # seconds: far longer than publishing takes, short enough to be told


def publish(
    out: Path,
    outputs: Sequence[Output],
    *,
    known_packs: Collection[str],
    complete: bool,
    given_up: Collection[tuple[str, str]] = (),
    left: Left | None = None,
    fetch: Callable[[Output], bytes] = output_bytes,
) -> tuple[Published, ...]:
    """Write `outputs` into `out` and return them as published, in the order given.

    A file that already holds the same bytes is not touched. What an earlier run wrote for the same pack
    and target and this one no longer has is removed; with `complete`, so is what it wrote for packs that
    are not in `known_packs`. What it wrote for a pair of pack and target in `given_up` goes in
    any case. A file that packc did not write, or that was changed since, is never removed.

    `left` is what the last build left there: what its stamps vouch for is not read. Afterwards it is what
    this one leaves. `fetch` returns the bytes of an output, of one at a time. Raises PublishFault; every
    artefact is then whole, old or new. Raises ValueError if two outputs have the same path, or one leaves
    `out`.
    """
    _check_paths(outputs)
    if not outputs and not out.is_dir():
        return ()
    left = Left() if left is None else left
    with _translated(out):
        _make_folder(out)
    with _locked(out):
        before = left.listed if _vouched(out, left.stamps) else manifest.read(out)
        published = tuple(described(output) for output in outputs)
        after, gone = _merge(before, published, known_packs if complete else None, given_up)
        kept = _kept(out, published, left.stamps)
        with _staging(out) as staging:
            changed = [
                (out / entry.path, partial(fetch, output))
                for output, entry in zip(outputs, published, strict=True)
                if entry.path not in kept
            ]
            _write(staging, changed)
            _remove(out, gone, published)
            left.listed = _present(out, after, published)
            listing = manifest.render(left.listed)
            if not _holds_bytes(out / manifest.NAME, listing):
                _write(staging, [(out / manifest.NAME, lambda: listing)])
        new = stamps_of(out, (entry for entry in published if entry.path not in kept))
        left.stamps = {**({} if complete else left.stamps), **kept, **new}
    return published


def has_orphans(out: Path) -> bool:
    """Tell whether a killed build, or one that is at work, has left its staging folder."""
    return bool(_staging_folders(out))


def _check_paths(outputs: Sequence[Output]) -> None:
    seen: set[str] = set()
    for output in outputs:
        if not manifest.is_inside(output.path):
            raise ValueError(f"{output.path!r} is not a path below the output folder")
        # Two names that differ in case only are one file on Windows and macOS.
        folded = output.path.casefold()
        if folded in seen:
            raise ValueError(f"two outputs are called {output.path!r}")
        seen.add(folded)


def described(output: Output) -> Published:
    """Return the output as the manifest has it."""
    return Published(
        output.target, output.pack, output.questions, output.path, size_of(output), digest_of(output)
    )


def _merge(
    before: Sequence[Published],
    now: Sequence[Published],
    known: Collection[str] | None,
    given_up: Collection[tuple[str, str]],
) -> tuple[list[Published], list[Published]]:
    """Return the entries of the new manifest, and those of the old one whose files are to go."""
    replaced = {(entry.pack, entry.target) for entry in now} | set(given_up)
    paths = {entry.path for entry in now}
    after, gone = list(now), []
    for entry in before:
        vanished = known is not None and entry.pack not in known
        if entry.path in paths:
            continue
        if vanished or (entry.pack, entry.target) in replaced:
            gone.append(entry)
        else:
            after.append(entry)
    return after, gone


def _vouched(out: Path, stamps: Mapping[str, Stamp]) -> bool:
    """Tell whether the manifest is the one that the stamps know."""
    stamp = stamps.get(manifest.NAME)
    return stamp is not None and stamp_of(str(out / manifest.NAME), "") == stamp


def _kept(out: Path, entries: Iterable[Published], stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Return the stamps of the files that hold what their entries describe already."""
    root, kept = f"{out}{os.sep}", {}
    for entry in entries:
        stamp = _held(root + entry.path, entry, stamps)
        if stamp is not None:
            kept[entry.path] = stamp
    return kept


def _held(path: str, entry: Published, stamps: Mapping[str, Stamp]) -> Stamp | None:
    """Return the stamp of `path` if it is a plain file of the bytes that `entry` describes."""
    now = stamp_of(path, entry.sha256)
    if now is None or now.size != entry.size or now == stamps.get(entry.path):
        return now if now is not None and now.size == entry.size else None
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 (a path as text: there are thousands)
            return now if sha256(stream.read()).hexdigest() == entry.sha256 else None
    except OSError:
        # Whatever hinders reading will be reported by the attempt to replace it.
        return None


def _holds_bytes(path: Path, data: bytes) -> bool:
    entry = Published("", "", 0, path.name, len(data), sha256(data).hexdigest())
    return _held(str(path), entry, {}) is not None


def _write(staging: Path, files: Iterable[tuple[Path, Callable[[], bytes]]]) -> None:
    """Give each file its new bytes.

    All are staged before the first is put in place, so that a full disk changes none.
    """
    staged: dict[Path, Path] = {}
    for path, data in files:
        staged[path] = staging / str(len(staged))
        with _translated(path):
            _write_flushed(staged[path], data())
    for path, source in staged.items():
        with _translated(path):
            _make_folder(path.parent)
            source.replace(path)
    for folder in sorted({path.parent for path in staged}):
        with _translated(folder):
            _flush_folder(folder)


def _remove(out: Path, gone: Sequence[Published], written: Sequence[Published]) -> None:
    """Remove the files of `gone`, unless somebody has put something else in their place."""
    twins = {entry.path.casefold(): entry.path for entry in written}
    for entry in gone:
        path = out / entry.path
        twin = twins.get(entry.path.casefold())
        with _translated(path):
            if path.is_symlink() or not path.is_file():
                continue
            if twin is not None and path.samefile(out / twin):
                continue  # the pack's name changed in case only, and this file system ignores case
            if sha256(path.read_bytes()).hexdigest() == entry.sha256:
                path.unlink()
                _flush_folder(path.parent)


def _present(out: Path, entries: Sequence[Published], written: Iterable[Published]) -> list[Published]:
    """Return the entries whose files are there: a person may have removed some of an earlier build's."""
    sure = {entry.path for entry in written}
    with _translated(out):
        return [entry for entry in entries if entry.path in sure or (out / entry.path).is_file()]


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    with _translated(out / LOCK):
        descriptor = lock.acquire(out / LOCK, patience=_PATIENCE)
    if descriptor is None:
        raise _busy(out)
    try:
        yield
    finally:
        os.close(descriptor)


def _busy(out: Path) -> PublishFault:
    holders = ", ".join(folder.name.removeprefix(_STAGING) for folder in _staging_folders(out))
    who = f"process {holders}" if holders else "another process"
    return PublishFault(f"{out} is being written by {who}", "wait for it to end, then build again")


@contextmanager
def guarded(out: Path) -> Iterator[None]:
    """Hold the lock of `out`; whatever the system refuses is a PublishFault."""
    with _locked(out), _translated(out):
        yield


def sweep_staging(out: Path) -> None:
    """Remove what killed builds have left. Only for the holder of the lock."""
    for orphan in _staging_folders(out):
        _clear(orphan)


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A staging folder named after this process, so that others can tell who is publishing.

    Only the holder of the lock has one: all that are found here belonged to processes that were killed.
    """
    with _translated(out):
        sweep_staging(out)
        folder = out / f"{_STAGING}{os.getpid()}"
        folder.mkdir()
    try:
        yield folder
    finally:
        # A leftover is swept by the next build; it must not hide the fault that may be on its way.
        with suppress(OSError):
            _clear(folder)


def _clear(folder: Path) -> None:
    # Not shutil.rmtree, whose import costs a third of a bare interpreter: a staging folder is flat.
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _staging_folders(out: Path) -> list[Path]:
    pattern = re.compile(re.escape(_STAGING) + r"\d+")
    return sorted(
        path
        for path in out.iterdir()
        if pattern.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
    )


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise from_os_error(error, path) from error


def _write_flushed(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        _flush_folder(path.parent)


def _flush_folder(path: Path) -> None:
    if os.name == "nt":
        return  # Windows has no such call; its file systems journal the rename
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
