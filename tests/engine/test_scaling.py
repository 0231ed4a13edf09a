"""Scaling of columns, against scikit-learn's scalers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from playground.engine.scaling import fit_scaling

TABLES = arrays(np.float64, st.tuples(st.integers(1, 20), st.integers(1, 4)), elements=st.integers(-50, 50))


@given(TABLES)
def test_standard_is_scikit_learns(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    offset, scale = fit_scaling(values, "standard")
    np.testing.assert_allclose((values - offset) / scale, StandardScaler().fit_transform(values), atol=1e-12)


@given(TABLES)
def test_minmax_is_scikit_learns(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    offset, scale = fit_scaling(values, "minmax")
    np.testing.assert_allclose((values - offset) / scale, MinMaxScaler().fit_transform(values), atol=1e-12)


def test_none_changes_nothing() -> None:
    offset, scale = fit_scaling(np.array([[3.0, -1.0], [5.0, 8.0]]), "none")
    assert offset.tolist() == [0.0, 0.0]
    assert scale.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e9 / 3, -7.3e-5])
def test_a_constant_column_is_moved_but_not_blown_up(constant: float) -> None:
    values = np.full((1000, 1), constant)
    offset, scale = fit_scaling(values, "standard")
    assert scale.tolist() == [1.0]
    np.testing.assert_allclose((values - offset) / scale, 0.0, atol=1e-5)
