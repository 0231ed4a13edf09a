"""Rows drawn at random for a rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.engine.builtin.sampling import balanced, balanced_count, shaken
from playground.model.parameters import Floats


def is_rare(features: Floats) -> NDArray[np.bool_]:
    """A rule that one row of a hundred follows."""
    return features[:, 0] > 0.99


@given(st.integers(1, 500), st.integers(0, 1_000))
def test_40_to_60_percent_are_a_yes_where_a_whole_number_is(count: int, seed: int) -> None:
    share = balanced_count(count, np.random.default_rng(seed)) / count
    possible = [k / count for k in range(count + 1) if 40 * count <= 100 * k <= 60 * count]
    assert share in possible or (not possible and count in {1, 3})


@pytest.mark.parametrize("count", [1, 2, 7, 100])
def test_even_a_rare_yes_is_drawn_as_often_as_a_no(count: int) -> None:
    features, answers = balanced(is_rare, 2, count, np.random.default_rng(1))
    assert features.shape == (count, 2)
    assert np.array_equal(is_rare(features), answers)
    assert abs(answers.sum() - count / 2) <= max(0.5, 0.1 * count)


def test_the_order_tells_nothing() -> None:
    _, answers = balanced(is_rare, 1, 400, np.random.default_rng(2))
    assert 0.3 < answers[:200].mean() < 0.7


def test_shaking_keeps_within_0_and_1_and_no_noise_changes_nothing() -> None:
    features = np.random.default_rng(0).random((300, 2))
    assert np.array_equal(shaken(features, 0.0, np.random.default_rng(0)), features)
    moved = shaken(features, 0.5, np.random.default_rng(0))
    assert moved.min() == 0.0
    assert moved.max() == 1.0
