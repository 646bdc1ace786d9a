"""Templates that a project brings: filled in Jinja's sandbox, in a process of its own, with limits."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from packc.render.apart import Refused
from packc.render.builtin import TemplateFault, builtin_text, template_names
from packc.render.compiled import MANNERS
from packc.render.limited import Ended, limited

SECONDS = 10  # of processor time
PATIENCE = 90  # of waiting, on a busy machine
MEMORY = 2 << 30  # bytes
_PREFIX = "template:"


def render_limited(name: str, values: Mapping[str, object], own: Mapping[str, str]) -> str:
    """Return template `name` filled, templates of the project's first. Raises TemplateFault."""
    given = pickle.dumps((dict(values), own))
    try:
        return limited(render_apart, name, given, SECONDS, seconds=PATIENCE, memory=MEMORY).decode()
    except Refused as refused:
        where, why, line = refused.args
        raise TemplateFault(where, why, int(line)) from None
    except Ended as ended:
        raise TemplateFault(name, str(ended)) from None


def render_apart(name: str, given: bytes, seconds: int) -> bytes:
    """Return the same as UTF-8: what `limited` does. Raises Refused with what a TemplateFault has."""
    values, own = pickle.loads(given)
    try:
        with _timed(seconds):
            return render_own(name, values, own)
    except TemplateFault as fault:
        raise Refused(fault.name, fault.why, str(fault.line)) from None


def render_own(name: str, values: Mapping[str, object], own: Mapping[str, str]) -> bytes:
    """Return the same without limits. Raises TemplateFault."""
    environment = ImmutableSandboxedEnvironment(loader=_loader(own), undefined=StrictUndefined, **MANNERS)
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


@contextmanager
def _timed(seconds: int) -> Iterator[None]:
    """Raise TimeoutError inside after so much processor time: Python then tells where the template was."""

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError

    if not hasattr(signal, "setitimer"):  # Windows: there only patience ends
        yield
        return
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _loader(own: Mapping[str, str]) -> FunctionLoader:
    def load(name: str) -> tuple[str, str, None] | None:
        if name not in own and name not in template_names():
            return None  # a path that leads elsewhere, for instance: Jinja says that there is none
        return own[name] if name in own else builtin_text(name), f"{_PREFIX}{name}", None

    return FunctionLoader(load)


def _place(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """Return the innermost template and line of a traceback, which Jinja has put there."""
    found = (name, 0)
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_PREFIX):
            found = (_named(file), trace.tb_lineno)
        trace = trace.tb_next
    return found


def _named(file: str) -> str:
    return file.removeprefix(_PREFIX)
