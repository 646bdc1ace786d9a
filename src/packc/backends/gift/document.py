"""A pack as the text of one GIFT file."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.ast.question import Question
from packc.ast.richtext import Blocks
from packc.backends.gift import escape, limits
from packc.backends.gift.answers import Said, answers
from packc.backends.gift.html import GiftRenderer
from packc.backends.shared.moodle.names import one_line
from packc.backends.shared.moodle.texts import CategoryPath, Description, Texts
from packc.render.html import ImageSource
from packc.words import ENGLISH, Words


def gift_text(pack: Pack, words: Words = ENGLISH, image_source: ImageSource | None = None) -> str:
    """Return the GIFT file of `pack`, without the questions that `answers` refuses.

    `image_source` gives what an image shows; without it, each leaves its alternative text.
    Every text is one physical line with an explicit `[html]`, so no content can begin a line of its own.
    """
    return b"".join(gift_pieces(pack, words, image_source)).decode()


def gift_pieces(
    pack: Pack, words: Words = ENGLISH, image_source: ImageSource | None = None
) -> Iterator[bytes]:
    """Yield the same as UTF-8, one paragraph after the other."""
    document = _Document(pack, words, image_source)
    current = document.texts.path
    yield f"{document.header()}\n\n{_category_line(current)}".encode()
    for path, paragraph in document.paragraphs():
        if path != current:
            yield f"\n\n{_category_line(path)}".encode()
            current = path
        yield f"\n\n{paragraph}".encode()
    yield b"\n"


class _Document:
    def __init__(self, pack: Pack, words: Words, image_source: ImageSource | None) -> None:
        self.pack = pack
        self.renderer = GiftRenderer(pack, words, image_source)
        self.texts = Texts(pack, words, self.renderer, limits.category_name)
        self.ids = limits.IdNumbers()

    def header(self) -> str:
        """The front matter that Moodle has no place for, as comments for whoever reads the file."""
        meta = self.pack.meta
        told = (
            ("Title", self.pack.title),
            ("Description", meta.description),
            ("Authors", ", ".join(meta.authors)),
            ("License", meta.license),
            ("Version", meta.version),
            ("Source", meta.source_url),
            ("Language", meta.lang),
        )
        return "\n".join(f"// {key}: {one_line(value)}" for key, value in told if value)

    def paragraphs(self) -> Iterator[tuple[CategoryPath, str]]:
        for entry in self.texts.entries():
            if isinstance(entry, Description):
                yield entry.path, self._description(entry.name, entry.html)
                continue
            said = answers(entry.question, self.renderer)
            if not said.refusal and self.renderer.shows(entry.question.prompt):
                yield entry.path, self._question(entry.question, said, entry.stimulus)

    def _description(self, title: str, html: str) -> str:
        return self._above("", self.texts.tags(limits.tag_fault)) + self._opening(title or self.pack.id, html)

    def _question(self, question: Question, said: Said, stimulus: Blocks) -> str:
        identifier = "" if self.ids.fault(question.id) else question.id
        text = self.texts.front(question, stimulus)
        back = self.texts.back(question, verdicts=not said.carries_verdicts)
        if said.glued:
            answer = f"{{{''.join((*said.lines, *self._general_feedback(back)))}}}"
        else:
            block = "".join(f"\t{line}\n" for line in (*said.lines, *self._general_feedback(back)))
            answer = f"{{\n{block}}}" if block else "{}"
        above = self._above(identifier, self.texts.tags(limits.tag_fault, question))
        return above + self._opening(question.id, text) + answer

    def _opening(self, name: str, html: str) -> str:
        return f"::{escape.text(limits.name(name) or '-')}::{self.renderer.written(html)}"

    def _general_feedback(self, html: str) -> tuple[str, ...]:
        return (f"####{self.renderer.written(html)}",) if html else ()

    def _above(self, identifier: str, tags: tuple[str, ...]) -> str:
        """The comment line from which Moodle takes id number and tags; it must touch its question."""
        said = [escape.bracketed("id", identifier)] if identifier else []
        said += [escape.bracketed("tag", tag) for tag in tags]
        return f"// {' '.join(said)}\n" if said else ""


def _category_line(path: CategoryPath) -> str:
    return f"$CATEGORY: {escape.category_path(path)}"
