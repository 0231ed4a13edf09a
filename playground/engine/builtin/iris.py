"""Iris flowers: which of three species one is.

Fisher's measurements of 150 flowers (1936), taken from scikit-learn, in centimetres and in random order.
"""

from __future__ import annotations

import numpy as np

from playground.model.experiment import Column, Table

COLUMNS = (
    Column("sepal length (cm)"),
    Column("sepal width (cm)"),
    Column("petal length (cm)"),
    Column("petal width (cm)"),
    Column("species", "class", ("setosa", "versicolor", "virginica")),
)
TARGETS = ("species",)
ROW_COUNT = 150


def make(count: int, noise: float, generator: np.random.Generator) -> Table:
    """Return `count` of the flowers, at most all 150 of them.

    noise : standard deviation of the measuring error, as a share of each column's own spread
    """
    from sklearn.datasets import load_iris

    measurements, species = load_iris(return_X_y=True)
    chosen = generator.permutation(ROW_COUNT)[:count]
    error = generator.normal(0.0, noise, measurements.shape) * measurements.std(axis=0)
    cells = np.column_stack([np.maximum(measurements + error, 0.0), species])
    return Table(COLUMNS, cells[chosen])
