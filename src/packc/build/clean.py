"""Removing what packc wrote into an output folder, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from packc.build import manifest
from packc.build.publish import LOCK, guarded, sweep_staging
from packc.named import NamedTuple


class Cleaned(NamedTuple):
    """The files that went, and those that stayed because somebody has changed them."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


def clean(out: Path) -> Cleaned:
    """Remove every artefact that still is as packc left it, and packc's own files. Raises PublishFault."""
    if not out.is_dir():
        return Cleaned((), ())
    removed, kept = [], []
    with guarded(out):
        sweep_staging(out)
        entries = manifest.read(out)
        for entry in entries:
            path = out / entry.path
            if path.is_symlink() or not path.is_file():
                continue
            if sha256(path.read_bytes()).hexdigest() == entry.sha256:
                path.unlink()
                removed.append(entry.path)
            else:
                kept.append(entry.path)
        (out / manifest.NAME).unlink(missing_ok=True)
        for folder in sorted({(out / entry.path).parent for entry in entries}, reverse=True):
            with suppress(OSError):  # somebody's files are in it
                folder.rmdir()
        (out / LOCK).unlink()
    with suppress(OSError):
        out.rmdir()
    return Cleaned(tuple(removed), tuple(kept))
