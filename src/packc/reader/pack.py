"""One source file to one `Pack`. The reader never raises: a broken pack gives a partial one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from markdown_it.token import Token

from packc.ast.pack import Pack, Part, Section
from packc.diagnostics import Fix, Sink
from packc.diagnostics.rules.frontmatter import BadId, InputNeedsId, NoPackId, TitleDiffers
from packc.diagnostics.rules.source import (
    ControlCharacter,
    EmptyFile,
    LineTooLong,
    NotUtf8,
    NulCharacter,
    TooDeep,
)
from packc.diagnostics.rules.structure import QuestionTooLarge
from packc.limits import LIMITS, Limits
from packc.reader.fields import FieldLine
from packc.reader.foreign import check_front_matter_in_text
from packc.reader.frontmatter import FrontMatter, read_front_matter
from packc.reader.grammar import DEFAULT, ENGLISH, FieldKey, Grammar, fold
from packc.reader.headings import ID, HeadingLine, proposed_id
from packc.reader.items import Item, Items, items_of
from packc.reader.labels import has_bold_label
from packc.reader.markdown import Parsed, parse
from packc.reader.outline import OutlineReader
from packc.reader.question import QuestionReader
from packc.reader.remarks import ignores_of
from packc.reader.richtext import RichTextReader
from packc.reader.tables import report_ragged
from packc.render.plain import PLAIN
from packc.source import SourceFile

_NESTING = {
    **dict.fromkeys(("blockquote_open", "list_item_open", "callout_open", "dd_open"), 1),
    **dict.fromkeys(("blockquote_close", "list_item_close", "callout_close", "dd_close"), -1),
}


def read_pack(
    source: SourceFile,
    sink: Sink,
    *,
    fallback_id: str | None,
    grammar: Grammar = DEFAULT,
    limits: Limits = LIMITS,
) -> Pack:
    """Return the pack that `source` holds, reporting every fault to `sink`. Never raises.

    `fallback_id` serves where the front matter has no `id:` (a file's name); None asks for one.
    `grammar` and `limits` are the project's.
    """
    is_text = check_source(source, sink)
    front = read_front_matter(source, sink, grammar, limits)
    grammar = front.grammar
    identifier = _pack_id(front, fallback_id, source, sink, quiet=not is_text)
    text, body = source.text, front.body
    readable = _check_sizes(source, body, limits, sink)
    if not readable or any(fault.kind == "encoding" for fault in source.faults):
        text = ""  # what is no text, or too much of it, is not worth a hundred further messages
    plain_labels = not has_bold_label(text, grammar, body)
    first_line = bisect_left(source.line_starts, body)
    parsed = parse(text, grammar, plain_labels=plain_labels, first_line=first_line, body=body)
    rich = RichTextReader(source, sink, parsed)
    labels = {own.key: own.labels[0] for own in grammar.fields}
    items = Items(_pieces(parsed, rich, grammar, limits, labels))
    questions = QuestionReader(source, sink, grammar, plain_labels=plain_labels, lang=front.meta.lang)
    outline = OutlineReader(source, sink, items, questions, limits).read()
    report_ragged(parsed.ragged, source, sink)
    rich.finish()
    sink.ignore(ignores_of(rich.comments, _starts(outline.parts), source, sink))
    return Pack(
        id=identifier,
        title=_title(front, outline.title, identifier, sink),
        meta=front.meta,
        heading=outline.title.section_title() if outline.title else (),
        intro=outline.intro,
        parts=outline.parts,
        labels=labels,
        span=source.span(0, source.line_end(0)),
    )


def _pieces(
    parsed: Parsed, rich: RichTextReader, grammar: Grammar, limits: Limits, labels: dict[str, str]
) -> Iterator[list[Item]]:
    """Yield the items of each piece, after taking note of what its fields are called."""
    source, sink = rich.source, rich.sink
    too_deep = False
    for tokens in parsed.pieces:
        too_deep = too_deep or _check_depth(tokens, source, limits.nesting, sink)
        check_front_matter_in_text(tokens, source, sink)
        items = items_of(tokens, rich, source, grammar)
        _note_labels(items, grammar, labels)
        yield items


def _note_labels(items: Iterable[Item], grammar: Grammar, labels: dict[str, str]) -> None:
    """Take note of the author's first label for each field that is not called by an English one."""
    for item in items:
        label = None
        if isinstance(item, FieldLine):
            label = item.label
        elif isinstance(item, HeadingLine):
            label = item.label(grammar)
        if label and label.key is not FieldKey.OWN and fold(label.label) not in ENGLISH:
            labels.setdefault(label.key.value, label.label)


def _starts(parts: Iterable[Part]) -> list[int]:
    """Return where the questions and sections begin, in source order."""
    starts: list[int] = []
    for part in parts:
        if part.span:
            starts.append(part.span.start)
        if isinstance(part, Section):
            starts += _starts(part.parts)
    return starts


def check_source(source: SourceFile, sink: Sink) -> bool:
    """Report what is no text in `source`, and that there is none at all. Tell whether it is a text."""
    for fault in source.faults:
        span = source.span(fault.start, fault.end)
        match fault.kind:
            case "encoding":
                sink.report(NotUtf8(fault.detail), span)
            case "nul":
                sink.report(NulCharacter(), span)
            case _:
                sink.report(ControlCharacter(fault.detail), span)
    if not source.text or source.text.isspace():  # `strip` would make a copy
        sink.report(EmptyFile(), source.span(0, 0))
        return False
    return not any(fault.kind in ("encoding", "nul") for fault in source.faults)


def _check_sizes(source: SourceFile, body: int, limits: Limits, sink: Sink) -> bool:
    """Tell whether every line, and the text below every heading, is within its limit, before it is parsed."""
    found = len(sink)
    text = source.text
    long = [
        (start, after - start - 1)
        for start, after in pairwise(chain(source.line_starts, (len(text) + 1,)))
        if after - start - 1 > limits.line_characters
    ]
    first_long = long[0][0] if long else len(text) + 1
    heading = body
    for start in (*(match.end() - 1 for match in re.compile("\n#").finditer(text, body)), len(text)):
        size = start - heading
        if size > limits.question_characters and start < first_long:
            end = min(source.line_end(source.line_of(heading)), heading + 200)
            sink.report(QuestionTooLarge(size, limits.question_characters), source.span(heading, end))
            break
        heading = start
    for start, length in long:
        sink.report(LineTooLong(length, limits.line_characters), source.span(start, start + 1))
    return len(sink) == found


def _pack_id(
    front: FrontMatter, fallback_id: str | None, source: SourceFile, sink: Sink, *, quiet: bool
) -> str:
    """Return the pack's id. `quiet`: whether it has one does not matter yet, as it is no text."""
    if front.id is not None:
        written = front.id.text.strip()
        if not ID.fullmatch(written):
            fix = Fix.replacing(front.id.span, proposed_id(written), safe=False)
            sink.report(BadId(written, proposed_id(written)), front.id.span, fix=fix)
        return written
    span = source.span(0, 0)
    if fallback_id is None:
        if front.readable and not quiet:
            sink.report(InputNeedsId(), span)
        return "pack"
    if ID.fullmatch(fallback_id):
        if front.readable and not quiet:
            sink.report(NoPackId(fallback_id), span, fix=_with_id(fallback_id, front, source))
        return fallback_id
    proposal = proposed_id(fallback_id)
    sink.report(BadId(fallback_id, f"id: {proposal}"), span)
    return proposal


def _with_id(identifier: str, front: FrontMatter, source: SourceFile) -> Fix:
    """Return the fix that writes the pack's id into its front matter, or writes that as well."""
    line = f"id: {identifier}\n"
    start = source.line_starts[1] if front.body else 0
    text = line if front.body else f"---\n{line}---\n\n"
    return Fix.replacing(source.span(start, start), text, f"write `{line.strip()}` into the front matter")


def _title(front: FrontMatter, heading: HeadingLine | None, identifier: str, sink: Sink) -> str:
    written = " ".join(PLAIN.inlines(heading.section_title()).split()) if heading else ""
    if heading and front.meta.title and written != front.meta.title:
        sink.report(TitleDiffers(front.meta.title), heading.span)
    return front.meta.title or written or identifier


def _check_depth(tokens: list[Token], source: SourceFile, most: int, sink: Sink) -> bool:
    """Report the first block that is nested too deeply. Tell whether there is one."""
    depth = 0
    for token in tokens:
        step = _NESTING.get(token.type)
        if step is None:
            continue
        depth += step
        if depth > most and token.map:
            line = token.map[0]
            sink.report(TooDeep(most), source.span(source.line_starts[line], source.line_end(line)))
            return True
    return False
