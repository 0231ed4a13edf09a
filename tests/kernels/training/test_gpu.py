"""Training with a GPU against the oracle, on a software driver, and its refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from kernels.ladder import webgpu
from kernels.ladder.kernel import Kernel, Matrix, UnavailableError
from kernels.ladder.operands import checked_gemm
from kernels.ladder.transfer import multiplied
from kernels.training import gpu
from kernels.training.gpu import GpuTrainer
from tests.kernels.software_gpu import open_gpu
from tests.kernels.training.runs import GO_ON, by_oracle, default_run, run_of
from tests.strategies import dense_network, random_case


@pytest.fixture
def calls() -> list[tuple[int, ...]]:
    """The sizes of the products that went to the GPU."""
    return []


@pytest.fixture
def kernel(calls: list[tuple[int, ...]]) -> Iterator[Kernel]:
    """The WebGPU rung on whatever adapter there is."""
    opened = open_gpu()

    def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
        calls.append((*a.shape, b.shape[1]))
        return multiplied(opened.upload, "gemm", *checked_gemm(a, b, out))

    yield replace(webgpu.KERNEL, gemm=gemm, why_not=lambda: None)
    opened.close()


@pytest.fixture(autouse=True)
def looks_again() -> Iterator[None]:
    """Forget which GPU was found."""
    gpu.rung.cache_clear()
    yield
    gpu.rung.cache_clear()


def test_it_learns_as_the_oracle_does(
    kernel: Kernel, calls: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "WORTH_FLOPS", 0)
    for seed in range(4):
        run = run_of(random_case(np.random.default_rng(seed), "squared", 25))
        trainer = GpuTrainer(run.task, run.inputs, run.targets, dtype="float32", batch_size=7, kernel=kernel)
        trainer.set_values(run.values, (), 0)
        trainer.train(0, 0, 10, GO_ON)
        expected, _ = by_oracle(run, 7, 10)
        np.testing.assert_allclose(trainer.values, expected, rtol=2e-3, atol=2e-3)
    assert calls


def test_only_large_products_go_there(
    kernel: Kernel, calls: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator
) -> None:
    monkeypatch.setattr(gpu, "WORTH_FLOPS", 2 * 40 * 33 * 50)
    run = default_run(rng, dense_network((2, 33, 40, 1), "tanh", "tanh"), 50)
    trainer = GpuTrainer(run.task, run.inputs, run.targets, dtype="float32", batch_size=50, kernel=kernel)
    trainer.set_values(run.values, (), 0)
    trainer.train(0, 0, 2, GO_ON)
    # Forward, back and gradients of the one large block, for each of two batches.
    assert sorted(set(calls)) == [(33, 50, 40), (50, 33, 40), (50, 40, 33)]
    assert len(calls) == 6


def test_the_same_run_gives_the_same_bits(kernel: Kernel, rng: np.random.Generator) -> None:
    run = default_run(rng, dense_network((2, 33, 40, 1), "tanh", "tanh"), 50)
    found = []
    for _ in range(2):
        trainer = GpuTrainer(run.task, run.inputs, run.targets, dtype="float32", kernel=kernel)
        trainer.set_values(run.values, (), 0)
        trainer.train(0, 0, 12, GO_ON)
        found.append(trainer.values)
    assert np.array_equal(found[0], found[1])


def test_float64_is_refused_by_webgpu(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu, "rung", lambda: kernel)
    reason = gpu.why_not_dtype("float64")
    assert reason is not None
    assert "float32 only" in reason.text
    assert gpu.why_not_dtype("float32") is None
    assert gpu.why_not() is None
    run = run_of(random_case(np.random.default_rng(0), "squared", 25))
    with pytest.raises(UnavailableError, match="float32 only"):
        GpuTrainer(run.task, run.inputs, run.targets, dtype="float64")
    monkeypatch.undo()


def test_preparing_opens_the_gpu(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(gpu, "rung", lambda: replace(kernel, prepare=prepared.append))
        gpu.prepare("float32")
    assert prepared == ["float32"]


def test_without_a_gpu_it_says_why() -> None:
    if gpu.rung() is not None:
        pytest.skip("There is a GPU here.")
    reason = gpu.why_not()
    assert reason == webgpu.KERNEL.why_not()
    assert gpu.why_not_dtype("float64") is None
    with pytest.raises(UnavailableError):
        gpu.prepare("float32")
