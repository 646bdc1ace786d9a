"""The official schemas, each loaded once: that of 2.2 and that of 3.0 take some seconds."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree, isoschematron  # type: ignore[attr-defined]  # lxml-stubs forget it

from tests.support.judges import xsd_folder
from tests.targets.qti.reading import documents

MANIFEST = "imsmanifest.xml"
_SCHEMAS = {  # of the documents, and of the manifest
    "qti": ("qtiv2p1/imsqti_v2p1.xsd", "qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"),
    "qti22": ("qtiv2p2/imsqti_v2p2.xsd", "qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd"),
    "qti30": ("qtiv3p0/imsqti_asiv3p0_sbacv1p0_v1p0.xsd", "qtiv3p0/imsqtiv3p0_imscpv1p2_v1p0.xsd"),
}
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"


def assert_valid(members: Mapping[str, bytes], target: str = "qti") -> None:
    """Fail with the schema's own words if a document of the package breaks its schema."""
    own, packaging = _SCHEMAS[target]
    for path, data in documents(members):
        document = etree.fromstring(data)
        schema = _schema(own)
        assert schema.validate(document), f"{path}: {schema.error_log}\n{data.decode()}"
        if target == "qti30":
            assert_rules(path, document)
    document = etree.fromstring(members[MANIFEST])
    schema = _schema(packaging)
    assert schema.validate(document), schema.error_log


def assert_rules(path: str, document: etree._Element) -> None:
    """Fail if a document breaks one of the rules that stand as Schematron in the schema of 3.0."""
    for rule in _rules():
        if not rule.validate(document):
            failed = rule.validation_report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
            said = [" ".join("".join(node.itertext()).split()) for node in failed]
            raise AssertionError(f"{path}: {said}")


@cache
def _schema(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(etree.parse(xsd_folder() / name, parser))


@cache
def _rules() -> list[Any]:
    """Each pattern by itself, so that a report names the one that failed.

    Without those on extensions: they are of the profile that this copy of the schema is of.
    """
    tree = etree.parse(xsd_folder() / _SCHEMAS["qti30"][0], etree.XMLParser(no_network=True))
    spaces = list(tree.iter(f"{{{_SCHEMATRON}}}ns"))
    found = []
    for pattern in tree.iter(f"{{{_SCHEMATRON}}}pattern"):
        if "EXTENSION" in (pattern.get("id") or ""):
            continue
        root = etree.Element(f"{{{_SCHEMATRON}}}schema", nsmap={"sch": _SCHEMATRON})
        root.extend([deepcopy(node) for node in (*spaces, pattern)])
        found.append(isoschematron.Schematron(root, store_report=True))
    return found
