"""Avocados: whether one is ripe.

The rule, written down. Every avocado has a height, a squishiness and a skin colour, each between 0 and 1
(small to tall, hard to soft, bright green to black). Its maturity is

    maturity = squishiness + 0.6 skin_colour - 0.3 height

for soft and dark avocados have ripened longer, and tall ones feel softer than they are. It is ripe when

    0.4 < maturity < 0.9

Below that it is hard; above it is past its best. Ripe avocados therefore lie between two parallel planes,
which no single plane can cut out: the rule is not linear.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.builtin.sampling import balanced, shaken
from playground.model.experiment import Column, Table
from playground.model.parameters import Floats

COLUMNS = (
    Column("height"),
    Column("squishiness"),
    Column("skin_colour"),
    Column("ripe", "class", ("no", "yes")),
)
TARGETS = ("ripe",)

RIPE_FROM, RIPE_TO = 0.4, 0.9
"""The maturity at which an avocado becomes ripe, and the one from which on it is past its best."""


def is_ripe(features: Floats) -> NDArray[np.bool_]:
    """Say which avocados are ripe.

    features : float64, shape (n_rows, 3): height, squishiness, skin colour
    """
    height, squishiness, skin_colour = features.T
    maturity = squishiness + 0.6 * skin_colour - 0.3 * height
    ripe: NDArray[np.bool_] = (maturity > RIPE_FROM) & (maturity < RIPE_TO)
    return ripe


def make(count: int, noise: float, generator: np.random.Generator) -> Table:
    """Return `count` avocados, 40 to 60 % of them ripe.

    noise : standard deviation of the measuring error of each feature, in the features' own units
    """
    features, ripe = balanced(is_ripe, 3, count, generator)
    return Table(COLUMNS, np.column_stack([shaken(features, noise, generator), ripe]))
