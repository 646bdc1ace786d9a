"""Learning object metadata (IEEE 1484.12.3): what a catalogue shows of a package and of each question."""

from __future__ import annotations

from decimal import Decimal

from packc.ast.pack import Pack
from packc.ast.question import Question
from packc.backends.qti.elements import Element, element

LOM = "http://ltsc.ieee.org/xsd/LOM"
STANDARD = "LOMv1.0"  # the name of its own lists of words

_DIFFICULTIES = {  # of that list, by what authors write
    "very easy": "very easy",
    "easy": "easy",
    "medium": "medium",
    "hard": "difficult",
    "difficult": "difficult",
    "very hard": "very difficult",
    "very difficult": "very difficult",
}
_SECONDS = 60


def pack_metadata(pack: Pack, lang: str) -> Element | None:
    """Return what the front matter says, or None if it says nothing that belongs here.

    The package has no title of its own: the test has it.
    """
    meta = pack.meta
    general = [element("language", text=lang)] if lang else []
    general += [element("description", _string(meta.description, lang))] if meta.description else []
    general += [element("keyword", _string(tag, lang)) for tag in meta.tags]
    life = [element("version", _string(meta.version, lang))] if meta.version else []
    life += [_author(name) for name in meta.authors]
    parts = []
    if general:
        parts.append(element("general", *general))
    if life:
        parts.append(element("lifeCycle", *life))
    if meta.license:
        restricted = _choice("copyrightAndOtherRestrictions", STANDARD, "yes")
        parts.append(element("rights", restricted, element("description", _string(meta.license, lang))))
    return element("lom", *parts, xmlns=LOM) if parts else None


def question_metadata(question: Question, tags: tuple[str, ...], lang: str) -> Element | None:
    """Return a question's tags, those of its pack included, difficulty and time, or None without any.

    Never its title: importers show that as the name of the question.
    """
    keywords = [element("keyword", _string(tag, lang)) for tag in dict.fromkeys((*question.tags, *tags))]
    education = []
    if question.difficulty:
        word = question.difficulty.strip()
        standard = _DIFFICULTIES.get(word.lower())
        source, value = (STANDARD, standard) if standard else ("author", word)
        education.append(_choice("difficulty", source, value))
    if question.minutes is not None:
        duration = element("duration", text=duration_text(question.minutes))
        education.append(element("typicalLearningTime", duration))
    parts = [element("general", *keywords)] if keywords else []
    if education:
        parts.append(element("educational", *education))
    return element("lom", *parts, xmlns=LOM) if parts else None


def duration_text(minutes: Decimal) -> str:
    """Return a time as ISO 8601 has it, to the second."""
    seconds = int((minutes * _SECONDS).to_integral_value())
    whole, rest = divmod(seconds, _SECONDS)
    return "PT" + (f"{whole}M" if whole or not rest else "") + (f"{rest}S" if rest else "")


def _author(name: str) -> Element:
    """Return an author as a vCard, which is what the standard wants."""
    plain = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    card = f"BEGIN:VCARD\nVERSION:3.0\nN:;{plain};;;\nFN:{plain}\nEND:VCARD"
    return element("contribute", _choice("role", STANDARD, "author"), element("entity", text=card))


def _choice(tag: str, source: str, value: str) -> Element:
    return element(tag, element("source", text=source), element("value", text=value))


def _string(text: str, lang: str) -> Element:
    return element("string", text=text, **({"language": lang} if lang else {}))
