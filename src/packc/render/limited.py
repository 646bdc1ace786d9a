"""Doing in a process of its own what may not take for ever, nor all the memory.

The sandbox of Jinja keeps templates from Python, not from loops without end or texts without measure. Typst
cannot be interrupted, and where its memory or its stack ends, its process does. There is one such process at
most; it is begun when it is needed first, and ends when its input does: with this process, however that ends.
"""

from __future__ import annotations

import atexit
import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from packc.render.apart import DONE, REFUSED, Refused, receive, send

_ENOUGH = 2 << 20  # bytes of tasks for one process: Typst keeps some hundred times as much
_PROGRAM = "import sys; sys.path[:] = {path!r}; from packc.render.apart import serve; serve()"
_NOWHERE = "http://127.0.0.1:9"


class Ended(Exception):
    """A limit was reached, or the process has crashed. The message says which."""


def limited(function: Callable[..., bytes], *arguments: Any, seconds: float, memory: int) -> bytes:
    """Return `function(*arguments)`. Raises Ended, and Refused where `function` does.

    `function` stands in a module, its arguments are plain values; of what comes back nothing is trusted to be
    more than bytes. `seconds` are of waiting; `memory` are bytes of addresses.
    """
    task = marshal.dumps((memory, function.__module__, function.__name__, arguments))
    answer = _helper.ask(task, seconds)
    kind, body = answer[:1], answer[1:]
    if kind == DONE:
        return body
    text = body.decode(errors="surrogatepass")
    if kind == REFUSED:
        raise Refused(*text.split("\0"))
    raise RuntimeError(text)


class _Helper:
    """The process, while there is one."""

    def __init__(self) -> None:
        self._lock = Lock()  # on a cluster, threads do jobs
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._given = 0

    def ask(self, task: bytes, seconds: float) -> bytes:
        """Return the answer to `task`. Raises Ended."""
        with self._lock:
            try:
                answer = _exchanged(self._begun(), task, seconds)
            except BaseException:  # Ctrl-C, too: the next answer would be that to this task
                self.end()
                raise
            self._given += len(task)
            if self._given > _ENOUGH:
                self.end()
            return answer

    def _begun(self) -> subprocess.Popen[bytes]:
        """Return the process. A fork of ours begins one of its own. Raises Ended if there can be none."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.end()
            self._process, self._owner, self._given = _begin(), os.getpid(), 0
            atexit.register(self.end)
        return self._process

    def end(self) -> None:
        """End the process if it is ours, and let go of it."""
        process, self._process = self._process, None
        if process is not None:
            if self._owner == os.getpid():
                process.kill()
            with suppress(OSError), process:  # of a task that it has not taken
                pass
            atexit.unregister(self.end)


def _begin() -> subprocess.Popen[bytes]:
    # Without a network: what would ask for a proxy finds none.
    environ = os.environ | dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _NOWHERE)
    path = [str(Path(__file__).parents[2]), *sys.path]
    try:
        return subprocess.Popen(
            [sys.executable, "-S", "-c", _PROGRAM.format(path=path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            start_new_session=True,  # Ctrl-C is for this process, which then ends that one
        )
    except OSError as error:
        raise Ended(f"no process for it can be begun: {error.strerror}") from None


def _exchanged(process: subprocess.Popen[bytes], task: bytes, seconds: float) -> bytes:
    """Return the answer of `process` to a task. Raises Ended when it has died, or `seconds` are over."""
    assert process.stdin is not None
    assert process.stdout is not None
    late = False

    def end() -> None:
        nonlocal late
        late = True
        process.kill()

    timer = Timer(seconds, end)
    timer.start()
    try:
        send(process.stdin, task)
        return receive(process.stdout)
    except (EOFError, OSError):
        reason = f"more than {seconds:.0f} seconds" if late else "too much memory, or has what does it crash"
        raise Ended(f"it takes {reason}") from None
    finally:
        timer.cancel()


_helper = _Helper()
