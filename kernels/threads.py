"""One entrant to parallel code, whoever calls: our own threads and BLAS's never work at the same time.

Two parallel products at once would only take each other's cores and caches away, and under some threading
layers two entrants end the process. So everything parallel happens behind one lock: `run` calls our
compiled code on threads that are kept, `blas_threads` lends the machine to NumPy's BLAS.
"""

from __future__ import annotations

import _thread
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Work = Callable[[int], object]


class _Held(threading.local):
    """How many BLAS threads this Python thread has asked for and not yet given back; 0 for none."""

    threads = 0


@dataclass(slots=True)
class _Worker:
    """A thread that waits, does its share when woken, and says when it is done."""

    number: int
    work: Work | None = None
    error: BaseException | None = None
    woken: _thread.LockType = field(default_factory=_thread.allocate_lock)
    done: _thread.LockType = field(default_factory=_thread.allocate_lock)

    def start(self) -> None:
        """Begin to wait. The thread lives as long as the process, as those of a BLAS do."""
        self.woken.acquire()
        self.done.acquire()
        _thread.start_new_thread(self._serve, ())

    def wake(self, work: Work) -> None:
        """Let the thread do its share of this work."""
        self.work = work
        self.woken.release()

    def wait(self) -> BaseException | None:
        """Wait until the share is done; return what it raised."""
        self.done.acquire()
        error, self.error = self.error, None
        return error

    def _serve(self) -> None:
        while True:
            self.woken.acquire()
            try:
                if self.work is not None:
                    self.work(self.number)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the caller raises it
                self.error = error
            self.work = None
            self.done.release()


# What only one may enter at a time in a whole process can only stand in one place of the process.
_ENTRANCE = threading.RLock()
_HELD = _Held()
_WORKERS: list[_Worker] = []


def available_cores() -> int:
    """Cores that this process may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def blas_threads_held() -> int:
    """How many BLAS threads the calling thread holds by `blas_threads`; 0 outside of it."""
    return _HELD.threads


@contextmanager
def blas_threads(threads: int) -> Iterator[None]:
    """Enter alone, with NumPy's BLAS at this many threads; as it was before afterwards, whatever happens.

    May be entered again by the thread that is inside.
    """
    with _ENTRANCE:
        libraries = _blas_libraries()
        before = [library.get_num_threads() for library in libraries]
        held = _HELD.threads
        try:
            for library in libraries:
                library.set_num_threads(threads)
            _HELD.threads = threads
            yield
        finally:
            _HELD.threads = held
            for library, number in zip(libraries, before, strict=True):
                library.set_num_threads(number)


def run(work: Work, threads: int) -> None:
    """Call work(0) ... work(threads - 1) at the same time, each in a thread of its own, and wait for all.

    BLAS is held to one thread meanwhile. The work should leave Python soon (nogil). An exception of any
    share is raised here once all are done.
    """
    if threads <= 1:
        work(0)
        return
    with alone():
        while len(_WORKERS) < threads - 1:
            worker = _Worker(len(_WORKERS) + 1)
            worker.start()
            _WORKERS.append(worker)
        helpers = _WORKERS[: threads - 1]
        for helper in helpers:
            helper.wake(work)
        try:
            work(0)
        finally:
            errors = [helper.wait() for helper in helpers]
        for error in errors:
            if error is not None:
                raise error


@contextmanager
def alone() -> Iterator[None]:
    """Enter with BLAS held to one thread, at no cost where the caller already holds it there."""
    if _HELD.threads == 1:
        yield
    else:
        with blas_threads(1):
            yield


@cache
def _blas_libraries() -> tuple[Any, ...]:
    """Controllers of the BLAS libraries that are loaded with NumPy; looked for once, for it takes long."""
    import numpy as np  # noqa: F401 - only a loaded library can be found
    from threadpoolctl import ThreadpoolController

    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)
