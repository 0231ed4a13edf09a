"""The section Weights over time: how weights or gradients of each layer were spread while it learned."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QWidget

from playground.model.histograms import Histograms, Subject
from playground.model.keys import Level
from playground.model.message import Message, message
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.disclosure import Disclosure
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.results.picture import picture_of
from widgets.results.rows import Row, count_rows
from widgets.results.spread_view import Place, SpreadView
from widgets.text import pick, say


class WeightsPanel(QWidget):
    """Folded until it is asked for, since nothing is worked out while nobody looks.

    opened(bool) : whether histograms are wanted now
    subject_chosen(str) : weights or gradients
    save_requested(str) : `png` for the picture, `csv` for the figures
    """

    opened = Signal(bool)
    subject_chosen = Signal(str)
    save_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Histograms | None = None
        self._pointed: Place | None = None
        self._level: Level = "words"
        self.subject_choice = SegmentedControl(
            self.tr("What is shown over time"),
            (
                Segment("weights", self.tr("Weights"), self.tr("How strong the arrows of each layer are")),
                Segment(
                    "gradients",
                    self.tr("Gradients"),
                    self.tr("How much blame comes back to them, and which way"),
                ),
            ),
        )
        self.empty = Label(self.tr("Press Train, and see here how the weights of each layer move."), "muted")
        self.view = SpreadView()
        self.told = Label("", "caption")
        self.save_picture = Button(self.tr("Save picture…"), self.tr("Keep this as a picture (PNG)"))
        self.save_figures = Button(self.tr("Save figures…"), self.tr("Keep all counts as a table (CSV)"))
        self.saving = FlowRow(self.save_picture, self.save_figures)
        self.disclosure = Disclosure(
            "",
            "",
            self.subject_choice,
            self.empty,
            self.view,
            self.told,
            self.saving,
        )
        column(self).addWidget(self.disclosure)
        self.disclosure.opened.connect(self.opened)
        self.subject_choice.chosen.connect(self._choose)
        self.view.pointed.connect(self._point)
        self.save_picture.clicked.connect(self._picture_wanted)
        self.save_figures.clicked.connect(self._figures_wanted)
        self._name_subjects()
        self._show()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody looks."""
        return self.disclosure.heading.isChecked() and self.isVisible()

    @property
    def subject(self) -> Subject:
        """What is to be shown."""
        return cast("Subject", self.subject_choice.current)

    @property
    def shown(self) -> Histograms | None:
        """What is shown."""
        return self._shown

    def set_open(self, is_open: bool) -> None:
        """Unfold it or fold it away."""
        self.disclosure.set_open(is_open)

    def set_histograms(self, shown: Histograms | None) -> None:
        """Show these; None where nothing was learned yet."""
        self._shown = shown
        self._show()

    def set_level(self, level: Level) -> None:
        """Say everything at this level."""
        if level != self._level:
            self._level = level
            self._name_subjects()
            self._tell()

    def picture(self) -> QImage:
        """The strips as they are shown, at twice their size in pixels."""
        return picture_of(self.view)

    def rows(self) -> list[Row]:
        """Every count as a row of a table, its header first."""
        return [] if self._shown is None else count_rows(self._shown)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for histograms where it was left open."""
        super().showEvent(event)
        self.opened.emit(self.is_wanted)

    def _show(self) -> None:
        has = self._shown is not None and len(self._shown.epochs) > 1
        self.empty.setVisible(not has)
        self.view.setVisible(has)
        self.told.setVisible(has)
        self.saving.setVisible(has)
        self.view.set_histograms(self._shown if has else None)
        self._tell()

    def _name_subjects(self) -> None:
        """Call everything as the level does."""
        level = self._level
        self.disclosure.set_text(
            pick(level, self.tr("Strengths over time"), self.tr("Weights over time")),
            self.tr("How the weights of each layer, or their gradients, are spread while the network learns"),
        )
        self.subject_choice.set_text("weights", pick(level, self.tr("Strength"), self.tr("Weights")))
        self.subject_choice.set_text("gradients", pick(level, self.tr("Blame"), self.tr("Gradients")))

    def _tell(self) -> None:
        shown, pointed = self._shown, self._pointed
        if (
            shown is None
            or pointed is None
            or pointed[1] >= len(shown.epochs)
            or pointed[0] >= len(shown.layers)
        ):
            self.told.set_text(self._hint)
        else:
            self.told.set_text(say(moment_told(shown, pointed, self._level)))
        self.view.setAccessibleDescription(self.told.text())

    @property
    def _hint(self) -> str:
        """How the strips are read."""
        if self._shown is not None and self._shown.subject == "gradients":
            return self.tr(
                "Time goes to the right, values upwards; far from 0 they stand closer, to show small ones."
            )
        return self.tr("Time goes to the right, values upwards; the stronger the colour, the more weights.")

    def _choose(self, key: str) -> None:
        self.subject_chosen.emit(key)

    def _picture_wanted(self) -> None:
        self.save_requested.emit("png")

    def _figures_wanted(self) -> None:
        self.save_requested.emit("csv")

    def _point(self, place: Place | None) -> None:
        self._pointed = place
        self._tell()


def moment_told(shown: Histograms, place: Place, level: Level) -> Message:
    """Return a sentence about one layer at one moment."""
    layer, epoch = shown.layers[place[0]], round(float(shown.epochs[place[1]]), 2)
    values = {
        "name": layer.name,
        "epoch": epoch,
        "mean": float(layer.means[place[1]]),
        "spread": float(layer.spreads[place[1]]),
    }
    if level == "words":
        return message("{name} after {epoch} rounds: around {mean}, spread by {spread}.", **values)
    return message("{name}, epoch {epoch}: mean {mean}, standard deviation {spread}", **values)
