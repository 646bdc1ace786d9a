"""Jobs on a Dask cluster. Its workers need packc, in the same version, and none of the project's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from packc.build.code import code_digest
from packc.build.compiler import Compiler
from packc.build.fault import PublishFault
from packc.build.job import Job, Outcome, Settings
from packc.build.surroundings import Answers, Question, Surroundings
from packc.build.work import Done, Task, Worker

_TIMEOUT = "10s"  # until a scheduler answers
_HELP = "build without `--executor`, or see that the cluster is up"


def work_far(worker: Worker, tasks: Sequence[Task], address: str) -> Iterator[Done]:
    """Yield what becomes of each job on the cluster at `address`. Raises ProjectFault, PublishFault."""
    client = _connected(address)
    from concurrent.futures import CancelledError

    from distributed import KilledWorker

    surroundings = Surroundings(worker.settings)
    try:
        executor = client.get_executor()
        waiting = [executor.submit(do_far, worker.settings, task.job, {}) for task in tasks]
        for task, future in zip(tasks, waiting, strict=True):
            found, digest = future.result()
            if digest != code_digest():
                raise PublishFault(
                    f"the workers at {address} have another packc than this one",
                    "install the same version there, with the same packages",
                )
            if isinstance(found, list):  # it needs files that only we have
                answers = {question: surroundings.answer(task.job, question) for question in found}
                found, _ = executor.submit(do_far, worker.settings, task.job, answers).result()
            yield worker.keep(task.key, found)
    except (KilledWorker, CancelledError, OSError) as error:
        raise PublishFault(f"the cluster at {address} has failed: {type(error).__name__}", _HELP) from error
    finally:
        client.close()


def do_far(settings: Settings, job: Job, answers: Answers) -> tuple[Outcome | list[Question], str]:
    """Return what becomes of `job`, or what it needs to know; and which packc this is. Runs on a worker."""
    return Compiler(settings).run_far(job, answers), _own_digest()


@cache
def _own_digest() -> str:
    return code_digest()


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise PublishFault("`--executor dask:…` needs Dask", "pip install 'packc[dask]'") from error
    try:
        connect: Any = Client  # which has no types
        return connect(address, timeout=_TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PublishFault(f"there is no Dask scheduler at {address}", _HELP) from error
