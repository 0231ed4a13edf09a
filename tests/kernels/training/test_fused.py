"""Training in compiled code against the oracle: every combination, shared and held weights, any batch."""

from __future__ import annotations

from itertools import product
from threading import Thread

import numpy as np
import pytest

from kernels import codes
from kernels.optimizers import Rule
from kernels.training.fused import FusedTrainer
from kernels.training.task import DType, Task
from playground.engine.compile import compile_graph
from playground.model.keys import ACTIVATIONS
from playground.model.network import Edge, Network, Node
from tests.kernels.training.runs import GO_ON, Run, by_oracle, default_run, loss_of, run_of
from tests.strategies import Case, random_case, random_network, random_targets

DTYPES: tuple[DType, ...] = ("float32", "float64")
CLOSE = {"float64": 1e-10, "float32": 2e-3}
LOSSES = ("squared", "cross_entropy", "softmax_cross_entropy")
RULES = [Rule(optimizer, 0.05, 0.8, 0.85, 0.99, 1e-6) for optimizer in codes.OPTIMIZER_CODES.values()]


def trainer_of(run: Run, dtype: DType = "float64", batch_size: int = 10, threads: int = 1) -> FusedTrainer:
    trainer = FusedTrainer(
        run.task, run.inputs, run.targets, dtype=dtype, batch_size=batch_size, threads=threads
    )
    moments = tuple(np.zeros_like(run.values) for _ in range((0, 1, 2)[run.task.rule.optimizer]))
    trainer.set_values(run.values, moments, 0)
    return trainer


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_hundred_epochs_of_the_default_network(rng: np.random.Generator, dtype: DType) -> None:
    run = default_run(rng)
    trainer = trainer_of(run, dtype)
    progress = trainer.train(0, 0, 2500, GO_ON)
    assert (progress.epoch, progress.row, progress.batches, progress.ended) == (100, 0, 2500, "budget")
    expected = loss_of(run, by_oracle(run, 10, 2500)[0])
    assert expected < 0.9 * loss_of(run, run.values)
    assert trainer.score()[0] == pytest.approx(expected, rel={"float64": 1e-9, "float32": 1e-3}[dtype])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("seed", range(20))
def test_ten_updates_of_random_graphs(seed: int, dtype: DType) -> None:
    rng = np.random.default_rng(seed)
    run = run_of(random_case(rng, n_rows=25), Rule(codes.SGD, 0.01))
    trainer = trainer_of(run, dtype, 7)
    trainer.train(0, 0, 10, GO_ON)
    expected, _ = by_oracle(run, 7, 10)
    np.testing.assert_allclose(trainer.values, expected, rtol=CLOSE[dtype], atol=CLOSE[dtype])
    held = run.task.graph.held
    np.testing.assert_array_equal(trainer.values[held], run.values[held])


