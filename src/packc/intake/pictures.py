"""Images that come with a bank: judged by their bytes, given safe names beside the pack."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, unquote_to_bytes

from packc.diagnostics import Rule, Sink
from packc.diagnostics.rules.banks import MediaLeftOut
from packc.intake.tree import Element
from packc.limits import LIMITS, Limits
from packc.media import judged
from packc.source import Span

FOLDER = "images"
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=.-]+)*?)(;base64)?,", re.IGNORECASE)
_MOST = 2_000  # images of one file
_MOST_BYTES = 256 * 1024 * 1024

Find = Callable[[str], bytes | None]
"""From the path that an image is named by, percent signs decoded, to its bytes; None without any."""


class Pictures:
    """Takes images over. `files` has them by the path that the pack names them by."""

    def __init__(self, sink: Sink, limits: Limits = LIMITS) -> None:
        self.files: dict[str, bytes] = {}
        self.sizes: dict[str, tuple[int, int]] = {}  # in pixels, of those whose size is known
        self._sink = sink
        self._limits = limits
        self._paths: dict[str, str] = {}  # by digest
        self._size = 0

    def take(self, element: Element, find: Find, span: Span | None) -> str | None:
        """Return the path of an `img` element in the pack; None, after a report, if it cannot come along."""
        source = element.get("src").strip()
        if not source:
            self._sink.report(MediaLeftOut("", "it has no source"), span)
            return None
        shown = source if len(source) <= 80 else f"{source[:77]}…"
        data = _from_uri(source)
        name = ""
        if data is None and source[:5].lower() == "data:":
            self._sink.report(MediaLeftOut(shown, "it cannot be decoded"), span)
            return None
        if data is None and _REMOTE.match(source) and not source.startswith("@@"):
            self._sink.report(MediaLeftOut(shown, "it is on the net, and a pack works without"), span)
            return None
        if data is None:
            name = unquote(source.partition("?")[0].partition("#")[0])
            data = find(name)
        if data is None:
            self._sink.report(MediaLeftOut(shown, "its file is not there"), span)
            return None
        return self._kept(data, name, shown, span)

    def _kept(self, data: bytes, name: str, shown: str, span: Span | None) -> str | None:
        found = judged(data, shown, self._limits)
        if isinstance(found, Rule):
            self._sink.report(MediaLeftOut(shown, found.message()), span)
            return None
        if found.digest in self._paths:
            return self._paths[found.digest]
        if len(self.files) >= _MOST or self._size + len(data) > _MOST_BYTES:
            self._sink.report(MediaLeftOut(shown, "there are too many images in this file"), span)
            return None
        self._size += len(data)
        path = f"{FOLDER}/{_stem(name, found.digest)}-{found.digest[:8]}{found.suffix}"
        self._paths[found.digest] = path
        self.files[path] = data
        self.sizes[path] = (found.width, found.height)
        return path

    def used(self, paths: frozenset[str]) -> Mapping[str, bytes]:
        """Return the images that a pack names."""
        return {path: data for path, data in self.files.items() if path in paths}


def _stem(name: str, digest: str) -> str:
    """Return a name that is safe on every system, without an ending, and without what `digest` gave it."""
    mark = digest[:8]
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    while stem.endswith(f"-{mark}"):
        stem = stem.removesuffix(f"-{mark}")
    if len(stem) >= len(mark) and digest.startswith(stem):
        stem = ""
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:40].strip("-") or "image"


def _from_uri(source: str) -> bytes | None:
    found = _DATA.match(source)
    if found is None:
        return None
    written = source[found.end() :]
    return decoded_base64(unquote(written)) if found[3] else unquote_to_bytes(written)


def decoded_base64(text: str) -> bytes | None:
    """Return the bytes that base64 stands for, or None if it is none."""
    try:
        return base64.b64decode(re.sub(r"\s+", "", text), validate=True)
    except (binascii.Error, ValueError):
        return None
