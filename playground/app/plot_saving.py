"""Saves what plots show: the plot as a picture, its figures as a table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from playground.app.file_choice import FileChoice
from playground.app.file_guard import write_file
from playground.app.settings import Settings
from playground.model.errors import PlaygroundError
from playground.model.message import Message, message

if TYPE_CHECKING:
    from widgets.kernels.plot_content import Row
    from widgets.kernels.plot_panel import PlotPanel


class PlotSaving(QObject):
    """Asks for a place and writes the file, whole or not at all.

    saved(Message) : where it is now
    refused(Message) : why it could not be written
    """

    saved = Signal(object)
    refused = Signal(object)

    def __init__(self, window: QWidget, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = FileChoice(window, settings)

    def save_plot(self, panel: PlotPanel, name: str, kind: str) -> None:
        """Save a plot under a name to be chosen; kind is `png` or `csv`."""
        if kind == "csv":
            self.save_rows(panel.rows(), name)
        else:
            self.save_picture(panel.picture(), name)

    def save_picture(self, picture: QImage, name: str) -> None:
        """Save a picture under a name to be chosen."""
        self._save(name, "png", self.tr("Save as a picture"), png(picture))

    def save_rows(self, rows: Sequence[Row], name: str) -> None:
        """Save rows of figures under a name to be chosen."""
        self._save(name, "csv", self.tr("Save the figures"), table(rows))

    def _save(self, name: str, kind: str, title: str, data: bytes) -> None:
        kinds = self.tr("Tables (*.csv)") if kind == "csv" else self.tr("Pictures (*.png)")
        path: Path | None = self._choice.to_save(title, f"{name}.{kind}", kinds)
        if path is None:
            return
        try:
            write_file(path, data)
        except PlaygroundError as error:
            self.refused.emit(error.message)
        else:
            self.saved.emit(_saved(path))


def table(rows: Sequence[Row]) -> bytes:
    """Return rows as a CSV file in UTF-8; numbers in full."""
    import csv

    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def png(picture: QImage) -> bytes:
    """Return a picture as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes, Qt a text
    return bytes(data.data())


def _saved(path: Path) -> Message:
    return message("Saved as {name}.", name=path.name)