@pytest.mark.parametrize(("loss", "rule"), list(product(LOSSES, RULES)))
@pytest.mark.parametrize("regularization", list(codes.REGULARIZATION_CODES.values()))
def test_all_combinations(loss: str, rule: Rule, regularization: int) -> None:
    rng = np.random.default_rng(7)
    case = random_case(rng, loss, 20)  # type: ignore[arg-type]  # a key of the table
    run = run_of(case, rule, regularization, 0.03)
    trainer = trainer_of(run)
    trainer.train(0, 0, 30, GO_ON)
    expected, moments = by_oracle(run, 10, 30)
    np.testing.assert_allclose(trainer.values, expected, rtol=1e-9, atol=1e-11)
    assert len(trainer.moments) == len(moments)
    for found, wanted in zip(trainer.moments, moments, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-11)
    assert trainer.count == 30


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(rng: np.random.Generator, activation: str, dtype: DType) -> None:
    network = random_network(rng, "squared", (activation,), 9, 0.3, 0.0)  # type: ignore[arg-type]
    graph = compile_graph(network)
    inputs = rng.normal(size=(30, len(network.inputs)))
    targets = random_targets(rng, "squared", 30, len(network.outputs))
    values = 0.5 * rng.normal(size=graph.n_parameters + graph.n_nodes)
    values[graph.held] = 0.0
    run = Run(Task(graph, codes.SQUARED), values, inputs, targets)
    trainer = trainer_of(run, dtype)
    trainer.train(0, 0, 12, GO_ON)
    np.testing.assert_allclose(
        trainer.values, by_oracle(run, 10, 12)[0], rtol=CLOSE[dtype], atol=CLOSE[dtype]
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("batch_size", [1, 2, 10, 16, 17, 33, 129, 250, 1000])
def test_batches_of_any_size(rng: np.random.Generator, batch_size: int, dtype: DType) -> None:
    run = default_run(rng)
    trainer = trainer_of(run, dtype, batch_size)
    trainer.train(0, 0, 12, GO_ON)
    np.testing.assert_allclose(
        trainer.values, by_oracle(run, batch_size, 12)[0], rtol=CLOSE[dtype], atol=CLOSE[dtype]
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_shuffled_rows(rng: np.random.Generator, dtype: DType) -> None:
    run = default_run(rng, n_rows=53)
    orders = np.array([rng.permutation(53) for _ in range(4)])
    trainer = trainer_of(run, dtype)
    progress = trainer.train(0, 0, 1000, GO_ON, orders)
    assert (progress.epoch, progress.row, progress.batches, progress.ended) == (4, 0, 24, "budget")
    expected, _ = by_oracle(run, 10, 24, orders)
    np.testing.assert_allclose(trainer.values, expected, rtol=CLOSE[dtype], atol=CLOSE[dtype])


def test_rows_that_are_laid_out_batch_by_batch_teach_the_same(
    rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = default_run(rng, n_rows=53)
    orders = np.array([rng.permutation(53) for _ in range(3)])
    whole = trainer_of(run)
    whole.train(0, 0, 18, GO_ON, orders)
    monkeypatch.setattr("kernels.training.fused.LAID_OUT_BYTES", 0)
    parts = trainer_of(run)
    parts.train(0, 0, 18, GO_ON, orders)
    np.testing.assert_array_equal(parts.values, whole.values)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shuffles", [False, True])
def test_a_run_in_pieces_goes_the_same_way_to_the_bit(
    rng: np.random.Generator, dtype: DType, shuffles: bool
) -> None:
    run = default_run(rng, n_rows=53)
    run = run._replace(task=Task(run.task.graph, codes.SQUARED, RULES[2]))
    orders = np.array([rng.permutation(53) for _ in range(5)])
    whole = trainer_of(run, dtype)
    whole.train(0, 0, 30, GO_ON, orders if shuffles else None)
    pieces, epoch, row = trainer_of(run, dtype), 0, 0
    for count in (1, 3, 7, 2, 12, 5):
        done = pieces.train(epoch, row, count, GO_ON, orders[epoch:] if shuffles else None)
        epoch, row = done.epoch, done.row
        # As if the run were saved and taken up by another program.
        state = pieces.values, pieces.moments, pieces.count
        pieces = trainer_of(run, dtype)
        pieces.set_values(*state)
    assert (epoch, row) == (5, 0)
    np.testing.assert_array_equal(pieces.values, whole.values)
    for one, other in zip(pieces.moments, whole.moments, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_run_can_be_taken_up_where_no_batch_of_its_own_begins(
    rng: np.random.Generator, dtype: DType
) -> None:
    run = default_run(rng, n_rows=25)
    trainer = trainer_of(run, dtype, 10)
    progress = trainer.train(3, 4, 6, GO_ON)
    assert (progress.epoch, progress.row) == (5, 0)
    values = run.values
    for rows in (slice(4, 14), slice(14, 24), slice(24, 25), slice(0, 10), slice(10, 20), slice(20, 25)):
        one = run._replace(values=values, inputs=run.inputs[rows], targets=run.targets[rows])
        values, _ = by_oracle(one, 10, 1)
    np.testing.assert_allclose(trainer.values, values, rtol=CLOSE[dtype], atol=CLOSE[dtype])


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_flag_ends_a_call_after_one_batch(rng: np.random.Generator, dtype: DType) -> None:
    trainer = trainer_of(default_run(rng), dtype)
    progress = trainer.train(0, 0, 10**12, np.ones(1, np.uint8))
    assert (progress.batches, progress.ended, trainer.count) == (1, "flag", 1)


def test_the_flag_is_seen_while_a_call_runs(rng: np.random.Generator) -> None:
    trainer, stop, ends = trainer_of(default_run(rng)), np.zeros(1, np.uint8), []
    thread = Thread(target=lambda: ends.append(trainer.train(0, 0, 10**12, stop).ended))
    thread.start()
    stop[0] = 1
    thread.join(30)
    assert ends == ["flag"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("rule", [Rule(codes.SGD, 1e30), Rule(codes.MOMENTUM, 1e30)])
def test_an_update_that_would_ruin_the_values_is_not_made(dtype: DType, rule: Rule) -> None:
    nodes = [Node(1, "input"), Node(2, "output", "linear")]
    graph = compile_graph(Network.build(nodes, [Edge(1, 2, 1)]))
    task = Task(graph, codes.SQUARED, rule)
    run = Run(task, np.array([1.0, 0.0, 0.0]), np.array([[3.0]]), np.array([[1.0]]))
    trainer = trainer_of(run, dtype, 1)
    progress = trainer.train(0, 0, 100, GO_ON)
    assert progress.ended == "diverged"
    assert progress.batches < 15
    assert progress.batches == trainer.count
    assert np.isfinite(trainer.values).all()
    assert all(np.isfinite(moment).all() for moment in trainer.moments)
    before = trainer.values
    assert trainer.train(progress.epoch, progress.row, 1, GO_ON).batches == 0
    np.testing.assert_array_equal(trainer.values, before)


def test_edges_that_share_a_weight_keep_one_value(rng: np.random.Generator) -> None:
    n_shared = 0
    for _ in range(10):
        case: Case = random_case(rng, n_rows=12)
        run = run_of(case)
        graph = run.task.graph
        n_shared += len(graph.parameters) - graph.n_parameters
        trainer = trainer_of(run, "float32")
        trainer.train(0, 0, 5, GO_ON)
        program, room = trainer._program, trainer._room
        base = trainer._state[3]
        for copy, first in program.copies.reshape(-1, 2):
            assert room.values[base + copy] == room.values[base + first]
    assert n_shared
