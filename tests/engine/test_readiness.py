"""Whether training can start: each reason has its sentence, and it names the node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.engine.readiness import why_no_loss, why_not_train
from playground.engine.session import Session
from playground.engine.session import why_not_train as by_session
from playground.model.dataset import BoundData
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment, Learning
from playground.model.keys import LOSSES, Loss
from playground.model.message import sentence
from playground.model.network import Network, Node
from playground.model.parameters import Floats, Parameters, frozen_array
from playground.model.trace import LearnerState
from tests.strategies import bound_data, random_case

NETWORK = Network.build(
    [
        Node(1, "input", label="Height"),
        Node(2, "input", label="Width"),
        Node(3, "output", "linear", label="Price"),
        Node(4, "output", "linear", label="Ripe"),
    ]
)
ROWS = bound_data(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5, 0.5], [0.0, 1.0]]))


def experiment(loss: Loss = "squared", network: Network = NETWORK) -> Experiment:
    return Experiment(network, learning=Learning(loss=loss))


def with_inputs(values: list[list[float]]) -> BoundData:
    return replace(ROWS, train_inputs=frozen_array(values))


@pytest.mark.parametrize(
    ("asked", "rows", "words"),
    [
        (experiment(network=Network.build([Node(1, "input")])), ROWS, "no output yet"),
        (experiment(), replace(ROWS, unbound=(2,)), "Width reads nothing yet"),
        (experiment(), replace(ROWS, unbound=(1, 2)), "2 inputs read nothing yet, among them Height"),
        (experiment(), replace(ROWS, unclaimed=(4,)), "Ripe has nothing to predict"),
        (experiment(), replace(ROWS, unclaimed=(3, 4)), "2 outputs have nothing to predict"),
        (experiment(), bound_data(np.zeros((0, 2)), np.zeros((0, 2))), "no rows to learn from"),
        (experiment(), with_inputs([[1.0, np.inf], [0.0, 0.0]]), "The input Width reads values"),
        (experiment("cross_entropy"), ROWS, "needs the activation sigmoid at the output Price"),
    ],
)
def test_why_not(asked: Experiment, rows: BoundData, words: str) -> None:
    reason = why_not_train(asked, rows)
    assert reason is not None
    assert words in sentence(reason)
    with pytest.raises(TrainingError) as refused:
        Session(asked, rows, LearnerState(Parameters.zeros(asked.network)))
    assert refused.value.message == reason


@pytest.mark.parametrize(
    ("loss", "targets", "words"),
    [
        ("squared", [[np.nan, 1.0]], "not known"),
        ("softmax_cross_entropy", [[0.5, 0.6]], "sum to 1"),
        ("softmax_cross_entropy", [[-0.5, 1.5]], "sum to 1"),
    ],
)
def test_why_no_loss(loss: Loss, targets: list[list[float]], words: str) -> None:
    reason = why_no_loss(NETWORK, loss, np.array(targets))
    assert reason is not None
    assert words in sentence(reason)


def test_cross_entropy_wants_answers_from_0_to_1_and_softmax_two_outputs() -> None:
    sigmoid = Network.build([Node(1, "output", "sigmoid")])
    linear = Network.build([Node(1, "output", "linear")])
    expected: list[tuple[Network, Loss, Floats, str]] = [
        (sigmoid, "cross_entropy", np.array([[-1.0]]), "from 0 to 1"),
        (linear, "softmax_cross_entropy", np.array([[1.0]]), "two outputs"),
        (Network.build(), "squared", np.zeros((1, 0)), "no output"),
    ]
    for network, loss, targets, words in expected:
        reason = why_no_loss(network, loss, targets)
        assert reason is not None
        assert words in sentence(reason)


@pytest.mark.parametrize("loss", LOSSES)
def test_what_fits_can_be_trained(loss: Loss) -> None:
    for seed in range(10):
        case = random_case(np.random.default_rng(seed), loss)
        assert why_not_train(case.experiment, bound_data(case.inputs, case.targets)) is None


def test_the_session_offers_the_same_check() -> None:
    check: Callable[..., object] = by_session
    assert check is why_not_train
