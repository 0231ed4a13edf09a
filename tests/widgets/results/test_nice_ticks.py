"""Ticks are round, within the range and not too many."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.results.nice_ticks import nice_ticks


def test_known_ranges() -> None:
    assert nice_ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
    assert nice_ticks(-13, 388, 5) == [0, 100, 200, 300]
    assert nice_ticks(0.12, 0.19, 4) == pytest.approx([0.12, 0.14, 0.16, 0.18])
    assert nice_ticks(3, 3, 5) == [3]
    assert nice_ticks(math.nan, 1, 5) == []


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 9))
def test_they_stay_within_and_are_equally_far_apart(low: float, span: float, most: int) -> None:
    found = nice_ticks(low, low + span, most)
    assert len(found) <= most + 1
    assert all(low - 1e-6 * span <= tick <= low + span * (1 + 1e-6) for tick in found)
    gaps = [after - before for before, after in pairwise(found)]
    assert all(gap == pytest.approx(gaps[0], rel=1e-3) for gap in gaps)
