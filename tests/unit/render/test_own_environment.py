"""packc's own templates are filled more quickly than others, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from packc.ast.pack import Pack
from packc.backends.base import EmitContext, File
from packc.backends.handouts import CARDS, EASY_READ, VARIANT, VERSIONS
from packc.backends.html.backend import HtmlBackend
from packc.backends.options import Options, OptionValue
from packc.render import sandbox, templating
from packc.render.builtin import Override, builtin_text
from packc.render.templating import Markup
from tests.support.every_kind import context, every_kind

_NAME = "html/parts.html.j2"
_ALL: dict[str, OptionValue] = {
    VARIANT.name: ("student", "key", "teacher"),
    VERSIONS.name: ("B",),
    CARDS.name: True,
    EASY_READ.name: True,
}


def _hostile() -> Pack:
    pack = every_kind()
    said = "<b>&amp; '\"{{ x }}"
    meta = replace(pack.meta, title=said, authors=(said, "Ann"), tags=(said,), description=said, license=said)
    return replace(pack, title=said, meta=meta)


def _files(pack: Pack, given: EmitContext) -> dict[str, bytes]:
    made = HtmlBackend().emit(pack, given._replace(options=Options(_ALL)))
    return {file.path: file.data for file in made if isinstance(file, File)}


def test_pages_are_those_of_an_environment_as_jinja_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(function: Callable[..., bytes], *arguments: object, **_limits: object) -> bytes:
        return function(*arguments)

    monkeypatch.setattr(sandbox, "limited", here)
    pack, given = _hostile(), context()
    as_usual = given._replace(templates={_NAME: Override(builtin_text(_NAME), "parts.html.j2")})
    made = _files(pack, given)
    assert len(made) > len(_ALL)
    assert made == _files(pack, as_usual)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<a> & 'b' \"c\"", "&lt;a&gt; &amp; &#39;b&#39; &#34;c&#34;"),
        (Markup("<a>"), "<a>"),
        ("word", "word"),
        (3, "3"),
        ("", ""),
        (None, "None"),
    ],
)
def test_what_is_no_markup_is_escaped(value: object, shown: str) -> None:
    environment = templating._environment()
    assert environment.from_string("{{ a }}").render(a=value) == shown
    called = "{% macro m(b) %}{{ b }}{% endmacro %}{{ m(a) }}{{ f(a) }}"
    assert environment.from_string(called).render(a=value, f=lambda given: given) == shown * 2


def test_a_name_that_is_missing_is_a_fault() -> None:
    with pytest.raises(UndefinedError):
        templating._environment().from_string("{{ a }}").render()
    with pytest.raises(AttributeError):
        templating._environment().from_string("{{ a.b }}").render(a=1)
