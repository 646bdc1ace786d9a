"""The front matter: the block between two `---` lines at the top of a pack."""

from __future__ import annotations

from typing import NamedTuple

from packc.ast.pack import PackMeta
from packc.diagnostics import Sink
from packc.diagnostics.rules.frontmatter import KeyNotReadYet, SimilarKey, UnclosedFrontMatter, WrongValue
from packc.near import nearest
from packc.source import SourceFile, Span
from packc.yamltext import Mapping, Scalar, load, scalar_of, text_of, texts_of

_TEXT_KEYS = ("title", "namespace", "description", "collection", "lang", "license", "version", "source_url")
_LIST_KEYS = ("authors", "tags", "required")
_LATER_KEYS = ("aliases", "fields", "targets", "title_on_front")
KEYS = ("id", *_TEXT_KEYS, "dir", *_LIST_KEYS, *_LATER_KEYS)

REQUIRABLE = ("solution", "why", "source", "misconception", "cold_target")


class FrontMatter(NamedTuple):
    """What was read. `id` is None where there is none; `body` is where the Markdown begins.

    `readable` is false where something stands that could not be read, an id perhaps.
    """

    meta: PackMeta
    id: Scalar | None
    body: int
    readable: bool = True


def read_front_matter(source: SourceFile, sink: Sink) -> FrontMatter:
    """Return the front matter of `source`, as far as it can be read. Never raises."""
    text = source.text
    first_line = source.line_text(0).rstrip()
    if first_line != "---":
        return FrontMatter(PackMeta(), None, 0)
    for line in range(1, len(source.line_starts)):
        if source.line_text(line).rstrip() == "---":
            start, end = source.line_starts[1], source.line_starts[line]
            body = min(source.line_end(line) + 1, len(text))
            mapping = load(source, start, end, sink)
            if mapping is None:
                return FrontMatter(PackMeta(), None, body, readable=False)
            meta = _meta(mapping, source.span(0, source.line_end(line)), sink)
            identifier = mapping.values.get("id")
            return FrontMatter(meta, scalar_of("id", identifier, sink), body)
    sink.report(UnclosedFrontMatter(), source.span(0, 3))
    return FrontMatter(PackMeta(), None, len(text), readable=False)


def _meta(mapping: Mapping, span: Span, sink: Sink) -> PackMeta:
    texts = {key: text_of(key, mapping.values.get(key), sink) for key in _TEXT_KEYS}
    lists = {key: texts_of(key, mapping.values.get(key), sink) for key in _LIST_KEYS}
    for key, place in mapping.keys.items():
        if key in _LATER_KEYS:
            sink.report(KeyNotReadYet(key), place)
        elif key not in KEYS:
            near = nearest(key, KEYS, alike=0.75)
            if near:
                sink.report(SimilarKey(key, near), place)
    direction = text_of("dir", mapping.values.get("dir"), sink)
    if direction not in ("", "ltr", "rtl"):
        sink.report(WrongValue("dir", "`ltr` or `rtl`"), mapping.values["dir"].span)
        direction = ""
    for name in lists["required"]:
        if name not in REQUIRABLE:
            wanted = "a list of " + ", ".join(f"`{key}`" for key in REQUIRABLE)
            sink.report(WrongValue("required", wanted), mapping.values["required"].span)
    return PackMeta(
        title=texts["title"],
        namespace=texts["namespace"],
        description=texts["description"],
        collection=texts["collection"],
        lang=texts["lang"] or "en",
        dir=direction,
        authors=lists["authors"],
        license=texts["license"],
        version=texts["version"],
        tags=lists["tags"],
        source_url=texts["source_url"],
        required=tuple(name for name in lists["required"] if name in REQUIRABLE),
        places=mapping.keys,
        span=span,
    )
