"""packc's own templates as Jinja compiles them: to do it in every process takes a third of a small build."""

from __future__ import annotations

import marshal
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

from packc.render.builtin import builtin_text, templates_folder
from packc.render.kept import kept_beside, kept_or_made

MANNERS = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
"""How templates are read, packc's own and a project's."""


def code_of(name: str) -> CodeType:
    """Return the code of a built-in template, for `packc.render.running`.

    It is kept beside the template, and made anew for another text, other manners or another Jinja.
    """
    text = builtin_text(name)
    path = kept_beside(str(templates_folder() / name), "jinja")
    asked = sha256(f"{_jinja()}\n{MANNERS}\n{text}".encode()).digest()
    code: CodeType = marshal.loads(kept_or_made(path, asked, lambda: marshal.dumps(_compiled(name, text))))
    return code


def _compiled(name: str, text: str) -> CodeType:
    return compile(_python(name, text), f"{name} as Jinja compiles it", "exec", dont_inherit=True)


def _python(name: str, text: str) -> str:
    """Return the Python that Jinja makes of a template, without its first line, which imports Jinja."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, **MANNERS)  # type: ignore[arg-type]
    first, _, rest = environment.compile(text, name, raw=True).partition("\n")
    assert first.startswith("from jinja2.runtime import ")
    return rest


@cache
def _jinja() -> str:
    """Return a digest of what compiles templates."""
    spec = find_spec("jinja2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jinja2")
    found = sha256()
    for part in ("__init__", "compiler", "idtracking", "lexer", "nodes", "optimizer", "parser"):
        found.update(Path(spec.origin).with_name(f"{part}.py").read_bytes())
    return found.hexdigest()
