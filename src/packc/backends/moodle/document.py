"""A pack as one Moodle XML file.

The elements and their order are those of Moodle's own export. Everything has its value stated, because
Moodle's defaults differ between its formats and its releases (facts: Moodle 4.5).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from packc.ast.pack import Pack
from packc.ast.question import Question
from packc.ast.richtext import Blocks
from packc.backends.base import EmitContext
from packc.backends.moodle.lowered import Answer, Lowered, Verdicts
from packc.backends.moodle.lowering import lower
from packc.backends.moodle.points import default_grade
from packc.backends.moodle.richtext import RichText, XmlRenderer, clean
from packc.backends.shared.moodle import names as moodle_names
from packc.backends.shared.moodle.grades import plain
from packc.backends.shared.moodle.html import directed
from packc.backends.shared.moodle.texts import CategoryPath, Description, Texts

Element: TypeAlias = etree._Element

PENALTY = "0.3333333"  # of the mark, for each further try: Moodle's default
_PENALTIES = {"essay": "0", "truefalse": "1"}  # the kinds without such tries


def document(pack: Pack, context: EmitContext) -> bytes:
    """Return the file of `pack`, without the questions that `lower` refuses."""
    quiz = _element("quiz")
    quiz.extend(_Bank(pack, context).questions())
    etree.indent(quiz)
    return etree.tostring(quiz, xml_declaration=True, encoding="UTF-8") + b"\n"


class _Bank:
    def __init__(self, pack: Pack, context: EmitContext) -> None:
        self.pack = pack
        self.words = context.words
        self.renderer = XmlRenderer(context.media, source_url=pack.meta.source_url, words=context.words)
        self.texts = Texts(pack, context.words, self.renderer, moodle_names.category_name)
        self.ids = moodle_names.IdNumbers()

    def questions(self) -> Iterator[Element]:
        """Yield the questions and descriptions, and a change of category wherever there is one."""
        current = self.texts.path
        yield _category(current, self._about())
        for entry in self.texts.entries():
            if isinstance(entry, Description):
                made = self._description(entry)
            else:
                lowered = lower(entry.question, self.texts, self.renderer)
                if lowered.refusal:
                    continue
                made = self._question(
                    entry.question, lowered, self.texts.front(entry.question, entry.stimulus)
                )
            if entry.path != current:
                yield _category(entry.path, "")
                current = entry.path
            yield made

    def _about(self) -> str:
        """Return the front matter as HTML, for the description of the pack's category."""
        meta, words = self.pack.meta, self.words
        told = (
            ("", meta.description),
            (words.authors, ", ".join(meta.authors)),
            (words.license, meta.license),
            (words.version, meta.version),
            (words.source, meta.source_url),
            (words.language, meta.lang),
        )
        lines = (f"{label}: {text}" if label else text for label, text in told if text)
        return clean("".join(f"<p>{self.renderer.escaped(line)}</p>" for line in lines))

    def _description(self, entry: Description) -> Element:
        made = _question("description", entry.name or self.pack.id)
        made.append(self._rich("questiontext", entry.html))
        made.append(self._rich("generalfeedback", ""))
        made.extend(_settings(("defaultgrade", "0"), ("penalty", "0"), ("hidden", "0"), ("idnumber", "")))
        made.extend(_tags(self.texts.tags(moodle_names.tag_fault)))
        return made

    def _question(self, question: Question, lowered: Lowered, front: str) -> Element:
        identifier = "" if self.ids.fault(question.id) else question.id
        made = _question(lowered.kind, question.id)
        made.append(self._rich("questiontext", front + lowered.below, lowered.blanks))
        back = self.texts.back(question, verdicts=lowered.verdicts is Verdicts.GENERAL)
        made.append(self._rich("generalfeedback", back))
        made.extend(
            _settings(
                ("defaultgrade", str(lowered.worth) if lowered.worth else default_grade(question)),
                ("penalty", _PENALTIES.get(lowered.kind, PENALTY)),
                ("hidden", "0"),
                ("idnumber", identifier),
                *lowered.settings,
            )
        )
        made.extend(self._kind(question, lowered))
        if lowered.kind != "essay":
            made.extend(self._hint(hint, lowered.kind) for hint in question.hints if hint)
        made.extend(_tags(self.texts.tags(moodle_names.tag_fault, question)))
        return made

    def _kind(self, question: Question, lowered: Lowered) -> Iterator[Element]:
        """Yield what only some kinds have."""
        if lowered.kind == "essay":
            yield self._rich("graderinfo", lowered.graders)
            yield self._rich("responsetemplate", "")
        if lowered.verdicts is Verdicts.COMBINED:
            yield from self._combined(question, lowered.kind)
        for answer in lowered.answers:
            yield self._answer(answer)
        for left, right in lowered.pairs:
            pair = self._rich("subquestion", left)
            pair.append(_plain("answer", right))
            yield pair
        if lowered.unit:
            unit = _element("unit")
            unit.extend(_settings(("multiplier", "1"), ("unit_name", lowered.unit)))
            units = _element("units")
            units.append(unit)
            yield units

    def _combined(self, question: Question, kind: str) -> Iterator[Element]:
        """Yield the feedback of the question as a whole. Who is not wholly right is told what wrong is."""
        right = self.renderer.blocks(question.feedback.right)
        wrong = self.renderer.blocks(question.feedback.wrong)
        yield self._rich("correctfeedback", right)
        yield self._rich("partiallycorrectfeedback", wrong)
        yield self._rich("incorrectfeedback", wrong)
        if kind == "ordering":  # without it, Moodle 4.5 dies at the question
            yield from _settings(("shownumcorrect", "1"))

    def _answer(self, answer: Answer) -> Element:
        made = self._rich("answer", answer.text) if answer.rich else _plain("answer", answer.text)
        made.set("fraction", plain(answer.grade))
        if not answer.rich:
            made.set("format", "plain_text")
        made.append(self._rich("feedback", answer.feedback))
        made.extend(_settings(("tolerance", answer.tolerance)) if answer.tolerance else ())
        return made

    def _hint(self, hint: Blocks, kind: str) -> Element:
        made = self._rich("hint", self.renderer.blocks(hint))
        made.extend(_settings(("options", "0")) if kind == "ordering" else ())
        return made

    def _rich(self, tag: str, html: str, blanks: tuple[str, ...] = ()) -> Element:
        """Return an element that holds HTML, with the images that it shows."""
        made = _element(tag, format="html")
        text = self.renderer.finished(directed(html, self.pack.meta), blanks)
        made.append(_text(text.html))
        made.extend(_files(text))
        return made


def _element(tag: str, **attributes: str) -> Element:
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name, value)
    return made


def _text(text: str) -> Element:
    made = _element("text")
    # CDATA is how Moodle writes HTML, and can be read by people; it cannot hold its own end.
    made.text = etree.CDATA(text) if ("<" in text or "&" in text) and "]]>" not in text else text
    return made


def _plain(tag: str, text: str) -> Element:
    made = _element(tag)
    made.append(_text(clean(text)))
    return made


def _settings(*settings: tuple[str, str]) -> Iterator[Element]:
    for tag, value in settings:
        made = _element(tag)
        made.text = clean(value)
        yield made


def _files(text: RichText) -> Iterator[Element]:
    for name, media in text.files:
        made = _element("file", name=name, path="/", encoding="base64")
        made.text = b64encode(media.data).decode("ascii")
        yield made


def _category(path: CategoryPath, about: str) -> Element:
    made = _element("question", type="category")
    made.append(_plain("category", moodle_names.category_path(path)))
    info = _element("info", format="html")
    info.append(_text(about))
    made.append(info)
    made.extend(_settings(("idnumber", "")))
    return made


def _question(kind: str, name: str) -> Element:
    made = _element("question", type=kind)
    made.append(_plain("name", moodle_names.name(name) or "-"))
    return made


def _tags(tags: tuple[str, ...]) -> Iterator[Element]:
    if tags:
        made = _element("tags")
        made.extend(_plain("tag", tag) for tag in tags)
        yield made
