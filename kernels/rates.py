"""The learning rate over the epochs: a function of the epoch alone, in plain and in compiled code."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kernels import codes

STEP, COSINE = codes.STEP, codes.COSINE


@dataclass(frozen=True, slots=True)
class Rates:
    """How the rate changes, by a schedule's code, and its numbers.

    length : of a step: after how many epochs the rate falls each time; of a cosine: how long it falls; >= 1
    number : of a step: what the rate is multiplied by; of a cosine: the share of it that is left at the end
    """

    kind: int = codes.CONSTANT
    length: int = 1
    number: float = 1.0


def rate_at(kind: int, length: int, number: float, rate: float, epoch: int) -> float:
    """Return the learning rate during the epoch after `epoch` whole ones; `rate` is that of the first.

        step:    rate number^floor(epoch / length)
        cosine:  rate (number + (1 - number) (1 + cos(pi epoch / length)) / 2), then rate number for ever

    The cosine is that of Loshchilov and Hutter 2017 (SGDR, equation 5), without restarts.
    """
    if kind == STEP:
        left: float = number ** float(epoch // length)
        return rate * left
    if kind == COSINE:
        done = min(1.0, epoch / length)
        share = number + (1.0 - number) * 0.5 * (1.0 + math.cos(math.pi * done))
        return rate * share
    return rate
