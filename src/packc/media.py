"""Image files that packs use: found inside the project, judged by their bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from packc.ast.richtext import Image
from packc.diagnostics import Rule, Sink
from packc.diagnostics.rules.media import (
    ActiveSvg,
    ImageMissing,
    ImageOutside,
    ImageTooLarge,
    NoAltText,
    NotAnImage,
    RemoteImage,
)
from packc.limits import LIMITS, Limits
from packc.named import NamedTuple
from packc.near import nearest

SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}

# Patterns as text: `re` compiles them when a pack has images.
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\"
_DRIVE = r"[A-Za-z]:"
_ACTIVE_SVG = (
    rb"<script|<foreignObject|<!DOCTYPE|<!ENTITY|javascript:|\son[a-z]+\s*="
    rb"|href\s*=\s*[\"']\s*(?!#|data:image/)"
)


class Media(NamedTuple):
    """One image: its bytes, its type by those bytes, and its size in pixels (0 where unknown)."""

    data: bytes
    mime: str  # image/png, image/jpeg, image/gif, image/webp or image/svg+xml
    width: int
    height: int

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return _digest(self.data)

    @property
    def is_vector(self) -> bool:
        """Whether it is sharp at any size."""
        return self.mime == "image/svg+xml"

    @property
    def suffix(self) -> str:
        """The file name's ending that fits the type, with the dot."""
        return SUFFIXES[self.mime]


@lru_cache(maxsize=256)
def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


class FoundImage(NamedTuple):
    """What is behind an image's source: a file, or the reason why there is none.

    `changed` is when the file was changed last, in UTC seconds; 0 for none.
    """

    media: Media | None
    refusal: Rule | None = None
    changed: int = 0


class LoadedMedia(NamedTuple):
    """The images of one pack by their source as written, and when the newest was changed."""

    by_source: dict[str, Media]
    changed: int


class _Refused(Exception):
    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.message())
        self.rule = rule


def load_media(images: Iterable[Image], find: Callable[[str], FoundImage], sink: Sink) -> LoadedMedia:
    """Let every image be found once, by its source. What is wrong is reported at each image."""
    found: dict[str, FoundImage] = {}
    for image in images:
        if not image.alt.strip():
            sink.report(NoAltText(), image.span)
        if image.src not in found:
            found[image.src] = find(image.src)
        refusal = found[image.src].refusal
        if refusal is not None:
            sink.report(refusal, image.span)
    loaded = {source: one.media for source, one in found.items() if one.media is not None}
    return LoadedMedia(loaded, max((one.changed for one in found.values()), default=0))


def find_image(written: str, folder: Path | None, root: Path | None, limits: Limits = LIMITS) -> FoundImage:
    """Return the image that `written` names, relative to `folder`, unless it lies outside `root`.

    Both are None for a pack that is no file: it can have no images.
    """
    try:
        return _read(_resolve(written, folder, root), written, limits)
    except _Refused as reason:
        return FoundImage(None, reason.rule)


def _resolve(written: str, folder: Path | None, root: Path | None) -> Path:
    """Return the file that `written` names. Escapes are decoded first, so that they cannot hide a `..`."""
    path = unquote(written).replace("\\", "/")
    if re.match(_DRIVE, path) or (path.startswith("/") and not path.startswith("//")):
        raise _Refused(ImageOutside(written))
    if re.match(_SCHEME, path) or folder is None or root is None:
        raise _Refused(RemoteImage(written))
    if "\0" in path:
        raise _Refused(ImageMissing(written, ""))
    try:
        found = (folder / PurePosixPath(path)).resolve()
        inside = found.is_relative_to(root.resolve())
        if inside and not found.is_file():
            raise _Refused(ImageMissing(written, _nearest(folder, path)))
    except (OSError, RuntimeError):  # a name too long for the system, a link that leads to itself
        raise _Refused(ImageMissing(written, "")) from None
    if not inside:
        raise _Refused(ImageOutside(written))
    return found


def _nearest(folder: Path, path: str) -> str:
    parent = folder / PurePosixPath(path).parent
    if not parent.is_dir():
        return ""
    names = sorted(
        entry.name for entry in parent.iterdir() if entry.suffix.lower() in (*SUFFIXES.values(), ".jpeg")
    )
    near = nearest(PurePosixPath(path).name, names)
    return str(PurePosixPath(path).with_name(near)) if near else ""


def _read(path: Path, written: str, limits: Limits) -> FoundImage:
    try:
        status = path.stat()
        size = status.st_size
        if size > limits.image_bytes:
            raise _Refused(ImageTooLarge(written, f"{size:,} bytes, the limit is {limits.image_bytes:,}"))
        data = path.read_bytes()
    except OSError:
        raise _Refused(ImageMissing(written, "")) from None
    return FoundImage(_judged(data, written, limits), changed=int(status.st_mtime))


def judged(data: bytes, written: str, limits: Limits = LIMITS) -> Media | Rule:
    """Return the image that `data` is, or why no pack can hold it; `written` is what it is called."""
    if len(data) > limits.image_bytes:
        return ImageTooLarge(written, f"{len(data):,} bytes, the limit is {limits.image_bytes:,}")
    try:
        return _judged(data, written, limits)
    except _Refused as reason:
        return reason.rule


def _judged(data: bytes, written: str, limits: Limits) -> Media:
    mime = image_type(data)
    if mime is None:
        raise _Refused(NotAnImage(written))
    if mime == "image/svg+xml":
        active = re.search(_ACTIVE_SVG, data, re.IGNORECASE)
        if active:
            what = active[0].decode("ascii", "replace").strip()
            raise _Refused(ActiveSvg(written, f"active content (`{what}`)"))
    width, height = _pixels(data)
    if width * height > limits.image_pixels:
        limit = f"{limits.image_pixels // 1_000_000} megapixels"
        raise _Refused(ImageTooLarge(written, f"{width} × {height} pixels, the limit is {limit}"))
    return Media(data, mime, width, height)


def image_type(data: bytes) -> str | None:
    """Return the MIME type that the first bytes prove, or None."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<svg", b"<?xml", b"<!--")) and b"<svg" in data[:4000]:
        return "image/svg+xml"
    return None


def _pixels(data: bytes) -> tuple[int, int]:
    import imagesize

    width, height = imagesize.get(io.BytesIO(data))
    return (int(width), int(height)) if width > 0 and height > 0 else (0, 0)
