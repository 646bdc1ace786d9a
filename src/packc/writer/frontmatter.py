"""The front matter of a pack: plain YAML, quoted only where it has to be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from packc.ast.pack import Pack, questions
from packc.ast.question import Role, Side

# YAML gives these a meaning at the beginning of a plain scalar, or after other characters.
_NOT_PLAIN = re.compile(
    r"^[-?:,\[\]{}#&*!|>'\"%@`=]|^\s|\s$|:(?:\s|$)|\s#|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]"
)
_IN_A_LIST = re.compile(r"[,?\[\]{}]")
_NULLS = ("", "~", "null", "Null", "NULL")


def front_matter(pack: Pack, *, heading: str) -> str:
    """Return the front matter with its two `---` lines; `heading` is the text of the pack's heading."""
    lines = [f"{key}: {value}" for key, value in _entries(pack, heading)]
    return "\n".join(("---", *lines, "---"))


def _entries(pack: Pack, heading: str) -> Iterator[tuple[str, str]]:
    meta = pack.meta
    yield "id", scalar(pack.id)
    texts = {
        "namespace": meta.namespace,
        "title": meta.title or ("" if pack.title in (heading, pack.id) else pack.title),
        "description": meta.description,
        "collection": meta.collection,
        "lang": "" if meta.lang == "en" else meta.lang,
        "dir": meta.dir,
    }
    yield from ((key, scalar(text)) for key, text in texts.items() if text)
    if meta.authors:
        yield "authors", _list(meta.authors)
    yield from ((k, scalar(t)) for k, t in (("license", meta.license), ("version", meta.version)) if t)
    if meta.tags:
        yield "tags", _list(meta.tags)
    if meta.source_url:
        yield "source_url", scalar(meta.source_url)
    lists = {"aliases": meta.aliases, "required": meta.required, "targets": meta.targets}
    yield from ((key, _list(texts)) for key, texts in lists.items() if texts)
    own = _own_fields(pack)
    if own:
        yield "fields", f"{{{', '.join(own)}}}"
    if meta.title_on_front:
        yield "title_on_front", "true"


def _own_fields(pack: Pack) -> list[str]:
    """Return the definitions of the fields that are the pack's own, told by the notes that they hold."""
    labels: dict[str, dict[str, None]] = {}
    sides: dict[str, Side] = {}
    for question in questions(pack):
        for note in question.notes:
            if note.role is Role.OWN:
                labels.setdefault(note.key, {})[note.label] = None
                sides[note.key] = note.side
    return [
        f"{scalar(key, in_list=True)}: {{labels: {_list(tuple(found))}, side: {sides[key]}}}"
        for key, found in labels.items()
    ]


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(scalar(text, in_list=True) for text in texts)}]"


def scalar(text: str, *, in_list: bool = False) -> str:
    """Return `text` as a YAML scalar on one line: plain if that reads as the same text, else quoted."""
    quoted = text in _NULLS or _NOT_PLAIN.search(text) or (in_list and _IN_A_LIST.search(text))
    if not quoted:
        return text
    written = json.dumps(text, ensure_ascii=False)  # YAML's double quotes know JSON's escapes
    return re.sub(r"[\x7f-\xa0\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", written)
