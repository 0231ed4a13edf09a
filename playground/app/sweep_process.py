"""A sweep on this computer: processes that each do one run after another, on one thread."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from kernels.threads import available_cores
from playground.app.kernel_preparing import keep_compiled
from playground.app.sweep_events import Ended, Finished, Started, Tell
from playground.app.sweep_worker import BEHIND, OUTCOME, POINT
from playground.model.errors import PlaygroundError
from playground.model.message import message
from playground.model.sweep import Outcome, Point
from playground.model.sweep_answers import decode

# -P: whatever lies in the folder from which the program was started is not taken for ours.
COMMAND = (sys.executable, "-P", "-m", "playground.app.sweep_worker")
END_SECONDS = 10

ONE_THREAD = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMBA_NUM_THREADS",
)
"""Variables that hold numerical libraries to one thread; they are read when a library is loaded."""

LOST = message("This run ended by itself: its process was stopped, or the memory ran out.")
NOT_STARTED = message("This run could not begin: the system refuses to start another process.")


def one_thread(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which numerical libraries use one thread."""
    return dict(environ) | dict.fromkeys(ONE_THREAD, "1")


def usual_workers() -> int:
    """Return how many runs are done at a time: one for each core; beside a window they step back for it."""
    return available_cores()


class Worker:
    """One process that does runs, and what is said to it and heard from it."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the process. Raises OSError."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=one_thread(os.environ),
        )

    @property
    def id(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    def run(self, data: bytes, epochs: int) -> Outcome | None:
        """Have a point run, and return its outcome; None where the process ended meanwhile."""
        say, hear = self._ends()
        try:
            say.write(POINT.pack(len(data), epochs) + data)
            say.flush()
            head = hear.read(OUTCOME.size)
            return decode(hear.read(*OUTCOME.unpack(head))) if len(head) == OUTCOME.size else None
        except (OSError, ValueError):  # the pipe broke, or what came through it breaks off
            return None

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """End the process and wait until it has gone."""
        self._process.kill()
        self._process.wait(END_SECONDS)
        for end in self._ends():
            try:
                end.close()
            except OSError:
                continue  # it broke with something still to be said

    def hold(self, is_held: bool) -> None:
        """Let the process stand still, or go on."""
        import psutil

        try:
            process = psutil.Process(self.id)
            (process.suspend if is_held else process.resume)()
        except psutil.Error:
            return  # it has ended by itself

    def _ends(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


class ProcessSweep:
    """Runs points in processes of their own, so many at a time; each is killed when the sweep is cancelled.

    A process that ends by itself costs the run that it was doing; a fresh one does the next.
    """

    def __init__(
        self,
        points: Sequence[Point],
        workers: int,
        tell: Tell,
        *,
        beside_window: bool = False,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Get ready.

        workers : how many runs at a time
        tell : hears of everything, in threads of this object
        beside_window : whether a window is in use meanwhile, which then goes first
        """
        keep_compiled()
        self._tell = tell
        self._command = (*command, BEHIND) if beside_window else tuple(command)
        self._left: Iterator[Point] = iter(points)
        self._lock = threading.Lock()
        self._may_go = threading.Event()
        self._may_go.set()
        self._is_over = False
        self._workers: list[Worker] = []
        count = max(1, min(workers, len(points)))
        self._threads = [threading.Thread(target=self._serve, name=f"sweep {n}") for n in range(count)]
        self._serving = count

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The system's numbers of the processes that work now."""
        with self._lock:
            return tuple(worker.id for worker in self._workers)

    def start(self) -> None:
        """Begin with the first points."""
        for thread in self._threads:
            thread.start()

    def cancel(self) -> None:
        """Kill all processes, and wait until they have gone."""
        with self._lock:
            self._is_over = True
            for worker in self._workers:
                worker.kill()
        self._may_go.set()
        for thread in self._threads:
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join()

    def hold(self, is_held: bool) -> None:
        """Let all processes stand still, or go on."""
        if is_held:
            self._may_go.clear()
        with self._lock:
            for worker in self._workers:
                worker.hold(is_held)
        if not is_held:
            self._may_go.set()

    def _serve(self) -> None:
        """Do one run after another, until none is left."""
        worker: Worker | None = None
        try:
            while (point := self._next()) is not None:
                self._tell(Started(point.number))
                outcome: Outcome | None = NOT_STARTED
                worker = worker or self._begin()
                if worker is not None:
                    try:
                        outcome = worker.run(point.file, point.epochs)
                    except PlaygroundError as error:
                        outcome = error.message
                if self._is_over:
                    break
                if outcome is None:
                    self._end(worker)
                    worker, outcome = None, LOST
                self._tell(Finished(point.number, outcome))
        finally:
            self._end(worker)
            with self._lock:
                self._serving -= 1
                is_last = self._serving == 0 and not self._is_over
            if is_last:
                self._tell(Ended())

    def _next(self) -> Point | None:
        self._may_go.wait()
        with self._lock:
            return None if self._is_over else next(self._left, None)

    def _begin(self) -> Worker | None:
        with self._lock:
            if self._is_over:
                return None
            try:
                worker = Worker(self._command)
            except OSError:
                return None
            self._workers.append(worker)
            return worker

    def _end(self, worker: Worker | None) -> None:
        if worker is None:
            return
        with self._lock:
            self._workers.remove(worker)
        worker.close()
