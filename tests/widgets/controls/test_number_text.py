"""Numbers are read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.message import format_exact, sentence
from widgets.controls.number_text import Bounds, complaint, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (" 12 ", 12.0),
        ("−0.3", -0.3),
        ("-0,3", -0.3),
        ("1e-3", 0.001),
        ("1×10^-3", 0.001),
        ("1,234,567", 1_234_567.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1'000", 1000.0),
        ("+2", 2.0),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, number: float) -> None:
    assert read_number(text) == pytest.approx(number, rel=1e-15)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_shown_in_full_reads_back_to_the_same_number(value: float) -> None:
    assert read_number(format_exact(value)) == value


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "0x10", "--3", "nan", "inf", "∞", "1 2 x"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)
    said = complaint(text, Bounds())
    assert said is not None
    assert sentence(said).endswith(".")


@pytest.mark.parametrize(
    ("text", "bounds", "is_fine"),
    [
        ("0", Bounds(above=0.0), False),
        ("0.001", Bounds(above=0.0), True),
        ("2.5", Bounds(whole=True), False),
        ("2", Bounds(whole=True), True),
        ("0.99", Bounds(minimum=1.0), False),
        ("1", Bounds(minimum=1.0), True),
        ("8.01", Bounds(maximum=8.0), False),
        ("8", Bounds(maximum=8.0), True),
        ("-1e300", Bounds(), True),
    ],
)
def test_bounds_are_kept_and_said(text: str, bounds: Bounds, is_fine: bool) -> None:
    said = complaint(text, bounds)
    assert (said is None) == is_fine
    if said is not None:
        shown = sentence(said)
        assert shown.endswith(".")
