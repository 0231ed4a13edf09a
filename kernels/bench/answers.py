"""Events and facts as the measuring process says them: plain values, ready for JSON."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import singledispatch
from typing import Any

from kernels.bench.events import Preparing, Progress, Refused, Timed
from kernels.bench.training import TrainingSpeed
from kernels.ladder.kernel import Kernel, Reason
from kernels.ladder.schedule import Schedule
from kernels.machine import Machine

Answer = dict[str, Any]


@singledispatch
def answer(event: object) -> Answer:
    """Return what is said of an event or a fact."""
    raise TypeError(f"nothing is said of {type(event).__name__}")


@answer.register
def _(event: Preparing) -> Answer:
    return {"event": "preparing", "kernel": event.kernel}


@answer.register
def _(event: Timed) -> Answer:
    told = asdict(event.timing)
    told["error_over_bound"] = min(event.timing.error_over_bound, sys.float_info.max)  # JSON has no infinity
    return {"event": "timed", "timing": told}


@answer.register
def _(event: Refused) -> Answer:
    return {"event": "refused", "kernel": event.kernel, "reason": reason(event.reason)}


@answer.register
def _(event: Progress) -> Answer:
    return {"event": "progress", "done": event.done, "total": event.total}


@answer.register
def _(event: Machine) -> Answer:
    return {"event": "machine", "machine": asdict(event)}


@answer.register
def _(event: TrainingSpeed) -> Answer:
    return {"event": "trained", "speed": asdict(event)}


def failed(why: Reason) -> Answer:
    """Return what is said of a request that came to nothing."""
    return {"event": "failed", "reason": reason(why)}


def rungs(kernels: tuple[Kernel, ...]) -> Answer:
    """Return what is said of the ladder."""
    return {"event": "rungs", "rungs": [_rung(kernel) for kernel in kernels]}


def schedule(kernel: str, walk: Schedule) -> Answer:
    """Return what is said of the order in which a kernel works."""
    told = {
        "kernel": kernel,
        "m": walk.m,
        "n": walk.n,
        "k": walk.k,
        "threads": walk.threads,
        "steps": walk.steps.tolist(),
        "traffic": [asdict(traffic) for traffic in walk.traffic],
    }
    return {"event": "schedule", "schedule": told}


def reason(why: Reason) -> Mapping[str, object]:
    """Return a sentence as a template and its values."""
    return {"template": why.template, "values": dict(why.values)}


def _rung(kernel: Kernel) -> Answer:
    why = kernel.why_not()
    return {
        "key": kernel.key,
        "title": kernel.title,
        "device": kernel.device,
        "operations": kernel.operations,
        "dtypes": kernel.dtypes,
        "is_parallel": kernel.is_parallel,
        "why_not": None if why is None else reason(why),
    }
