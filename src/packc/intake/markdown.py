"""Texts that another program keeps as Markdown: packc's own reader reads them."""

from __future__ import annotations

from packc.ast.pack import Pack, Section
from packc.ast.question import QuestionBase
from packc.ast.richtext import Blocks, Divider, Heading, Image
from packc.ast.walk import walk
from packc.diagnostics import Severity, Sink
from packc.intake.richtext import ACROSS, Setting, plain_blocks, tidied
from packc.reader.pack import read_pack
from packc.source import SourceFile, Span, without_refused

_FRONT = "---\nid: text\n---\n\n"


def markdown_blocks(text: str, setting: Setting, span: Span | None) -> Blocks:
    """Return the blocks of a Markdown text. One that reads as something else than a text is kept as it is."""
    found = Sink()
    source = SourceFile.from_text(_FRONT + without_refused(text), name="text.md")
    pack = read_pack(source, found, fallback_id=None)
    blocks = _flat(pack) if not any(each.severity is Severity.ERROR for each in found) else None
    if blocks is None:
        setting.remarks.lost("a Markdown text", "it is kept as it is written, marks and all", span)
        return plain_blocks(text)
    if any(isinstance(node, Image) for node in walk(blocks)):
        setting.remarks.lost("an image in a Markdown text", "its file is not there", span)
    if any(isinstance(block, Divider) for block in blocks):
        setting.remarks.lost(*ACROSS, span)
    return tidied((block for block in blocks if not isinstance(block, Divider)), setting.least_level)


def _flat(pack: Pack | Section) -> Blocks | None:
    """Return all text of a pack or section, or None if there is a question in it."""
    own = pack.intro if isinstance(pack, Pack) else pack.blocks
    title = pack.heading if isinstance(pack, Pack) else pack.title
    blocks: Blocks = ((Heading(1, title),) if title else ()) + own
    for part in pack.parts:
        inner = None if isinstance(part, QuestionBase) else _flat(part)
        if inner is None:
            return None
        blocks += inner
    return blocks
