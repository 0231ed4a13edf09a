"""Where one kernel overtakes another is found between the measured sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.kernels.crossings import Crossing, Curve, crossings, fastest_by_size, lead_changes

SIZES = (16, 32, 64, 128, 256, 512)


def power(factor: float, exponent: float) -> Curve:
    """A speed that grows with a power of the size: a straight line on logarithmic scales."""
    return [(size, factor * size**exponent) for size in SIZES]


def test_two_straight_lines_cut_where_they_are_equal() -> None:
    # 50 = 0.5 · n at n = 100
    curves = {"numpy": power(50.0, 0.0), "parallel": power(0.5, 1.0)}
    assert crossings("numpy", "parallel", curves) == (Crossing(100, "numpy", "parallel"),)
    assert crossings("parallel", "numpy", curves) == (Crossing(100, "numpy", "parallel"),)


@given(st.floats(20.0, 400.0), st.floats(0.2, 2.0))
def test_the_cut_is_exact_on_logarithmic_scales(where: float, exponent: float) -> None:
    curves = {"flat": power(1.0, 0.0), "steep": power(where**-exponent, exponent)}
    found = crossings("flat", "steep", curves)
    assert len(found) == 1
    assert found[0].size == pytest.approx(where, abs=0.6)


def test_who_always_leads_is_never_overtaken() -> None:
    curves = {"a": power(2.0, 0.5), "b": power(1.0, 0.5)}
    assert crossings("a", "b", curves) == ()
    assert lead_changes(curves) == ()


def test_leads_within_the_spread_do_not_count() -> None:
    curves = {
        "a": [(16, 100.0), (32, 101.0), (64, 100.0), (128, 100.0)],
        "b": [(16, 101.0), (32, 100.0), (64, 102.0), (128, 99.0)],
    }
    assert crossings("a", "b", curves) == ()
    assert lead_changes(curves) == ()


def test_a_lead_that_comes_and_goes_is_told_each_time() -> None:
    curves = {"a": [(16, 4.0), (32, 1.0), (64, 4.0)], "b": [(16, 2.0), (32, 2.0), (64, 2.0)]}
    found = crossings("a", "b", curves)
    assert [(crossing.below, crossing.above) for crossing in found] == [("a", "b"), ("b", "a")]
    assert 16 < found[0].size < 32 < found[1].size < 64


def test_only_sizes_that_both_have_are_compared() -> None:
    curves = {"a": [(16, 4.0), (4096, 4.0)], "b": [(32, 2.0), (4096, 8.0)]}
    assert crossings("a", "b", curves) == ()


def test_the_lead_of_all_is_followed() -> None:
    curves = {"small": power(100.0, 0.0), "middle": power(100 / 40, 1.0), "large": power(100 / 40 / 200, 2.0)}
    assert lead_changes(curves) == (
        Crossing(40, "small", "middle"),
        Crossing(200, "middle", "large"),
    )
    assert list(fastest_by_size(curves).values()) == ["small", "small", "middle", "middle", "large", "large"]


def test_a_leader_that_was_not_measured_further_gives_way() -> None:
    curves = {"a": [(16, 9.0)], "b": [(16, 1.0), (32, 5.0)]}
    assert lead_changes(curves) == ()
    assert fastest_by_size(curves) == {16: "a", 32: "b"}
