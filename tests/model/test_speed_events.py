"""What the measuring process says: every event is read, and nothing else is taken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from playground.model.message import message
from playground.model.speed import Adapter, MachineFacts, Peak, RungFacts, Timing, Traffic
from playground.model.speed_events import (
    Done,
    Event,
    EventError,
    Failed,
    Measured,
    Preparing,
    Progress,
    Refused,
    RungsFound,
    Scheduled,
    Timed,
    decode,
)
from playground.model.speed_requests import RaceAsked, ScheduleAsked, encode

TIMING = Timing(
    kernel="numba-parallel",
    operation="gemm",
    m=1024,
    n=512,
    k=256,
    dtype="float32",
    threads=2,
    repeats=7,
    seconds=0.005,
    gflops=430.5,
    low_gflops=420.0,
    high_gflops=440.0,
    gbytes_per_second=2.5,
    compile_seconds=0.75,
    error_over_bound=0.2,
    share_of_peak=0.86,
    times_python=116_000.0,
)
MACHINE = MachineFacts(
    processor="Some processor",
    cores=2,
    vector_bits=512,
    features="AVX-512",
    caches_kib=(("L1", 48), ("L2", 1024)),
    peaks=(Peak("float32", 268.0, 536.0), Peak("float64", 134.0, 268.0)),
    bandwidth_one=20.0,
    bandwidth_all=30.0,
    blas="OpenBLAS 0.3.31",
    blas_core="Zen",
    overrides=("OPENBLAS_CORETYPE",),
    adapters=(Adapter("llvmpipe", "Vulkan", is_gpu=False),),
)
RUNG = {
    "key": "webgpu",
    "title": "GPU through WebGPU",
    "device": "gpu",
    "operations": ["gemm", "gemv"],
    "dtypes": ["float32"],
    "is_parallel": False,
    "why_not": {"template": "The adapter {name} is no GPU.", "values": {"name": "llvmpipe"}},
}
WALK = {
    "kernel": "numba-blocked",
    "m": 4,
    "n": 6,
    "k": 8,
    "threads": 2,
    "steps": [[0, 0, 0, 2, 0, 6, 0, 8], [0, 1, 2, 4, 0, 6, 0, 8]],
    "traffic": [{"level": "L1", "n_bytes": 768}],
}
REASON = {"template": "It does not fit: {size} bytes.", "values": {"size": 12}}


def line(event: str, **what: object) -> bytes:
    """An event as the process writes it."""
    return json.dumps({"event": event, "id": 5, **what}).encode() + b"\n"


EVENTS: tuple[tuple[bytes, Event], ...] = (
    (line("preparing", kernel="numba-packed"), Preparing(id=5, kernel="numba-packed")),
    (line("timed", timing=asdict(TIMING)), Timed(id=5, timing=TIMING)),
    (
        line("refused", kernel="python", reason=REASON),
        Refused(id=5, kernel="python", reason=message("It does not fit: {size} bytes.", size=12)),
    ),
    (line("machine", machine=asdict(MACHINE)), Measured(id=5, machine=MACHINE)),
    (line("progress", done=3, total=7), Progress(id=5, done=3, total=7)),
    (line("done"), Done(id=5)),
    (
        line("failed", reason=REASON),
        Failed(id=5, reason=message("It does not fit: {size} bytes.", size=12)),
    ),
)


@pytest.mark.parametrize(("written", "event"), EVENTS, ids=lambda part: type(part).__name__)
def test_an_event_is_read(written: bytes, event: Event) -> None:
    assert decode(written) == event


def test_an_event_may_belong_to_no_request() -> None:
    assert decode(b'{"event": "done"}') == Done(id=None)


def test_rungs_are_read() -> None:
    found = decode(line("rungs", rungs=[RUNG, {**RUNG, "key": "numpy", "why_not": None}]))
    assert isinstance(found, RungsFound)
    first, second = found.rungs
    why = message("The adapter {name} is no GPU.", name="llvmpipe")
    title = message("GPU through WebGPU")
    assert first == RungFacts("webgpu", title, "gpu", ("gemm", "gemv"), ("float32",), False, why)
    assert second.why_not is None


def test_a_schedule_is_read() -> None:
    found = decode(line("schedule", schedule=WALK))
    assert isinstance(found, Scheduled)
    schedule = found.schedule
    assert (schedule.kernel, schedule.m, schedule.n, schedule.k) == ("numba-blocked", 4, 6, 8)
    assert schedule.traffic == (Traffic("L1", 768),)
    assert schedule.steps.dtype == np.int64
    assert schedule.steps.tolist() == WALK["steps"]
    assert not schedule.steps.flags.writeable


def test_a_schedule_without_steps_is_read() -> None:
    found = decode(line("schedule", schedule={**WALK, "m": 0, "steps": []}))
    assert isinstance(found, Scheduled)
    assert found.schedule.steps.shape == (0, 8)


def walk(**changes: object) -> bytes:
    """A schedule with something wrong."""
    return line("schedule", schedule={**WALK, **changes})


MALFORMED: Mapping[str, bytes] = {
    "nothing": b"",
    "no JSON": b"Hello\n",
    "half a line": line("done")[:-6],
    "no text": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "a list": b"[1, 2]",
    "no event": b'{"id": 3}',
    "unknown event": line("applause"),
    "a number as text": b'{"event": "done", "id": "5"}',
    "no kernel": line("preparing"),
    "half a timing": line("timed", timing={"kernel": "numpy"}),
    "unknown type": line("timed", timing={**asdict(TIMING), "dtype": "float16"}),
    "not a number": line("timed", timing={**asdict(TIMING), "gflops": float("nan")}),
    "nothing to say": line("refused", kernel="numpy", reason=None),
    "a sentence without its value": line("failed", reason={"template": "It has {size} bytes."}),
    "a brace alone": line("failed", reason={"template": "It has {"}),
    "a title with a hole": line("rungs", rungs=[{**RUNG, "title": "NumPy ({blas})"}]),
    "a step that is too short": walk(steps=[[0, 0, 0, 2]]),
    "a step that leaves the matrix": walk(steps=[[0, 0, 0, 5, 0, 6, 0, 8]]),
    "a step that goes back": walk(steps=[[0, 0, 2, 1, 0, 6, 0, 8]]),
    "a negative step": walk(steps=[[0, -1, 0, 2, 0, 6, 0, 8]]),
    "steps out of order": walk(steps=[[1, 0, 0, 2, 0, 6, 0, 8], [0, 0, 2, 4, 0, 6, 0, 8]]),
    "a huge number": walk(steps=[[0, 0, 0, 2, 0, 6, 0, 2**70]]),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_what_is_no_event_is_refused(what: str) -> None:
    with pytest.raises(EventError) as refused:
        decode(MALFORMED[what])
    assert refused.value.message.template.startswith("The measuring process said something unknown")


def test_a_request_is_one_line_of_json() -> None:
    race = RaceAsked(id=4, operation="gemv", m=8, n=1, k=9, dtype="float64", rungs=(("numpy", 2),))
    walked = ScheduleAsked(kernel="numpy", m=1, n=2, k=3, threads=2, dtype="float32")
    read: list[Any] = []
    for request in (race, walked):
        written = encode(request)
        assert written.count(b"\n") == 1
        assert written.endswith(b"\n")
        read.append(json.loads(written))
    assert read[0] == {
        "do": "race", "id": 4, "operation": "gemv", "m": 8, "n": 1, "k": 9, "dtype": "float64",
        "rungs": [["numpy", 2]],
    }  # fmt: skip
    assert read[1]["do"] == "schedule"
    assert read[1]["threads"] == 2
