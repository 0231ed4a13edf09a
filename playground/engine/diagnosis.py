"""Diagnosis: what is the matter with a network that learns badly, and the edit that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from playground.engine.checks.finding import Finding, FindingKey, Situation
from playground.engine.checks.inputs import input_scale
from playground.engine.checks.reading import constant_input, reads_answer
from playground.engine.checks.runaway import diverged, not_finite
from playground.engine.checks.stuck import dead_relu, saturated
from playground.engine.checks.wiring import no_way_in, no_way_out
from playground.model.dataset import BoundData
from playground.model.experiment import Experiment
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

__all__ = ["CHECKS", "Finding", "FindingKey", "diagnose"]

CHECKS: Mapping[FindingKey, Callable[[Situation], Iterator[Finding]]] = {
    "not_finite": not_finite,
    "diverged": diverged,
    "reads_answer": reads_answer,
    "input_scale": input_scale,
    "constant_input": constant_input,
    "dead_relu": dead_relu,
    "saturated": saturated,
    "no_way_in": no_way_in,
    "no_way_out": no_way_out,
}
"""The checks, the gravest first."""


def diagnose(
    experiment: Experiment,
    bound: BoundData | None,
    state: LearnerState,
    snapshot: Snapshot | None = None,
    *,
    ran_away: bool = False,
) -> tuple[Finding, ...]:
    """Return what is the matter, the gravest first; empty where nothing is.

    bound : the data as `experiment.network` sees them, None while there are none
    state : what has been learned; snapshot : how the run went, None before the first training
    ran_away : whether the last run has diverged; its last step was not made, so the values may look harmless
    """
    situation = Situation(experiment, bound, state, snapshot, ran_away)
    return tuple(finding for check in CHECKS.values() for finding in check(situation))
