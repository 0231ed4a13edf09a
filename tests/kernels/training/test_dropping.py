"""Dropout and schedules in compiled code against the oracle, for any threads, batches and pauses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from kernels import codes, optimizers, oracle
from kernels.dropout import Dropout, kept
from kernels.ladder import numpy_blas
from kernels.optimizers import Rule
from kernels.rates import Rates
from kernels.training.dense import DenseTrainer
from kernels.training.fused import FusedTrainer
from kernels.training.task import DType, Task
from playground.engine.compile import compile_graph
from playground.model.parameters import Floats
from tests.kernels.training.runs import GO_ON, Run, by_oracle
from tests.strategies import Case, dense_network, random_case

DTYPES: tuple[DType, ...] = ("float32", "float64")
RATES = (Rates(), Rates(codes.STEP, 2, 0.5), Rates(codes.COSINE, 5, 0.1))
CLOSE = {"float64": 1e-9, "float32": 1e-3}
N_EPOCHS = 7


class Settings(NamedTuple):
    """What is to be checked."""

    share: float
    rates: Rates
    optimizer: int


SETTINGS = [
    Settings(share, rates, optimizer)
    for share in (0.0, 0.3)
    for rates in RATES
    for optimizer in codes.OPTIMIZER_CODES.values()
]


def run_with(case: Case, settings: Settings) -> Run:
    """A case as a run with dropout and a schedule."""
    ids = np.array(case.network.node_ids, np.int64)
    task = Task(
        compile_graph(case.network),
        codes.LOSS_CODES[case.loss],
        Rule(settings.optimizer, 0.02, rates=settings.rates),
        dropout=Dropout(settings.share, 11, ids) if settings.share else None,
    )
    values = np.concatenate([case.parameters.weights, case.parameters.biases])
    return Run(task, values, case.inputs, case.targets)


def orders_for(run: Run) -> NDArray[np.intp]:
    rng = np.random.default_rng(4)
    return np.array([rng.permutation(len(run.inputs)) for _ in range(N_EPOCHS)])


def trained(
    run: Run,
    dtype: DType,
    batch_size: int,
    threads: int = 1,
    n_batches: int = 10**6,
    is_dense: bool = False,
) -> Floats:
    """Values after all epochs, in calls of so many batches."""
    if is_dense:
        dense = DenseTrainer(
            run.task, run.inputs, run.targets, None, None, dtype, batch_size, gemm=numpy_blas.gemm
        )
    trainer = (
        dense
        if is_dense
        else FusedTrainer(run.task, run.inputs, run.targets, None, None, dtype, batch_size, threads)
    )
    trainer.set_values(run.values, optimizers.start(run.task.rule, len(run.values)), 0)
    orders, epoch, row = orders_for(run), 0, 0
    while epoch < N_EPOCHS:
        done = trainer.train(epoch, row, n_batches, GO_ON, orders[epoch:])
        assert done.batches > 0
        epoch, row = done.epoch, done.row
    return trainer.values


def case_of(seed: int) -> Case:
    return random_case(np.random.default_rng(seed), "squared", 23)


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_it_learns_as_the_oracle_does(settings: Settings, dtype: DType) -> None:
    for seed in range(3):
        run = run_with(case_of(seed), settings)
        expected, _ = by_oracle(run, 7, 4 * N_EPOCHS, orders_for(run))
        for is_dense in (False, True):
            found = trained(run, dtype, 7, is_dense=is_dense)
            np.testing.assert_allclose(found, expected, rtol=CLOSE[dtype], atol=CLOSE[dtype])


@pytest.mark.parametrize("dtype", DTYPES)
def test_no_thread_and_no_pause_changes_a_bit(dtype: DType) -> None:
    rng = np.random.default_rng(2)
    network = dense_network((4, 60, 40, 1), "tanh", "linear")
    inputs, graph = rng.normal(size=(300, 4)), compile_graph(network)
    values = rng.normal(size=graph.n_parameters + graph.n_nodes) * 0.3
    ids = np.array(network.node_ids, np.int64)
    rule = Rule(codes.ADAM, 0.01, rates=RATES[2])
    run = Run(
        Task(graph, codes.SQUARED, rule, dropout=Dropout(0.4, 5, ids)), values, inputs, inputs[:, :1] ** 2
    )
    once = trained(run, dtype, 128)
    np.testing.assert_array_equal(once, trained(run, dtype, 128, threads=2))
    np.testing.assert_array_equal(once, trained(run, dtype, 128, n_batches=1))
    np.testing.assert_array_equal(once, trained(run, dtype, 128, threads=2, n_batches=2))


@pytest.mark.parametrize("batch_size", [1, 3, 23, 200])
def test_any_size_of_batches(batch_size: int) -> None:
    rng = np.random.default_rng(9)
    network = dense_network((2, 9, 5, 2), "sigmoid", "linear")
    graph, inputs = compile_graph(network), rng.normal(size=(200, 2))
    values = rng.normal(size=graph.n_parameters + graph.n_nodes)
    values[graph.held] = 0.0
    dropout = Dropout(0.5, 1, np.array(network.node_ids, np.int64))
    run = Run(Task(graph, codes.SQUARED, Rule(), dropout=dropout), values, inputs, inputs**2)
    n_batches = -(-200 // batch_size) * N_EPOCHS
    expected, _ = by_oracle(run, batch_size, n_batches, orders_for(run))
    np.testing.assert_allclose(trained(run, "float64", batch_size), expected, rtol=1e-9, atol=1e-11)


def test_scores_and_answers_leave_nothing_out() -> None:
    case = case_of(5)
    plain, dropping = (run_with(case, Settings(share, RATES[0], codes.SGD)) for share in (0.0, 0.5))
    trainers = [FusedTrainer(run.task, run.inputs, run.targets) for run in (plain, dropping)]
    for trainer in trainers:
        trainer.set_values(plain.values, (), 0)
    first, second = (trainer.forward_rows(case.inputs) for trainer in trainers)
    np.testing.assert_array_equal(first, second)
    assert trainers[0].score()[0] == trainers[1].score()[0]


def test_compiled_masks_are_the_documented_ones() -> None:
    """With linear nodes and a weight of 1 to each, gradients of the weights out tell what was left out."""
    network = dense_network((1, 30, 1), "linear", "linear")
    graph = compile_graph(network)
    dropout = Dropout(0.5, 3, np.array(network.node_ids, np.int64))
    values = np.zeros(graph.n_parameters + graph.n_nodes)
    is_first = np.asarray(graph.sources) == 0
    values[np.asarray(graph.parameters)[is_first]] = 1.0
    task = Task(graph, codes.SQUARED, Rule(codes.SGD, 1.0), dropout=dropout)
    n_seen = 0
    for row in range(20):
        inputs, targets = np.ones((20, 1)), np.full((20, 1), -1.0)
        trainer = FusedTrainer(task, inputs, targets, batch_size=1)
        trainer.set_values(values, (), 40)
        trainer.train(0, row, 1, GO_ON)
        moved = -trainer.values[np.asarray(graph.parameters)[~is_first]]
        masks = kept(dropout, graph, 41, np.array([row]))[0, np.asarray(graph.sources)[~is_first]]
        np.testing.assert_array_equal(moved, masks)
        n_seen += int((masks == 0).sum())
    assert 200 < n_seen < 400


def test_the_oracle_alone_sees_no_mask_of_ones() -> None:
    case = case_of(1)
    graph = compile_graph(case.network)
    weights, biases = case.parameters.weights, case.parameters.biases
    ones = np.ones((len(case.inputs), graph.n_nodes))
    plain = oracle.gradients(graph, weights, biases, codes.SQUARED, case.inputs, case.targets)
    masked = oracle.gradients(graph, weights, biases, codes.SQUARED, case.inputs, case.targets, ones)
    for one, other in zip(plain, masked, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)
