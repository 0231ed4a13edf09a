"""Numbers as people read them, and sentences put together in one place."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.message import (
    MINUS,
    Message,
    format_exact,
    format_number,
    message,
    parse_number,
    sentence,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.5, "0.5"),
        (-0.02, "−0.02"),
        (1.0, "1"),
        (2.346, "2.35"),
        (-12.344, "−12.3"),
        (999.6, "1,000"),
        (1234.5, "1,230"),
        (123456.0, "123,000"),
        (1.797e308, "1.8×10³⁰⁸"),
        (5e-324, "4.94×10⁻³²⁴"),
        (0.00012345, "0.000123"),
        (0.000012345, "1.23×10⁻⁵"),
        (1.5e7, "1.5×10⁷"),
        (-2e-300, "−2×10⁻³⁰⁰"),
        (12, "12"),
        (-1234567, "−1,234,567"),
        (math.nan, "not a number"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_are_short_and_have_a_real_minus(value: float, text: str) -> None:
    assert format_number(value) == text


@given(st.floats(-1e308, 1e308))
def test_three_digits_are_kept(value: float) -> None:
    assert "-" not in format_number(value)
    back = parse_number(format_number(value))
    assert back == pytest.approx(value, rel=5.1e-3, abs=1e-320)


@given(FINITE)
def test_an_exact_number_reads_back_to_the_same_bits(value: float) -> None:
    assert (
        parse_number(format_exact(value)).hex() == (value + 0.0).hex()
        or parse_number(format_exact(value)).hex() == value.hex()
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 1,234.5 ", 1234.5),
        ("-0.5", -0.5),
        (f"{MINUS}0.5", -0.5),
        ("1e3", 1e3),
        ("2×10⁻³", 2e-3),
        ("−∞", -math.inf),
    ],
)
def test_what_people_type_is_read(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "one", "1.2.3", "×10", "--1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="could not convert"):
        parse_number(text)


def test_values_are_formatted_and_messages_translated_inside() -> None:
    node = message("hidden node {number}", number=3)
    said = message("{node} gives {value} to {name}.", node=node, value=-0.25, name="{Output} -1")
    german = {
        "hidden node {number}": "Knoten {number}",
        "{node} gives {value} to {name}.": "{node}: {value}, {name}",
    }
    assert sentence(said) == "hidden node 3 gives −0.25 to {Output} -1."
    assert sentence(said, lambda text: german[text]) == "Knoten 3: −0.25, {Output} -1"


def test_messages_are_compared_by_what_they_say() -> None:
    one, same = message("{count} nodes", count=2), message("{count} nodes", count=2)
    assert one == same
    assert hash(one) == hash(same)
    assert one != message("{count} nodes", count=3)
    assert one != Message("{count} nodes")
