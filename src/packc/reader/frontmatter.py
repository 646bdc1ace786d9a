"""The front matter: the block between two `---` lines at the top of a pack."""

from __future__ import annotations

from dataclasses import replace

from packc.ast.pack import PackMeta
from packc.diagnostics import Fix, Sink
from packc.diagnostics.rules.frontmatter import (
    BadId,
    SimilarKey,
    UnclosedFrontMatter,
    WrongValue,
)
from packc.diagnostics.rules.settings import UnknownName
from packc.limits import Limits
from packc.named import NamedTuple
from packc.near import nearest
from packc.reader.grammar import Grammar
from packc.reader.grammar_settings import with_fields
from packc.reader.headings import ID, proposed_id
from packc.source import SourceFile, Span
from packc.yamltext import (
    Key,
    Mapping,
    Scalar,
    Shape,
    flag_of,
    load,
    scalar_of,
    text_of,
    texts_of,
)

KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("id", Shape.TEXT, "what identifies the pack for ever"),
        Key("namespace", Shape.TEXT, "keeps this pack apart from everybody else's"),
        Key("title", Shape.TEXT, "default: the first heading, else the id"),
        Key("description", Shape.TEXT, "one or two sentences for people who browse"),
        Key("collection", Shape.TEXT, "the parent deck, category or heading; names separated by `/`"),
        Key("lang", Shape.TEXT, "a language tag; default `en`"),
        Key("dir", Shape.TEXT, "`ltr` or `rtl`; default: by the language"),
        Key("authors", Shape.TEXTS, "who wrote the pack"),
        Key("license", Shape.TEXT, "what others may do with it"),
        Key("version", Shape.TEXT, "kept as written"),
        Key("tags", Shape.TEXTS, "of every question"),
        Key("source_url", Shape.TEXT, "where the pack is published; relative links are resolved against it"),
        Key("aliases", Shape.TEXTS, "ids that the pack had before"),
        Key("required", Shape.TEXTS, "fields that every question must have"),
        Key("fields", Shape.MAPPING, "fields of the pack's own"),
        Key("title_on_front", Shape.FLAG, "show a question's title before it is answered"),
        Key("targets", Shape.TEXTS, "the only targets that the pack is for"),
    )
}
DIRECTIONS = ("ltr", "rtl")

# What `required:` may name, besides fields of the project's own.
REQUIRABLE = (
    *("solution", "why", "source", "misconception", "cold_target"),
    *("hint", "feedback", "right_feedback", "wrong_feedback", "rubric"),
    *("tags", "difficulty", "points", "time", "lines", "words"),
)


class FrontMatter(NamedTuple):
    """What was read. `id` is None where there is none; `body` is where the Markdown begins.

    `grammar` has the pack's own fields as well as the project's. `readable` is false where something stands
    that could not be read, an id perhaps.
    """

    meta: PackMeta
    id: Scalar | None
    body: int
    grammar: Grammar
    readable: bool = True


def read_front_matter(source: SourceFile, sink: Sink, grammar: Grammar, limits: Limits) -> FrontMatter:
    """Return the front matter of `source`, as far as it can be read. Never raises."""
    first_line = source.line_text(0).rstrip()
    if first_line != "---":
        return FrontMatter(_required(PackMeta(), grammar), None, 0, grammar)
    for line in range(1, len(source.line_starts)):
        if source.line_text(line).rstrip() == "---":
            start, end = source.line_starts[1], source.line_starts[line]
            body = min(source.line_end(line) + 1, len(source.text))
            mapping = load(source, start, end, sink, limits)
            if mapping is None:
                return FrontMatter(PackMeta(), None, body, grammar, readable=False)
            grammar = with_fields(grammar, mapping.values.get("fields"), sink)
            meta = _meta(mapping, source.span(0, source.line_end(line)), grammar, sink)
            identifier = scalar_of("id", mapping.values.get("id"), sink)
            return FrontMatter(_required(meta, grammar), identifier, body, grammar)
    sink.report(UnclosedFrontMatter(), source.span(0, 3))
    return FrontMatter(PackMeta(), None, len(source.text), grammar, readable=False)


def requirable(names: dict[str, Span], grammar: Grammar, sink: Sink) -> tuple[str, ...]:
    """Return those of `names` that `required:` may name, and report the others at their places."""
    known = (*REQUIRABLE, *(field.key for field in grammar.fields))
    for name, place in names.items():
        if name not in known:
            sink.report(UnknownName("required", name, nearest(name, known), ", ".join(known)), place)
    return tuple(name for name in names if name in known)


def _required(meta: PackMeta, grammar: Grammar) -> PackMeta:
    """Return `meta` with the own fields that every question needs among the required ones."""
    own = (field.key for field in grammar.fields if field.required)
    return replace(meta, required=tuple(dict.fromkeys((*meta.required, *own))))


def _meta(mapping: Mapping, span: Span, grammar: Grammar, sink: Sink) -> PackMeta:
    values = mapping.values
    texts = {
        key.name: text_of(key.name, values.get(key.name), sink)
        for key in KEYS.values()
        if key.shape is Shape.TEXT and key.name != "id"
    }
    lists = {
        key.name: texts_of(key.name, values.get(key.name), sink)
        for key in KEYS.values()
        if key.shape is Shape.TEXTS
    }
    for key, place in mapping.keys.items():
        if key not in KEYS:
            near = nearest(key, KEYS, alike=0.75)
            if near:
                sink.report(SimilarKey(key, near), place, fix=Fix.replacing(place, near, safe=False))
    if texts["dir"] and texts["dir"] not in DIRECTIONS:
        sink.report(WrongValue("dir", "`ltr` or `rtl`"), values["dir"].span)
        texts["dir"] = ""
    for alias, place in lists["aliases"].items():
        if not ID.fullmatch(alias):
            sink.report(BadId(alias, proposed_id(alias)), place)
    return PackMeta(
        title=texts["title"],
        namespace=texts["namespace"],
        description=texts["description"],
        collection=texts["collection"],
        lang=texts["lang"] or "en",
        dir=texts["dir"],
        authors=tuple(lists["authors"]),
        license=texts["license"],
        version=texts["version"],
        tags=tuple(lists["tags"]),
        source_url=texts["source_url"],
        required=requirable(lists["required"], grammar, sink),
        aliases=tuple(lists["aliases"]),
        targets=tuple(lists["targets"]),
        title_on_front=flag_of("title_on_front", values.get("title_on_front"), sink),
        places={**mapping.keys, **_item_places("targets", lists), **_item_places("aliases", lists)},
        span=span,
    )


def _item_places(key: str, lists: dict[str, dict[str, Span]]) -> dict[str, Span]:
    return {f"{key}.{name}": place for name, place in lists[key].items()}
