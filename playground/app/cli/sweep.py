"""`playground sweep`: runs every combination of several settings, and tells how each has done."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from time import perf_counter

from playground.app.cli.inputs import load, rows_of
from playground.app.cli.output import all_finite, finite, tell, tell_json
from playground.app.cli.refusals import JobError, UsageError
from playground.app.cli.sweep_table import lines_of
from playground.app.sweep_cluster import ClusterSweep, why_not_cluster
from playground.app.sweep_events import Ended, Finished, Sweep, SweepEvent
from playground.app.sweep_process import ProcessSweep, usual_workers
from playground.engine.sweep import make_points, read_setting
from playground.model.message import format_number, message, sentence
from playground.model.sweep import Outcome, Point, PointResult, Setting, Value, best, why_failed

LOOK_SECONDS = 0.2
"""How long at most Ctrl+C waits to be heard where a waiting thread cannot be interrupted."""


def run(arguments: argparse.Namespace) -> None:
    """Run all points, tell their outcomes, and fail where none of them has learned anything."""
    experiment, parameters = load(arguments.file)
    if experiment.data is None:
        rows_of(experiment)  # refuses, and says why
    settings = [read_setting(text) for text in arguments.set]
    points = make_points(experiment, parameters, settings, arguments.epochs)
    start = perf_counter()
    outcomes: dict[int, Outcome] = {}
    for finished in outcomes_of(*_sweep(arguments, points)):
        outcomes[finished.number] = finished.outcome
        _show_progress(len(outcomes), len(points))
    seconds = perf_counter() - start
    first = best([setting.key for setting in settings], outcomes)
    if arguments.json:
        tell_json(_as_json(settings, points, outcomes, first, seconds))
    else:
        tell("\n".join(lines_of(settings, points, outcomes, first)))
        runs = "1 run" if len(points) == 1 else f"{len(points)} runs"
        tell(f"\n{runs} in {format_number(seconds)} s.")
    if not any(isinstance(outcome, PointResult) for outcome in outcomes.values()):
        sys.stdout.flush()
        raise JobError(message("None of the runs has learned anything."))


def outcomes_of(sweep: Sweep, events: SimpleQueue[SweepEvent]) -> Iterator[Finished]:
    """Start a sweep and yield what its runs come to; it ends when nobody listens. Raises JobError."""
    sweep.start()
    try:
        while True:
            try:
                event = events.get(timeout=LOOK_SECONDS)
            except Empty:
                continue
            if isinstance(event, Finished):
                yield event
            elif isinstance(event, Ended):
                if event.problem is not None:
                    raise JobError(event.problem)
                return
    finally:
        sweep.cancel()


def _sweep(arguments: argparse.Namespace, points: Sequence[Point]) -> tuple[Sweep, SimpleQueue[SweepEvent]]:
    events: SimpleQueue[SweepEvent] = SimpleQueue()
    if arguments.cluster is None:
        workers = arguments.workers or usual_workers()
        return ProcessSweep(points, workers, events.put), events
    if arguments.workers is not None:
        raise UsageError(message("A cluster has its own number of workers; leave --workers out."))
    problem = why_not_cluster()
    if problem is not None:
        raise JobError(problem)
    return ClusterSweep(points, arguments.cluster, events.put), events


def _show_progress(done: int, total: int) -> None:
    """Say on a terminal how far it is, in a line that is written over again."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done} of {total} runs", end=end, file=sys.stderr, flush=True)


def _as_json(
    settings: Sequence[Setting],
    points: Sequence[Point],
    outcomes: Mapping[int, Outcome],
    first: int | None,
    seconds: float,
) -> object:
    return {
        "settings": {setting.key: list(setting.values) for setting in settings},
        "runs": [_run_as_json(point, outcomes[point.number]) for point in points],
        "best": first,
        "seconds": seconds,
    }


def _run_as_json(point: Point, outcome: Outcome) -> object:
    chosen: dict[str, Value] = dict(point.chosen)
    problem = why_failed(outcome)
    said = {"settings": chosen, "problem": None if problem is None else sentence(problem)}
    if not isinstance(outcome, PointResult):
        return said
    epochs, *figures = outcome.curve.T.tolist()
    names = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    return said | {
        "epochs": int(outcome.epochs),
        "stopped": outcome.stopped,
        "loss": {"train": finite(outcome.train_loss), "test": finite(outcome.test_loss)},
        "accuracy": {"train": finite(outcome.train_accuracy), "test": finite(outcome.test_accuracy)},
        "penalty": finite(outcome.penalty),
        "seconds": outcome.seconds,
        "curve": {"epoch": epochs}
        | {name: all_finite(values) for name, values in zip(names, figures, strict=True)},
        "network": json.loads(outcome.file)["network"],
    }
