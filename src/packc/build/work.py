"""Doing jobs: in this process, in several, or on a cluster, with the same outcomes in the same order."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from packc.build.cache import Cache
from packc.build.job import Job, Outcome, Settings
from packc.build.means import Means
from packc.build.spool import Spool
from packc.named import NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from packc.build.compiler import Compiler

_PAYS = 400_000  # bytes of source, some 400 questions: less is done sooner than processes have begun
_AHEAD = 4  # batches for each worker that wait their turn
_MOST_IN_BATCH = 16


class Done(NamedTuple):
    """What became of a job, the same as JSON if the cache has it, and why it could not be written, if so."""

    outcome: Outcome
    told: str = ""
    fault: OSError | None = None


class Worker:
    """Does jobs with these settings and keeps what comes out in the cache, if there is one."""

    def __init__(self, settings: Settings, cache: Cache | None) -> None:
        self.settings, self.cache = settings, cache
        self._compiler: Compiler | None = None

    def do(self, job: Job, key: str = "", spool: Spool | None = None) -> Done:
        """Return what becomes of `job`, its artefacts kept in the cache or the spool if there is one.

        Raises ProjectFault, PublishFault.
        """
        from packc.build.compiler import Compiler  # reads and writes: what is known already needs neither

        if self._compiler is None:
            self._compiler = Compiler(self.settings)
        else:
            # What the job before has left lies in circles, and the command has no collector. Only the
            # youngest objects are looked at: a thousand packs take 70 MB instead of 220.
            gc.collect(0)
        if spool is None:
            return self.keep(key, self._compiler.run(job, emitting=True))
        done = self.keep(key, self._compiler.run(job, emitting=True, keep=spool.keep))
        if done.told:
            spool.clear()
        return done

    def keep(self, key: str, outcome: Outcome) -> Done:
        """Return the outcome as it is kept in the cache, if it can be."""
        if self.cache is None or not outcome.lasts:
            return Done(outcome)
        told, outcome = self.cache.keep(key, outcome)
        return Done(outcome, told, self.cache.fault)


class Task(NamedTuple):
    """A job, and the name of its entry in the cache."""

    job: Job
    key: str


def work(worker: Worker, tasks: Sequence[Task], means: Means, spool: Spool) -> Iterator[Done]:
    """Yield what becomes of each job, and let `spool` keep the artefacts that the cache does not.

    Raises ProjectFault, PublishFault, and Changed for a pack that is no longer what it was.
    """
    if means.cluster:
        from packc.build.cluster import work_far

        done = _kept(work_far(worker, with_texts(tasks), means.cluster), spool)
    else:
        workers = min(means.workers or paying(tasks), len(tasks))
        if workers > 1:
            done = _kept(_work_beside(worker, tasks, workers), spool)
        else:
            done = (worker.do(*task, spool) for task in tasks)
    for number, each in enumerate(done):
        if means.progress is not None:
            means.progress(number + 1, len(tasks))
        yield each


def with_texts(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks with their texts, as other processes need them. Raises Changed."""
    return [task._replace(job=task.job._replace(data=task.job.text)) for task in tasks]


def paying(tasks: Sequence[Task]) -> int:
    """Return how many processes are worth their while."""
    if len(tasks) < 2 or sum(len(task.job.text) for task in tasks) < _PAYS:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _kept(done: Iterable[Done], spool: Spool) -> Iterator[Done]:
    return (each._replace(outcome=spool.kept(each.outcome)) for each in done)


def _work_beside(worker: Worker, tasks: Sequence[Task], workers: int) -> Iterator[Done]:
    from packc.build import processes

    with processes.executor(worker, workers) as executor:
        try:
            yield from in_order(executor, processes.do_batch, batches(tasks, workers), _AHEAD * workers)
        except processes.Broken as error:
            raise processes.died() from error
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def batches(tasks: Sequence[Task], workers: int) -> list[tuple[Task, ...]]:
    """Return the tasks in batches that keep every worker busy until the end."""
    size = max(1, min(_MOST_IN_BATCH, len(tasks) // (workers * _AHEAD)))
    return [tuple(tasks[start : start + size]) for start in range(0, len(tasks), size)]


def in_order(
    executor: Executor,
    function: Callable[[tuple[Task, ...]], list[Done]],
    work: Sequence[tuple[Task, ...]],
    ahead: int,
) -> Iterator[Done]:
    """Yield what `function` makes of each batch, in order, with no more than `ahead` of them under way."""
    waiting: deque[Future[list[Done]]] = deque()
    for batch in work:
        waiting.append(executor.submit(function, batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
