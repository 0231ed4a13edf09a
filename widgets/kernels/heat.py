"""Weights as colours: blue above 0, orange below, the stronger the larger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.parameters import Floats
from resources.theme import Theme
from widgets.kernels.cells import Colours, colour

SHADES = 64
WEAKEST = 0.12
"""A weight of 0 is as strong as this, so that it is told from a place without an edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """One theme's shades: (SHADES,) each, 0xRRGGBB, from weak to strong; `empty` where there is no edge."""

    positive: Colours
    negative: Colours
    empty: int

    @classmethod
    def of(cls, theme: Theme) -> Heat:
        """Mix the shades of a theme."""
        empty = _mixed(colour(theme.stage), colour(theme.line), np.array([0.45]))
        return cls(
            _mixed(colour(theme.stage), colour(theme.positive), _shares()),
            _mixed(colour(theme.stage), colour(theme.negative), _shares()),
            int(empty[0]),
        )

    def colours(self, values: Floats, most: float) -> Colours:
        """The colours of values of any shape, of which `most` is the largest magnitude; NaN is empty."""
        found = np.isfinite(values)
        share = np.abs(np.where(found, values, 0.0)) / most if most > 0 else np.zeros(values.shape)
        shade = np.minimum((np.sqrt(np.clip(share, 0.0, 1.0)) * SHADES).astype(np.intp), SHADES - 1)
        inked = np.where(values < 0, self.negative[shade], self.positive[shade])
        return np.where(found, inked, np.uint32(self.empty)).astype(np.uint32)


def is_deep(values: Floats, most: float) -> NDArray[np.bool_]:
    """Whether ink in the colour of the stage can be read on values' colours better than dark ink."""
    share = np.abs(values) / most if most > 0 else np.zeros(values.shape)
    return np.asarray(np.sqrt(share) > 0.62)


def _shares() -> Floats:
    return np.asarray(WEAKEST + (1 - WEAKEST) * np.linspace(0.0, 1.0, SHADES))


def _mixed(ground: int, ink: int, shares: Floats) -> Colours:
    mixed = np.zeros(len(shares), np.uint32)
    for shift in (0, 8, 16):
        a, b = ground >> shift & 0xFF, ink >> shift & 0xFF
        mixed |= np.round(a + (b - a) * shares).astype(np.uint32) << np.uint32(shift)
    return mixed
