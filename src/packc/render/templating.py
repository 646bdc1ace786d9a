"""The only user of Jinja: content is data and never becomes a template.

Values are escaped unless they are `Markup` made by a renderer. Templates that a project brings are run in a
process of their own, with limits (`packc.render.limited`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import Markup

from packc.render.builtin import Override, TemplateFault, builtin_text, template_names, templates_folder

if TYPE_CHECKING:
    from jinja2 import Environment, FunctionLoader

__all__ = ["Markup", "Overrides", "render", "template_text", "templates_folder"]

Overrides: TypeAlias = Mapping[str, Override]
NONE: Overrides = {}


def template_text(name: str, overrides: Overrides = NONE) -> str:
    """Return a file that is not a template (CSS, a script), e.g. `anki/card.css`."""
    return overrides[name].text if name in overrides else builtin_text(name)


def render(name: str, values: Mapping[str, object], overrides: Overrides = NONE) -> str:
    """Return template `name` (e.g. `html/student.html.j2`) filled with `values`.

    Raises `jinja2.UndefinedError` for a name that `values` lacks, a fault in a template of ours, and
    TemplateFault for a fault in one of `overrides`.
    """
    own = {each: override.text for each, override in overrides.items() if each.endswith(".j2")}
    if not own:
        return _environment().get_template(name).render(values)
    from packc.render.limited import limited

    return limited(render_own, name, dict(values), own).decode()


def render_own(name: str, values: Mapping[str, object], own: Mapping[str, str]) -> bytes:
    """Return template `name` filled, as UTF-8, templates of the project's first. Raises TemplateFault."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    environment = _sandbox(own)
    try:
        return environment.get_template(name).render(values).encode()
    except TemplateSyntaxError as error:
        raise TemplateFault(_named(error.filename or name), error.message or "syntax", error.lineno) from None
    except TemplateNotFound as error:
        where, line = _place(error.__traceback__, name)
        raise TemplateFault(where, f"packc has no template `{error.message}`", line) from None
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        where, line = _place(error.__traceback__, name)
        raise TemplateFault(where, str(error) or type(error).__name__, line) from None
    except (RecursionError, MemoryError, TimeoutError) as error:
        where, line = _place(error.__traceback__, name)
        why = "it does not end" if not isinstance(error, MemoryError) else "it makes too much"
        raise TemplateFault(where, why, line) from None


def _place(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """Return the innermost template and line of a traceback, which Jinja has put there."""
    found = (name, 0)
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_PREFIX):
            found = (_named(file), trace.tb_lineno)
        trace = trace.tb_next
    return found


_PREFIX = "template:"


def _named(file: str) -> str:
    return file.removeprefix(_PREFIX)


def _loader(own: Mapping[str, str]) -> FunctionLoader:
    from jinja2 import FunctionLoader

    def load(name: str) -> tuple[str, str, None] | None:
        if name not in own and name not in template_names():
            return None  # a path that leads elsewhere, for instance: Jinja says that there is none
        return own[name] if name in own else builtin_text(name), f"{_PREFIX}{name}", None

    return FunctionLoader(load)


@cache
def _environment() -> Environment:
    """Return the one for packc's own templates, which need no sandbox: it takes a tenth of a cold build."""
    from jinja2 import FileSystemLoader

    from packc.render.compiled import CompiledTemplates
    from packc.render.own import OwnEnvironment

    manners = _manners()
    return OwnEnvironment(
        loader=FileSystemLoader(templates_folder()),
        auto_reload=False,
        bytecode_cache=CompiledTemplates(repr(manners)),
        **manners,
    )


def _sandbox(own: Mapping[str, str]) -> Environment:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(loader=_loader(own), **_manners())


def _manners() -> dict[str, Any]:
    from jinja2 import StrictUndefined

    return {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }
