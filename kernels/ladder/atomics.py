"""Numbers that several threads read and change while compiled code runs, without any lock of the system.

All are elements of an int64 array, and all operations have one order that every thread agrees on.
"""

from __future__ import annotations

import platform
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

ORDER = "seq_cst"
N_BYTES = 8
INT32 = ir.IntType(32)
PAUSES = {
    "x86_64": ("llvm.x86.sse2.pause", []),
    "amd64": ("llvm.x86.sse2.pause", []),
    "arm64": ("llvm.aarch64.hint", [INT32(1)]),
    "aarch64": ("llvm.aarch64.hint", [INT32(1)]),
}
"""What tells a processor that a loop only waits, by the name of its architecture."""


def _place(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    first = context.make_array(kind)(context, builder, array).data
    return builder.gep(first, [index])


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_load(typing_context: Any, array: Any, index: Any) -> Any:
    """The element, and all that was written before whoever set it did so."""
    del typing_context, index

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = _place(context, builder, signature.args[0], *arguments)
        return builder.load_atomic(place, ORDER, N_BYTES)

    return types.int64(array, types.intp), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_store(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """Set the element after all that was written before."""
    del typing_context, index, value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = _place(context, builder, signature.args[0], *arguments[:2])
        builder.store_atomic(arguments[2], place, ORDER, N_BYTES)
        return context.get_dummy_value()

    return types.void(array, types.intp, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_add(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """Add to the element; return what it was before."""
    del typing_context, index, value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = _place(context, builder, signature.args[0], *arguments[:2])
        return builder.atomic_rmw("add", place, arguments[2], ORDER)

    return types.int64(array, types.intp, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def atomic_replace(typing_context: Any, array: Any, index: Any, old: Any, new: Any) -> Any:
    """Set the element if nobody has changed it from `old`; return whether that was so."""
    del typing_context, index, old, new

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = _place(context, builder, signature.args[0], *arguments[:2])
        found = builder.cmpxchg(place, arguments[2], arguments[3], ORDER, ORDER)
        return builder.extract_value(found, 1)

    return types.boolean(array, types.intp, types.int64, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def pause(typing_context: Any) -> Any:
    """Tell the processor that this loop waits, so that it gives its units to others for a moment."""
    del typing_context
    name, values = PAUSES.get(platform.machine().lower(), ("", []))

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del signature, arguments
        if name:
            kind = ir.FunctionType(ir.VoidType(), [value.type for value in values])
            builder.call(cgutils.get_or_insert_function(builder.module, kind, name), values)
        return context.get_dummy_value()

    return types.void(), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def pointer_from(typing_context: Any, address: Any, like: Any) -> Any:
    """An address as a pointer to numbers of the type that the array `like` has."""
    del typing_context, address

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(like.dtype)(types.intp, like), generate
