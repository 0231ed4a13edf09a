"""Vectors of 64 bytes as numbers for compiled code: 16 float32 or 8 float64, a row in each lane.

A value of LLVM's type <16 x float> is one register with AVX-512, two with AVX2, four with NEON; the source is
the same. Arithmetic is written as for numbers (`x * y + 0.5`; a number stands in every lane); what numbers do
not have is a function here. Indices are of elements, are not checked, and never count from the end.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, models, register_model

LANE_BYTES = 64
"""Bytes of one vector."""

MAGIC_BITS = {32: 23, 64: 52}
"""Bits of the mantissa, by the bits of a number."""

BIAS = {32: 127, 64: 1023}
"""What is added to an exponent where it is stored, by the bits of a number."""

Generator = Callable[[Any, Any, Any, Any], Any]


def n_lanes(n_bytes: int) -> int:
    """Return how many numbers of this many bytes a vector holds."""
    return LANE_BYTES // n_bytes


class Lanes(types.Type):  # type: ignore[misc]  # numba has no types
    """So many numbers of one floating-point type side by side."""

    def __init__(self, dtype: Any, count: int) -> None:
        self.dtype, self.count = dtype, count
        super().__init__(name=f"lanes({dtype} x {count})")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]  # numba has no types
    def __init__(self, dmm: Any, fe_type: Any) -> None:
        element = ir.FloatType() if fe_type.dtype == types.float32 else ir.DoubleType()
        super().__init__(dmm, fe_type, ir.VectorType(element, fe_type.count))


def _whole(dtype: Any) -> Lanes:
    return Lanes(dtype, n_lanes(dtype.bitwidth // 8))


def _spread(builder: Any, number: Any, vector: Any) -> Any:
    """The same number in every lane."""
    undefined = ir.Constant(vector, ir.Undefined)
    zero = ir.Constant(ir.IntType(32), 0)
    first = builder.insert_element(undefined, number, zero)
    return builder.shuffle_vector(
        first, undefined, ir.Constant(ir.VectorType(ir.IntType(32), vector.count), None)
    )


def _as_lanes(context: Any, builder: Any, value: Any, from_type: Any, lanes: Any) -> Any:
    if isinstance(from_type, Lanes):
        return value
    number = context.cast(builder, value, from_type, lanes.dtype)
    return _spread(builder, number, context.get_value_type(lanes))


def _common(arguments: Any) -> Any:
    """The vectors' type where all arguments are vectors of it or numbers, else None."""
    found = {a for a in arguments if isinstance(a, Lanes)}
    is_known = all(isinstance(a, Lanes | types.Float | types.Integer) for a in arguments)
    return found.pop() if len(found) == 1 and is_known else None


def _calls(builder: Any, name: str, arguments: list[Any]) -> Any:
    vector = arguments[0].type
    bits = 32 if isinstance(vector.element, ir.FloatType) else 64
    function = ir.FunctionType(vector, [vector] * len(arguments))
    full = f"llvm.{name}.v{vector.count}f{bits}"
    return builder.call(cgutils.get_or_insert_function(builder.module, function, full), arguments)


def _register_operator(key: Any, instruction: str) -> None:
    class Template(AbstractTemplate):  # type: ignore[misc]  # numba has no types
        def generic(self, args: Any, kws: Any) -> Any:
            lanes = _common(args)
            return None if lanes is None or kws else signature(lanes, *args)

    infer_global(key)(Template)

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pairs = zip(args, sig.args, strict=True)
        ready = [_as_lanes(context, builder, value, kind, sig.return_type) for value, kind in pairs]
        return getattr(builder, instruction)(*ready)

    for kinds in ((Lanes, Lanes), (Lanes, types.Number), (types.Number, Lanes)):
        lower_builtin(key, *kinds)(lower)


for _key, _instruction in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _register_operator(_key, _instruction)


