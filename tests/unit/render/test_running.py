"""packc's own templates are filled without Jinja, and with what Jinja would fill them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import jinja2
import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from packc.ast.pack import Pack
from packc.backends.base import EmitContext, Stream
from packc.backends.handouts import CARDS, EASY_READ, VARIANT, VERSIONS
from packc.backends.html.backend import HtmlBackend
from packc.backends.options import Options, OptionValue
from packc.render import compiled, running, sandbox
from packc.render.builtin import Override, builtin_text, template_names
from packc.render.running import Environment
from packc.render.templating import Markup
from tests.support.every_kind import context, every_kind
from tests.support.random_packs import many, named, random_packs

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
    return {file.path: file.data for file in made if isinstance(file, Stream)}


def _given() -> EmitContext:
    given = context()
    return given._replace(media={**given.media, "a/b.png": given.media["figure.png"]})


@pytest.fixture
def in_jinja(monkeypatch: pytest.MonkeyPatch) -> EmitContext:
    """Return a context whose pages Jinja fills, here and now: one template of ours stands in for itself."""

    def here(function: Callable[..., bytes], *arguments: object, **_limits: object) -> bytes:
        return function(*arguments)

    own = {_NAME: builtin_text(_NAME)}
    # One for all pages: it compiles every template once.
    environment = ImmutableSandboxedEnvironment(
        loader=sandbox._loader(own), undefined=jinja2.StrictUndefined, **compiled.MANNERS
    )
    monkeypatch.setattr(sandbox, "ImmutableSandboxedEnvironment", lambda **_: environment)
    monkeypatch.setattr(sandbox, "limited", here)
    return _given()._replace(templates={_NAME: Override(own[_NAME], "parts.html.j2")})


def test_pages_are_what_jinja_makes_of_them(in_jinja: EmitContext) -> None:
    pack = _hostile()
    made = _files(pack, _given())
    assert len(made) > len(_ALL)
    assert made == _files(pack, in_jinja)


def test_pages_of_many_packs_are_what_jinja_makes_of_them(in_jinja: EmitContext) -> None:
    for pack in random_packs(many(20, 2_000)):
        with named(pack):
            assert _files(pack, _given()) == _files(pack, in_jinja)


def test_every_template_asks_only_for_what_is_there() -> None:
    """A filter, a test or a `set` of a namespace would fail in the one page that comes upon it."""
    environment, seen = Environment(compiled.code_of), running._Context({}, {})
    names = [name for name in template_names() if name.endswith(".j2")]
    assert names
    for name in names:
        code = compiled._python(name, builtin_text(name))
        for asked, there in (("environment", environment), ("context", seen)):
            for each in re.findall(rf"\b{asked}\.(\w+)", code):
                assert hasattr(there, each), f"{name} asks for {asked}.{each}"
        absent = set(jinja2.runtime.exported) - running._GIVEN.keys()
        assert absent & set(re.findall(r"\w+", code)) == set(), name


@pytest.fixture
def filled() -> Callable[..., str]:
    """Return what fills a template that consists of a text."""

    def fill(text: str, **values: object) -> str:
        code = compile(compiled._python("a.j2", text), "a.j2", "exec")
        return Environment(lambda _: code).get_template("a.j2").render(values)

    return fill


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
def test_what_is_no_markup_is_escaped(filled: Callable[..., str], value: object, shown: str) -> None:
    assert filled("{{ a }}", a=value) == shown
    called = "{% macro m(b) %}{{ b }}{% endmacro %}{{ m(a) }}{{ f(a) }}"
    assert filled(called, a=value, f=lambda given: given) == shown * 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ a }}", NameError),
        ("{% if a %}{% endif %}", NameError),
        ("{{ b.c }}", AttributeError),
        ("{% macro m(c) %}{{ c }}{% endmacro %}{{ m() }}", NameError),
        ("{% macro m(c) %}{{ c }}{% endmacro %}{{ m(1, 2) }}", TypeError),
        ("{% macro m(c) %}{{ c }}{% endmacro %}{{ m(1, d=2) }}", TypeError),
        ("{{ b | upper }}", AttributeError),
    ],
)
def test_what_a_template_cannot_have_is_a_fault(
    filled: Callable[..., str], text: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        filled(text, b=1)


@pytest.mark.parametrize(
    "text",
    [
        "{% macro m(c, d=2) %}{{ c }}-{{ d }} {% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(d=4, c=5) }}",
        "{% macro m(c) %}{% for e in c %}{{ caller(e) }}{% endfor %}{% endmacro %}"
        "{% call(e) m(b) %}<{{ e }}>{% endcall %}",
        "{% for c in b %}{{ ', ' if not loop.first }}{{ c }}{{ '.' if loop.last }}{% else %}none{% endfor %}",
        "{% for c in b if c != 'x' %}{{ loop.first }}{{ c }}{{ loop.last }}{% endfor %}",
        "{% for c in () %}{{ c }}{% else %}none{% endfor %}{{ b[0] }}{{ b[1:] }}",
        "{% set c = b[1] %}{{ c }}{% for d in range(3) %}{{ d }}{% endfor %}{{ 'y' if b }}{{ 'n' if not b }}",
        "{% block one %}{% for c in b %}{{ c }}{% endfor %}{% endblock %}",
        "{% macro b() %}own{% endmacro %}{{ b() }}{% block one %}{{ b() }}{% endblock %}",
    ],
)
def test_what_templates_are_made_of_works_as_in_jinja(filled: Callable[..., str], text: str) -> None:
    usual = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(text)
    given = ("<", "x", "&")
    assert filled(text, b=given) == usual.render(b=given)


def test_what_is_imported_sees_what_its_importer_does() -> None:
    texts = {
        "a": "{% set c = 1 %}{% for d in (2, 3) %}{% from 'b' import n with context %}{{ n() }}{% endfor %}",
        "b": "{% macro m() %}{{ c }}{{ d }}{% endmacro %}{% macro n() %}{{ m() }}{% endmacro %}",
    }
    usual = jinja2.Environment(autoescape=True, loader=jinja2.DictLoader(texts)).get_template("a")
    ours = Environment(lambda name: compile(compiled._python(name, texts[name]), name, "exec"))
    assert ours.get_template("a").render({}) == usual.render() == "1213"
