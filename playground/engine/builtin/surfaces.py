"""A number for every point of a plane: one slope, and hills beside hollows.

Both are those that the web's best known playground of neural networks draws, in its units.
"""

from __future__ import annotations

import numpy as np

from playground.model.experiment import Column, Table
from playground.model.parameters import Floats

COLUMNS = (Column("x1"), Column("x2"), Column("height"))
TARGETS = ("height",)
RADIUS = 6.0
HILLS = (
    (-4.0, 2.5, 1.0),
    (0.0, 2.5, -1.0),
    (4.0, 2.5, 1.0),
    (-4.0, -2.5, -1.0),
    (0.0, -2.5, 1.0),
    (4.0, -2.5, -1.0),
)
"""Middle and sign of every hill."""
REACH = 2.0
"""How far from its middle a hill has fallen to nothing."""


def plane_height(points: Floats) -> Floats:
    """Return a slope that rises from −1 to 1 along the diagonal from (−5, −5) to (5, 5): (n,)."""
    heights: Floats = points.sum(axis=1) / 10.0
    return heights


def hills_height(points: Floats) -> Floats:
    """Return the height of the nearest hill, 1 at its middle and 0 from a distance of 2 on, or −: (n,)."""
    middles = np.array(HILLS)
    distances = np.linalg.norm(points[:, np.newaxis] - middles[:, :2], axis=2)
    heights = middles[:, 2] * np.clip(1.0 - distances / REACH, 0.0, 1.0)
    nearest = np.abs(heights).argmax(axis=1)
    found: Floats = heights[np.arange(len(points)), nearest]
    return found


def make_plane(count: int, noise: float, generator: np.random.Generator) -> Table:
    """Return `count` points on the slope; noise shakes where a height is read, at 0.5 by 3."""
    points = generator.uniform(-RADIUS, RADIUS, (count, 2))
    read = points + noise * generator.uniform(-RADIUS, RADIUS, points.shape)
    return Table(COLUMNS, np.column_stack([points, plane_height(read)]))


def make_hills(count: int, noise: float, generator: np.random.Generator) -> Table:
    """Return `count` points on the hills; noise shakes where a height is read, at 0.5 by 3."""
    points = generator.uniform(-RADIUS, RADIUS, (count, 2))
    read = points + noise * generator.uniform(-RADIUS, RADIUS, points.shape)
    return Table(COLUMNS, np.column_stack([points, hills_height(read)]))