def _elementwise(write: Callable[[Any, list[Any]], Any], arguments: Any) -> Any:
    """Return what an intrinsic returns: the type, and the code that `write` makes of the vectors."""
    lanes = _common(arguments)
    if lanes is None:
        return None

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pairs = zip(args, sig.args, strict=True)
        return write(builder, [_as_lanes(context, builder, v, k, sig.return_type) for v, k in pairs])

    return lanes(*arguments), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def multiply_add(typing_context: Any, x: Any, y: Any, total: Any) -> Any:
    """X y + total, rounded once where the processor can, else twice."""
    return _elementwise(lambda builder, args: _calls(builder, "fmuladd", args), (x, y, total))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def absolute(typing_context: Any, x: Any) -> Any:
    """|x|."""
    return _elementwise(lambda builder, args: _calls(builder, "fabs", args), (x,))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def square_root(typing_context: Any, x: Any) -> Any:
    """The square root, correctly rounded."""
    return _elementwise(lambda builder, args: _calls(builder, "sqrt", args), (x,))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def with_sign_of(typing_context: Any, x: Any, sign: Any) -> Any:
    """|x| with the sign of another."""
    return _elementwise(lambda builder, args: _calls(builder, "copysign", args), (x, sign))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def where_less(typing_context: Any, x: Any, y: Any, yes: Any, no: Any) -> Any:
    """Lane by lane `yes` where x < y, else `no`: also where one of the two is not a number."""

    def write(builder: Any, args: list[Any]) -> Any:
        return builder.select(builder.fcmp_ordered("<", args[0], args[1]), args[2], args[3])

    return _elementwise(write, (x, y, yes, no))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def power_of_two(typing_context: Any, shifted: Any) -> Any:
    """2^k for whole k of the exponent's range, given as k + 1.5 2^mantissa bits (see `functions.MAGIC`)."""

    def write(builder: Any, args: list[Any]) -> Any:
        vector = args[0].type
        whole, bits = _integers(vector)
        k = builder.add(builder.bitcast(args[0], whole), ir.Constant(whole, [BIAS[bits]] * vector.count))
        return builder.bitcast(builder.shl(k, ir.Constant(whole, [MAGIC_BITS[bits]] * vector.count)), vector)

    return _elementwise(write, (shifted,))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def exponent(typing_context: Any, x: Any) -> Any:
    """The whole number e with x = m 2^e and m in [1, 2), for positive normal x."""

    def write(builder: Any, args: list[Any]) -> Any:
        vector = args[0].type
        whole, bits = _integers(vector)
        e = builder.lshr(
            builder.bitcast(args[0], whole), ir.Constant(whole, [MAGIC_BITS[bits]] * vector.count)
        )
        return builder.sitofp(builder.sub(e, ir.Constant(whole, [BIAS[bits]] * vector.count)), vector)

    return _elementwise(write, (x,))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def mantissa(typing_context: Any, x: Any) -> Any:
    """M in [1, 2) with x = m 2^e, for positive normal x."""

    def write(builder: Any, args: list[Any]) -> Any:
        vector = args[0].type
        whole, bits = _integers(vector)
        kept, one = (1 << MAGIC_BITS[bits]) - 1, BIAS[bits] << MAGIC_BITS[bits]
        low = builder.and_(builder.bitcast(args[0], whole), ir.Constant(whole, [kept] * vector.count))
        return builder.bitcast(builder.or_(low, ir.Constant(whole, [one] * vector.count)), vector)

    return _elementwise(write, (x,))


def _integers(vector: Any) -> tuple[Any, int]:
    bits = 32 if isinstance(vector.element, ir.FloatType) else 64
    return ir.VectorType(ir.IntType(bits), vector.count), bits


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def total(typing_context: Any, x: Any) -> Any:
    """The sum of all lanes, halves added to halves: always in this order."""
    if not isinstance(x, Lanes):
        return None

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        value = args[0]
        while value.type.count > 1:
            half = value.type.count // 2
            value = builder.fadd(_part(builder, value, 0, half), _part(builder, value, half, half))
        return builder.extract_element(value, ir.Constant(ir.IntType(32), 0))

    return x.dtype(x), generate


def _part(builder: Any, value: Any, first: int, count: int) -> Any:
    return _picked(builder, value, value, range(first, first + count))


def _picked(builder: Any, x: Any, y: Any, places: Any) -> Any:
    places = list(places)
    return builder.shuffle_vector(x, y, ir.Constant(ir.VectorType(ir.IntType(32), len(places)), places))


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def totals_of_four(typing_context: Any, x0: Any, x1: Any, x2: Any, x3: Any) -> Any:
    """The sums of all lanes of four vectors, as a vector of four: always in the same order."""
    if len({x0, x1, x2, x3}) != 1 or not isinstance(x0, Lanes):
        return None

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        count = sig.args[0].count
        group = 256 // sig.args[0].dtype.bitwidth // 2  # numbers in 128 bits, which shuffles do not cross
        pairs = [_interleaved_sum(builder, args[i], args[i + 1], count, group, 1) for i in (0, 2)]
        if group == 4:
            value = _interleaved_sum(builder, pairs[0], pairs[1], count, group, 2)
        else:
            # Two numbers in 128 bits: the pairs take turns, 128 bits each, and half of the sums are added.
            places = [
                2 * g + i + side * count for g in range(0, count // 2, 2) for side in (0, 1) for i in (0, 1)
            ]
            others = [place + 2 for place in places]
            value = builder.fadd(
                _picked(builder, pairs[0], pairs[1], places), _picked(builder, pairs[0], pairs[1], others)
            )
        while value.type.count > 4:
            half = value.type.count // 2
            value = builder.fadd(_part(builder, value, 0, half), _part(builder, value, half, half))
        return value

    return Lanes(x0.dtype, 4)(x0, x1, x2, x3), generate


def _interleaved_sum(builder: Any, x: Any, y: Any, count: int, group: int, width: int) -> Any:
    """Sums of neighbours of x and of y in turns, `width` numbers at a time, within groups."""
    low, high = [], []
    half = group // 2
    for start in range(0, count, group):
        for i in range(0, half, width):
            for side in (0, count):
                low += [side + start + i + j for j in range(width)]
                high += [side + start + half + i + j for j in range(width)]
    return builder.fadd(_picked(builder, x, y, low), _picked(builder, x, y, high))
