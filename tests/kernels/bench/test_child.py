"""The measuring process: what it is asked and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from kernels import machine
from kernels.bench import child
from kernels.bench.requests import FIELDS
from kernels.environment import plain
from kernels.ladder.kernel import DTYPES
from kernels.ladder.registry import RUNGS
from kernels.limits import registers
from kernels.threads import available_cores
from playground.model import speed_events as events
from playground.model.message import sentence
from playground.model.speed_events import decode

COMMAND = [sys.executable, "-P", "-m", "kernels.bench.child"]
PRODUCT = {"m": 24, "n": 24, "k": 24, "dtype": "float32"}


def answers(*requests: dict[str, Any] | bytes) -> list[events.Event]:
    """What is said in this process, each through JSON and the window's own decoder."""
    lines = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in requests]
    said: list[dict[str, Any]] = []
    child.serve(lines, said.append)
    return [decode(json.dumps(event, allow_nan=False).encode()) for event in said]


def test_every_request_has_its_answer() -> None:
    assert child.DO.keys() == FIELDS.keys()


def test_a_race_is_answered_in_order_and_repeats_its_number() -> None:
    found = answers(
        {"do": "race", "id": 5, "operation": "gemm", "rungs": [["python", 1], ["numpy", 1]], **PRODUCT}
    )
    assert {event.id for event in found} == {5}
    kinds = [type(event) for event in found]
    assert kinds == [events.Measured, *[events.Preparing, events.Timed, events.Progress] * 2, events.Done]
    timings = [event.timing for event in found if isinstance(event, events.Timed)]
    assert [timing.kernel for timing in timings] == ["python", "numpy"]
    assert all(timing.is_right and timing.ratio_to_numpy and timing.times_python for timing in timings)


def test_the_whole_ladder_is_told_with_reasons() -> None:
    found, done = answers({"do": "rungs", "id": 1})
    assert isinstance(found, events.RungsFound)
    assert [rung.key for rung in found.rungs] == [rung.key for rung in RUNGS]
    assert all(rung.why_not is None for rung in found.rungs if rung.device == "cpu")
    assert isinstance(done, events.Done)


def test_sweeps_and_scaling_are_answered() -> None:
    sweep = answers(
        {"do": "sweep", "operation": "gemv", "sizes": [8, 16], "dtype": "float64", "rungs": [["numpy", 1]]}
    )
    assert [event.timing.m for event in sweep if isinstance(event, events.Timed)] == [8, 16]
    scaling = answers({"do": "scaling", "size": 16, "dtype": "float32", "rungs": ["python"]})
    assert [type(event) for event in scaling] == [events.Measured, events.Refused, events.Done]


def test_limits_are_told_again_where_a_kernel_passes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    measure = machine.measure

    def disturbed(overrides: tuple[str, ...]) -> machine.Machine:
        found = measure(overrides)
        monkeypatch.setattr(registers, "_known", known)  # as if nothing had been left over for the measuring
        return machine.revised(found)

    low = {(dtype, threads): 1e-6 for dtype in DTYPES for threads in (1, available_cores())}
    known = lambda: low  # noqa: E731  # takes the place of a function
    monkeypatch.setattr(machine, "measure", disturbed)
    found = answers({"do": "race", "operation": "gemm", "rungs": [["numpy", 1]], **PRODUCT})
    told = [event.machine for event in found if isinstance(event, events.Measured)]
    (timing,) = [event.timing for event in found if isinstance(event, events.Timed)]
    assert [one.peaks[0].one_core > timing.gflops for one in told] == [False, True]
    assert timing.share_of_peak == timing.gflops / told[-1].peaks[0].one_core


def test_a_kernel_is_prepared_without_being_timed() -> None:
    found = answers({"do": "prepare", "kernel": "numpy", "dtype": "float32"})
    assert [type(event) for event in found] == [events.Preparing, events.Done]


def test_a_schedule_is_told() -> None:
    found, _ = answers({"do": "schedule", "kernel": "numba-blocked", "threads": 1, **PRODUCT})
    assert isinstance(found, events.Scheduled)
    steps = found.schedule.steps
    volume = (steps[:, 3] - steps[:, 2]) * (steps[:, 5] - steps[:, 4]) * (steps[:, 7] - steps[:, 6])
    assert volume.sum() == 24**3


@pytest.mark.parametrize(
    "request_",
    [
        b"what?",
        {"do": "dance"},
        {"do": "race"},
        {"do": "schedule", "kernel": "numpy", "threads": 1, **PRODUCT},
    ],
)
def test_a_wrong_request_is_answered_by_a_sentence_and_the_next_one_is_heard(
    request_: dict[str, Any] | bytes,
) -> None:
    failed, *rest = answers(request_, {"do": "rungs"})
    assert isinstance(failed, events.Failed)
    assert sentence(failed.reason).endswith(".")
    assert isinstance(rest[0], events.RungsFound)


def test_an_error_in_the_program_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_request: object) -> Iterator[dict[str, Any]]:
        raise ZeroDivisionError("nothing\nleft")

    monkeypatch.setattr(child, "DO", {**child.DO, "machine": fail})
    (failed,) = answers({"do": "machine"})
    assert isinstance(failed, events.Failed)
    assert "ZeroDivisionError: nothing left" in sentence(failed.reason)


def test_the_process_says_nothing_but_events_and_ends_with_its_input() -> None:
    race = {"do": "race", "id": 1, "operation": "gemm", "rungs": [["numpy", 1], ["webgpu", 1]], **PRODUCT}
    lines = b"".join(json.dumps(request).encode() + b"\n" for request in ({"do": "rungs", "id": 0}, race))
    done = subprocess.run(
        COMMAND, input=lines, capture_output=True, env=plain(os.environ)[0], timeout=120, check=False
    )
    assert done.returncode == 0
    found = [decode(line) for line in done.stdout.splitlines()]
    assert {event.id for event in found} == {0, 1}
    assert sum(isinstance(event, events.Done) for event in found) == 2


def test_a_process_that_nobody_hears_any_more_ends_without_a_word() -> None:
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=plain(os.environ)[0],
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b'{"do": "prepare", "kernel": "numpy", "dtype": "float32"}\n')
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_process_that_is_ended_while_it_works_is_gone_at_once() -> None:
    request = {"do": "race", "operation": "gemm", "m": 4096, "n": 4096, "k": 4096, "dtype": "float64"}
    line = json.dumps(request | {"rungs": [["numba-loops", 1]]}).encode() + b"\n"
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=plain(os.environ)[0]
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        first, second = (decode(process.stdout.readline()) for _ in range(2))
        assert (type(first), type(second)) == (events.Measured, events.Preparing)
        process.kill()
        process.wait(10)
        assert process.stdout.read() == b""


def test_the_process_needs_no_window_and_no_compiler_to_begin() -> None:
    heavy = "{'PySide6', 'numba', 'wgpu', 'scipy'}"
    code = f"import sys, kernels.bench.child; print({heavy} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "set()"
