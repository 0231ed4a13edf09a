"""Reading and writing flat arrays in compiled code: vectors and single numbers, without checks of an index.

An array is the pointer to its first element; an index is of an element and is never negative.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from kernels.training.lanes import LANE_BYTES, Lanes, _spread, _whole


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def pointer(typing_context: Any, array: Any) -> Any:
    """Where an array's elements begin; whoever calls keeps the array alive.

    Compiled code counts references to arrays at every use, and a count costs as much as ten additions.
    """

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return context.make_array(sig.args[0])(context, builder, args[0]).data

    return types.CPointer(array.dtype)(array), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def load(typing_context: Any, array: Any, index: Any) -> Any:
    """A vector of neighbours from here on."""
    return _loading(_whole(array.dtype), array)


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def load_four(typing_context: Any, array: Any, index: Any) -> Any:
    """A vector of four neighbours from here on."""
    return _loading(Lanes(array.dtype, 4), array)


def _loading(lanes: Any, array: Any) -> Any:
    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        vector = context.get_value_type(sig.return_type)
        place = builder.gep(args[0], [args[1]])
        n_bytes = sig.return_type.dtype.bitwidth // 8
        return builder.load(builder.bitcast(place, vector.as_pointer()), align=n_bytes)

    return lanes(array, types.intp), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def store(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """All lanes to neighbouring places from here on."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place = builder.gep(args[0], [args[1]])
        n_bytes = sig.args[2].dtype.bitwidth // 8
        builder.store(args[2], builder.bitcast(place, args[2].type.as_pointer()), align=n_bytes)
        return context.get_dummy_value()

    return types.none(array, types.intp, value), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def scatter_four(typing_context: Any, array: Any, index: Any, step: Any, value: Any, is_first: Any) -> Any:
    """Write the four lanes `step` elements apart, or add them to what is there."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place, is_new = args[1], args[4]
        for lane in range(4):
            number = builder.extract_element(args[3], ir.Constant(ir.IntType(32), lane))
            address = builder.gep(args[0], [place])
            before = builder.load(address)
            more = builder.fadd(before, number)
            builder.store(builder.select(is_new, number, more), address)
            place = builder.add(place, args[2])
        return context.get_dummy_value()

    return types.none(array, types.intp, types.intp, value, types.boolean), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def spread(typing_context: Any, array: Any, index: Any) -> Any:
    """One number of the array in every lane."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place = builder.gep(args[0], [args[1]])
        return _spread(builder, builder.load(place), context.get_value_type(sig.return_type))

    return _whole(array.dtype)(array, types.intp), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def filled(typing_context: Any, array: Any, number: Any) -> Any:
    """A vector for numbers of the array's type with this one in every lane."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        value = context.cast(builder, args[1], sig.args[1], sig.return_type.dtype)
        return _spread(builder, value, context.get_value_type(sig.return_type))

    return _whole(array.dtype)(array, number), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def lane_numbers(typing_context: Any, array: Any) -> Any:
    """0, 1, 2, ... in the lanes of a vector for numbers of the array's type."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        vector = context.get_value_type(sig.return_type)
        return ir.Constant(vector, [float(i) for i in range(vector.count)])

    return _whole(array.dtype)(array), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def item(typing_context: Any, array: Any, index: Any) -> Any:
    """One number: an index as intp, anything else as it is."""
    is_index = isinstance(array.dtype, types.Integer)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        value = builder.load(builder.gep(args[0], [args[1]]))
        return context.cast(builder, value, sig.args[0].dtype, sig.return_type) if is_index else value

    return (types.intp if is_index else array.dtype)(array, types.intp), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def put(typing_context: Any, array: Any, index: Any, number: Any) -> Any:
    """Write one number."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        value = context.cast(builder, args[2], sig.args[2], sig.args[0].dtype)
        builder.store(value, builder.gep(args[0], [args[1]]))
        return context.get_dummy_value()

    return types.none(array, types.intp, number), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def width(typing_context: Any, array: Any) -> Any:
    """How many numbers of the array a vector holds: a constant for the compiler."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return context.get_constant(types.intp, _whole(sig.args[0].dtype).count)

    return types.intp(array), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def shifted(typing_context: Any, array: Any, distance: Any) -> Any:
    """The same array from a later element on."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.gep(args[0], [args[1]])

    return array(array, types.intp), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_load(typing_context: Any, array: Any, index: Any) -> Any:
    """An element of an int64 array, and all that was written before whoever set it did so."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load_atomic(builder.gep(args[0], [args[1]]), ordering="seq_cst", align=8)

    return types.int64(array, types.intp), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_store(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """Set an element of an int64 array after all that was written before."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        builder.store_atomic(args[2], builder.gep(args[0], [args[1]]), ordering="seq_cst", align=8)
        return context.get_dummy_value()

    return types.none(array, types.intp, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_add(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """Add to an element of an int64 array after all that was written before; return what it was."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.atomic_rmw("add", builder.gep(args[0], [args[1]]), args[2], "seq_cst")

    return types.int64(array, types.intp, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def flag(typing_context: Any, array: Any) -> Any:
    """The first element of an array of bytes that another thread may change at any time."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load_atomic(args[0], ordering="monotonic", align=1)

    return types.uint8(array), generate


def aligned(n_elements: int, dtype: type[np.floating]) -> NDArray[np.floating]:
    """Return zeros, (n_elements,), that begin at the beginning of a cache line."""
    n_bytes = n_elements * np.dtype(dtype).itemsize
    room = np.zeros(n_bytes + LANE_BYTES, np.uint8)
    first = -room.ctypes.data % LANE_BYTES
    return room[first : first + n_bytes].view(dtype)
