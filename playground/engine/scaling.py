"""Scaling of columns to a common size: scaled = (x - offset) / scale."""

from __future__ import annotations

import numpy as np

from playground.model.keys import Scaling
from playground.model.parameters import Floats


def fit_scaling(values: Floats, scaling: Scaling) -> tuple[Floats, Floats]:
    """Return offset and scale of every column, each float64, shape (n_columns,).

    values : float64, shape (n_rows, n_columns), the training rows; at least one row
    `standard` gives mean 0 and (population) standard deviation 1, `minmax` the range [0, 1]. A column that is
    the same in every row is only moved, for its spread is 0.
    """
    if scaling == "standard":
        offset, scale = values.mean(axis=0), values.std(axis=0)
    elif scaling == "minmax":
        offset, scale = values.min(axis=0), np.ptp(values, axis=0)
    else:
        offset, scale = np.zeros(values.shape[1]), np.ones(values.shape[1])
    # Rounding leaves a constant column with a spread near 1e-17 of its size; dividing by that is noise.
    negligible = scale <= 10 * np.finfo(np.float64).eps * np.abs(offset)
    return offset, np.where((scale == 0) | negligible, 1.0, scale)
