"""Training by matrix products against the oracle and the fused kernel, with layers and without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kernels import codes
from kernels.ladder import numba_packed, numpy_blas
from kernels.ladder.kernel import Multiply
from kernels.optimizers import Rule
from kernels.training.dense import DenseTrainer
from kernels.training.fused import FusedTrainer
from kernels.training.progress import Rules
from kernels.training.task import DType
from playground.model.keys import Loss
from tests.kernels.training.runs import GO_ON, Run, by_oracle, default_run, run_of
from tests.strategies import dense_network, random_case

DTYPES: tuple[DType, ...] = ("float32", "float64")
CLOSE = {"float64": 1e-9, "float32": 2e-3}
LOSSES: tuple[Loss, ...] = ("squared", "cross_entropy", "softmax_cross_entropy")
PRODUCTS = [numpy_blas.gemm, numba_packed.gemm]
RULES = [Rule(optimizer, 0.02) for optimizer in codes.OPTIMIZER_CODES.values()]


def trainer_of(
    run: Run, dtype: DType = "float64", batch_size: int = 10, gemm: Multiply = numpy_blas.gemm
) -> DenseTrainer:
    trainer = DenseTrainer(run.task, run.inputs, run.targets, dtype=dtype, batch_size=batch_size, gemm=gemm)
    moments = tuple(np.zeros_like(run.values) for _ in range((0, 1, 2)[run.task.rule.optimizer]))
    trainer.set_values(run.values, moments, 0)
    return trainer


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("gemm", PRODUCTS)
@pytest.mark.parametrize("loss", LOSSES)
def test_random_graphs(loss: Loss, gemm: Multiply, dtype: DType) -> None:
    for seed in range(8):
        rng = np.random.default_rng(seed)
        regularization = list(codes.REGULARIZATION_CODES.values())[seed % 3]
        run = run_of(random_case(rng, loss, 25), RULES[seed % 3], regularization, 0.02)
        trainer = trainer_of(run, dtype, 7, gemm)
        progress = trainer.train(0, 0, 10, GO_ON)
        assert (progress.epoch, progress.row, progress.batches) == (2, 14, 10)
        expected, _ = by_oracle(run, 7, 10)
        np.testing.assert_allclose(trainer.values, expected, rtol=CLOSE[dtype], atol=CLOSE[dtype])
        held = run.task.graph.held
        np.testing.assert_array_equal(trainer.values[held], run.values[held])


@pytest.mark.parametrize("gemm", PRODUCTS)
def test_layers_with_everything_around_them(rng: np.random.Generator, gemm: Multiply) -> None:
    run = default_run(rng, dense_network((2, 33, 40, 1), "tanh", "tanh"), 53)
    run = run._replace(task=replace(run.task, regularization=codes.L1, rate=1e-3, rule=Rule(codes.ADAM)))
    orders = np.array([rng.permutation(53) for _ in range(3)])
    dense = trainer_of(run, gemm=gemm)
    fused = FusedTrainer(run.task, run.inputs, run.targets)
    fused.set_values(run.values, (np.zeros_like(run.values), np.zeros_like(run.values)), 0)
    one = dense.train(0, 0, 1000, GO_ON, orders, Rules(stride=2))
    other = fused.train(0, 0, 1000, GO_ON, orders, Rules(stride=2))
    assert (one.epoch, one.row, one.batches, one.ended) == (3, 0, 18, "budget")
    assert (other.epoch, other.row, other.batches, other.ended) == (3, 0, 18, "budget")
    np.testing.assert_allclose(dense.values, fused.values, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(one.points, other.points, rtol=1e-9)
    np.testing.assert_allclose(dense.score(), fused.score(), rtol=1e-9)
    np.testing.assert_allclose(
        dense.forward_rows(run.inputs), fused.forward_rows(run.inputs), rtol=1e-9, atol=1e-12
    )
    assert dense.count == fused.count == 18
    assert dense.flops_per_example == fused.flops_per_example


@pytest.mark.parametrize("how", ["half", "sign", "largest", None])
def test_scores(rng: np.random.Generator, how: str | None) -> None:
    run = run_of(random_case(rng, "softmax_cross_entropy" if how == "largest" else "squared", 40))
    task = replace(run.task, how=how)  # type: ignore[arg-type]  # a key of the table
    trainers: list[FusedTrainer | DenseTrainer] = [
        FusedTrainer(task, run.inputs, run.targets, run.inputs[:9], run.targets[:9])
    ]
    trainers.append(
        DenseTrainer(task, run.inputs, run.targets, run.inputs[:9], run.targets[:9], gemm=numpy_blas.gemm)
    )
    for trainer in trainers:
        trainer.set_values(run.values, (), 0)
    np.testing.assert_allclose(trainers[1].score(), trainers[0].score(), rtol=1e-12, equal_nan=True)


def test_many_rows_are_taken_in_parts(rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    run = default_run(rng)
    monkeypatch.setattr("kernels.oracle.ELEMENTS", 100)
    trainer = trainer_of(run, "float64", 250)
    trainer.train(0, 0, 4, GO_ON)
    np.testing.assert_allclose(trainer.values, by_oracle(run, 250, 4)[0], rtol=1e-10, atol=1e-12)


def test_the_flag_and_the_rules_end_a_call(rng: np.random.Generator) -> None:
    run = default_run(rng)
    assert trainer_of(run).train(0, 0, 50, np.ones(1, np.uint8)).ended == "flag"
    assert trainer_of(run).train(0, 0, 500, GO_ON, None, Rules(stop_epochs=3)).epoch == 3
    assert trainer_of(run).train(0, 0, 500, GO_ON, None, Rules(stop_loss=10.0)).ended == "loss"
    wild = run._replace(task=replace(run.task, rule=Rule(learning_rate=1e300)))
    trainer = trainer_of(wild)
    assert trainer.train(0, 0, 500, GO_ON).ended == "diverged"
    assert np.isfinite(trainer.values).all()
