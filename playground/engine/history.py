"""The course of a training run in a fixed number of points, however long the run."""

from __future__ import annotations

import numpy as np

from playground.model.parameters import Floats, frozen_array

LIMIT = 2048
"""How many points are kept at most."""

COLUMNS = 5
"""Epoch, train loss, test loss, train accuracy, test accuracy."""


class History:
    """Points by rising epoch; the first and the newest are always there, those between are thinned.

    When the room is full every second point between goes, and from then on points lie twice as far apart.
    """

    def __init__(self, points: Floats | None = None, limit: int = LIMIT) -> None:
        self._limit = limit
        self._spacing = 0.0
        self._rows = np.empty((limit, COLUMNS))
        self._count = 0
        for point in np.empty((0, COLUMNS)) if points is None else points:
            self.append(point)

    @property
    def points(self) -> Floats:
        """The points so far: (n_points, 5), read-only and a copy of their own."""
        return frozen_array(self._rows[: self._count])

    @property
    def count(self) -> int:
        """How many points there are."""
        return self._count

    def append(self, point: Floats | tuple[float, ...]) -> None:
        """Add the newest point: (5,). A point at the epoch of the newest one takes its place."""
        if self._count and not point[0] > self._rows[self._count - 1, 0]:
            self._count -= 1
        elif self._count > 2 and self._is_close():
            # The newest point was kept only because it was the newest.
            self._count -= 1
        elif self._count == self._limit:
            self._thin()
        self._rows[self._count] = point
        self._count += 1

    def _is_close(self) -> bool:
        return bool(self._rows[self._count - 1, 0] - self._rows[self._count - 2, 0] < self._spacing)

    def _thin(self) -> None:
        kept = self._rows[: self._count : 2]
        self._spacing = 2.0 * (self._rows[self._count - 1, 0] - self._rows[0, 0]) / self._limit
        newest = self._rows[self._count - 1].copy()
        count = len(kept)
        self._rows[:count] = kept.copy()
        if self._rows[count - 1, 0] < newest[0]:
            self._rows[count] = newest
            count += 1
        self._count = count
