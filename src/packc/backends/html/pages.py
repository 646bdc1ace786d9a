"""Views to HTML files: the templates, the style sheets, and the one small script."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import fields

from packc.backends.html.partings import with_partings
from packc.handout.document import Page, Wording
from packc.handout.editions import Style
from packc.handout.sheets import Sheet, whole
from packc.render.templating import Markup, Overrides, render_file, template_text

_STYLES = {
    "student": ("base", "student"),
    "key": ("base", "key"),
    "teacher": ("base", "student", "key", "teacher"),
    "cards": ("base", "cards"),
}
_SCRIPT = "html/page.js"


def page(sheet: Sheet, wording: Wording, overrides: Overrides) -> Iterator[bytes]:
    """Return the file, as UTF-8, in pieces. The policy in it lets the one script run, and nothing else.

    `overrides` are templates that stand in for packc's. Raises TemplateFault for one that cannot be used.
    """
    from hashlib import sha256  # not loaded for a check

    frame: Page = sheet.page
    if overrides:  # which may look at the parts more than once
        sheet = whole(sheet)
    names = (*_STYLES[sheet.template], *([sheet.page.style] if sheet.page.style in _PRESETS else ()))
    script = template_text(_SCRIPT, overrides)
    given = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    template = f"html/{sheet.template}.html.j2"
    given |= {
        "css": Markup("".join(template_text(f"html/{name}.css", overrides) for name in names)),
        "css_string": css_string,
        "script": Markup(script),
        "script_hash": b64encode(sha256(script.encode()).digest()).decode("ascii"),
        "words": wording.words,
        "say": wording.say,
    }
    return with_partings(render_file(template, given, overrides), frame)


_PRESETS = (Style.LARGE.value, Style.EASY.value)


def css_string(value: str) -> Markup:
    """Return `value` as a CSS string, safe inside a `<style>` element: ASCII signs become escapes.

    Runs of white space become one space, as a line of text shows them.
    """
    line = " ".join(value.split())
    escaped = re.sub(r"[\x00-\x1f!-/:-@\[-`{-\x9f]", lambda found: f"\\{ord(found[0]):x} ", line)
    return Markup(f'"{escaped}"')
