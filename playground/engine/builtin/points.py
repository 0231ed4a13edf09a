"""Coloured points on a plane: rings, quadrants, clouds, spirals; two to four colours.

The figures are those that the web's best known playground of neural networks draws, in its units: points lie
within about 6 of the middle, and at full noise (0.5) the colours run into each other. With more colours there
are more rings, quadrants, clouds and arms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from playground.model.experiment import Table
from playground.model.parameters import Floats
from playground.model.points import COLOURS, TARGETS, columns

__all__ = ["COLOURS", "TARGETS", "columns", "maker"]

RADIUS = 5.0
GAP = 0.3
"""How far the points of the quadrants keep from the axes."""
TURNS = 1.75
"""How often an arm of the spiral winds round the middle, in half circles times two pi."""
CLOUD_SPREAD = (0.5, 4.0)
"""The variance of a cloud without noise, and at a noise of 0.5."""
FULL_NOISE = 0.5

SIDES = np.array([[1, 1], [-1, -1], [-1, 1], [1, -1]])
"""The signs of both coordinates in each quadrant: above right, below left, above left, below right."""
QUADRANTS: Mapping[int, tuple[tuple[int, ...], ...]] = MappingProxyType(
    {2: ((2, 3), (0, 1)), 3: ((2, 3), (0,), (1,)), 4: ((2,), (0,), (1,), (3,))}
)
"""By the number of colours: the quadrants of each colour."""

Indices = NDArray[np.int64]
Figure = Callable[[int, Indices, float, "np.random.Generator"], tuple[Floats, Indices]]
"""(colours, wanted colour of each point, noise, generator) -> points (n, 2), colours (n,)"""


def circle(
    n_colours: int, wanted: Indices, noise: float, generator: np.random.Generator
) -> tuple[Floats, Indices]:
    """A disc of the last colour, and a ring round it for each other; the noise decides who is inside."""
    count = len(wanted)
    ring = n_colours - 1 - wanted
    # Two colours: a disc up to 0.5 and a ring from 0.7 of the radius; more share the same room.
    width = 0.5 if n_colours == 2 else 0.7 / n_colours
    step = 0.7 if n_colours == 2 else (1.0 - width) / (n_colours - 1)
    inner = np.where(ring == 0, 0.0, ring * step)
    outer = np.where(ring == 0, width, 1.0 if n_colours == 2 else inner + width)
    distance = RADIUS * generator.uniform(inner, outer)
    angle = generator.uniform(0.0, 2.0 * np.pi, count)
    points = np.column_stack([distance * np.sin(angle), distance * np.cos(angle)])
    shaken = points + noise * generator.uniform(-RADIUS, RADIUS, (count, 2))
    borders = RADIUS * (np.arange(n_colours - 1) * step + (width + step) / 2.0)
    if n_colours == 2:
        borders = np.array([RADIUS * 0.5])
    distances = np.hypot(shaken[:, 0], shaken[:, 1])
    found = np.searchsorted(borders, distances, side="right").astype(np.int64)
    return points, n_colours - 1 - found


def exclusive_or(
    n_colours: int, wanted: Indices, noise: float, generator: np.random.Generator
) -> tuple[Floats, Indices]:
    """Quadrants: opposite ones alike with two colours; a third colour below left, a fourth below right."""
    count = len(wanted)
    places = QUADRANTS[n_colours]
    quadrant = np.array([generator.choice(places[colour]) for colour in wanted], np.intp)
    points = SIDES[quadrant] * (GAP + generator.uniform(0.0, RADIUS, (count, 2)))
    shaken = points + noise * generator.uniform(-RADIUS, RADIUS, (count, 2))
    colour_of = np.zeros(4, np.int64)
    for colour, quadrants in enumerate(places):
        colour_of[list(quadrants)] = colour
    right, above = shaken[:, 0] >= 0, shaken[:, 1] >= 0
    found = np.where(right, np.where(above, 0, 3), np.where(above, 2, 1))
    return points, colour_of[found]


def clouds(
    n_colours: int, wanted: Indices, noise: float, generator: np.random.Generator
) -> tuple[Floats, Indices]:
    """A Gaussian cloud for each colour: two at opposite corners, more round the middle."""
    low, high = CLOUD_SPREAD
    variance = low + (high - low) * min(noise, FULL_NOISE) / FULL_NOISE
    centres = np.array([[-2.0, -2.0], [2.0, 2.0], [-2.0, 2.0], [2.0, -2.0]])
    if n_colours == 3:
        angles = np.deg2rad([210.0, 330.0, 90.0])
        centres = 2.0 * np.sqrt(2.0) * np.column_stack([np.cos(angles), np.sin(angles)])
    points = centres[wanted] + generator.normal(0.0, np.sqrt(variance), (len(wanted), 2))
    return points, wanted


def spiral(
    n_colours: int, wanted: Indices, noise: float, generator: np.random.Generator
) -> tuple[Floats, Indices]:
    """Arms wound round the middle, one for each colour, evenly turned."""
    points = np.empty((len(wanted), 2))
    for colour in range(n_colours):
        mine = np.flatnonzero(wanted == colour)
        share = np.arange(len(mine)) / max(1, len(mine))
        angle = TURNS * 2.0 * np.pi * share + 2.0 * np.pi * (n_colours - 1 - colour) / n_colours
        points[mine] = RADIUS * share[:, np.newaxis] * np.column_stack([np.sin(angle), np.cos(angle)])
    return points + noise * generator.uniform(-1.0, 1.0, points.shape), wanted


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {"circle": circle, "exclusive_or": exclusive_or, "two_gaussians": clouds, "spiral": spiral}
)
"""The figures by the beginning of their keys."""


def maker(figure: str, n_colours: int) -> Callable[[int, float, np.random.Generator], Table]:
    """Return what makes the points of a figure: (count, noise, generator) -> Table."""

    def make(count: int, noise: float, generator: np.random.Generator) -> Table:
        wanted = generator.permutation(np.arange(count) * n_colours // max(1, count)).astype(np.int64)
        points, colours = FIGURES[figure](n_colours, wanted, noise, generator)
        return Table(columns(n_colours), np.column_stack([points, colours]))

    return make
