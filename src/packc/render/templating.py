"""The only user of Jinja: templates are ours, content is data.

Content never becomes a template; values are escaped unless they are `Markup` made by a renderer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Markup", "render", "template_text", "templates_folder"]


@cache
def templates_folder() -> Path:
    """Return the folder of built-in templates: inside the package if installed, else the checkout's.

    Raises FileNotFoundError when neither is there (a broken installation).
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_templates", package.parent.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"packc's templates are missing beside {package}")


def template_text(name: str) -> str:
    """Return a built-in file that is not a template (CSS, a script), e.g. `anki/card.css`."""
    return (templates_folder() / name).read_text(encoding="utf-8")


def render(name: str, values: Mapping[str, object]) -> str:
    """Return template `name` (e.g. `html/handout.html.j2`) filled with `values`.

    Raises `jinja2.UndefinedError` for a name that `values` lacks: a fault in the template.
    """
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
