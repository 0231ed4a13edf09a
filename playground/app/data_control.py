"""Wires what the data panels ask for: what the network reads, own points, tables from the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from playground.app.points_control import PointsControl
from playground.app.tables import is_tabular
from playground.model.edit import Edit
from widgets.canvas.clipping import from_mime

if TYPE_CHECKING:
    from playground.app.window import Window


class DataControl(QObject):
    """Keeps the panel of features at the present, and makes the edits that it asks for."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room, self._play, self._tables = window.room, window.play, window.tables
        self._document, self._source = window.document, window.source
        self._room.features.edit_requested.connect(self._change_inputs)
        self._source.data_changed.connect(self._show)
        self.points = PointsControl(window, self._play.apply, self)
        self._show()

    def paste(self) -> None:
        """Put the copied nodes on the stage, or take the cells that were copied from a spreadsheet."""
        clipboard = QGuiApplication.clipboard()
        if from_mime(clipboard.mimeData()) is None and is_tabular(clipboard.text()):
            self._tables.paste()
        else:
            self._room.canvas.commands.paste()

    def _show(self) -> None:
        self._room.features.sync(self._document.experiment.network, self._source.dataset)

    def _change_inputs(self, edit: Edit) -> None:
        """Add or take away an input, and have all of the network in sight."""
        before = self._document.experiment
        self._play.apply(edit)
        if self._document.experiment is not before:
            self._room.canvas.zoom_to_fit()
