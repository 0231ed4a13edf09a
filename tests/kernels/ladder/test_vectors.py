"""Vectors against plain arithmetic: what a mask leaves out stays as it is, rounding happens once or twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from kernels.ladder import vectors
from kernels.ladder.vectors import moved, pointer_to

LANES = 8


@intrinsic
def multiply_add(typing_context: Any, x: Any, y: Any, z: Any, out: Any, count: Any, is_fused: Any) -> Any:
    """Out = x y + z in the first `count` lanes, x the same in all."""
    del typing_context, x, count, is_fused

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        x, y, z, out, count, is_fused = arguments
        vector = ir.VectorType(context.get_data_type(signature.args[0]), LANES)
        mask = vectors.first_lanes(builder, count, LANES)
        factors = vectors.load(builder, y, vector, mask)
        terms = vectors.load(builder, z, vector, mask)
        spread = vectors.broadcast(builder, x, vector)
        with builder.if_else(is_fused) as (fused, rounded_twice):
            with fused:
                total = vectors.multiply_add(builder, spread, factors, terms, True)
                vectors.store(builder, total, out, mask)
            with rounded_twice:
                total = vectors.multiply_add(builder, spread, factors, terms, False)
                vectors.store(builder, total, out, mask)
        vectors.prefetch(builder, builder.gep(out, [ir.Constant(vectors.INT64, 1 << 40)]))
        return context.get_dummy_value()

    return types.void(y.dtype, y, z, out, types.intp, types.boolean), generate


@njit
def run(x: Any, y: Any, z: Any, out: Any, first: int, count: int, is_fused: bool) -> None:
    """Apply from element `first` on; the address asked for in advance lies beyond all memory."""
    multiply_add(x, pointer_to(y), pointer_to(z), moved(pointer_to(out), first), count, is_fused)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_masked_lanes_are_left_alone(dtype: type[np.floating[Any]], rng: np.random.Generator) -> None:
    y, z = rng.standard_normal((2, LANES)).astype(dtype)
    for count in range(-1, LANES + 3):
        out = np.full(3 * LANES, 7, dtype)
        run(dtype(3), y, z, out, 5, count, False)
        used = min(max(count, 0), LANES)
        expected = np.full(3 * LANES, 7, dtype)
        expected[5 : 5 + used] = dtype(3) * y[:used] + z[:used]
        assert out.tolist() == expected.tolist()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rounded_once_where_fused(dtype: type[np.floating[Any]]) -> None:
    step = np.finfo(dtype).eps
    y, z = np.full(LANES, 1 - step, dtype), np.full(LANES, -1, dtype)
    out = np.zeros(LANES, dtype)
    run(dtype(1 + step), y, z, out, 0, LANES, True)
    assert set(out.tolist()) == {-(float(step) ** 2)}
    run(dtype(1 + step), y, z, out, 0, LANES, False)
    assert set(out.tolist()) == {0.0}
