"""Sliders have round ends that hold the data."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from widgets.example_values import nice_range

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(NUMBERS, NUMBERS)
def test_both_ends_are_inside_and_little_else(low: float, high: float) -> None:
    assume(high - low > 1e-3)
    start, end = nice_range(low, high)
    slack = (high - low) * 1e-9
    assert start <= low + slack
    assert end >= high - slack
    assert end - start <= 1.3 * (high - low)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.003, 0.996, (0.0, 1.0)),
        (4.3, 7.9, (4.3, 7.9)),
        (12.0, 1789.0, (0.0, 1800.0)),
        (5.0, 5.0, (4.0, 6.0)),
    ],
)
def test_the_ends_are_round(low: float, high: float, expected: tuple[float, float]) -> None:
    assert nice_range(low, high) == pytest.approx(expected)


def test_what_is_no_range_becomes_one() -> None:
    assert nice_range(float("nan"), 1.0) == (-1.0, 1.0)
