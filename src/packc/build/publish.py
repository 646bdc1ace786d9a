"""Putting artefacts into the output folder so that each is whole at every moment.

Everything is first written into a staging folder inside the output folder (the same file system) and
flushed to the disk; then each file replaces its predecessor in one step, and the manifest comes last.
A process killed anywhere in between leaves old and new files, never a torn one; the next one sweeps.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from packc.build import lock, manifest
from packc.build.fault import PublishFault, from_os_error
from packc.build.output import Output, Published, digest_of, output_bytes, size_of
from packc.build.stamps import NO_TIMES, NOTHING_LEFT, Left, Stamp, stamp_of, stamps_of

__all__ = ["Output", "PublishFault", "Published", "described", "has_orphans", "output_bytes", "publish"]

LOCK = ".packc-lock"
_STAGING = ".packc-staging-"
_MANY, _AT_A_TIME = 64, 8  # files to flush: from how many on in threads, and in how many
_PATIENCE = 5.0  # seconds: far longer than publishing takes, short enough to be told


def publish(
    out: Path,
    outputs: Sequence[Output | Published],
    *,
    known_packs: Collection[str],
    complete: bool,
    given_up: Collection[tuple[str, str]] = (),
    left: Left = NOTHING_LEFT,
    fetch: Callable[[Output | Published], bytes] = output_bytes,
) -> Left:
    """Write `outputs` into `out` and return what is left there, in the order given.

    A file that already holds the same bytes is not touched. What an earlier run wrote for the same pack
    and target and this one no longer has is removed; with `complete`, so is what it wrote for packs that
    are not in `known_packs`. What it wrote for a pair of pack and target in `given_up` goes in
    any case. A file that packc did not write, or that was changed since, is never removed.

    Outputs that are `Published` lie there already, unless somebody has changed them. `left` is what the last
    build left there: what its stamps vouch for is not read. `fetch` returns the bytes of an output, of one at
    a time. Raises PublishFault; every artefact is then whole, old or new. Raises ValueError if two outputs
    have the same path, or one leaves `out`.
    """
    _check_paths(outputs)
    if not outputs and not out.is_dir():
        return NOTHING_LEFT
    with _translated(out):
        _make_folder(out)
    with _locked(out):
        known = _listing(out, left)
        before = manifest.read(out) if known is None else left.published
        published = [each if type(each) is Published else described(each) for each in outputs]
        others, gone = _others(before, published, known_packs if complete else None, given_up)
        with _staging(out) as staging:

            def put(some: Iterable[Output | Published]) -> None:
                _write(staging, [(out / each.path, partial(fetch, each)) for each in some])

            outdated = _outdated(out, published, outputs, left)
            put(outdated.values())
            # People have what they wait for. To look at all the rest takes its time.
            kept = list(_kept(out, published, left, outdated))
            put(output for output, stamp in zip(outputs, kept, strict=True) if stamp is None)
            _remove(out, gone, published)
            present = _present(out, others)
            listing = manifest.revised(known, before, (*published, *present)) if known is not None else None
            if listing is None:
                listing = manifest.render((*published, *present))
            if not _holds_bytes(out / manifest.NAME, listing):
                _write(staging, [(out / manifest.NAME, lambda: listing)])
        root = f"{out}{os.sep}"
        now = [
            stamp or _fitting(stamp_of(root + entry.path), entry) or (entry.size, *NO_TIMES)
            for entry, stamp in zip(published, kept, strict=True)
        ]
        return Left(published, now, stamp_of(root + manifest.NAME), not present)


def _listing(out: Path, left: Left) -> bytes | None:
    """Return the manifest if it is as the last build left it and lists nothing else, else None."""
    if not left.alone:
        return None
    try:
        data = (out / manifest.NAME).read_bytes()
    except OSError:
        return None
    return data if left.has_listing(out) else None  # after reading: else it could be another one by now


def has_orphans(out: Path) -> bool:
    """Tell whether a killed build, or one that is at work, has left its staging folder."""
    return bool(_staging_folders(out))


def _check_paths(outputs: Sequence[Output | Published]) -> None:
    # Two names that differ in case only are one file on Windows and macOS.
    names = [output.path.casefold() for output in outputs]
    if len(set(names)) < len(names):
        counts = Counter(names)
        path = next(output.path for output in outputs if counts[output.path.casefold()] > 1)
        raise ValueError(f"two outputs are called {path!r}")
    for output in outputs:
        if type(output) is Output and not manifest.is_inside(output.path):
            raise ValueError(f"{output.path!r} is not a path below the output folder")


def described(output: Output | Published) -> Published:
    """Return the output as the manifest has it."""
    if isinstance(output, Published):
        return output
    return Published(
        output.target, output.pack, output.questions, output.path, size_of(output), digest_of(output)
    )


def _others(
    before: Sequence[Published],
    now: Sequence[Published],
    known: Collection[str] | None,
    given_up: Collection[tuple[str, str]],
) -> tuple[list[Published], list[Published]]:
    """Return what else the new manifest lists, and the entries of the old one whose files are to go."""
    paths = {entry.path for entry in now}
    others = [entry for entry in before if entry.path not in paths]
    if not others:
        return [], []
    replaced = {(entry.pack, entry.target) for entry in now} | set(given_up)
    stay: list[Published] = []
    gone: list[Published] = []
    for entry in others:
        vanished = known is not None and entry.pack not in known
        goes = vanished or (entry.pack, entry.target) in replaced
        (gone if goes else stay).append(entry)
    return stay, gone


def _outdated(
    out: Path, entries: Iterable[Published], outputs: Iterable[Output | Published], left: Left
) -> dict[str, Output | Published]:
    """Return, by its path, what is there as the last build left it, and not as it is to be."""
    pairs = zip(entries, outputs, strict=True)
    new = {entry.path: (entry.sha256, output) for entry, output in pairs if entry is not output}
    return {
        each.path: new[each.path][1]
        for each, stamp in zip(left.published, left.stamps, strict=True)
        if each.path in new
        and each.sha256 != new[each.path][0]
        and stamp_of(f"{out}{os.sep}{each.path}") == stamp
    }


def _kept(
    out: Path, entries: Sequence[Published], left: Left, written: Container[str]
) -> Iterator[Stamp | None]:
    """Yield the stamp of each file that holds what its entry describes, None for the others.

    `written` are the paths of those that do, unless somebody has taken them away.
    """
    known = dict(zip(left.published, left.stamps, strict=True))
    for entry, stamp in zip(entries, stamps_of(out, entries), strict=True):
        if stamp is not None and known.get(entry) == stamp:
            yield stamp
        else:
            fits = _fitting(stamp, entry)
            yield fits if fits and (entry.path in written or _holds(out, entry)) else None


def _fitting(stamp: Stamp | None, entry: Published) -> Stamp | None:
    """Return the stamp if it is one of a file of the size that `entry` has."""
    return stamp if stamp is not None and stamp[0] == entry.size else None


def _holds(out: Path, entry: Published) -> bool:
    """Tell whether a file holds the bytes that `entry` describes."""
    try:
        with open(f"{out}{os.sep}{entry.path}", "rb") as stream:  # noqa: PTH123 (there are thousands)
            return sha256(stream.read()).hexdigest() == entry.sha256
    except OSError:
        # Whatever hinders reading will be reported by the attempt to replace it.
        return False


def _holds_bytes(path: Path, data: bytes) -> bool:
    stamp = stamp_of(str(path))
    try:
        return stamp is not None and stamp[0] == len(data) and path.read_bytes() == data
    except OSError:
        return False  # the attempt to replace it will report what hinders


def _write(staging: Path, files: Iterable[tuple[Path, Callable[[], bytes]]]) -> None:
    """Give each file its new bytes.

    All are staged and on the disk before the first is put in place, so that a full disk changes none.
    """
    staged: dict[Path, Path] = {}
    for path, data in files:
        staged[path] = staging / str(len(staged))
        with _translated(path):
            _write_new(staged[path], data())
    _flush(staged)
    folders = sorted({path.parent for path in staged})
    for folder in folders:
        with _translated(folder):
            _make_folder(folder)
    for path, source in staged.items():
        with _translated(path):
            source.replace(path)
    for folder in folders:
        with _translated(folder):
            _flush_folder(folder)


def _flush(staged: Mapping[Path, Path]) -> None:
    """See that the disk has each staged file, of many several at a time: a disk is quicker so."""
    if len(staged) < _MANY:
        for path, source in staged.items():
            with _translated(path):
                _flush_file(source)
        return
    from concurrent.futures import ThreadPoolExecutor  # most builds write few files

    pool = ThreadPoolExecutor(_AT_A_TIME)
    try:
        flushed = {path: pool.submit(_flush_file, source) for path, source in staged.items()}
        for path, one in flushed.items():
            with _translated(path):
                one.result()
    finally:
        pool.shutdown(cancel_futures=True)


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


def _present(out: Path, entries: Sequence[Published]) -> list[Published]:
    """Return the entries whose files are there: a person may have removed some of an earlier build's."""
    with _translated(out):
        return [entry for entry in entries if (out / entry.path).is_file()]


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


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _flush_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)  # Windows flushes only what may be written
    try:
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
