"""Real measurements, as they are in scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import datasets

from playground.engine.builtin import measured
from playground.engine.builtin.measured import Measured

SETS = (measured.IRIS, measured.WINE, measured.BREAST_CANCER, measured.DIGITS, measured.DIABETES)


@pytest.mark.parametrize("rows", SETS, ids=lambda rows: rows.loader)
def test_the_rows_are_scikit_learns_in_another_order(rows: Measured) -> None:
    settings = {"scaled": False} if rows.loader == "load_diabetes" else {}
    values, answers = getattr(datasets, rows.loader)(return_X_y=True, **settings)
    expected = np.column_stack([values / rows.divisor, answers])
    cells = rows.make(rows.row_count, 0.0, np.random.default_rng(5)).cells
    assert cells.shape == (rows.row_count, len(rows.columns))
    assert not np.array_equal(cells, expected)
    assert sorted(cells.tolist()) == sorted(expected.tolist())


@pytest.mark.parametrize(
    "rows", [measured.IRIS, measured.BREAST_CANCER, measured.DIGITS], ids=lambda r: r.loader
)
def test_names_are_scikit_learns_where_those_are_words(rows: Measured) -> None:
    bunch = getattr(datasets, rows.loader)()
    assert list(rows.features) == [str(name) for name in bunch.feature_names]
    assert list(rows.target.classes) == [str(name) for name in bunch.target_names]


@pytest.mark.parametrize("rows", SETS, ids=lambda rows: rows.loader)
def test_noise_is_a_share_of_each_columns_spread(rows: Measured) -> None:
    clean = rows.make(rows.row_count, 0.0, np.random.default_rng(5)).cells
    noisy = rows.make(rows.row_count, 0.5, np.random.default_rng(5)).cells
    assert np.array_equal(clean[:, -1], noisy[:, -1])
    spread = clean[:, :-1].std(axis=0)
    moved = (noisy - clean)[:, :-1].std(axis=0)[spread > 0] / spread[spread > 0]
    assert np.all((moved > 0.1) & (moved < 0.7))
    assert noisy.min() >= 0
    if rows.is_bounded:
        assert noisy[:, :-1].max() <= 1.0


def test_fewer_rows_are_drawn_from_all() -> None:
    assert len(measured.WINE.make(20, 0.0, np.random.default_rng(0)).cells) == 20
