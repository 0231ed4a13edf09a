"""exp, log, sine and their like for vectors of rows: no branches, no calls, the same steps in every lane.

Good to about two units in the last place in float64, and to about 1e-7 in float32. What is not a number stays
so. Results below the smallest normal number are 0.
"""

from __future__ import annotations

import math
from typing import Any

from kernels.training.compiled import inlined
from kernels.training.lanes import (
    absolute,
    exponent,
    mantissa,
    multiply_add,
    power_of_two,
    where_less,
    with_sign_of,
)
from kernels.training.polynomials import (
    cosine_tail,
    exp_tail,
    half_pi_high,
    half_pi_low,
    half_pi_middle,
    largest_angle,
    ln2_high,
    ln2_low,
    log_tail,
    lowest_exponent,
    magic,
    sine_tail,
)

LOG2_E = math.log2(math.e)
TWO_OVER_PI = 2.0 / math.pi
ROOT_TWO = math.sqrt(2.0)


@inlined
def exp_parts(x: Any) -> Any:
    """exp(x) - 1 and exp(x) for x <= 0: with x = k ln 2 + r, exp(x) = 2^k exp(r)."""
    lowest = lowest_exponent(x)
    inside = where_less(x, lowest, lowest, x)
    shifted = multiply_add(inside, LOG2_E, magic(x))
    k = shifted - magic(x)
    r = multiply_add(k, 0.0 - ln2_high(x), inside)
    r = multiply_add(k, 0.0 - ln2_low(x), r)
    # exp(r) - 1 keeps its digits where r is small.
    grown = multiply_add(r * r, exp_tail(r), r)
    scale = power_of_two(shifted)
    return multiply_add(scale, grown, scale - 1.0), where_less(
        x, lowest, 0.0, multiply_add(scale, grown, scale)
    )


@inlined
def log(x: Any) -> Any:
    """The natural logarithm of x >= 1: with x = m 2^e, ln m + e ln 2; ln m from s = (m - 1) / (m + 1)."""
    m, e = mantissa(x), exponent(x)
    e = where_less(ROOT_TWO, m, e + 1.0, e)
    f = where_less(ROOT_TWO, m, 0.5 * m, m) - 1.0
    s = f / (2.0 + f)
    squared, half = s * s, 0.5 * f * f
    tail = multiply_add(s, multiply_add(squared, log_tail(squared), half), e * ln2_low(x))
    # x - x adds what is not finite to the result.
    return multiply_add(e, ln2_high(x), f - (half - tail)) + (x - x)


@inlined
def log_of_one_plus(u: Any) -> Any:
    """ln(1 + u) for u in [0, 1]; what 1 + u loses in rounding is made good."""
    one_more = 1.0 + u
    return log(one_more) + (u - (one_more - 1.0)) / one_more


@inlined
def sigmoid_parts(z: Any) -> Any:
    """1 / (1 + exp(-z)) and its slope, from the tail's side so that both keep their digits."""
    _, small = exp_parts(0.0 - absolute(z))
    share = 1.0 / (1.0 + small)
    return where_less(z, 0.0, small, 1.0) * share, small * share * share


@inlined
def tanh_parts(z: Any) -> Any:
    """tanh(z) and its slope 1 - tanh(z)^2, from exp(-2 |z|) - 1."""
    less, small = exp_parts(-2.0 * absolute(z))
    share = 1.0 / (2.0 + less)
    return with_sign_of(less * share, z), 4.0 * small * share * share


@inlined
def softplus_parts(z: Any) -> Any:
    """log(1 + exp(z)) and its slope, the sigmoid."""
    _, small = exp_parts(0.0 - absolute(z))
    positive = where_less(z, 0.0, 0.0, z)
    slope = where_less(z, 0.0, small, 1.0) / (1.0 + small)
    return positive + log_of_one_plus(small), slope


@inlined
def sine_parts(z: Any) -> Any:
    """sin(z) and cos(z): with z = k pi / 2 + r, one of them of r with the signs of the quarter."""
    # An angle too large to tell is taken for 0, one that is not finite for no number.
    inside = where_less(absolute(z), largest_angle(z), z, z * 0.0)
    k = multiply_add(inside, TWO_OVER_PI, magic(z)) - magic(z)
    r = multiply_add(k, 0.0 - half_pi_high(z), inside)
    r = multiply_add(k, 0.0 - half_pi_middle(z), r)
    r = multiply_add(k, 0.0 - half_pi_low(z), r)
    squared = r * r
    sine = multiply_add(squared * r, sine_tail(squared), r)
    cosine = multiply_add(squared * squared, cosine_tail(squared), multiply_add(squared, -0.5, 1.0))
    # The quarter of the turn, -2 to 2: odd ones swap the two, signs follow the circle.
    quarter = multiply_add(multiply_add(k, 0.25, magic(z)) - magic(z), -4.0, k)
    size = absolute(quarter)
    is_odd = absolute(size - 1.0)
    first, second = where_less(is_odd, 0.5, cosine, sine), where_less(is_odd, 0.5, sine, cosine)
    back = where_less(1.5, size, -1.0, where_less(quarter, -0.5, -1.0, 1.0 + 0.0 * quarter))
    over = where_less(1.5, size, -1.0, where_less(0.5, quarter, -1.0, 1.0 + 0.0 * quarter))
    return first * back, second * over
