"""Reads an array from memory and does nothing else: whole vectors, added up in several sums at once.

One core gets the most out of memory when it reads at four places in turn and asks for each a little ahead:
more requests are on their way at the same time than the processor's own foresight keeps up for one place.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from kernels.host import vector_unit
from kernels.ladder import vectors

PLACES = 4
"""Parts of the array that are read in turn."""

VECTORS = 4
"""Vectors read at each place in one turn of the loop, each into a sum of its own."""

WORD = ir.IntType(32)
WORD_BYTES, LINE_BYTES, AHEAD_BYTES = 4, 64, 512


def block_bytes() -> int:
    """Bytes read in one turn; what is read is a whole multiple of them."""
    return PLACES * VECTORS * WORD_BYTES * vector_unit().lanes(WORD_BYTES)


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def _read(typing_context: Any, address: Any, turns: Any) -> Any:
    """Turns of the loop over the array; returns one number that needs all of it."""
    del typing_context

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del context, signature
        start, turns_value = arguments
        vector, index = ir.VectorType(WORD, vector_unit().lanes(WORD_BYTES)), start.type
        step = block_bytes() // PLACES
        sums = [cgutils.alloca_once(builder, vector) for _ in range(PLACES * VECTORS)]
        for place in sums:
            builder.store(ir.Constant(vector, [0] * vector.count), place)
        part = builder.mul(turns_value, index(step))
        with cgutils.for_range(builder, turns_value) as loop:
            first = builder.add(start, builder.mul(loop.index, index(step)))
            for number, place in enumerate(sums):
                where, offset = number // VECTORS, number % VECTORS * (step // VECTORS)
                at = builder.add(first, builder.add(builder.mul(part, index(where)), index(offset)))
                if offset % LINE_BYTES == 0:
                    far = builder.add(at, index(AHEAD_BYTES))
                    vectors.prefetch(builder, builder.inttoptr(far, WORD.as_pointer()))
                read = vectors.load(builder, builder.inttoptr(at, WORD.as_pointer()), vector)
                builder.store(builder.add(builder.load(place), read), place)
        total = builder.load(sums[0])
        for place in sums[1:]:
            total = builder.add(total, builder.load(place))
        lanes = [builder.extract_element(total, vectors.INT32(lane)) for lane in range(vector.count)]
        result = lanes[0]
        for lane in lanes[1:]:
            result = builder.add(result, lane)
        return result

    return types.uint32(types.intp, types.intp), generate


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def read(address: int, turns: int) -> Any:
    """Return the wrapped sum of the 32-bit words in `turns` blocks from an address on."""
    return _read(address, turns)
