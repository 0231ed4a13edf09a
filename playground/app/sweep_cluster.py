"""A sweep on a cluster of several machines: `dask.distributed`, an optional extra."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from playground.app.sweep_events import Ended, Finished, Tell
from playground.model.errors import PlaygroundError
from playground.model.message import Message, message
from playground.model.sweep import Outcome, Point
from playground.model.sweep_answers import decode

CONNECT_SECONDS = 10

MISSING = message(
    "A cluster needs dask.distributed, which is not installed: pip install “neural-playground[cluster]”."
)
NO_WORKERS = message("The cluster has no workers, so nothing can run there.")


def run_there(data: bytes, epochs: int) -> bytes:
    """Run a point on a machine of the cluster; given up soon after nobody wants its outcome any more."""
    from playground.engine.sweep_run import run_file

    worker = _library().get_worker()
    key = worker.get_current_task()

    def is_over() -> bool:
        task = worker.state.tasks.get(key)
        return task is None or task.state == "cancelled"

    return run_file(data, epochs, is_over)


def why_not_cluster() -> Message | None:
    """Return why no cluster can be used here, None where one can."""
    from importlib.util import find_spec

    return MISSING if find_spec("distributed") is None else None


def _library() -> Any:
    """The library, whose types say less than what it does."""
    return import_module("distributed")


class ClusterSweep:
    """Runs points on a Dask cluster whose scheduler has an address."""

    def __init__(self, points: Sequence[Point], address: str, tell: Tell) -> None:
        """Get ready; `tell` hears of everything, in a thread of this object."""
        self._points = tuple(points)
        self._address = address
        self._tell = tell
        self._lock = threading.Lock()
        self._is_over = False
        self._client: Any = None  # the library has no types
        self._futures: list[Any] = []
        self._taking_back: threading.Thread | None = None
        self._thread = threading.Thread(target=self._serve, name="sweep cluster", daemon=True)

    def start(self) -> None:
        """Connect, and hand over all points; nothing of it is waited for."""
        self._thread.start()

    def cancel(self) -> None:
        """Take all runs back; the cluster's answer is not waited for."""
        with self._lock:
            self._is_over = True
            client, futures = self._client, tuple(self._futures)
        if client is not None and futures and self._taking_back is None:
            self._taking_back = threading.Thread(target=client.cancel, args=(futures,), daemon=True)
            self._taking_back.start()

    def join(self) -> None:
        """Wait until the connection is closed."""
        for thread in (self._taking_back, self._thread):
            if thread is not None:
                thread.join()

    def hold(self, is_held: bool) -> None:
        """Do nothing: the machines of a cluster do not disturb this one."""

    def _serve(self) -> None:
        problem: Message | None = None
        try:
            problem = why_not_cluster() or self._run()
        except Exception as error:  # noqa: BLE001  # whatever the library raises, it is told
            problem = (_unreachable if self._client is None else _lost)(self._address, error)
        finally:
            with self._lock:
                client, self._client = self._client, None
            if client is not None:
                client.close()
        if not self._is_over:
            self._tell(Ended(problem))

    def _run(self) -> Message | None:
        library = _library()
        client = library.Client(self._address, timeout=CONNECT_SECONDS, set_as_default=False)
        with self._lock:
            self._client = client
        if not client.scheduler_info()["workers"]:
            return NO_WORKERS
        numbers: dict[str, int] = {}
        for point in self._points:
            if self._is_over:
                return None
            try:
                future = client.submit(run_there, point.file, point.epochs, pure=False)
            except PlaygroundError as error:
                self._tell(Finished(point.number, error.message))
                continue
            numbers[future.key] = point.number
            with self._lock:
                self._futures.append(future)
        for future in library.as_completed(tuple(self._futures), loop=client.loop):
            if self._is_over:
                return None
            self._tell(Finished(numbers[future.key], _outcome(future)))
            future.release()
        return None


def _outcome(future: Any) -> Outcome:
    """What a future holds; the reason where the cluster could not run it."""
    if future.status == "finished":
        return decode(future.result())
    if future.status == "error":
        return message("The cluster could not run it: {problem}.", problem=_one_line(future.exception()))
    return message("The cluster has given this run up.")


def _unreachable(address: str, error: Exception) -> Message:
    return message(
        "There is no cluster to be reached at {address}: {problem}.",
        address=address,
        problem=_one_line(error),
    )


def _lost(address: str, error: Exception) -> Message:
    return message(
        "The cluster at {address} has been lost: {problem}.", address=address, problem=_one_line(error)
    )


def _one_line(error: object) -> str:
    """What an error of the library says, without the full stop at its end."""
    return (" ".join(str(error).split()) or type(error).__name__).rstrip(".")
