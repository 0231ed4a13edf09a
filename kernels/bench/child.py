"""The measuring process: `python -m kernels.bench.child`, asked by lines and answering in lines of JSON.

Each line on standard input is a request (`kernels.bench.requests`); each line on standard output an event
that repeats the request's `id`: `preparing`, `timed`, `refused`, `machine`, `rungs`, `schedule`, `trained`,
`progress`, and at last `done`, or `failed` with a sentence. Requests are answered one after another. The
process ends when its input does, or when nobody hears it any more; whoever wants to cancel ends it. It is to
be started with the environment of `kernels.environment.plain`, for a BLAS reads its variables only when it
is loaded.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import BinaryIO

from kernels import environment, machine
from kernels.bench import answers
from kernels.bench.answers import Answer, answer
from kernels.bench.events import Event
from kernels.bench.race import LONGEST_SECONDS, prepare, race
from kernels.bench.report import Choice, report
from kernels.bench.requests import Request, RequestError, id_of, parse
from kernels.bench.scaling import scaling
from kernels.bench.sweep import BUDGET as SWEEP_BUDGET
from kernels.bench.sweep import sweep
from kernels.bench.task import Task
from kernels.bench.track import Track
from kernels.ladder import registry
from kernels.ladder.kernel import Reason
from kernels.threads import available_cores


def serve(lines: Iterable[bytes], say: Callable[[Answer], None]) -> None:
    """Answer requests until there are no more."""
    for line in lines:
        if not line.strip():
            continue
        repeated = {} if (number := id_of(line)) is None else {"id": number}
        for event in answered(line):
            say(event | repeated)


def answered(line: bytes) -> Iterator[Answer]:
    """Answer one request; its failure too is an answer."""
    try:
        request = parse(line)
        yield from DO[request.do](request)
    except RequestError as error:
        yield answers.failed(error.reason)
    except MemoryError:
        yield answers.failed(Reason("There is not enough memory for this."))
    except Exception as error:  # noqa: BLE001  # the one door of this process
        problem = " ".join(f"{type(error).__name__}: {error}".split())
        yield answers.failed(Reason("The measuring failed: {problem}.", {"problem": problem}))
    else:
        yield {"event": "done"}


def _machine(_request: Request) -> Iterator[Answer]:
    yield answer(machine.measure(environment.plain(os.environ)[1]))


def _rungs(_request: Request) -> Iterator[Answer]:
    yield answers.rungs(registry.kernels())


def _race(request: Request) -> Iterator[Answer]:
    n = 1 if request.operation == "gemv" else request.n
    task = Task(request.operation, request.m, n, request.k, request.dtype)
    yield from _below_limits(race(Track(longest_seconds=LONGEST_SECONDS), task, request.rungs))


def _sweep(request: Request) -> Iterator[Answer]:
    track = Track(SWEEP_BUDGET)
    yield from _below_limits(sweep(track, request.operation, request.sizes, request.dtype, request.rungs))


def _scaling(request: Request) -> Iterator[Answer]:
    yield from _below_limits(scaling(Track(), request.size, request.dtype, request.keys, available_cores()))


def _below_limits(events: Iterator[Event]) -> Iterator[Answer]:
    """Tell what the machine can do right now, then what happens; and its limits anew where one was passed."""
    told = machine.measure(environment.plain(os.environ)[1])
    yield answer(told)
    for event in events:
        yield answer(event)
        if (now := machine.revised(told)) != told:
            told = now
            yield answer(told)


def _prepare(request: Request) -> Iterator[Answer]:
    yield from map(answer, prepare(request.kernel, request.dtype))


def _report(request: Request) -> Iterator[Answer]:
    choice = Choice(request.sizes, request.keys, request.counts, request.dtypes, request.is_quick)
    yield from map(answer, report(choice, environment.plain(os.environ)[1]))


def _schedule(request: Request) -> Iterator[Answer]:
    module = {rung.key: rung.module for rung in registry.RUNGS}[request.kernel]
    walk = getattr(importlib.import_module(f"kernels.ladder.{module}"), "schedule", None)
    if walk is None:
        raise RequestError("This kernel is a library's: in which order it multiplies is not told.")
    made = walk(request.m, request.n, request.k, request.threads, request.dtype)
    yield answers.schedule(request.kernel, made)


DO: Mapping[str, Callable[[Request], Iterator[Answer]]] = MappingProxyType(
    {
        "machine": _machine,
        "rungs": _rungs,
        "prepare": _prepare,
        "race": _race,
        "sweep": _sweep,
        "scaling": _scaling,
        "report": _report,
        "schedule": _schedule,
    }
)


def main() -> None:
    """Serve standard input until it ends or nobody reads the answers any more.

    What libraries print goes to standard error, apart from the answers.
    """
    with suppress(BrokenPipeError), os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin.buffer, lambda event: _write(output, event))


def _write(output: BinaryIO, event: Answer) -> None:
    output.write(json.dumps(event, allow_nan=False).encode() + b"\n")
    output.flush()


if __name__ == "__main__":
    main()
