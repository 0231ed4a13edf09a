"""Schedules against values worked out by hand, in plain and in compiled code."""

from __future__ import annotations

import pytest
from numba import njit

from kernels import codes
from kernels.optimizers import Rule
from kernels.rates import Rates, rate_at

BY_HAND: list[tuple[Rates, int, float]] = [
    (Rates(), 0, 0.8),
    (Rates(), 12345, 0.8),
    (Rates(codes.STEP, 10, 0.5), 0, 0.8),
    (Rates(codes.STEP, 10, 0.5), 9, 0.8),
    (Rates(codes.STEP, 10, 0.5), 10, 0.4),
    (Rates(codes.STEP, 10, 0.5), 19, 0.4),
    (Rates(codes.STEP, 10, 0.5), 35, 0.1),
    (Rates(codes.STEP, 1, 0.1), 3, 0.0008),
    (Rates(codes.STEP, 1, 0.1), 100000, 0.0),
    (Rates(codes.COSINE, 60, 0.0), 0, 0.8),
    (Rates(codes.COSINE, 60, 0.0), 20, 0.6),  # cos 60 degrees is a half
    (Rates(codes.COSINE, 60, 0.0), 30, 0.4),
    (Rates(codes.COSINE, 60, 0.0), 40, 0.2),
    (Rates(codes.COSINE, 60, 0.0), 60, 0.0),
    (Rates(codes.COSINE, 60, 0.0), 6000, 0.0),
    (Rates(codes.COSINE, 60, 0.25), 0, 0.8),
    (Rates(codes.COSINE, 60, 0.25), 30, 0.5),
    (Rates(codes.COSINE, 60, 0.25), 61, 0.2),
]


@pytest.mark.parametrize(("rates", "epoch", "expected"), BY_HAND)
def test_rates_are_those_worked_out_by_hand(rates: Rates, epoch: int, expected: float) -> None:
    found = rate_at(rates.kind, rates.length, rates.number, 0.8, epoch)
    assert found == pytest.approx(expected, rel=1e-14, abs=1e-16)
    rule = Rule(learning_rate=0.8, rates=rates).at(epoch)
    assert rule.learning_rate == found
    assert rule.rates == Rates()
    assert rule.at(999) is rule


@pytest.mark.parametrize("rates", [Rates(codes.STEP, 7, 0.9), Rates(codes.COSINE, 200, 0.1)])
def test_compiled_code_has_the_same_bits(rates: Rates) -> None:
    compiled = njit(rate_at)
    found = [compiled(rates.kind, rates.length, rates.number, 0.3, epoch) for epoch in range(300)]
    assert found == [Rule(learning_rate=0.3, rates=rates).at(epoch).learning_rate for epoch in range(300)]
    assert len(set(found)) > 30
