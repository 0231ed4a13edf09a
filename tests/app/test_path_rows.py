"""The ways from an edge to the loss, as rows for people."""

from __future__ import annotations

from random import Random

import pytest

from playground.app.path_rows import path_rows
from playground.engine.paths import strongest_paths
from playground.model.experiment import Experiment
from playground.model.message import sentence
from playground.model.stage import Stage
from playground.model.trace import LearnerState
from tests.engine.passes import layered, pass_over, random_parameters


@pytest.mark.parametrize(
    ("sizes", "listed", "others"),
    [((2, 3, 1), 1, 0), ((2, 4, 5, 1), 5, 0), ((2, 3, 13, 1), 12, 1), ((2, 6, 5, 4, 1), 12, 8)],
)
def test_the_ways_to_the_loss_are_rows_that_add_up(sizes: tuple[int, ...], listed: int, others: int) -> None:
    random = Random(8)
    experiment = Experiment(layered(sizes))
    network = experiment.network
    state = LearnerState(random_parameters(random, network))
    trace = pass_over(experiment, state, [[0.3, -0.7]], [[1.0]])
    paths = strongest_paths(trace, 0, network.edge_keys[0])
    rows = path_rows(paths, Stage(experiment, state.parameters))
    assert len(rows) == listed + bool(others)
    assert sum(product for _, product in rows) == pytest.approx(paths.total, rel=1e-12)
    texts = [sentence(text) for text, _ in rows]
    assert all(text.count(" → ") == len(sizes) - 1 for text in texts[:listed])
    told = "and one other path" if others == 1 else f"and {others} other paths together"
    assert texts[listed:] == [told] * bool(others)
