"""What the plots of the room have in common: a heading, the chart, what it says, and saving it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import Message
from playground.model.speed import MachineFacts, RungFacts
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label, Role
from widgets.kernels.plot_content import Content, Row
from widgets.text import say

if TYPE_CHECKING:
    from widgets.kernels.chart import Chart, Place

POINTED_PX = 18
"""Room for what is pointed at is kept, so that nothing moves."""


class PlotPanel(QWidget):
    """An empty place until something was measured; then a chart, and sentences below it.

    The plotting library is loaded when the first line is drawn, not before. A kind of plot says what its
    content, its sentences and its rows are.
    """

    save_requested = Signal(str)
    """`png` for the picture, `csv` for the figures."""

    def __init__(self, title: str, role: Role, empty: str, height_px: int, ground: str = "surface") -> None:
        super().__init__()
        self._height_px = height_px
        self._ground = ground
        self._level: Level = "words"
        self._rungs: tuple[RungFacts, ...] = ()
        self._machine: MachineFacts | None = None
        self._content: Content | None = None
        self._chart: Chart | None = None
        self.heading = Label(title, role)
        self.empty = Label(empty, "muted")
        self.pointed = Label("", "caption")
        self.pointed.setMinimumHeight(POINTED_PX)
        self.told = Label("", "explanation" if role == "title" else "plain")
        self.save_picture = Button(self.tr("Save picture…"), self.tr("Keep this plot as a picture (PNG)"))
        self.save_figures = Button(
            self.tr("Save figures…"), self.tr("Keep the figures of this plot as a table (CSV)")
        )
        self.saving = FlowRow(self.save_picture, self.save_figures, gap_px=8)
        self._parts = column(self, gap_px=8)
        for part in (self.heading, self.empty, self.pointed, self.told, self.saving):
            self._parts.addWidget(part)
        self.save_picture.clicked.connect(self._picture_wanted)
        self.save_figures.clicked.connect(self._figures_wanted)

    def add_controls(self, controls: QWidget) -> None:
        """Put controls between the heading and the chart."""
        self._parts.insertWidget(1, controls)

    @property
    def chart(self) -> Chart | None:
        """The drawn chart, once there is one."""
        return self._chart

    def set_rungs(self, rungs: Sequence[RungFacts]) -> None:
        """Take the names of the kernels from these."""
        if tuple(rungs) != self._rungs:
            self._rungs = tuple(rungs)
            self.renew()

    def set_machine(self, machine: MachineFacts) -> None:
        """Draw the limits of this computer."""
        if machine != self._machine:
            self._machine = machine
            self.renew()

    def set_level(self, level: Level) -> None:
        """Tell it at another level."""
        if level != self._level:
            self._level = level
            self.renew()

    def picture(self) -> QImage:
        """The chart as a picture; a null picture where nothing was measured yet."""
        return QImage() if self._chart is None else self._chart.picture()

    def clear(self) -> None:
        """Forget what was measured."""
        raise NotImplementedError

    def rows(self) -> list[Row]:
        """The figures as rows of a table, its header first."""
        raise NotImplementedError

    def content(self) -> Content | None:
        """What the chart shows; None or empty where nothing was measured yet."""
        raise NotImplementedError

    def sentences(self) -> tuple[Message, ...]:
        """What the chart says."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show what is known now."""
        content = self.content()
        self._content = None if content is None or content.is_empty else content
        has = self._content is not None
        for part in (self.pointed, self.saving):
            part.setVisible(has)
        self.empty.setVisible(not has)
        told = self.sentences() if has else ()
        self.told.set_text("\n".join(say(sentence) for sentence in told))
        self.told.setVisible(bool(told))
        if self._chart is not None:
            self._chart.setVisible(has)
            self._chart.setAccessibleDescription(self.told.text())
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._content is None or not self.isVisible():
            return
        if self._chart is None:
            from widgets.kernels.chart import Chart

            self._chart = Chart(self._height_px, self._ground)
            self._chart.setAccessibleName(self.heading.text())
            self._chart.setAccessibleDescription(self.told.text())
            self._parts.insertWidget(self._parts.indexOf(self.pointed), self._chart)
            self._chart.pointed_at.connect(self._point)
        self._chart.set_content(self._content)

    def _point(self, place: Place | None) -> None:
        """Say the figures of the point under the pointer; nothing while it is elsewhere."""
        if place is None or self._content is None:
            self.pointed.set_text("")
        else:
            self.pointed.set_text(say(self._content.lines[place[0]].told[place[1]]))

    def _picture_wanted(self) -> None:
        self.save_requested.emit("png")

    def _figures_wanted(self) -> None:
        self.save_requested.emit("csv")
