"""What cannot be multiplied never reaches a kernel, and is told in a sentence with the sizes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import as_strided

from kernels.ladder.kernel import Matrix, UnavailableError
from kernels.ladder.operands import (
    OperandsError,
    checked_gemm,
    checked_gemv,
    ensure_fits,
    ensure_threads,
    product_bytes,
)


def zeros(*shape: int) -> Matrix:
    return np.zeros(shape, np.float32)


def odd(*shape: int) -> Matrix:
    """Numbers that do not begin at a multiple of their size."""
    n_bytes = int(np.prod(shape)) * 4
    return np.zeros(n_bytes + 1, np.uint8)[1:].view(np.float32).reshape(shape)


def test_a_new_place_has_the_shape_and_type_of_the_result() -> None:
    for dtype in (np.dtype(np.float32), np.dtype(np.float64)):
        place = checked_gemm(np.zeros((2, 3), dtype), np.zeros((3, 4), dtype))[2]
        assert (place.shape, place.dtype) == ((2, 4), dtype)
        place = checked_gemv(np.zeros((2, 3), dtype), np.zeros(3, dtype))[2]
        assert (place.shape, place.dtype) == ((2,), dtype)


def test_good_operands_are_handed_on_as_they_are() -> None:
    a, b, out = zeros(2, 3), zeros(3, 4), zeros(2, 4)
    checked = checked_gemm(a, b, out)
    assert all(x is y for x, y in zip(checked, (a, b, out), strict=True))
    a.flags.writeable = False
    assert checked_gemm(a, b)[0] is a


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        (zeros(2, 3), zeros(4, 5), "A 2 × 3 matrix cannot be multiplied by a 4 × 5 matrix: 3 is not 4."),
        (zeros(2, 3), zeros(3), "A product needs two matrices, not 2 and 1 axes."),
        (zeros(2, 2, 2), zeros(2, 2), "A product needs two matrices, not 3 and 2 axes."),
        (
            zeros(2, 3),
            np.zeros((3, 2)),
            "Both operands must be float32 or both float64, not float32 and float64.",
        ),
        (
            np.zeros((2, 2), np.int64),
            np.zeros((2, 2), np.int64),
            "Both operands must be float32 or both float64, not int64 and int64.",
        ),
        (
            np.zeros((2, 2), ">f8"),
            np.zeros((2, 2), ">f8"),
            "Both operands must be float32 or both float64, not >f8 and >f8.",
        ),
    ],
)
def test_operands_that_do_not_fit_together(a: Matrix, b: Matrix, sentence: str) -> None:
    with pytest.raises(OperandsError) as refused:
        checked_gemm(a, b)
    assert refused.value.reason.text == sentence


def test_vectors_that_do_not_fit() -> None:
    with pytest.raises(OperandsError, match="2 × 3 matrix cannot be multiplied by a vector of 4 numbers"):
        checked_gemv(zeros(2, 3), zeros(4))
    with pytest.raises(OperandsError, match="not 2 and 2 axes"):
        checked_gemv(zeros(2, 3), zeros(3, 1))


def test_a_place_that_cannot_hold_the_result() -> None:
    a, b = zeros(3, 3), zeros(3, 3)
    with pytest.raises(OperandsError, match=r"shape \(3, 3\).*shape \(3, 2\)"):
        checked_gemm(a, b, zeros(3, 2))
    with pytest.raises(OperandsError, match="float64"):
        checked_gemm(a, b, np.zeros((3, 3)))
    closed = zeros(3, 3)
    closed.flags.writeable = False
    with pytest.raises(OperandsError, match="read-only"):
        checked_gemm(a, b, closed)
    with pytest.raises(OperandsError, match="odd address"):
        checked_gemm(a, b, odd(3, 3))


def test_operands_at_odd_addresses_are_copied() -> None:
    a = odd(2, 3)
    a[...] = np.arange(6).reshape(2, 3)
    ready = checked_gemm(a, zeros(3, 2))[0]
    assert ready.flags.aligned
    np.testing.assert_array_equal(ready, a)


def test_a_place_over_an_operand_is_refused_and_one_beside_it_is_not() -> None:
    both = zeros(6, 3)
    with pytest.raises(OperandsError, match="lies over one of the operands"):
        checked_gemm(both[:3], zeros(3, 3), both[2:5])
    with pytest.raises(OperandsError, match="lies over one of the operands"):
        checked_gemm(zeros(3, 3), both[:3], both[:3].T)
    woven = zeros(6, 3)  # every other row: between each other, and nowhere over each other
    assert checked_gemm(woven[::2], zeros(3, 3), woven[1::2])[2].base is woven


@given(
    shape=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    strides=st.tuples(st.integers(-5, 5), st.integers(-5, 5)),
)
def test_a_place_with_two_numbers_at_one_address_is_refused(
    shape: tuple[int, int], strides: tuple[int, int]
) -> None:
    """Addresses counted one by one as the oracle; what is refused beyond them no slice of an array has."""
    room = np.zeros(64, np.float32)
    out = as_strided(room[32:], shape, tuple(4 * stride for stride in strides))
    addresses = [i * strides[0] + j * strides[1] for i in range(shape[0]) for j in range(shape[1])]
    is_shared = len(set(addresses)) < len(addresses)
    short, long = sorted((abs(s), n) for s, n in zip(strides, shape, strict=True))
    is_slice = not is_shared and (min(shape) == 1 or long[0] > short[0] * (short[1] - 1))
    a, b = zeros(shape[0], 2), zeros(2, shape[1])
    if is_shared:
        with pytest.raises(OperandsError, match="same address"):
            checked_gemm(a, b, out)
    elif is_slice:
        assert checked_gemm(a, b, out)[2] is out


def test_threads() -> None:
    assert ensure_threads(3) == 3
    for threads in (0, -1):
        with pytest.raises(OperandsError, match=f"not {threads}"):
            ensure_threads(threads)


def test_what_fits_in_memory_and_what_does_not() -> None:
    assert product_bytes(2, 3, 4, "float32") == 4 * (2 * 4 + 4 * 3 + 2 * 3)
    assert product_bytes(2, 3, 4, "float64") == 8 * (2 * 4 + 4 * 3 + 2 * 3)
    ensure_fits(100, 100, 100, "float64", copies=4)
    with pytest.raises(UnavailableError) as refused:
        ensure_fits(10_000_000, 20_000_000, 3, "float32")
    text = refused.value.reason.text
    assert text.startswith(
        "A 10000000 × 3 matrix times a 3 × 20000000 matrix in float32 needs 745058.4 GiB of memory; "
    )
    assert text.endswith(" GiB are free.")
    with pytest.raises(OperandsError, match="negative"):
        ensure_fits(-1, 2, 3, "float32")


def test_copies_count(monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    class Memory:
        available = 3 * 1000 * 1000 * 8 * 2

    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    ensure_fits(1000, 1000, 1000, "float64")
    with pytest.raises(UnavailableError):
        ensure_fits(1000, 1000, 1000, "float64", copies=2)
