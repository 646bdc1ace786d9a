"""Runs the code that Jinja has made of packc's own templates, without Jinja.

To import Jinja takes as long as to compile ten questions, and a page is thousands of small values and calls.
What the code of a template asks for is little: names, macros, blocks and loops. Here they are, for templates
that packc itself has written: our views have attributes, our functions want to know nothing of where they are
called from, and an escaped text is just that. What no template of ours uses is not here, a filter for
instance. Templates of a project's own are Jinja's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import getitem
from types import CodeType
from typing import Any, NoReturn

from markupsafe import Markup, escape

from packc.named import NamedTuple
from packc.render.templating import as_markup

_MISSING = object()


class Environment:
    """packc's own templates by name; `code_of` returns the code of one."""

    getattr = staticmethod(getattr)
    getitem = staticmethod(getitem)
    concat = "".join

    def __init__(self, code_of: Callable[[str], CodeType]) -> None:
        self._code_of = code_of
        self._templates: dict[str, Template] = {}

    def get_template(self, name: str, _parent: str = "") -> Template:
        """Return the template `name`. Raises OSError when there is none."""
        if name not in self._templates:
            self._templates[name] = Template(self, self._code_of(name))
        return self._templates[name]

    @staticmethod
    def undefined(hint: str = "", name: str = "") -> NoReturn:
        raise NameError(hint or f"a template of packc's asks for `{name}`, which it is not given")


class Template:
    """A template that can be filled."""

    def __init__(self, environment: Environment, code: CodeType) -> None:
        inside: dict[str, Any] = {**_GIVEN, "environment": environment}
        exec(code, inside)
        self.root_render_func: Callable[[_Context], Iterator[str]] = inside["root"]
        self.blocks: Mapping[str, _Block] = inside["blocks"]

    def render(self, values: Mapping[str, object]) -> str:
        """Return the template filled. Raises NameError for a name that `values` lacks."""
        return "".join(self.pieces(values))

    def pieces(self, values: Mapping[str, object]) -> Iterator[str]:
        """Yield the same in pieces, many of them short."""
        context = _Context({"range": range, **values}, self.blocks)
        yield from self.root_render_func(context)
        context.clear()

    def make_module(self, shared: Mapping[str, object], _shared: bool, own: Mapping[str, object]) -> object:
        """Return what another template imports from this one, which sees that one's names."""
        seen = {**shared, **{name: value for name, value in own.items() if value is not _MISSING}}
        context = _Context(seen, self.blocks)
        for _ in self.root_render_func(context):
            pass
        return _Module({name: context.vars[name] for name in context.exported_vars})


class _Module:
    def __init__(self, exported: dict[str, Any]) -> None:
        self.__dict__ = exported


class _Settings(NamedTuple):
    autoescape: bool = True


class _Context:
    """The names that a template sees, and the blocks that fill its places: the innermost first."""

    eval_ctx = _Settings()

    def __init__(self, given: Mapping[str, Any], blocks: Mapping[str, _Block]) -> None:
        self._given = given
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()
        self.blocks = {name: [block] for name, block in blocks.items()}

    def clear(self) -> None:
        """Let go of what it was given: its macros know it, and it knows them."""
        self._given = {}
        self.vars.clear()

    def resolve_or_missing(self, name: str) -> Any:
        return self.vars[name] if name in self.vars else self._given.get(name, _MISSING)

    def get_all(self) -> Mapping[str, Any]:
        return {**self._given, **self.vars}

    @staticmethod
    def call(
        function: Callable[..., Any],
        /,
        *values: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        return function(*values, **named)


_Block = Callable[[_Context], Iterator[str]]


class _Macro:
    def __init__(
        self,
        _environment: Environment,
        function: Callable[..., str],
        _name: str,
        names: tuple[str, ...],
        _takes_more_names: bool,
        _takes_more: bool,
        takes_caller: bool,
        _autoescape: bool,
    ) -> None:
        self._function, self._names, self._takes_caller = function, names, takes_caller

    def __call__(self, *values: Any, caller: Any = _MISSING, **named: Any) -> Markup:
        given = [*values, *(named.pop(name, _MISSING) for name in self._names[len(values) :])]
        if self._takes_caller:
            given.append(caller)
        return as_markup(self._function(*given, **named))


class _Place(NamedTuple):
    first: bool
    last: bool


def _with_place(items: Iterable[Any], _undefined: object) -> Iterator[tuple[Any, _Place]]:
    """Yield each item with its place: what a template calls `loop`."""
    all_items = tuple(items)
    end = len(all_items) - 1
    return ((item, _Place(index == 0, index == end)) for index, item in enumerate(all_items))


def _nothing(_hint: str) -> str:
    """Return what an `if` without an `else` leaves behind."""
    return ""


def _escaped(value: object) -> str:
    if type(value) is Markup:
        return value
    if type(value) is str and value.isalnum():  # a letter, a word
        return value
    return str(value) if type(value) is int else escape(value)


# What the code of a template would import from Jinja.
_GIVEN = {
    "escape": _escaped,
    "missing": _MISSING,
    "LoopContext": _with_place,
    "Macro": _Macro,
    "Undefined": _nothing,
}
