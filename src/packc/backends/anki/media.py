"""Images on cards. Anki keeps all media of all decks in one flat folder, so a name tells the content."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from packc.ast.pack import Pack, asked
from packc.ast.richtext import Image
from packc.ast.walk import lines_of, texts_of, walk
from packc.media import Media


def media_name(image: Media) -> str:
    """Return the image's file name in a collection: equal content has one name, a new content a new one.

    Anki never replaces a file that a collection already has under the same name.
    """
    return f"pk-{image.digest[:16]}{image.suffix}"


def question_images(pack: Pack) -> Iterator[Image]:
    """Yield the images that cards show. Anki drops files that no note refers to."""
    for question, stimulus in asked(pack):
        nodes = chain(walk(stimulus), *map(walk, lines_of(question)), *map(walk, texts_of(question)))
        yield from (node for node in nodes if isinstance(node, Image))
