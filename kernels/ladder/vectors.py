"""Vectors in LLVM's own types: each function here writes one instruction into the function that is built.

Numba's compiler rarely keeps a whole tile of sums in registers when it turns loops into vectors by itself,
and prefers half the width on processors with AVX-512. A value of type <16 x float> leaves it no choice.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

INT32, INT64 = ir.IntType(32), ir.IntType(64)
READ, DATA = ir.Constant(INT32, 0), ir.Constant(INT32, 1)
IN_L1, IN_L2 = ir.Constant(INT32, 3), ir.Constant(INT32, 2)


def n_bytes(element: ir.Type) -> int:
    """The size of a float or a double."""
    return 8 if isinstance(element, ir.DoubleType) else 4


def load(builder: Any, pointer: Any, vector: Any, mask: Any = None) -> Any:
    """Neighbours from an address; where a mask is given, zeros in the lanes that it leaves out, unread."""
    place = builder.bitcast(pointer, vector.as_pointer())
    if mask is None:
        return builder.load(place, align=n_bytes(vector.element))
    kind = ir.FunctionType(vector, [place.type, INT32, mask.type, vector])
    function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.masked.load.{_name(vector)}.p0")
    return builder.call(
        function, [place, _alignment(vector), mask, ir.Constant(vector, [0.0] * vector.count)]
    )


def store(builder: Any, value: Any, pointer: Any, mask: Any = None) -> None:
    """Lanes to neighbouring places; those that a mask leaves out stay as they are."""
    vector = value.type
    place = builder.bitcast(pointer, vector.as_pointer())
    if mask is None:
        builder.store(value, place, align=n_bytes(vector.element))
        return
    kind = ir.FunctionType(ir.VoidType(), [vector, place.type, INT32, mask.type])
    function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.masked.store.{_name(vector)}.p0")
    builder.call(function, [value, place, _alignment(vector), mask])


def first_lanes(builder: Any, count: Any, lanes: int) -> Any:
    """A mask that takes the first `count` lanes; none where it is negative."""
    vector = ir.VectorType(INT64, lanes)
    return builder.icmp_signed(
        "<", ir.Constant(vector, list(range(lanes))), broadcast(builder, count, vector)
    )


def broadcast(builder: Any, number: Any, vector: Any) -> Any:
    """The same number in every lane."""
    undefined = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(undefined, number, ir.Constant(INT32, 0))
    zeros = ir.Constant(ir.VectorType(INT32, vector.count), [0] * vector.count)
    return builder.shuffle_vector(first, undefined, zeros)


def multiply_add(builder: Any, x: Any, y: Any, total: Any, is_fused: bool) -> Any:
    """Lane by lane x y + total: rounded once where the processor has that instruction, else twice."""
    if not is_fused:  # LLVM would call a function of the C library for every lane
        return builder.fadd(builder.fmul(x, y), total)
    vector = total.type
    kind = ir.FunctionType(vector, [vector, vector, vector])
    function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.fma.{_name(vector)}")
    return builder.call(function, [x, y, total])


def prefetch(builder: Any, pointer: Any, level: Any = IN_L1) -> None:
    """Ask for the cache line at an address, which need not be valid."""
    place = builder.bitcast(pointer, cgutils.voidptr_t)
    kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, INT32, INT32, INT32])
    function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
    builder.call(function, [place, READ, level, DATA])


def _name(vector: Any) -> str:
    return f"v{vector.count}f{8 * n_bytes(vector.element)}"


def _alignment(vector: Any) -> Any:
    return ir.Constant(INT32, n_bytes(vector.element))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def pointer_to(typing_context: Any, array: Any) -> Any:
    """The address of an array's first element, as a pointer to numbers of its type."""
    del typing_context

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return types.CPointer(array.dtype)(array), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def moved(typing_context: Any, pointer: Any, distance: Any) -> Any:
    """The address so many elements further on."""
    del typing_context

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del context, signature
        return builder.gep(arguments[0], [arguments[1]])

    return pointer(pointer, types.intp), generate
