"""A QTI package, or one file of it, to one pack."""

from __future__ import annotations

from collections.abc import Sequence

from packc.ast.pack import Pack, PackMeta, Part, questions
from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BrokenPackage, EmptyBank
from packc.importers.base import Given, Info, Made
from packc.importers.qti import INFO
from packc.importers.qti.documents import Documents
from packc.importers.qti.manifest import Manifest, described, manifest_of
from packc.importers.qti.outline import Outline
from packc.intake.bank import line_of_text, one_line
from packc.intake.ids import pack_id
from packc.intake.xml import root_name
from packc.reader.grammar import DEFAULT, Grammar

_ROOTS = frozenset(
    [
        *("assessmentItem", "assessmentTest", "assessmentSection", "questestinterop"),
        *("qti-assessment-item", "qti-assessment-test", "qti-assessment-section"),
    ]
)


class QtiImporter:
    """Reads what other learning systems export."""

    @property
    def info(self) -> Info:
        return INFO

    def recognises(self, given: Given) -> bool:
        """Tell whether this is a package with a manifest or items, or an item or a test by itself."""
        if given.package is None:
            return root_name(given.source.text) in _ROOTS
        return any(name.endswith(".xml") for name in given.package.names)

    def read(
        self,
        given: Given,
        sink: Sink,
        *,
        fallback_id: str,
        grammar: Grammar = DEFAULT,  # noqa: ARG002 (XML has no labels)
    ) -> Sequence[Made]:
        """Return the one pack that the package makes."""
        documents = Documents(given, sink)
        place = given.source.span(0, given.source.line_end(0))
        if given.package is None:
            only = documents.only()
            manifest = Manifest.of_document(only) if only is not None else None
        else:
            manifest = manifest_of(documents)
        if manifest is None or not manifest.items:
            if not sink.has_errors:
                sink.report(EmptyBank() if manifest else BrokenPackage("no item was found in it"), place)
            return ()
        outline = Outline(documents, manifest, sink, given.limits)
        parts, intro = outline.parts()
        outline.finish()
        pack = _pack(manifest, parts, given.stem, fallback_id)
        if not any(True for _ in questions(pack)):
            if not sink.has_errors:
                sink.report(EmptyBank(), place)
            return ()
        made = Pack(
            id=pack.id,
            title=pack.title,
            meta=described(pack.meta, manifest),
            heading=pack.heading,
            intro=intro,
            parts=pack.parts,
            span=place,
        )
        return (Made(made, outline.pictures.files),)


def _pack(manifest: Manifest, parts: tuple[Part, ...], stem: str, fallback_id: str) -> Pack:
    title = one_line(manifest.title) or one_line(stem)
    identifier = pack_id(title) or fallback_id
    meta = PackMeta(collection=manifest.collection)
    return Pack(id=identifier, title=title or identifier, meta=meta, heading=line_of_text(title), parts=parts)
