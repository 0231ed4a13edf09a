"""The rows of a data set as points on a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from playground.model.dataset import Dataset
from playground.model.maps import FULL, Answer, Region, levels
from playground.model.parameters import Floats
from resources.theme import Theme
from widgets.maps.shades import Shades, ramp

MOST_POINTS = 1_500
"""More are too close together to be told apart; every so many-th is painted then."""

RADIUS_PX, RING_PX = 3.4, 1.7


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points of a data set on a region; read-only.

    shares : (n, 2), of the width from the left and of the height from the top
    answers : (n,), the class, or the number, that is right there
    rows : (n,), row numbers in the table; is_test : (n,), which of them are kept for testing
    total : how many rows there are
    """

    shares: Floats
    answers: Floats
    rows: NDArray[np.int64]
    is_test: NDArray[np.bool_]
    total: int

    @classmethod
    def of(cls, dataset: Dataset, region: Region, answer: Answer) -> Points:
        """Return the points of all rows, or of evenly chosen ones where there are too many."""
        rows = np.concatenate([dataset.train, dataset.test])
        is_test = np.arange(len(rows)) >= len(dataset.train)
        step = max(1, -(-len(rows) // MOST_POINTS))
        chosen, is_test = rows[::step], is_test[::step]
        cells = dataset.table.cells[chosen]
        return cls(region.shares(cells), cells[:, answer.column], chosen, is_test, len(rows))

    def at_heights(self, down: Floats) -> Points:
        """Return the same points at other heights: (n,), shares from the top."""
        shares = np.column_stack([self.shares[:, 0], down])
        return Points(shares, self.answers, self.rows, self.is_test, self.total)

    def nearest(
        self, x: float, y: float | None, room: QRectF, *, with_test: bool
    ) -> tuple[int, float] | None:
        """Return the nearest point to a place in pixels, and how far away it is; None without points.

        y : None where the height does not matter
        """
        if not len(self.shares):
            return None
        across = room.left() + self.shares[:, 0] * room.width() - x
        down = 0.0 if y is None else room.top() + self.shares[:, 1] * room.height() - y
        away = np.hypot(across, down)
        if not with_test:
            away[self.is_test] = np.inf
        index = int(np.argmin(away))
        return index, float(away[index])


def point_colours(answers: Floats, answer: Answer, theme: Theme) -> list[QColor]:
    """Return the colour of each point: of its class, or of its number."""
    if answer.kind == "value":
        found = levels(answers, answer.middle, answer.reach)
        shades: Shades = ramp(theme.negative, theme.surface, theme.positive)
        # A number in the middle of all would be a point in the ground's colour.
        strong = np.where(found < FULL, np.minimum(found, FULL * 0.6), np.maximum(found, FULL * 1.4))
        return [QColor.fromRgb(int(shades[level])) for level in strong.astype(np.uint8)]
    known = theme.class_colours
    return [QColor(known[int(index) % len(known)]) for index in answers]


def paint_points(
    painter: QPainter, points: Points, answer: Answer, room: QRectF, theme: Theme, *, with_test: bool
) -> None:
    """Paint points into a rectangle: those to learn from filled, those kept for testing as rings."""
    colours = point_colours(points.answers, answer, theme)
    ground = QColor(theme.surface)
    places = points.shares * (room.width(), room.height()) + (room.left(), room.top())
    for (x, y), colour, is_test in zip(places.tolist(), colours, points.is_test.tolist(), strict=True):
        if is_test and not with_test:
            continue
        radius = RADIUS_PX - RING_PX / 2 + 0.4 if is_test else RADIUS_PX
        painter.setPen(QPen(colour, RING_PX) if is_test else QPen(ground, 0.9))
        painter.setBrush(ground if is_test else colour)
        painter.drawEllipse(QPointF(x, y), radius, radius)
