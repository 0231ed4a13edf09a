"""Scores are worked out when something was trained, and not more often than needed."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine import scoring
from playground.engine.compile import compile_graph
from playground.engine.metrics import evaluate, judgement
from playground.engine.scoring import NO_END, Scoring
from playground.engine.session import Session
from playground.engine.stopping import WINDOW_EPOCHS
from playground.model.experiment import Learning
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from tests.strategies import Case, bound_data, random_case

NOTHING = np.empty((0, 5))


def prepared(n_test: int = 4) -> tuple[Case, Scoring]:
    case = random_case(np.random.default_rng(1), "cross_entropy", n_rows=10 + n_test)
    bound = bound_data(case.inputs[:10], case.targets[:10], case.inputs[10:], case.targets[10:])
    learning = Learning(loss=case.loss, regularization="l2", regularization_rate=0.1)
    return case, Scoring(compile_graph(case.network), learning, bound, NOTHING)


def test_the_scores_are_those_of_the_rows() -> None:
    case, found = prepared()
    values = case.parameters
    found.look(values.weights, values.biases, 0)
    how, graph = judgement(case.loss, case.targets), compile_graph(case.network)
    assert found.train == evaluate(graph, case.loss, how, values, case.inputs[:10], case.targets[:10])
    assert found.test == evaluate(graph, case.loss, how, values, case.inputs[10:], case.targets[10:])
    assert found.penalty == pytest.approx(0.05 * (values.weights**2).sum())
    assert found.point(2.5) == (
        2.5,
        found.train.loss,
        found.test.loss,
        found.train.accuracy,
        found.test.accuracy,
    )


def test_nothing_is_worked_out_twice() -> None:
    case, found = prepared()
    found.look(case.parameters.weights, case.parameters.biases, 3)
    before = found.train
    found.look(case.parameters.weights + 1.0, case.parameters.biases, 3)
    assert found.train is before
    found.look(case.parameters.weights + 1.0, case.parameters.biases, 4)
    assert found.train != before


@pytest.mark.parametrize(("n_test", "stride"), [(0, 1), (10, 1), (20, 1), (21, 2), (95, 4)])
def test_large_test_sets_are_looked_at_more_seldom(n_test: int, stride: int) -> None:
    assert prepared(n_test)[1].stride == stride


def test_a_large_task_shows_the_last_scores_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "SMALL_WORK", 0)
    case = random_case(np.random.default_rng(1), "squared", n_rows=30)
    bound = bound_data(case.inputs, case.targets)
    run = Session(case.experiment, bound, LearnerState(case.parameters))
    run.run_epoch()
    noted = run.snapshot()
    run.advance(lambda: True, 0.0)
    later = run.snapshot()
    assert later.train_loss == noted.train_loss == noted.history[-1, 1]
    assert later.state.parameters != noted.state.parameters
    changed = run.with_experiment(run.experiment, bound)
    assert changed.snapshot().train_loss == noted.train_loss
    changed.run_epoch()
    graph, now = compile_graph(case.network), changed.snapshot()
    values = Parameters(now.state.parameters.weights, now.state.parameters.biases)
    expected = evaluate(graph, case.loss, None, values, case.inputs, case.targets).loss
    assert now.train_loss == expected


@pytest.mark.parametrize(
    ("epoch", "expected"),
    [(0, (3, 1536)), (1535, (3, 1536)), (1536, (12, 12288)), (12287, (12, 12288)), (12288, (96, NO_END))],
)
def test_a_long_run_is_noted_more_seldom(epoch: int, expected: tuple[int, int]) -> None:
    assert prepared(n_test=80)[1].stride == 3
    assert prepared(n_test=80)[1].stride_at(epoch) == expected


def test_where_it_is_noted_more_seldom_both_strides_meet() -> None:
    for n_test in (4, 30, 80, 200):
        found, epoch = prepared(n_test)[1], 0
        stride, until = found.stride_at(epoch)
        while until != NO_END:
            following, later = found.stride_at(until)
            assert until % stride == until % following == 0
            assert following > stride
            stride, until = following, later
        # Several notes lie in the time that decides whether a run has converged.
        assert stride <= max(1, found.stride) * WINDOW_EPOCHS / 9


def test_figures_of_a_trainer_are_taken_over() -> None:
    _, found = prepared()
    found.take((0.5, 0.25, 0.75, 1.0, 0.125), 7)
    assert found.figures == (0.5, 0.25, 0.75, 1.0, 0.125)
    assert (found.train.loss, found.test.accuracy, found.penalty) == (0.5, 1.0, 0.125)
    assert found.is_at(7)
    assert not found.is_at(8)
