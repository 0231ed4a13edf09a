"""A walk: examples that are followed one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from playground.model.results import ColumnResults, Part


@dataclass(frozen=True, slots=True)
class Walk:
    """Which rows of the table are walked through, and where one stands.

    column : the name of the column whose answers are looked at
    rows : row numbers in the table; they stay as they are while the network learns on
    place : position among them
    cell : the right class and the one that was said, where the walk began in a cell
    """

    column: str
    part: Part
    rows: tuple[int, ...]
    place: int = 0
    cell: tuple[int, int] | None = None

    @property
    def row(self) -> int:
        """The row that is followed."""
        return self.rows[self.place]

    def moved(self, by: int) -> Walk:
        """Return the walk so many examples further on; it stays within its rows."""
        return replace(self, place=min(max(self.place + by, 0), len(self.rows) - 1))

    def place_in(self, found: ColumnResults) -> int | None:
        """Return the row's place among the results of its part; None where they have no such row."""
        if found.name != self.column:
            return None
        places = np.flatnonzero(found.parts[self.part].rows == self.row)
        return int(places[0]) if len(places) else None
