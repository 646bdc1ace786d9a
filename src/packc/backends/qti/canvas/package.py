"""The package: a quiz, what Canvas keeps beside it, and the images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import ChoiceQuestion, Pin
from packc.ast.richtext import Blocks
from packc.backends.base import EmitContext, File
from packc.backends.qti.assessment import shares_text
from packc.backends.qti.canvas.item import ItemWriter
from packc.backends.qti.canvas.markup import QTI12
from packc.backends.qti.canvas.texts import CanvasRenderer, plain_line
from packc.backends.qti.credit import points_of
from packc.backends.qti.elements import Element, document, element
from packc.backends.qti.losses import language_tag
from packc.backends.qti.lowering import Setting
from packc.backends.qti.typed import number_text
from packc.backends.qti.xhtml import plain
from packc.identity.guid import guid, question_guid

PACKAGING = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
QUIZ = "http://canvas.instructure.com/xsd/cccv1p0"
META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def package_files(pack: Pack, context: EmitContext) -> tuple[File, ...]:
    """Return the files in the package's order: manifest, quiz, Canvas' notes on it, images by name."""
    writer = _QuizWriter(pack, context)
    quiz = document(writer.quiz())
    meta = document(writer.meta())
    name, images = writer.name, writer.render.images
    return (
        File("imsmanifest.xml", document(_manifest(name, sorted(images)))),
        File(f"{name}/{name}.xml", quiz),
        File(f"{name}/assessment_meta.xml", meta),
        *(File(path, images[path].data) for path in sorted(images)),
    )


@dataclass(slots=True)
class _QuizWriter:
    """Names depend on the ids alone, so that a package that is imported again updates its own quiz."""

    pack: Pack
    context: EmitContext
    render: CanvasRenderer = field(init=False)
    name: str = field(init=False)
    _texts: int = 0  # how many sections have been met

    def __post_init__(self) -> None:
        meta, context = self.pack.meta, self.context
        url = meta.source_url
        self.render = CanvasRenderer(context.media, folder="", source_url=url, words=context.words)
        self.name = f"quiz_{guid(meta.namespace, (*meta.aliases, self.pack.id)[0], '')}"

    def quiz(self) -> Element:
        section = element("section", *self._items(self.pack, ()), ident="root_section")
        quiz = element("assessment", section, ident=self.name, title=self.pack.title)
        return element("questestinterop", quiz, xmlns=QTI12)

    def _items(self, container: Pack | Section, shared: Blocks) -> Iterator[Element]:
        """Yield every item below `container`: a quiz is flat, a section is a text before its questions."""
        for part in container.parts:
            if not isinstance(part, Section):
                yield self._writer(shared).item(part, f"item_{question_guid(self.pack, part)}")
                continue
            yield from self._heading(part)
            yield from self._items(part, (*shared, *part.blocks) if part.stimulus else shared)

    def _heading(self, section: Section) -> Iterator[Element]:
        title = self.render.bold(section.title) if section.title else ""
        text = "" if shares_text(section) else self.render.blocks(section.blocks)
        if title or text:
            self._texts += 1
            name = f"text_{guid(self.pack.meta.namespace, self.pack.id, f'section {self._texts}')}"
            yield self._writer(()).text(title + text, name, plain_line(section.title) or f"{self._texts}")

    def _writer(self, shared: Blocks) -> ItemWriter:
        meta = self.pack.meta
        direction = "rtl" if meta.direction == "rtl" else ""
        setting = Setting(
            language_tag(meta.lang), self.context.words, direction, meta.title_on_front, shared, buttons=False
        )
        return ItemWriter(setting, self.render)

    def meta(self) -> Element:
        """Return what Canvas keeps of a quiz: who edits it there sets the rest."""
        asked = list(questions(self.pack))
        points = number_text(sum((points_of(question) for question in asked), Decimal(0)))
        return element(
            "quiz",
            element("title", text=self.pack.title),
            element("description", text=self._description()),
            element("shuffle_answers", text="true" if _may_shuffle(self.pack) else "false"),
            element("quiz_type", text="assignment"),
            element("points_possible", text=points),
            element("show_correct_answers", text="true"),
            element("available", text="false"),
            xmlns=QUIZ,
            identifier=self.name,
        )

    def _description(self) -> str:
        """Return what stands above a quiz: the introduction, and what the front matter says of the pack."""
        meta, words = self.pack.meta, self.context.words
        told = (
            (words.authors, ", ".join(meta.authors)),
            (words.license, meta.license),
            (words.version, meta.version),
            (words.tags, ", ".join(meta.tags)),
        )
        lines = "".join(f"<p>{plain(label)}: {plain(text)}</p>\n" for label, text in told if text)
        about = f"<p>{plain(meta.description)}</p>\n" if meta.description else ""
        html = about + self.render.blocks(self.pack.intro) + lines
        return self._writer(()).framed(html) if html else ""


def _may_shuffle(pack: Pack) -> bool:
    """Tell whether every question may be shuffled: for Canvas' Classic Quizzes it is all or none."""
    return not any(
        isinstance(question, ChoiceQuestion)
        and (question.shuffle is False or any(choice.pin is not Pin.NONE for choice in question.choices))
        for question in questions(pack)
    )


def _manifest(name: str, images: list[str]) -> Element:
    quiz, meta = f"{name}/{name}.xml", f"{name}/assessment_meta.xml"
    known_by = (element("schema", text="IMS Content"), element("schemaversion", text="1.1.3"))
    resources = [
        element(
            "resource",
            element("file", href=quiz),
            element("dependency", identifierref=f"{name}_meta"),
            identifier=name,
            type="imsqti_xmlv1p2",
        ),
        element("resource", element("file", href=meta), identifier=f"{name}_meta", type=META_TYPE, href=meta),
    ]
    for number, path in enumerate(images, 1):
        file = element("file", href=path)
        resources.append(
            element("resource", file, identifier=f"{name}_image_{number}", type="webcontent", href=path)
        )
    return element(
        "manifest",
        element("metadata", *known_by),
        element("organizations"),
        element("resources", *resources),
        xmlns=PACKAGING,
        identifier=f"{name}_package",
    )
