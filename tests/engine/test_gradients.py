"""Gradients over all rows against `autograd`."""

from __future__ import annotations

import numpy as np
import pytest

from kernels import oracle
from playground.engine.gradients import gradients
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment, Learning
from playground.model.keys import REGULARIZATIONS
from tests.kernels.autograd_reference import assert_close, penalty, reference
from tests.strategies import bound_data, random_case


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("elements", [1 << 19, 40])
def test_they_agree_with_autograd_whatever_the_blocks(
    seed: int, elements: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oracle, "ELEMENTS", elements)
    case = random_case(np.random.default_rng(seed))
    learning = Learning(loss=case.loss, regularization=REGULARIZATIONS[seed % 3], regularization_rate=0.05)
    found = gradients(
        Experiment(case.network, learning=learning), case.parameters, bound_data(case.inputs, case.targets)
    )
    expected = reference(case, learning)
    index = case.network.parameter_index
    places = np.array([index[edge.parameter] for edge in case.network.edges.values()], np.intp)
    assert found.loss + found.penalty == pytest.approx(expected.objective, rel=1e-10)
    assert found.penalty == pytest.approx(float(penalty(learning, case.parameters.weights)), rel=1e-12)
    assert_close(found.edges, expected.weights[places])
    assert_close(found.nodes, expected.biases)


def test_what_cannot_learn_has_none() -> None:
    case = random_case(np.random.default_rng(0), "squared")
    with pytest.raises(TrainingError, match="no rows"):
        gradients(case.experiment, case.parameters, bound_data(case.inputs[:0], case.targets[:0]))
