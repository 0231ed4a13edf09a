"""The GPU rung on whatever adapter there is: right for every shape, and refusals in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kernels.ladder import webgpu
from kernels.ladder.kernel import Matrix, Operation, UnavailableError
from kernels.ladder.transfer import multiplied
from kernels.ladder.webgpu import Gpu
from tests.kernels.software_gpu import open_gpu

SHAPES = [(1, 1, 1), (5, 7, 3), (64, 64, 64), (65, 63, 17), (130, 1, 100), (1, 129, 33), (200, 70, 1)]
UNIT = 2.0**-24


def bound(a: Matrix, b: Matrix) -> Matrix:
    """What rounding may explain: gamma(k + 2) |A| |B| (Higham, section 3.5), in float64."""
    steps = (a.shape[1] + 2) * UNIT
    limit: Matrix = steps / (1 - steps) * (np.abs(a).astype(np.float64) @ np.abs(b).astype(np.float64))
    return limit


@pytest.fixture
def gpu() -> Iterator[Gpu]:
    """An open adapter of any kind."""
    opened = open_gpu()
    yield opened
    opened.close()


def product(gpu: Gpu, operation: Operation, a: Matrix, b: Matrix) -> Matrix:
    """The product of the GPU, written into a poisoned place."""
    place = np.full((a.shape[0], *b.shape[1:]), np.nan, np.float32)
    return multiplied(gpu.upload, operation, a, b, place)


@pytest.mark.parametrize(("m", "n", "k"), SHAPES)
def test_gemm_is_right(gpu: Gpu, m: int, n: int, k: int, rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(m, k)).astype(np.float32), rng.normal(size=(k, n)).astype(np.float32)
    error = np.abs(product(gpu, "gemm", a, b) - a.astype(np.float64) @ b.astype(np.float64))
    assert (error <= bound(a, b)).all()


@pytest.mark.parametrize(("m", "k"), [(1, 1), (7, 64), (130, 65), (33, 300), (40_000, 3)])
def test_gemv_is_right(gpu: Gpu, m: int, k: int, rng: np.random.Generator) -> None:
    a, x = rng.normal(size=(m, k)).astype(np.float32), rng.normal(size=k).astype(np.float32)
    error = np.abs(product(gpu, "gemv", a, x) - a.astype(np.float64) @ x.astype(np.float64))
    assert (error <= bound(a, x)).all()


@pytest.mark.parametrize(("m", "n", "k"), [(0, 3, 2), (3, 0, 2), (3, 2, 0)])
def test_empty_products_are_zero(gpu: Gpu, m: int, n: int, k: int) -> None:
    c = product(gpu, "gemm", np.ones((m, k), np.float32), np.ones((k, n), np.float32))
    assert c.shape == (m, n)
    assert not c.any()


def test_views_of_any_strides(gpu: Gpu, rng: np.random.Generator) -> None:
    a = rng.normal(size=(40, 60)).astype(np.float32)
    left, right = a.T[::2], a[::-1, 3:50:2]
    error = np.abs(product(gpu, "gemm", left, right) - left.astype(np.float64) @ right.astype(np.float64))
    assert (error <= bound(left, right)).all()


def test_infinity_and_nan_stay_in_their_row_and_column(gpu: Gpu, rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(70, 20)).astype(np.float32), rng.normal(size=(20, 66)).astype(np.float32)
    a[3, 4], b[5, 6] = np.inf, np.nan
    c = product(gpu, "gemm", a, b)
    expected = a @ b
    assert np.array_equal(np.isnan(c), np.isnan(expected))
    assert np.array_equal(np.isinf(c), np.isinf(expected))


def test_a_product_runs_again_without_being_sent_again(gpu: Gpu, rng: np.random.Generator) -> None:
    a = rng.normal(size=(80, 80)).astype(np.float32)
    resident = gpu.upload("gemm", a, a)
    assert resident.run() > 0
    first = resident.result().copy()
    assert resident.run() > 0
    assert np.array_equal(first, resident.result())


def test_float64_is_refused(gpu: Gpu) -> None:
    one = np.ones((1, 1))
    with pytest.raises(UnavailableError, match="float32 only"):
        gpu.upload("gemm", one, one)


def test_what_the_adapter_cannot_bind_is_refused_with_the_sizes(
    gpu: Gpu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "_largest_bytes", 1 << 20)
    a = np.zeros((1024, 1024), np.float32)
    with pytest.raises(
        UnavailableError, match="1024 × 1024 float32 takes 4 MiB; this GPU binds 1 MiB at once"
    ):
        gpu.upload("gemm", a, a)


def test_a_gpu_that_is_lost_is_a_sentence(gpu: Gpu) -> None:
    a = np.ones((8, 8), np.float32)
    resident = gpu.upload("gemm", a, a)
    assert resident.run() > 0
    gpu.close()
    with pytest.raises(UnavailableError, match="The GPU stopped working: "):
        resident.run()
    with pytest.raises(UnavailableError, match="The GPU stopped working: "):
        gpu.upload("gemm", a, a)


def test_without_a_gpu_the_rung_refuses_with_its_reason() -> None:
    reason = webgpu.KERNEL.why_not()
    if reason is None:
        pytest.skip("There is a GPU here.")
    one = np.ones((1, 1), np.float32)
    with pytest.raises(UnavailableError) as raised:
        webgpu.gemm(one, one)
    assert raised.value.reason == reason


@pytest.mark.parametrize("threads", [1, 4])
def test_the_schedule_multiplies_correctly(threads: int, rng: np.random.Generator) -> None:
    m, n, k = 130, 70, 35
    a, b, c = rng.normal(size=(m, k)), rng.normal(size=(k, n)), np.zeros((m, n))
    schedule = webgpu.schedule(m, n, k, threads)
    for _, thread, row, row_end, column, column_end, depth, depth_end in schedule.steps.tolist():
        assert thread < threads
        c[row:row_end, column:column_end] += (
            a[row:row_end, depth:depth_end] @ b[depth:depth_end, column:column_end]
        )
    np.testing.assert_allclose(c, a @ b, rtol=1e-12, atol=1e-12)
