"""The other side of `packc.render.limited`: a process that does one task after the other.

It is begun for a build that may be small: it imports next to nothing.
"""

from __future__ import annotations

import marshal
import os
import sys
from _thread import start_new_thread
from importlib import import_module
from queue import SimpleQueue
from typing import IO

DONE, REFUSED, FAULT = b"+", b"-", b"!"
_SIZE = 8  # bytes that say how many follow


class Refused(Exception):
    """What was asked for cannot be done. The arguments, which are texts, say why."""


def send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(_SIZE, "big"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Return what the other side has sent. Raises EOFError where it is gone."""
    size = pipe.read(_SIZE)
    data = pipe.read(int.from_bytes(size, "big"))
    if len(size) < _SIZE or len(data) < int.from_bytes(size, "big"):
        raise EOFError
    return data


def serve() -> None:
    """Do the tasks that come in, and send back what comes of them."""
    tasks: SimpleQueue[bytes] = SimpleQueue()
    start_new_thread(_listen, (tasks,))
    try:
        while True:
            send(sys.stdout.buffer, _answer(*marshal.loads(tasks.get())))
    finally:
        os._exit(1)  # a panic of Rust's, for instance, which is no Exception


def _listen(tasks: SimpleQueue[bytes]) -> None:
    """Take tasks in beside the work: when the input ends, so does that, however long it would go on."""
    while True:
        try:
            tasks.put(receive(sys.stdin.buffer))
        except EOFError:
            os._exit(0)


def _answer(memory: int, module: str, function: str, arguments: tuple[object, ...]) -> bytes:
    _allow(memory)
    try:
        made: bytes = getattr(import_module(module), function)(*arguments)
    except Refused as refused:
        return REFUSED + "\0".join(refused.args).encode("utf-8", "surrogatepass")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (the other side tells of it)
        from traceback import format_exc

        return FAULT + format_exc().encode(errors="replace")
    return DONE + made


def _allow(memory: int) -> None:
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
    except (ImportError, ValueError, OSError):
        return  # Windows has no such limits, and macOS not this one: there only time is limited
