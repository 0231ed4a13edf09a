"""Iris flowers, as they are in scikit-learn."""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_iris

from playground.engine.builtin import iris


def test_the_flowers_are_scikit_learns_in_another_order() -> None:
    measurements, species = load_iris(return_X_y=True)
    expected = np.column_stack([measurements, species])
    cells = iris.make(150, 0.0, np.random.default_rng(5)).cells
    assert not np.array_equal(cells, expected)
    assert sorted(cells.tolist()) == sorted(expected.tolist())


def test_the_columns_are_named_as_in_scikit_learn() -> None:
    bunch = load_iris()
    assert [column.name for column in iris.COLUMNS[:4]] == bunch.feature_names
    assert list(iris.COLUMNS[4].classes) == bunch.target_names.tolist()


def test_noise_is_a_share_of_each_columns_spread() -> None:
    clean = iris.make(150, 0.0, np.random.default_rng(5)).cells
    noisy = iris.make(150, 0.5, np.random.default_rng(5)).cells
    assert np.array_equal(clean[:, 4], noisy[:, 4])
    moved = (noisy - clean)[:, :4].std(axis=0) / clean[:, :4].std(axis=0)
    assert np.all((moved > 0.3) & (moved < 0.7))
    assert noisy.min() >= 0
