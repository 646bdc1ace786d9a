"""The process for what may not take for ever, nor all the memory, ends at a limit, and with its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from packc.render import limited as module
from packc.render.apart import Refused
from packc.render.limited import Ended, limited
from tests.unit.render import tasks

MIB = 1 << 20
_ASK = "from tests.unit.render.test_limited import asked, tasks; asked(tasks.never_end, {told!r}, seconds=60)"
_WAIT = 10


def asked(
    function: Callable[..., bytes], *arguments: object, seconds: float = 30, memory: int = 1024 * MIB
) -> bytes:
    return limited(function, *arguments, seconds=seconds, memory=memory)


def test_one_process_does_one_task_after_the_other() -> None:
    assert asked(tasks.given, b"a\0\n", b"b") == b"a\0\n b"
    assert asked(tasks.pid) == asked(tasks.pid) != tasks.pid()
    assert asked(tasks.make, 9 * MIB) == tasks.make(9 * MIB)


def test_after_much_work_another_goes_on() -> None:
    first = asked(tasks.pid)
    asked(tasks.given, b"." * 3 * MIB)
    assert asked(tasks.pid) != first
    assert _is_gone(int(first))


def test_what_is_refused_says_why() -> None:
    for why in (("it", "7"), ("", "\ud800 ü")):
        with pytest.raises(Refused) as caught:
            asked(tasks.refuse, *why)
        assert caught.value.args == why


def test_a_fault_of_ours_comes_with_its_traceback() -> None:
    with pytest.raises(RuntimeError, match=r"tasks\.py(.|\n)*ValueError: a fault of ours"):
        asked(tasks.fail)


def test_what_does_not_end_is_ended() -> None:
    first = asked(tasks.pid)
    with pytest.raises(Ended, match="more than 1 seconds"):
        asked(tasks.never_end, seconds=1)
    assert asked(tasks.pid) != first
    assert _is_gone(int(first))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit no addresses")
def test_what_makes_too_much_is_ended_and_each_task_has_its_own_limit() -> None:
    with pytest.raises(Ended, match="too much memory"):
        asked(tasks.make, 900 * MIB, memory=600 * MIB)
    assert len(asked(tasks.make, 100 * MIB, memory=1024 * MIB)) == 100 * MIB
    with pytest.raises(Ended, match="too much memory"):
        asked(tasks.make, 100 * MIB, memory=150 * MIB)


def test_a_crash_ends_that_process_alone() -> None:
    with pytest.raises(Ended, match="crash"):
        asked(tasks.crash)
    assert asked(tasks.given, b"a") == b"a"


def test_one_that_was_killed_meanwhile_is_replaced() -> None:
    os.kill(int(asked(tasks.pid)), signal.SIGKILL)
    time.sleep(0.05)
    assert asked(tasks.given, b"a") == b"a"


def test_without_room_for_a_process_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    module._helper.end()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Ended, match="no process for it can be begun: No such file or directory"):
        asked(tasks.pid)


def test_threads_get_their_own_answers() -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = [str(number).encode() for number in range(40)]
        assert list(pool.map(lambda number: asked(tasks.given, number), numbers)) == numbers


@pytest.mark.skipif(sys.platform != "linux", reason="packc forks nowhere else")
def test_a_fork_has_a_process_of_its_own() -> None:
    ours = asked(tasks.pid)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        theirs = pool.apply(asked, (tasks.pid,))
    assert theirs != ours == asked(tasks.pid)
    assert _is_gone(int(theirs)), "it ends with the fork"


@pytest.mark.skipif(sys.platform == "win32", reason="there are other signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_the_one_that_began_it(number: signal.Signals, tmp_path: Path) -> None:
    told = tmp_path / "told"
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", _ASK.format(told=str(told))],
        env=os.environ | {"PYTHONPATH": path},
        stderr=subprocess.DEVNULL,
    ) as parent:
        assert _comes(lambda: told.exists() and told.read_bytes() != b"")
        child = int(told.read_bytes())
        assert not _is_gone(child, wait=0)
        parent.send_signal(number)
        assert parent.wait(_WAIT) != 0
    assert _is_gone(child)


def _is_gone(process: int, wait: float = _WAIT) -> bool:
    def gone() -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        # What has ended may wait for somebody to take notice.
        state = Path(f"/proc/{process}/stat")
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"

    return _comes(gone, wait)


def _comes(happens: Callable[[], bool], wait: float = _WAIT) -> bool:
    until = time.monotonic() + wait
    while not (found := happens()) and time.monotonic() < until:
        time.sleep(0.02)
    return found
