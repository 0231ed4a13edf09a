"""Sliders have round ends that hold the data."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from widgets.example_values import ROWS_AT_ONCE, ValueRows, ValueSpec, nice_range

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


def test_many_rows_are_made_a_few_at_a_time(qtbot: QtBot) -> None:
    rows = ValueRows()
    qtbot.addWidget(rows)
    count = 3 * ROWS_AT_ONCE + 1
    specs = [ValueSpec(key, f"value {key}") for key in range(count)]
    rows.sync(specs, [0.25] * count)
    assert len(rows.rows) == ROWS_AT_ONCE
    rows.sync(specs, [0.75] * count)
    qtbot.waitUntil(lambda: len(rows.rows) == count)
    assert [row.spec.key for row in rows.rows] == list(range(count))
    assert {row.slider.number for row in rows.rows if row.slider is not None} == {0.75}
