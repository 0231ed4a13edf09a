"""Numbers as the canvas writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.message import parse_number
from widgets.canvas.numbers import change, plain, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.62, "0.62"), (0.8, "0.80"), (0.0, "0"), (-0.02, "−0.02"), (2.313, "2.31"), (12.34, "12.3"),
     (9.996, "10.0"), (456.7, "457"), (-1234.0, "−1,230"), (0.0023, "0.0023"), (1.0, "1.00")],
)  # fmt: skip
def test_values(value: float, text: str) -> None:
    assert plain(value) == text


def test_signs_are_always_shown() -> None:
    assert signed(1.6) == "+1.60"
    assert signed(-0.6) == "−0.60"
    assert signed(0.0) == "0"


def test_a_change_has_enough_decimals_to_be_seen() -> None:
    assert change(1.6, 1.58) == "+1.60 → +1.58"
    assert change(1.6, 1.599) == "+1.600 → +1.599"
    assert change(-0.5, 0.5) == "−0.50 → +0.50"
    assert change(0.25, 0.25) == "+0.25 → +0.25"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_texts_read_back_to_the_value(value: float) -> None:
    for form in (plain, signed):
        read = parse_number(form(value).removeprefix("+"))
        assert read == pytest.approx(value, rel=0.06, abs=5e-3 if abs(value) >= 0.00995 else 0)


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_at_most_three_significant_digits_below_a_thousand(value: float) -> None:
    digits = [c for c in plain(value).replace("−", "").replace(".", "").lstrip("0") if c.isdigit()]
    assert len(digits) <= 3 or abs(value) >= 999 or "×" in plain(value)


def test_what_is_no_number_is_said() -> None:
    for value in (float("nan"), float("inf"), float("-inf")):
        assert plain(value)
        assert signed(value)
