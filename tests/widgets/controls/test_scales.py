"""A slider's way and its numbers belong together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls.scales import Scale

SCALES = {
    "even": Scale(-2.0, 5.0),
    "log": Scale(0.0001, 10.0, log=True),
    "speed": Scale(0.25, 8.0, log=True, digits=2),
    "whole": Scale(1, 500, whole=True),
    "whole log": Scale(1, 10_000, log=True, whole=True),
}


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_the_ends_are_exact_and_the_way_never_turns_back(scale: Scale) -> None:
    values = np.array([scale.value(share) for share in np.linspace(0, 1, 501)])
    assert (values[0], values[-1]) == (scale.minimum, scale.maximum)
    assert (np.diff(values) >= 0).all()
    assert len(np.unique(values)) > 20


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_a_share_and_its_value_belong_together(scale: Scale) -> None:
    for share in np.linspace(0, 1, 21):
        again = scale.value(scale.share(scale.value(float(share))))
        assert again == pytest.approx(scale.value(float(share)), rel=1e-9)


def test_equal_ways_are_equal_ratios_on_a_log_scale() -> None:
    scale = Scale(0.01, 100.0, log=True)
    assert [scale.value(share) for share in (0.25, 0.5, 0.75)] == [0.1, 1.0, 10.0]


def test_a_drag_gives_short_numbers() -> None:
    scale = Scale(0.0001, 10.0, log=True, digits=2)
    for share in np.linspace(0.01, 0.99, 99):
        assert float(f"{scale.value(float(share)):.1e}") == pytest.approx(scale.value(float(share)))


@given(st.floats(allow_nan=False))
def test_every_number_has_a_place_on_the_slider(value: float) -> None:
    for scale in SCALES.values():
        assert 0.0 <= scale.share(value) <= 1.0


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_stepping_moves_and_stays_inside(scale: Scale) -> None:
    value = scale.minimum
    for _ in range(3):
        following = scale.stepped(value, 1)
        assert value < following <= scale.maximum
        value = following
    assert scale.stepped(value, -1) < value
