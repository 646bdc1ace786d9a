"""Running what a template of the project's does in a process of its own, which may not take for ever.

The sandbox of Jinja keeps templates from Python, not from loops without end or texts without measure.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from packc.render.builtin import TemplateFault

SECONDS = 10  # of processor time
PATIENCE = 90  # of waiting, on a busy machine
MEMORY = 2 << 30  # bytes
_CHILD = "import sys; sys.path[:] = {path!r}; from packc.render.limited import serve; serve()"


def limited(function: Callable[..., bytes], name: str, *arguments: object) -> bytes:
    """Return `function(name, *arguments)`, run with limits. Raises TemplateFault, also at the limits.

    `function` stands in a module; nothing that the other process makes is trusted to be more than bytes.
    """
    # Without a network: what would ask for a proxy finds none. Nothing else of the surroundings is needed.
    environ = {**os.environ, "http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "all_proxy": _NOWHERE}
    command = [sys.executable, "-c", _CHILD.format(path=sys.path)]
    task = pickle.dumps((SECONDS, function, name, arguments))
    try:
        done = subprocess.run(
            command, input=task, capture_output=True, timeout=PATIENCE, env=environ, check=False
        )
    except subprocess.TimeoutExpired:
        raise TemplateFault(name, "it does not end") from None
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode == 0 and head == b"ok":
        return body
    if head == b"fault":
        where, why, line = json.loads(body)
        raise TemplateFault(where, why, line)
    if done.returncode < 0:  # killed by the system at a limit
        raise TemplateFault(name, "it does not end, or makes too much")
    raise RuntimeError(done.stderr.decode(errors="replace"))


_NOWHERE = "http://127.0.0.1:9"


def serve() -> None:
    """Do the task that stands on the standard input: the other side of `limited`."""
    seconds, function, name, arguments = pickle.loads(sys.stdin.buffer.read())
    _limit(seconds)
    try:
        made = b"ok\n" + function(name, *arguments)
    except TemplateFault as fault:
        made = b"fault\n" + json.dumps([fault.name, fault.why, fault.line]).encode()
    sys.stdout.buffer.write(made)


def _limit(seconds: int) -> None:
    with suppress(ImportError):  # Windows has neither; there only patience ends
        import resource
        import signal

        def stop(_number: int, _frame: object) -> None:
            raise TimeoutError

        signal.signal(signal.SIGXCPU, stop)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
