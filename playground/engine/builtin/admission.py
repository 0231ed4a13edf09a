"""College admission: whether an applicant is admitted.

The rule, written down. Every applicant has grades and test scores, each between 0 (worst) and 1 (best). The
college looks at both alike, but a very uneven applicant needs a little more:

    admitted when grades + test_scores > 1 + 0.3 (grades - test_scores)^2

The border is a gentle curve, so one straight line nearly does it: it is right for about 95 of 100.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.builtin.sampling import balanced, shaken
from playground.model.experiment import Column, Table
from playground.model.parameters import Floats

COLUMNS = (Column("grades"), Column("test_scores"), Column("admitted", "class", ("no", "yes")))
TARGETS = ("admitted",)


def is_admitted(features: Floats) -> NDArray[np.bool_]:
    """Say which applicants are admitted.

    features : float64, shape (n_rows, 2): grades, test scores
    """
    grades, test_scores = features.T
    admitted: NDArray[np.bool_] = grades + test_scores > 1 + 0.3 * np.square(grades - test_scores)
    return admitted


def make(count: int, noise: float, generator: np.random.Generator) -> Table:
    """Return `count` applicants, 40 to 60 % of them admitted.

    noise : standard deviation of the error in each feature, in the features' own units
    """
    features, admitted = balanced(is_admitted, 2, count, generator)
    return Table(COLUMNS, np.column_stack([shaken(features, noise, generator), admitted]))
