"""The official schemas, loaded once: the 3.0 ones take a second."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.support.judges import xsd_folder


@pytest.fixture(scope="session")
def qti21() -> etree.XMLSchema:
    return _schema("qtiv2p1/imsqti_v2p1.xsd")


@pytest.fixture(scope="session")
def manifest21() -> etree.XMLSchema:
    return _schema("qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd")


@pytest.fixture(scope="session")
def qti30() -> etree.XMLSchema:
    return _schema("qtiv3p0/imsqti_asiv3p0_sbacv1p0_v1p0.xsd")


@pytest.fixture(scope="session")
def manifest30() -> etree.XMLSchema:
    return _schema("qtiv3p0/imsqtiv3p0_imscpv1p2_v1p0.xsd")


def _schema(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(etree.parse(xsd_folder() / name, parser))
