"""Links as XML Schema's `anyURI`, which QTI's schema wants in every `href`."""

from __future__ import annotations

import re
from urllib.parse import quote

from packc.render.html import resolve_link
from packc.source import without_refused

# As text: `re` compiles them when a pack has links.
# RFC 3986, appendix B: scheme, authority, and the rest in front of and behind the first `#`.
_PARTS = r"(?s)([^:/?#]+:)?(//[^/?#]*)?([^#]*)(#.*)?"
_AUTHORITY = r"//([^@\[\]]*@)?(\[[0-9A-Fa-f:.]+\]|[^:@\[\]]*)(:[0-9]{1,5})?"
_STRAY_PERCENT = r"%(?![0-9A-Fa-f]{2})"
_SAFE = "%/:?@!$&'()*+,;="


def link_target(href: str, source_url: str) -> str | None:
    """Return where a link written as `href` leads, percent-encoded where a URI needs it.

    None where there is no such place: the link is relative and the pack has no `source_url`, its scheme is
    not one that packc passes, or its host is not one.
    """
    target = resolve_link(href, source_url)
    return None if target is None else any_uri(target)


def any_uri(target: str) -> str | None:
    """Return `target` as an `anyURI`, or None if what should be its host cannot be one."""
    parts = re.fullmatch(_PARTS, without_refused(target))
    if parts is None:
        return None
    scheme, authority, path, fragment = (part or "" for part in parts.groups())
    if authority and re.fullmatch(_AUTHORITY, authority) is None:
        return None
    host = _encoded(authority, "[]")
    return scheme + host + _encoded(path) + (f"#{_encoded(fragment[1:])}" if fragment else "")


def _encoded(text: str, more: str = "") -> str:
    return re.sub(_STRAY_PERCENT, "%25", quote(text, safe=_SAFE + more))
