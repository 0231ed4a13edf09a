"""What the network believes, as a picture of its own and beside a film of its learning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from playground.engine.maps import MapMaker, MapRequest
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Experiment
from playground.model.maps import DecisionMap, NodeMaps, middles
from playground.model.message import message
from playground.model.network import Network
from playground.model.parameters import Floats, Parameters
from playground.share.table import Cell
from resources.theme import Theme
from widgets.maps.map_painting import paint_curves, paint_picture, right_values
from widgets.maps.points import Points, paint_points
from widgets.maps.shades import decision_image


class MapSource:
    """Makes the maps of one data set, for one network after the other; belongs to one thread.

    cells : (n_columns,), what the columns are held at that the map does not show
    columns : positions of the columns to the right and upwards; empty for the first ones that are read
    """

    def __init__(self, dataset: Dataset, cells: Floats, columns: Sequence[int] = ()) -> None:
        self.dataset = dataset
        self._cells, self._columns = cells, tuple(columns)
        self._made: tuple[Network, str, MapMaker] | None = None

    def maps(
        self, experiment: Experiment, parameters: Parameters
    ) -> tuple[DecisionMap | None, tuple[NodeMaps, ...]]:
        """Return the decision map and the pictures of nodes; nothing where the network reads other data."""
        network, loss = experiment.network, experiment.learning.loss
        if self._made is None or self._made[0] is not network or self._made[1] != loss:
            try:
                self._made = (network, loss, MapMaker(experiment, self.dataset))
            except DataError:
                return None, ()
        return self._made[2].maps(MapRequest(parameters, self._cells, self._columns))

    def decision(self, experiment: Experiment, parameters: Parameters) -> DecisionMap:
        """Return the decision map. Raises DataError where there is nothing to draw one of."""
        found, _ = self.maps(experiment, parameters)
        if found is None or not can_be_painted(found):
            raise DataError(message("No input reads a number of the data yet, so there is no map to draw."))
        return found


def can_be_painted(decision: DecisionMap | None) -> bool:
    """Whether there is an answer to paint."""
    return decision is not None and bool(decision.answers)


def paint_map(
    painter: QPainter, decision: DecisionMap, dataset: Dataset, theme: Theme, area: QRectF, unit: float
) -> None:
    """Paint the first answer all over the region, with the rows of the data on it.

    unit : how many pixels a pixel of the window takes
    """
    answer = decision.answers[0]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    painter.scale(unit, unit)
    room = QRectF(0, 0, area.width() / unit, area.height() / unit)
    points = Points.of(dataset, decision.region, answer)
    if decision.region.y is None:
        paint_curves(painter, decision, answer, room, theme)
        points = points.at_heights(right_values(points.answers, answer, decision))
    else:
        paint_picture(painter, decision_image(decision, answer, theme, is_crisp=False), room, theme)
    paint_points(painter, points, answer, room, theme, with_test=False)
    painter.restore()


def map_image(decision: DecisionMap, dataset: Dataset, theme: Theme, side: int) -> QImage:
    """Return a map as a square image of so many pixels, on the ground of a panel."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.surface))
    unit = side / 340
    with QPainter(image) as painter:
        area = QRectF(0, 0, side, side).adjusted(10 * unit, 10 * unit, -10 * unit, -10 * unit)
        paint_map(painter, decision, dataset, theme, area, unit)
    return image


def map_rows(decision: DecisionMap, dataset: Dataset, outputs: Sequence[str]) -> list[tuple[Cell, ...]]:
    """Return a map as a table: a row for each of its fields, with what every output answers there."""
    region, columns = decision.region, dataset.table.columns
    _, height, width = decision.values.shape
    names = [columns[region.x].name] + ([] if region.y is None else [columns[region.y].name])
    across = np.tile(middles(*region.x_range, width), height)
    places = [across]
    if region.y is not None:
        places.append(np.repeat(middles(*region.y_range, height)[::-1], width))
    values = np.column_stack([*places, *decision.values.reshape(len(decision.values), -1)])
    return [(*names, *outputs), *map(tuple, values.tolist())]
