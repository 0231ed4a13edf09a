"""Sweeps in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import psutil
import pytest

from playground.app.sweep_events import Ended, Finished, Started
from playground.app.sweep_process import (
    COMMAND,
    LOST,
    NOT_STARTED,
    ONE_THREAD,
    ProcessSweep,
    one_thread,
    usual_workers,
)
from playground.engine.sweep_run import run_point
from playground.model.message import Message
from playground.model.sweep import PointResult
from tests.app.sweeps import ENDLESS, PATIENCE_SECONDS, Ear, alive, until_the_end
from tests.engine.sweeps import points_of


def test_a_process_gives_the_bits_of_this_one() -> None:
    points = points_of("learning.learning_rate=0.01,1e300", "learning.kernel=numpy,numba")
    ear = Ear()
    finished = until_the_end(ProcessSweep(points, 2, ear.tell), ear)
    assert sorted(finished) == [0, 1, 2, 3]
    for point in points:
        outcome, expected = finished[point.number].outcome, run_point(point.file, point.epochs)
        assert isinstance(outcome, PointResult)
        assert isinstance(expected, PointResult)
        assert outcome.curve.tobytes() == expected.curve.tobytes()
        assert (outcome.file, outcome.stopped) == (expected.file, expected.stopped)
    assert [finished[number].outcome.stopped for number in range(4)] == [  # type: ignore[union-attr]
        "epochs",
        "epochs",
        "diverged",
        "diverged",
    ]


def test_a_run_begins_before_it_ends_and_all_do_before_the_end() -> None:
    ear = Ear()
    until_the_end(ProcessSweep(points_of("seed=1,2,3"), 1, ear.tell), ear)
    told = [(type(event), getattr(event, "number", None)) for event in ear.heard]
    expected = [(kind, number) for number in range(3) for kind in (Started, Finished)]
    assert told == [*expected, (Ended, None)]
    assert ear.is_silent()


def test_a_process_that_is_killed_costs_one_run_only() -> None:
    (endless,) = points_of(*ENDLESS, "seed=1", epochs=10**9)
    short = [replace(point, number=point.number + 1) for point in points_of("seed=2,3")]
    ear = Ear()
    sweep = ProcessSweep([endless, *short], 1, ear.tell)
    sweep.start()
    ear.wait_for(Started)
    (process,) = _processes(sweep)
    os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert ear.wait_for(Finished).outcome == LOST
    assert ear.wait_for(Ended).problem is None
    sweep.cancel()
    rest = [event for event in ear.heard if isinstance(event, Finished)][1:]
    assert [event.number for event in rest] == [1, 2]
    assert all(isinstance(event.outcome, PointResult) for event in rest)
    assert not alive(process)


def test_cancelling_leaves_no_process_and_says_nothing_more() -> None:
    ear = Ear()
    sweep = ProcessSweep(points_of(*ENDLESS, "seed=1,2,3,4", epochs=10**9), 2, ear.tell)
    sweep.start()
    ear.wait_for(Started)
    ear.wait_for(Started)
    processes = _processes(sweep, 2)
    sweep.cancel()
    assert not any(map(alive, processes))
    assert sweep.process_ids == ()
    assert ear.is_silent()
    sweep.cancel()


def test_a_sweep_that_has_not_begun_can_be_cancelled() -> None:
    ear = Ear()
    sweep = ProcessSweep(points_of("seed=1"), 1, ear.tell)
    sweep.cancel()
    assert ear.is_silent()


def test_held_processes_stand_still_and_go_on() -> None:
    ear = Ear()
    sweep = ProcessSweep(points_of(*ENDLESS, "seed=1", epochs=10**9), 1, ear.tell)
    sweep.start()
    ear.wait_for(Started)
    (process,) = _processes(sweep)
    sweep.hold(True)
    _until(process, {psutil.STATUS_STOPPED})
    sweep.hold(False)
    _until(process, {psutil.STATUS_RUNNING, psutil.STATUS_SLEEPING})
    sweep.hold(True)
    sweep.cancel()
    assert not alive(process)


def test_a_process_ends_with_whoever_asked_it() -> None:
    worker = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=one_thread(os.environ)
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.close()
    assert worker.wait(PATIENCE_SECONDS) == 0
    worker.stdout.close()


@pytest.mark.parametrize("command", [("/there/is/no/such/program",), ()])
def test_a_process_that_cannot_start_is_the_reason_of_every_run(command: tuple[str, ...]) -> None:
    ear = Ear()
    wanted = command or (sys.executable, "-c", "raise SystemExit(3)")
    finished = until_the_end(ProcessSweep(points_of("seed=1,2"), 2, ear.tell, command=wanted), ear)
    reasons = {event.outcome for event in finished.values() if isinstance(event.outcome, Message)}
    assert reasons == {NOT_STARTED if command else LOST}
    assert len(finished) == 2


def test_numerical_libraries_get_one_thread() -> None:
    environment = one_thread({"OMP_NUM_THREADS": "8", "PATH": "/bin"})
    assert {environment[name] for name in ONE_THREAD} == {"1"}
    assert environment["PATH"] == "/bin"


def test_every_core_has_a_run() -> None:
    assert usual_workers() == len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else [0])


WITHOUT_QT = """
import sys
import playground.app.sweep_worker, playground.engine.sweep_run
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_process_loads_no_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "numpy" in loaded
    assert not loaded & {"PySide6", "shiboken6", "widgets", "numba", "distributed"}


def _processes(sweep: ProcessSweep, count: int = 1) -> tuple[int, ...]:
    """Wait until so many processes work, and return their numbers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while len(sweep.process_ids) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(sweep.process_ids) == count
    return sweep.process_ids


def _until(process: int, states: set[str]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while psutil.Process(process).status() not in states and time.monotonic() < end:
        time.sleep(0.01)
    assert psutil.Process(process).status() in states
