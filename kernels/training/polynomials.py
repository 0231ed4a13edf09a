"""Polynomials and constants that differ by precision, as functions of vectors for compiled code.

Coefficients are of Chebyshev interpolations on the range that each comment names, from the constant term on:
few enough that the error stays below the rounding of the type.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from kernels.training.lanes import Lanes, _calls, _spread

Coefficients = tuple[float, ...]


def by_precision(single: float, double: float) -> Any:
    """Return a function of a vector: a constant in every lane, chosen by the vector's type."""

    @intrinsic  # type: ignore[untyped-decorator]  # numba has no types
    def constant(typing_context: Any, x: Any) -> Any:
        if not isinstance(x, Lanes):
            return None
        number = single if x.dtype == types.float32 else double

        def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            vector = args[0].type
            return _spread(builder, ir.Constant(vector.element, number), vector)

        return x(x), generate

    return constant


def polynomial(single: Coefficients, double: Coefficients) -> Any:
    """Return a function of a vector: c0 + c1 x + c2 x^2 + ..., pairs first (Estrin)."""

    @intrinsic  # type: ignore[untyped-decorator]  # numba has no types
    def value(typing_context: Any, x: Any) -> Any:
        if not isinstance(x, Lanes):
            return None
        coefficients = single if x.dtype == types.float32 else double

        def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            power = args[0]
            vector = power.type
            parts = [_spread(builder, ir.Constant(vector.element, c), vector) for c in coefficients]
            while len(parts) > 1:
                odd = [parts.pop()] if len(parts) % 2 else []
                pairs = zip(parts[1::2], parts[::2], strict=True)
                parts = [_calls(builder, "fmuladd", [high, power, low]) for high, low in pairs] + odd
                if len(parts) > 1:
                    power = builder.fmul(power, power)
            return parts[0]

        return x(x), generate

    return value


# (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2
exp_tail = polynomial(
    (0.5, 0.16666577, 0.0416665546, 0.00836317905, 0.00139261836),
    (0.5, 0.16666666666666669, 0.04166666666662413, 0.008333333333330065, 0.0013888888917213454,
     0.0001984126986304241, 2.4801521296381924e-05, 2.7557268476375204e-06, 2.7620088247053265e-07,
     2.5100378233891043e-08),
)  # fmt: skip

# (sin(r) - r) / r^3 in r^2, |r| <= pi / 4
sine_tail = polynomial(
    (-0.166666647, 0.0083327471, -0.000195876391),
    (-0.16666666666666666, 0.008333333333330936, -0.00019841269836740676, 2.7557316093260445e-06,
     -2.5051129907367235e-08, 1.5917989673172976e-10),
)  # fmt: skip

# (cos(r) - 1 + r^2 / 2) / r^4 in r^2, |r| <= pi / 4
cosine_tail = polynomial(
    (0.0416666647, -0.00138883019, 2.45476898e-05),
    (0.041666666666666664, -0.001388888888888739, 2.4801587298754834e-05, -2.755731726609152e-07,
     2.08761450923389e-09, -1.1382547600425824e-11),
)  # fmt: skip

# (2 atanh(s) - 2 s) / s^3 in s^2, |s| <= 3 - 2 sqrt(2)
log_tail = polynomial(
    (0.666666851, 0.399887577, 0.295809859),
    (0.666666666666667, 0.3999999999989889, 0.28571428626254525, 0.22222211089298233, 0.18182892437711196,
     0.15331611556579663, 0.14617809192643252),
)  # fmt: skip

# Added to a number and taken away again, it rounds the number to a whole one.
magic = by_precision(1.5 * 2.0**23, 1.5 * 2.0**52)

# exp(x) is 0 below: it would be smaller than the smallest normal number.
lowest_exponent = by_precision(-87.3, -708.3)

# ln(2) and pi / 2 in parts; a multiple of all parts but the last is exact for multiples that are not large.
ln2_high = by_precision(0.693359375, 6.93147180369123816490e-01)
ln2_low = by_precision(-2.12194440054690583e-4, 1.90821492927058770002e-10)
half_pi_high = by_precision(1.5703125, 1.57079632673412561417)
half_pi_middle = by_precision(4.837512969970703125e-4, 6.07710050630396597660e-11)
half_pi_low = by_precision(7.5497899548918861e-8, 2.02226624879595063154e-21)

# The largest angle of which a sine can be told: beyond, neighbouring numbers are whole turns apart.
largest_angle = by_precision(2.0**20, 2.0**48)
