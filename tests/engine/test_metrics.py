"""Metrics against scikit-learn's and by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import accuracy_score

from kernels import oracle
from playground.engine.compile import compile_graph
from playground.engine.metrics import Judgement, accuracy, evaluate, in_units, judgement
from playground.engine.trace import trace
from playground.model.keys import Loss
from playground.model.network import Network, Node
from playground.model.trace import LearnerState
from tests.strategies import bound_data, random_case


@pytest.mark.parametrize(
    ("loss", "targets", "expected"),
    [
        ("cross_entropy", [[0.0], [1.0]], "half"),
        ("cross_entropy", [[0.2], [1.0]], "half"),
        ("cross_entropy", [[1.0, 0.0], [0.0, 1.0]], "largest"),
        ("cross_entropy", [[1.0, 1.0], [0.0, 1.0]], "half"),
        ("softmax_cross_entropy", [[0.3, 0.7]], "largest"),
        ("squared", [[0.0], [1.0]], "half"),
        ("squared", [[-1.0], [1.0]], "sign"),
        ("squared", [[0.0, 1.0], [1.0, 0.0]], "largest"),
        ("squared", [[0.0], [2.0]], None),
        ("squared", [[0.5], [1.0]], None),
        ("squared", [[float("nan")]], None),
    ],
)
def test_how_answers_are_judged(loss: Loss, targets: list[list[float]], expected: Judgement | None) -> None:
    assert judgement(loss, np.array(targets)) == expected


def test_nothing_is_judged_without_rows() -> None:
    assert judgement("cross_entropy", np.zeros((0, 1))) is None
    assert math.isnan(accuracy("half", np.zeros((0, 1)), np.zeros((0, 1))))
    assert math.isnan(accuracy(None, np.ones((3, 1)), np.ones((3, 1))))


def test_accuracy_is_scikit_learns() -> None:
    rng = np.random.default_rng(1)
    answers, classes = rng.random((200, 3)), rng.integers(0, 3, 200)
    expected = accuracy_score(classes, answers.argmax(axis=1))
    assert accuracy("largest", answers, np.eye(3)[classes]) == pytest.approx(expected)
    answer, yes = rng.random((200, 1)), rng.integers(0, 2, (200, 1)).astype(np.float64)
    expected = accuracy_score(yes[:, 0] == 1, answer[:, 0] >= 0.5)
    assert accuracy("half", answer, yes) == pytest.approx(expected)
    assert accuracy("sign", 2 * answer - 1, 2 * yes - 1) == pytest.approx(expected)


def test_a_score_is_that_of_the_trace_whatever_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(20):
        case = random_case(np.random.default_rng(seed), n_rows=11)
        bound, graph = bound_data(case.inputs, case.targets), compile_graph(case.network)
        done = trace(case.experiment, LearnerState(case.parameters), bound, range(11))
        how = judgement(case.loss, case.targets)
        expected = accuracy(how, done.probabilities, case.targets)
        for elements in (1 << 19, 3 * graph.n_nodes):
            monkeypatch.setattr(oracle, "ELEMENTS", elements)
            found = evaluate(graph, case.loss, how, case.parameters, case.inputs, case.targets)
            assert found.loss == pytest.approx(done.loss, rel=1e-12)
            assert found.accuracy == pytest.approx(expected, nan_ok=True)


def test_no_rows_have_no_score() -> None:
    case = random_case(np.random.default_rng(2), "squared")
    found = evaluate(
        compile_graph(case.network), "squared", None, case.parameters, case.inputs[:0], case.targets[:0]
    )
    assert np.isnan(found).all()


def test_answers_in_the_units_of_their_columns() -> None:
    bound = bound_data(np.zeros((4, 1)), np.arange(8.0).reshape(4, 2))
    # The columns are x0, y0, y1.
    dataset = replace(
        bound.dataset,
        targets=(),
        offset=np.array([0.0, 100.0, -1.0]),
        scale=np.array([1.0, 10.0, 2.0]),
    )
    from playground.model.dataset import Target

    wanted = tuple(Target(name, np.zeros(4)) for name in ("y0", "y1"))
    dataset = replace(dataset, targets=wanted)
    network = Network.build(
        [Node(1, "input"), Node(2, "output", target="y1"), Node(3, "output"), Node(4, "output")]
    )
    answers = np.array([[1.0, 2.0, 3.0]])
    np.testing.assert_array_equal(in_units(network, dataset, answers), [[1.0, 120.0, 3.0]])
    np.testing.assert_array_equal(answers, [[1.0, 2.0, 3.0]])
