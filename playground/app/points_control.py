"""Own points: the map becomes a board to paint on, and every stroke is one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from playground.engine.builtin.catalogue import figure_key
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, TableData
from playground.model.maps import Answer, DecisionMap, Region
from playground.model.message import message
from playground.model.parameters import Floats, frozen_array
from playground.model.points import (
    COLOURS,
    REACH,
    TARGETS,
    colour_count,
    missing_colours,
    own_points,
    point_table,
)
from widgets.maps.map_view import ARROWS
from widgets.maps.point_brush import Brush, PointStroke

if TYPE_CHECKING:
    from playground.app.window import Window
    from playground.model.edit import Edit

KEY_STEP = 0.25
"""How far an arrow key moves the brush, in the units of the points."""
STROKE_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
BEGIN = message("Paint own points")


class PointsControl(QObject):
    """Turns strokes over the map into edits, and shows them while they last."""

    def __init__(self, window: Window, apply: Callable[[Edit], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room, self._document, self._source = window.room, window.document, window.source
        self._shown, self._fitted = window.shown, window.tables.fitted
        self._apply = apply
        self._stroke: PointStroke | None = None
        self._brush_at: tuple[float, float] | None = None
        self._map: DecisionMap | None = None
        view, bar = self._room.believes.view, self._room.brushes
        view.pressed.connect(self._press)
        view.moved.connect(self._move)
        view.released.connect(self._release)
        view.installEventFilter(self)
        bar.brush_changed.connect(self._take_brush)
        bar.clear_requested.connect(self._clear)
        self._room.data.points_requested.connect(self.begin)
        self._document.taken.connect(self._keep_map)
        self._source.data_changed.connect(self._show)
        self._shown.experiment_changed.connect(self._on_experiment)
        self._show()

    @property
    def spec(self) -> TableData | None:
        """The own points of the document; None where its data are others, or the past is shown."""
        return None if self._shown.is_past else own_points(self._document.experiment.data)

    def begin(self, n_colours: int = 0) -> None:
        """Take the present points over, or begin without any; a network that fits comes with them.

        n_colours : how many colours there are to be; 0 for as many as now
        """
        experiment = self._document.experiment
        cells, known = self._present()
        count = n_colours or known or 2
        cells = cells[cells[:, 2] < count]
        spec = TableData(point_table(cells, count), TARGETS, test_share=0.0)
        if experiment.data is not None and len(cells):
            spec = replace(spec, test_share=experiment.data.test_share, seed=experiment.data.seed)
        if known == count and self._source.bound is not None and not self._source.bound.unclaimed:
            self._apply(replace(edits.set_data(spec), name=BEGIN))
        else:
            fitted, parameters = fitting_experiment(BuiltInData(figure_key("circle", count)))
            learning = replace(
                fitted.learning, kernel=experiment.learning.kernel, dtype=experiment.learning.dtype
            )
            self._apply(edits.replace(replace(fitted, data=spec, learning=learning), parameters, BEGIN))
            self._fitted.emit()
        if spec.test_share > 0:
            # Points that are painted must not vanish because they are kept for testing.
            self._room.believes.test_points.setChecked(True)
        self._room.show_map()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let Esc take the stroke back, arrows move the brush and the space bar touch down."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self._paints:
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._stroke is not None:
            self._stroke = None
            self._show_points(None)
        elif key in ARROWS:
            self._step(*ARROWS[key])
        elif key in STROKE_KEYS and self._brush_at is not None:
            self._press(*self._brush_at)
            self._release(*self._brush_at)
        else:
            return False
        return True

    @cached_property
    def _generator(self) -> np.random.Generator:
        """What spreads the points of a stroke; made at the first, for it brings 7 MB of libraries along."""
        return np.random.default_rng()

    @property
    def _paints(self) -> bool:
        return self.spec is not None and self._room.brushes.brush.tool != "look"

    def _present(self) -> tuple[Floats, int]:
        """The points that are shown, and how many colours they may have; none where the data are others."""
        dataset, spec = self._source.dataset, self.spec
        table = spec.table if spec is not None else None if dataset is None else dataset.table
        count = 0 if table is None else colour_count(table)
        return (table.cells, count) if table is not None and count else (np.zeros((0, 3)), 0)

    def _press(self, x: float, y: float) -> None:
        spec = self.spec
        if spec is None or not self._paints:
            return
        self._stroke = PointStroke(spec.table.cells, self._room.brushes.brush, self._generator)
        self._stroke.press(x, y)
        self._show_points(self._stroke.cells)

    def _move(self, x: float, y: float) -> None:
        if self._stroke is not None:
            self._stroke.move(x, y)
            self._show_points(self._stroke.cells)

    def _release(self, x: float, y: float) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            return
        stroke.move(x, y)
        edit = stroke.edit()
        if edit is None:
            self._show_points(None)
        else:
            self._apply(edit)

    def _step(self, right: int, up: int) -> None:
        """Move the brush by a key, and mark where it is."""
        x, y = self._brush_at or (0.0, 0.0)
        x, y = (min(max(at + KEY_STEP * by, -REACH), REACH) for at, by in ((x, right), (y, up)))
        self._brush_at = (x, y)
        self._room.believes.set_example(frozen_array(np.array([x, y, 0.0])))

    def _take_brush(self, brush: Brush) -> None:
        self._room.believes.brushes = self.spec is not None and brush.tool != "look"

    def _clear(self) -> None:
        self._apply(edits.clear_points())

    def _keep_map(self, _change: object) -> None:
        """Remember the map that is shown, before the change that has just come takes it away."""
        self._map = self._room.believes.decision or self._map

    def _on_experiment(self, _old: object, _new: object) -> None:
        self._show()

    def _show(self) -> None:
        """Show the brushes where points can be painted, and an empty map while there are none."""
        spec, believes = self.spec, self._room.believes
        self._stroke = None
        self._room.brushes.setVisible(spec is not None)
        believes.brushes = self._paints
        if spec is None:
            self._map = None
            return
        table = spec.table
        self._room.brushes.sync(colour_count(table), missing_colours(table), len(table.cells))
        if self._source.dataset is None:
            believes.set_data(None, ())
            believes.set_map(_blank(table.columns[2].classes))
            believes.set_problem(None)
            believes.setVisible(True)
        elif believes.isHidden() and self._map is not None and self._source.bound is not None:
            # Until the map of the new points is there, the last one stands for it.
            believes.set_data(self._source.dataset, (0, 1))
            believes.set_map(self._map)
            believes.setVisible(True)

    def _show_points(self, cells: Floats | None) -> None:
        """Show points in the middle of a stroke; None for those of the document."""
        spec, view = self.spec, self._room.believes.view
        if spec is None:
            return
        if cells is None or not len(cells):
            view.set_dataset(self._source.dataset if cells is None else None)
            return
        try:
            table = point_table(cells, colour_count(spec.table))
            view.set_dataset(make_dataset(replace(spec, table=table)))
        except DataError:
            view.set_dataset(None)


def _blank(classes: tuple[str, ...]) -> DecisionMap:
    """A map without any answer, to paint the first points on."""
    values = np.zeros((1, 2, 2), np.float32)
    values.flags.writeable = False
    region = Region(0, 1, (-REACH, REACH), (-REACH, REACH), (0.0, 0.0, 0.0))
    colours = tuple(COLOURS.index(text) for text in classes[:2])
    return DecisionMap(region, values, (Answer("pair", 2, TARGETS[0], (0,), classes[:2], colours),))
