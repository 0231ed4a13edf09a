"""Every rung on the processor against a reference that none of them made: any shape, view, NaN, infinity."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kernels.checking import n_poisoned, poison, reference_of
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Multiply
from kernels.ladder.operands import OperandsError
from kernels.ladder.registry import RUNGS, kernel
from kernels.ladder.schedule import COLUMN, DEPTH, MOMENT, ROW, THREAD

ROOT = Path(__file__).parent.parent.parent.parent
KEYS = [rung.key for rung in RUNGS if rung.device == "cpu"]
WITH_GEMV = ["python", "numba-loops", "numba-parallel", "numpy"]
SCHEDULED = [rung for rung in RUNGS if rung.device == "cpu" and rung.key != "numpy"]

SHAPES = [
    (0, 0, 0),
    (0, 3, 2),
    (3, 0, 2),
    (3, 2, 0),
    (1, 1, 1),
    (1, 40, 3),
    (40, 1, 3),
    (2, 3, 90),
    (13, 33, 17),
    (64, 64, 64),
    (65, 31, 97),
]
"""Rows, columns and depth: nothing at all, single ones, thin, long, and no multiple of any tile."""

LARGER = [(257, 260, 515), (31, 1500, 33), (1100, 18, 40), (150, 530, 1100)]
"""Shapes that need several blocks of every size."""

LAYOUTS = ("rows", "columns", "spread", "mirrored", "repeated", "read-only")


def multiply_of(key: str, operation: str) -> Multiply:
    found = getattr(kernel(key), operation)
    assert found is not None
    multiply: Multiply = found
    return multiply


def laid_out(values: NDArray[Any], layout: str) -> NDArray[Any]:
    """The same numbers in another place in memory."""
    spread = np.full([2 * length + 1 for length in values.shape], np.nan, values.dtype)
    match layout:
        case "rows":
            return np.ascontiguousarray(values)
        case "columns":
            return np.asfortranarray(values)
        case "mirrored":
            turned = (slice(None, None, -1),) * values.ndim
            return np.ascontiguousarray(values[turned])[turned]
        case "repeated":  # one row stands for all: its stride is zero
            return np.broadcast_to(values[:1], values.shape) if values.size else values
        case "read-only":
            values = values.copy()
            values.flags.writeable = False
            return values
        case _:
            view = spread[tuple(slice(1, None, 2) for _ in values.shape)]
            view[...] = values
            return view


def poisoned(shape: tuple[int, ...], dtype: DType, layout: str = "rows") -> Matrix:
    out = laid_out(np.empty(shape, dtype), "rows" if layout in {"repeated", "read-only"} else layout)
    poison(out)
    return out


def check(multiply: Multiply, a: Matrix, b: Matrix, threads: int = 1, layout: str = "rows") -> None:
    """One product, with and without a place for it: every number within the bound, none left unwritten."""
    dtype: DType = "float32" if a.dtype == np.float32 else "float64"
    reference = reference_of(a, b)
    out = poisoned((a.shape[0], *b.shape[1:]), dtype, layout)
    assert multiply(a, b, out, threads) is out
    assert n_poisoned(out) == 0
    assert reference.error_over_bound(out) <= 1
    fresh = multiply(a, b, threads=threads)
    assert fresh.dtype == a.dtype
    assert fresh.shape == out.shape
    assert reference.error_over_bound(fresh) <= 1


def operands(m: int, n: int, k: int, dtype: DType) -> tuple[Matrix, Matrix]:
    rng = np.random.default_rng(7)
    return rng.standard_normal((m, k)).astype(dtype), rng.standard_normal((k, n)).astype(dtype)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_any_shape(key: str, dtype: DType) -> None:
    for m, n, k in SHAPES:
        check(multiply_of(key, "gemm"), *operands(m, n, k, dtype))


@pytest.mark.parametrize("key", [key for key in KEYS if key != "python"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_several_blocks(key: str, dtype: DType) -> None:
    for m, n, k in LARGER:
        a, b = operands(m, n, k, dtype)
        for threads in (1, 2, 3) if kernel(key).is_parallel else (1,):
            check(multiply_of(key, "gemm"), a, b, threads)
        check(multiply_of(key, "gemm"), np.asfortranarray(a), np.asfortranarray(b), 2, "columns")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_any_layout(key: str, dtype: DType) -> None:
    a, b = operands(21, 37, 29, dtype)
    for a_layout in LAYOUTS:
        for b_layout in LAYOUTS:
            check(multiply_of(key, "gemm"), laid_out(a, a_layout), laid_out(b, b_layout), 1, b_layout)


@pytest.mark.parametrize("key", WITH_GEMV)
@pytest.mark.parametrize("dtype", DTYPES)
def test_matrix_times_vector_of_any_shape_and_layout(key: str, dtype: DType) -> None:
    for m, k in [(0, 0), (0, 3), (3, 0), (1, 1), (1, 90), (90, 1), (5, 7), (67, 130), (131, 66)]:
        a, x = operands(m, 1, k, dtype)
        for layout in LAYOUTS:
            check(multiply_of(key, "gemv"), laid_out(a, layout), laid_out(x[:, 0], layout), 1, layout)


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=40)
@given(data=st.data())
def test_nan_and_infinity_come_out_where_they_belong(key: str, data: st.DataObject) -> None:
    m, n, k = (data.draw(st.integers(1, 40)) for _ in range(3))
    dtype = data.draw(st.sampled_from(DTYPES))
    a, b = operands(m, n, k, dtype)
    special = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-44])
    for array in (a, b):
        for _ in range(data.draw(st.integers(0, 4))):
            row, column = (data.draw(st.integers(0, length - 1)) for length in array.shape)
            array[row, column] = data.draw(special)
    a, b = (laid_out(array, data.draw(st.sampled_from(LAYOUTS))) for array in (a, b))
    check(multiply_of(key, "gemm"), a, b, data.draw(st.integers(1, 3)))
    if kernel(key).gemv is not None:
        check(multiply_of(key, "gemv"), a, b[:, 0])


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=30)
@given(data=st.data())
def test_numbers_of_any_magnitude(key: str, data: st.DataObject) -> None:
    """Down to where products lose their last bits, and up to where sums leave the type."""
    dtype = data.draw(st.sampled_from(DTYPES))
    m, n, k = (data.draw(st.integers(1, 9)) for _ in range(3))
    largest = np.finfo(dtype).maxexp - 2
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    powers = data.draw(st.sampled_from([(-largest, -largest // 3), (-10, 10), (largest // 3, largest)]))
    a, b = (
        (rng.uniform(-1, 1, shape) * np.exp2(rng.integers(*powers, shape))).astype(dtype)
        for shape in ((m, k), (k, n))
    )
    with np.errstate(all="ignore"):  # NumPy tells of what becomes infinite
        check(multiply_of(key, "gemm"), a, b)


@pytest.mark.parametrize("key", KEYS)
def test_what_cannot_be_multiplied_is_refused_in_a_sentence(key: str) -> None:
    multiply = multiply_of(key, "gemm")
    one = np.ones((2, 3), np.float32)
    with pytest.raises(OperandsError, match="2 × 3 matrix cannot be multiplied by a 2 × 3"):
        multiply(one, one)
    with pytest.raises(OperandsError, match="float32"):
        multiply(one, np.ones((3, 2), np.float64))
    with pytest.raises(OperandsError, match="at least one thread"):
        multiply(one, np.ones((3, 2), np.float32), threads=0)
    square = np.ones((3, 3))
    with pytest.raises(OperandsError, match="lies over one of the operands"):
        multiply(square, np.ones((3, 3)), out=square)
    square.flags.writeable = False
    with pytest.raises(OperandsError, match="read-only"):
        multiply(np.ones((3, 3)), np.ones((3, 3)), out=square)


@pytest.mark.parametrize("key", KEYS)
def test_the_title_and_the_key_are_those_of_the_registry(key: str) -> None:
    (rung,) = (rung for rung in RUNGS if rung.key == key)
    found: Kernel = kernel(key)
    assert (found.key, found.title, found.device) == (rung.key, rung.title, rung.device)
    assert found.why_not() is None
    assert found.operations == (("gemm", "gemv") if found.gemv is not None else ("gemm",))
    assert (key in WITH_GEMV) == (found.gemv is not None)


@pytest.mark.parametrize("key", ["numba-packed", "numba-parallel"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_the_bits_do_not_depend_on_the_number_of_threads(key: str, dtype: DType) -> None:
    a, b = operands(301, 520, 770, dtype)
    first = multiply_of(key, "gemm")(a, b)
    for threads in (1, 2, 3, 4):
        assert multiply_of(key, "gemm")(a, b, threads=threads).tobytes() == first.tobytes()


@pytest.mark.parametrize("rung", SCHEDULED, ids=lambda rung: rung.key)
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_schedule_multiplies(rung: Any, threads: int) -> None:
    """Played step by step, with whole numbers, so that the order cannot show in the result."""
    module = importlib.import_module(f"kernels.ladder.{rung.module}")
    rng = np.random.default_rng(3)
    for m, n, k in [(1, 1, 1), (24, 24, 24), (5, 30, 17), (37, 3, 11), (64, 64, 8), (0, 4, 4), (4, 4, 0)]:
        schedule = module.schedule(m, n, k, threads, "float32")
        a, b = rng.integers(-9, 9, (m, k)).astype(float), rng.integers(-9, 9, (k, n)).astype(float)
        c = np.zeros((m, n))
        at_once: dict[int, list[tuple[int, int]]] = {}
        for step in schedule.steps:
            rows, columns, depth = (slice(step[at], step[at + 1]) for at in (ROW, COLUMN, DEPTH))
            c[rows, columns] += a[rows, depth] @ b[depth, columns]
            at_once.setdefault(int(step[MOMENT]), []).append(
                (int(step[THREAD]), int(step[ROW] * n + step[COLUMN]))
            )
        np.testing.assert_array_equal(c, a @ b)
        assert (np.diff(schedule.steps[:, MOMENT]) >= 0).all()
        for together in at_once.values():
            assert len({thread for thread, _ in together}) == len(together)
            assert len({corner for _, corner in together}) == len(together)
        assert not schedule.steps.flags.writeable


TWO_ENTRANTS = """
import threading
import numpy as np
from kernels.ladder.registry import kernel

rng = np.random.default_rng(5)
a = rng.standard_normal((400, 500)).astype(np.float32)
b = rng.standard_normal((500, 450)).astype(np.float32)
expected = a.astype(float) @ b.astype(float)
barrier, wrong, n_done = threading.Barrier(3), [], []

def enter(key):
    gemm, gemv = kernel(key).gemm, kernel(key).gemv
    barrier.wait()
    for _ in range(20):
        if abs(gemm(a, b, threads=2) - expected).max() > 1e-3:
            wrong.append(key)
        if abs(gemv(a, b[:, 0], threads=2) - expected[:, 0]).max() > 1e-3:
            wrong.append(key)
        n_done.append(key)

keys = ("numba-parallel", "numba-parallel", "numpy")
threads = [threading.Thread(target=enter, args=(key,)) for key in keys]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not wrong, wrong
print(len(n_done))
"""


def test_several_python_threads_may_multiply_in_parallel_at_once() -> None:
    run = subprocess.run(
        [sys.executable, "-c", TWO_ENTRANTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["60"]
