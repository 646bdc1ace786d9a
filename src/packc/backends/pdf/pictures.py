"""The images of one pack as Typst's files."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from packc.backends.pdf.typesetting import fault_of_image
from packc.media import Media


class Pictures:
    """Names images, and keeps what stands for those that it named. One that Typst cannot read has no name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def name(self, media: Media) -> str:
        name = f"{media.digest}.svg"
        if name not in self.files:
            if fault(media):
                return ""
            self.files[name] = _vector(media)
        return name


@lru_cache(maxsize=256)
def fault(media: Media) -> str:
    """Return why Typst cannot show an image, or ''."""
    if not media.is_vector and not (media.width and media.height):
        return "its size cannot be read"
    try:
        drawing = _vector(media)
        drawing.decode()
    except UnicodeDecodeError:
        return "it is not UTF-8"
    return fault_of_image(drawing)


def _vector(media: Media) -> bytes:
    """Return the image as SVG: the binding takes no other files than texts."""
    if media.is_vector:
        return media.data
    size = f'width="{media.width}" height="{media.height}"'
    data = b64encode(media.data).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:{media.mime};base64,{data}"/></svg>'
    ).encode()
