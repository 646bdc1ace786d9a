"""Random packs, written and read again; and random Markdown, formatted."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from packc import revise
from packc.ast.normal import normal_blocks
from packc.ast.pack import Pack, PackMeta
from packc.ast.richtext import Inlines, Para
from packc.diagnostics import Severity, Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.pack import write
from tests.property.test_reader import TEXTS
from tests.support.strategies import inlines, packs

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
FRONT = "---\nid: made\nnamespace: example\n---\n\n"


def read(text: str) -> Pack:
    return read_pack(SourceFile.from_text(text, name="made.md"), Sink(), fallback_id="made")


@settings(derandomize=True, max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(inlines())
def test_any_paragraph_reads_back(children: Inlines) -> None:
    pack = Pack(id="made", title="made", meta=PackMeta(), intro=normal_blocks((Para(children),)))
    written = write(pack)
    assert read(written) == pack, written
    assert write(read(written)) == written


@settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(packs())
def test_any_pack_reads_back(pack: Pack) -> None:
    written = write(pack)
    assert read(written) == pack, written
    assert write(read(written)) == written


test_any_pack_reads_back.deep_examples = 10_000  # type: ignore[attr-defined]


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(TEXTS)
def test_formatting_any_text_changes_no_meaning(text: str) -> None:
    revision = revise.fmt(["-"], stdin=(FRONT + text).encode("utf-8", "surrogatepass"))
    assert "PK150" not in {found.code for found in revision.report.diagnostics}, text
    for change in revision.changes:
        again = revise.fmt(["-"], stdin=change.after.encode("utf-8", "surrogatepass"))
        assert again.changes == ()
        assert not any(found.severity is Severity.ERROR for found in again.report.diagnostics)
