"""Losses noted within a call, and the rules that end it, against the engine's own scores and own watch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kernels import codes, oracle
from kernels.codes import LOSS_CODES
from kernels.optimizers import Rule
from kernels.training.fused import POINTS, FusedTrainer
from kernels.training.progress import COLUMNS, Rules
from kernels.training.task import DType, Judgement
from playground.engine.metrics import score
from playground.engine.stopping import Watch
from playground.model.experiment import Learning
from playground.model.keys import Loss
from tests.kernels.training.runs import GO_ON, Run, default_run, run_of
from tests.strategies import dense_network, random_case

DTYPES: tuple[DType, ...] = ("float32", "float64")
CLOSE = {"float64": 1e-12, "float32": 1e-5}
JUDGED: list[tuple[Loss, Judgement | None]] = [
    ("squared", None),
    ("squared", "sign"),
    ("squared", "half"),
    ("squared", "largest"),
    ("cross_entropy", "half"),
    ("cross_entropy", "largest"),
    ("softmax_cross_entropy", "largest"),
]


def trainer_of(run: Run, dtype: DType = "float64", n_test: int = 0) -> FusedTrainer:
    trainer = FusedTrainer(
        run.task, run.inputs, run.targets, run.inputs[:n_test], run.targets[:n_test], dtype=dtype
    )
    trainer.set_values(run.values, (), 0)
    return trainer


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("loss", "how"), JUDGED)
@pytest.mark.parametrize("regularization", [codes.L1, codes.L2])
def test_scores_are_those_of_the_engine(
    rng: np.random.Generator, loss: Loss, how: Judgement | None, regularization: int, dtype: DType
) -> None:
    case = random_case(rng, loss, 75)
    run = run_of(case, None, regularization, 0.1)
    run = run._replace(task=replace(run.task, how=how))
    if how == "half":
        run = run._replace(targets=np.round(np.abs(run.targets)).clip(0, 1))
    found = trainer_of(run, dtype, 30).score()
    graph, n_parameters = run.task.graph, run.task.graph.n_parameters
    values = run.values[:n_parameters], run.values[n_parameters:]
    train = score(graph, loss, how, *values, run.inputs, run.targets)
    test = score(graph, loss, how, *values, run.inputs[:30], run.targets[:30])
    penalty = oracle.penalty(regularization, 0.1, values[0])
    expected = (train.loss, test.loss, train.accuracy, test.accuracy, penalty)
    np.testing.assert_allclose(found, expected, rtol=CLOSE[dtype], equal_nan=True)


def test_there_is_nothing_to_say_of_no_test_rows(rng: np.random.Generator) -> None:
    _, loss, _, accuracy, _ = trainer_of(default_run(rng)).score()
    assert np.isnan([loss, accuracy]).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("loss", list(LOSS_CODES))
def test_every_node_answers(rng: np.random.Generator, loss: Loss, dtype: DType) -> None:
    run = run_of(random_case(rng, loss, 4))
    graph, n_parameters = run.task.graph, run.task.graph.n_parameters
    inputs = rng.normal(size=(101, run.inputs.shape[1]))
    found = trainer_of(run, dtype).forward_rows(inputs)
    done = oracle.forward(graph, run.values[:n_parameters], run.values[n_parameters:], inputs)
    expected = done.activations.copy()
    expected[:, graph.outputs] = oracle.answers(graph, run.task.loss, done)
    np.testing.assert_allclose(found, expected, rtol=CLOSE[dtype], atol=CLOSE[dtype])
    assert trainer_of(run, dtype).forward_rows(inputs[:0]).shape == (0, graph.n_nodes)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("stride", [1, 3])
def test_points_are_the_scores_where_they_are_due(
    rng: np.random.Generator, stride: int, dtype: DType
) -> None:
    run = default_run(rng, n_rows=53)
    noted = trainer_of(run, dtype, 20)
    progress = noted.train(2, 20, 6 * 10, GO_ON, None, Rules(stride=stride))
    assert progress.points.shape == ({1: 10, 3: 4}[stride], COLUMNS)
    alone, epoch, row, expected = trainer_of(run, dtype, 20), 2, 20, []
    while (epoch, row) != (progress.epoch, progress.row):
        done = alone.train(epoch, row, 1, GO_ON)
        epoch, row = done.epoch, done.row
        if row == 0 and epoch % stride == 0:
            expected.append((epoch, *alone.score()))
    np.testing.assert_array_equal(progress.points, expected)
    np.testing.assert_array_equal(noted.values, alone.values)


def test_a_call_ends_where_the_room_for_points_does(rng: np.random.Generator) -> None:
    trainer = trainer_of(default_run(rng, n_rows=10))
    rules = Rules(window=np.inf)
    progress = trainer.train(0, 0, 10 * POINTS, GO_ON, None, rules)
    assert (progress.ended, progress.epoch, len(progress.points)) == ("full", POINTS, POINTS)
    assert trainer.train(POINTS, 0, 7, GO_ON, None, rules).epoch == POINTS + 7


def by_watch(points: np.ndarray, watch: Watch) -> tuple[int, str | None]:
    """Return where and why the engine's own watch would have ended a run with these points."""
    for epoch, loss, _, _, _, penalty in points.tolist():
        ended = watch.at_loss(epoch, loss, penalty) or watch.at_epoch(epoch)
        if ended:
            return int(epoch), ended
    return int(points[-1, 0]), None


@pytest.mark.parametrize("calls", [1, 7])
@pytest.mark.parametrize(
    ("ended", "rate", "is_linear", "settings"),
    [
        ("epochs", 0.01, False, {"stop_epochs": 40}),
        ("loss", 0.1, False, {"stop_loss": 0.44}),
        ("converged", 1e-9, False, {}),
        ("converged", 0.1, True, {}),
        ("diverged", 60.0, True, {}),
        ("budget", 0.05, False, {}),
    ],
)
def test_a_run_ends_where_the_watch_says(
    rng: np.random.Generator, ended: str, rate: float, is_linear: bool, settings: dict[str, float], calls: int
) -> None:
    run = default_run(rng, dense_network((2, 3, 1), "linear") if is_linear else None, 30)
    run = run._replace(
        task=replace(run.task, rule=Rule(learning_rate=rate), regularization=codes.L2, rate=1e-3)
    )
    learning = Learning(**settings)  # type: ignore[arg-type]  # settings by name
    first = trainer_of(run).score()
    watch, followed = (Watch(learning, 0.0, first[0] + first[4], 0.5) for _ in range(2))
    rules = followed.rules(1)
    trainer, epoch, row, points, why = trainer_of(run), 0, 0, [], "budget"
    for _ in range(calls):
        progress = trainer.train(epoch, row, 3000 // calls, GO_ON, None, rules)
        epoch, row, why = progress.epoch, progress.row, progress.ended
        points.append(progress.points)
        if why != "budget":
            break
    assert why == ended
    if ended != "diverged":
        at, reason = by_watch(np.concatenate(points), watch)
        assert (at, reason or "budget") == (epoch, ended)
        np.testing.assert_array_equal(rules.watch[3:], watch.rules(1).watch[3:])


def test_a_loss_that_runs_away_ends_the_run(rng: np.random.Generator) -> None:
    run = default_run(rng)
    rules = Rules(watch=np.array([0.1, 1e-3, 1.0, np.inf, 0.0]))
    progress = trainer_of(run).train(0, 0, 1000, GO_ON, None, rules)
    assert (progress.epoch, progress.ended, len(progress.points)) == (1, "diverged", 1)
