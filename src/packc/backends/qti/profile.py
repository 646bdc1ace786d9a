"""What the versions of QTI differ in. Everything else is written once, for all of them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from packc.named import NamedTuple


class Importer(StrEnum):
    """Who reads a package; the values are those of the option `profile`."""

    ANY = "standard"
    BLACKBOARD = "blackboard"
    INSPERA = "inspera"


class Profile(NamedTuple):
    """A version of QTI as readers of packages know it.

    `schema` and `schema_version` are the words in the manifest by which importers know it. The flags tell
    what its schema lets an author say beyond what 2.1 does.
    """

    version: str
    namespace: str
    packaging: str  # the namespace of the manifest
    schema: str
    schema_version: str
    types: str  # how resource types end
    prefixed: bool = False  # elements are spelled `qti-item-body`, attributes `max-choices`
    scored_by_people: bool = False  # an outcome may say that a person sets it
    direction: bool = False  # texts may say whether they run from right to left
    vocabulary: bool = False  # there are classes that every player knows, such as `qti-underline`
    importer: Importer = Importer.ANY

    @property
    def item_type(self) -> str:
        return f"imsqti_item_{self.types}"

    @property
    def test_type(self) -> str:
        return f"imsqti_test_{self.types}"

    def read_by(self, importer: Importer) -> Profile:
        """Return this version as `importer` takes it."""
        return self._replace(importer=importer)

    def said_direction(self, direction: str) -> str:
        """Return what a text has to say of its direction: nothing where it is the usual one."""
        return "rtl" if self.direction and direction == "rtl" else ""

    def tag(self, name: str) -> str:
        """Return how this version spells an element that 2.1 calls `name`."""
        return f"qti-{_kebab(name)}" if self.prefixed else name

    def attribute(self, name: str) -> str:
        """Return how this version spells an attribute that 2.1 calls `name`."""
        return _kebab(name) if self.prefixed else name


@cache
def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda match: f"-{match.group().lower()}", name)


QTI21 = Profile(
    version="2.1",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    packaging="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema="QTIv2.1 Package",
    schema_version="1.0.0",
    types="xmlv2p1",
)
QTI22 = Profile(
    version="2.2",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p2",
    packaging="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema="QTIv2.2 Package",
    schema_version="1.0.0",
    types="xmlv2p2",
    scored_by_people=True,
    direction=True,
)
QTI30 = Profile(
    version="3.0",
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    packaging="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema="QTI Package",
    schema_version="3.0.0",
    types="xmlv3p0",
    prefixed=True,
    scored_by_people=True,
    direction=True,
    vocabulary=True,
)
