"""Fused multiply-adds in registers and nothing else: s <- s f + t in several vectors at once.

A multiply-add takes about four cycles until its result is there, and two can begin in each cycle, so at least
eight independent sums keep the units busy. Fourteen do that with a margin, and leave two of sixteen registers
for the operands.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from kernels.host import vector_unit
from kernels.ladder import vectors

CHAINS = 14
"""Independent sums, each a whole vector."""

STEPS = 8
"""Multiply-adds of each chain in one turn of the loop, so that counting costs nothing."""


def flops(turns: int, n_bytes: int) -> int:
    """Floating-point operations in this many turns, for numbers of `n_bytes`; a multiply-add is two."""
    return 2 * turns * CHAINS * STEPS * vector_unit().lanes(n_bytes)


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def _run(typing_context: Any, turns: Any, factor: Any, term: Any) -> Any:
    """Turns of the loop over all chains; returns one number that needs them all."""
    del typing_context

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        turns_value, factor_value, term_value = arguments
        unit, element = vector_unit(), context.get_value_type(signature.args[1])
        vector = ir.VectorType(element, unit.lanes(signature.args[1].bitwidth // 8))
        factors = vectors.broadcast(builder, factor_value, vector)
        terms = vectors.broadcast(builder, term_value, vector)
        sums = [cgutils.alloca_once(builder, vector) for _ in range(CHAINS)]
        for chain, place in enumerate(sums):
            builder.store(ir.Constant(vector, [0.5 + chain / 64] * vector.count), place)
        with cgutils.for_range(builder, turns_value):
            for place in sums * STEPS:
                total = vectors.multiply_add(builder, builder.load(place), factors, terms, unit.has_fma)
                builder.store(total, place)
        total = builder.load(sums[0])
        for place in sums[1:]:
            total = builder.fadd(total, builder.load(place))
        lanes = [builder.extract_element(total, vectors.INT32(lane)) for lane in range(vector.count)]
        result = lanes[0]
        for lane in lanes[1:]:
            result = builder.fadd(result, lane)
        return result

    return factor(types.intp, factor, factor), generate


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def run(turns: int, factor: Any, term: Any) -> Any:
    """Return the sum over all chains and lanes after `turns` turns; each tends to term / (1 - factor)."""
    return _run(turns, factor, term)
