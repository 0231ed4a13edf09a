"""`playground bench`: measures this computer, the ladder of kernels and training, in a process of its own."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any, BinaryIO

from kernels.bench.requests import KEYS
from kernels.environment import plain
from kernels.threads import available_cores
from playground.app.cli.bench_figures import Figures
from playground.app.cli.bench_table import lines_of
from playground.app.cli.output import tell, tell_json
from playground.app.cli.refusals import JobError, UsageError
from playground.app.kernel_preparing import keep_compiled
from playground.model.message import format_number, message

# -P: whatever lies in the folder from which the program was started is not taken for ours.
COMMAND = (sys.executable, "-P", "-m", "kernels.bench.child")
END_SECONDS = 10

Event = Mapping[str, Any]


def run(arguments: argparse.Namespace) -> None:
    """Measure, and tell what is found as it comes, or as one object at the end."""
    _check(arguments)
    began = perf_counter()
    keep_compiled()
    environment, overrides = plain(os.environ)
    figures = Figures(overrides)
    for event in measured(_request(arguments), environment):
        figures.add(event)
        if not arguments.json:
            for line in lines_of(event, figures):
                tell(line)
            sys.stdout.flush()
    if not figures.entries:
        raise JobError(figures.why_nothing)
    seconds = perf_counter() - began
    if arguments.json:
        tell_json(figures.as_json(seconds))
    else:
        tell(f"\nMeasured in {format_number(seconds)} s.")


def measured(request: Event, environment: Mapping[str, str]) -> Iterator[Event]:
    """Yield what the measuring process says until it is done. Raises JobError."""
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=environment
        )
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.close()
            for line in process.stdout:
                event: Event = json.loads(line)
                if event["event"] == "failed":
                    raise JobError(message(event["reason"]["template"], **event["reason"]["values"]))
                if event["event"] == "done":
                    return
                yield event
            raise _lost(process.wait(END_SECONDS), complaints)
        finally:
            process.kill()
            process.wait(END_SECONDS)
            if process.stdout is not None:
                process.stdout.close()


def _lost(code: int, complaints: BinaryIO) -> JobError:
    """What is said of a process that ended before it was done."""
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    why = lines[-1] if lines else "it said nothing"
    return JobError(
        message("The measuring ended by itself with {code}: {why}.", code=code, why=why.rstrip("."))
    )


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what cannot be measured before anything starts. Raises UsageError."""
    unknown = [name for name in arguments.kernels if name not in KEYS]
    if unknown:
        raise UsageError(
            message("There is no kernel {name}; there is {known}.", name=unknown[0], known=", ".join(KEYS))
        )
    cores = available_cores()
    if arguments.threads is not None and arguments.threads > cores:
        raise UsageError(
            message(
                "There are not {threads} cores for so many threads; there are {cores}.",
                threads=arguments.threads,
                cores=cores,
            )
        )


def _request(arguments: argparse.Namespace) -> Event:
    return {
        "do": "report",
        "sizes": arguments.sizes,
        "rungs": arguments.kernels,
        "threads": [] if arguments.threads is None else [arguments.threads],
        "dtypes": [] if arguments.dtype is None else [arguments.dtype],
        "quick": arguments.quick,
    }
