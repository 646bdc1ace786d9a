"""Filling templates: content is data and never becomes a template.

Values are escaped unless they are `Markup` made by a renderer. Templates that a project brings are run in a
process of their own, with limits (`packc.render.sandbox`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup

from packc.render.builtin import Override, builtin_text, templates_folder

if TYPE_CHECKING:
    from packc.render.running import Environment

__all__ = ["Markup", "Overrides", "as_markup", "render", "render_file", "template_text", "templates_folder"]

Overrides: TypeAlias = Mapping[str, Override]
NONE: Overrides = {}
_SOME = 1000  # pieces of a template that become bytes together


def as_markup(html: str) -> Markup:
    """Return HTML of packc's own making as such; `Markup(html)` first asks what it is."""
    return str.__new__(Markup, html)


def template_text(name: str, overrides: Overrides = NONE) -> str:
    """Return a file that is not a template (CSS, a script), e.g. `anki/card.css`."""
    return overrides[name].text if name in overrides else builtin_text(name)


def render(name: str, values: Mapping[str, object], overrides: Overrides = NONE) -> str:
    """Return template `name` (e.g. `html/student.html.j2`) filled with `values`.

    Raises NameError for a name that `values` lacks, a fault in a template of ours, and TemplateFault for a
    fault in one of `overrides`.
    """
    own = {each: override.text for each, override in overrides.items() if each.endswith(".j2")}
    if not own:
        return _builtin().get_template(name).render(values)
    from packc.render.sandbox import render_limited

    return render_limited(name, values, own)


def render_file(name: str, values: Mapping[str, object], overrides: Overrides = NONE) -> Iterator[bytes]:
    """Return the same as UTF-8, in pieces. What is wrong in one of `overrides` is raised at once."""
    if any(each.endswith(".j2") for each in overrides):
        return iter((render(name, values, overrides).encode(),))
    return _encoded(_builtin().get_template(name).pieces(values))


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    while some := list(islice(pieces, _SOME)):
        yield "".join(some).encode()


@cache
def _builtin() -> Environment:
    from packc.render.compiled import code_of
    from packc.render.running import Environment

    return Environment(code_of)
