"""Runs compare only where they learned the same task."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.engine.fitting import fitting_experiment
from playground.model.experiment import BuiltInData, Column, DataSpec, Table, TableData
from playground.model.run import Instant, Run, have_same_task
from playground.model.trace import LearnerState

TABLE = Table((Column("size"), Column("weight"), Column("price")), np.arange(12.0).reshape(4, 3))
CIRCLE = BuiltInData("circle", 60)


def run_on(data: DataSpec | None) -> Run:
    """A run of one instant on some data."""
    experiment, parameters = fitting_experiment(CIRCLE)
    state = LearnerState(parameters)
    instant = Instant(0.0, replace(experiment, data=data), state, 1.0, 1.0, 0.0, 0.5, 0.5)
    return Run(1, "", 0, True, np.zeros((1, 5)), (instant,))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (CIRCLE, replace(CIRCLE, noise=0.3, seed=4), True),
        (CIRCLE, BuiltInData("spiral", 60), False),
        (CIRCLE, None, False),
        (CIRCLE, TableData(TABLE, ("price",)), False),
        (TableData(TABLE, ("price",)), TableData(TABLE, ("price",), scaling="standard"), True),
        (TableData(TABLE, ("price",)), TableData(TABLE, ("weight",)), False),
    ],
)
def test_runs_of_the_same_data_and_targets_compare(
    one: DataSpec, other: DataSpec | None, is_same: bool
) -> None:
    assert have_same_task(run_on(one), run_on(other)) is is_same
