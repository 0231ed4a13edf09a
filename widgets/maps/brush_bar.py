"""The brushes for points of one's own: a colour each, an eraser, and a hand that moves points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from playground.model.message import message
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.maps.point_brush import Brush, BrushTool
from widgets.style import theme_of
from widgets.text import capital, say

DOT_PX = 5.0
DOT_LEFT_PX = 14.0
ROOM_FOR_DOT = "\N{EM SPACE}\N{EN SPACE}"
MOST_AT_ONCE = 50

COLOUR_NAMES = {
    "orange": message("orange"),
    "blue": message("blue"),
    "green": message("green"),
    "purple": message("purple"),
}
"""What the colours are called in the language of the window."""


class BrushBar(QWidget):
    """Chooses the brush; one is chosen at a time.

    brush_changed(Brush), clear_requested()
    """

    brush_changed = Signal(object)
    clear_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._brush = Brush()
        self.heading = Label(self.tr("Paint your own points"), "heading")
        self.colours = [ColourButton(index, say(name)) for index, name in enumerate(COLOUR_NAMES.values())]
        self.erase = Button(self.tr("Erase"), self.tr("Wipe over points on the map to take them away"))
        self.drag = Button(self.tr("Move"), self.tr("Drag a point on the map to another place"))
        self.look = Button(
            self.tr("Choose"), self.tr("Click a point on the map to let it flow through the network")
        )
        self.count = LabelledSlider(
            self.tr("Points at once"),
            self.tr("How many points a touch of the brush sets, scattered about the place"),
            Scale(1, MOST_AT_ONCE, log=True, whole=True, digits=2),
            bounds=Bounds(minimum=1, maximum=MOST_AT_ONCE, whole=True),
            form="row",
        )
        self.clear = Button(self.tr("Clear"), self.tr("Take all points away; Undo brings them back"))
        self.told = Label("", "caption")
        self._group = QButtonGroup(self)
        for button in (*self.colours, self.erase, self.drag, self.look):
            button.setCheckable(True)
            self._group.addButton(button)
        rows = column(self, gap_px=8)
        for part in (
            self.heading,
            FlowRow(*self.colours, gap_px=6),
            FlowRow(self.erase, self.drag, self.look, self.clear, gap_px=6),
            self.count,
            self.told,
        ):
            rows.addWidget(part)
        for index, colour in enumerate(self.colours):
            colour.clicked.connect(partial(self._take, "paint", index))
        tools: tuple[tuple[Button, BrushTool], ...] = (
            (self.erase, "erase"),
            (self.drag, "move"),
            (self.look, "look"),
        )
        for button, tool in tools:
            button.clicked.connect(partial(self._take, tool, None))
        self.count.changed.connect(self._count_changed)
        self.clear.clicked.connect(self.clear_requested)
        self.colours[0].setChecked(True)
        self.count.set_number(1)
        self.sync(2, (), 0)

    @property
    def brush(self) -> Brush:
        """The brush that is chosen."""
        return self._brush

    def sync(self, n_colours: int, missing: Sequence[str], n_points: int) -> None:
        """Show so many colours, and say which of them have no point yet."""
        for index, button in enumerate(self.colours):
            button.setVisible(index < n_colours)
        self.clear.setEnabled(n_points > 0)
        names = [say(COLOUR_NAMES[name]) for name in missing]
        if not n_points:
            told = message("There are no points yet. Choose a colour and paint on the map.")
        elif len(names) == 1:
            told = message(
                "No point is {colour} yet, so nothing can be learned about {colour}.", colour=names[0]
            )
        elif names:
            told = message("These colours have no points yet: {colours}.", colours=", ".join(names))
        else:
            told = message("{count} points. Each stroke can be undone.", count=n_points)
        self.told.set_text(say(told))
        if self._brush.tool == "paint" and self._brush.colour >= n_colours:
            with QSignalBlocker(self._group):
                self.colours[0].setChecked(True)
            self._take("paint", 0)

    def _take(self, tool: BrushTool, colour: int | None, _checked: bool = True) -> None:
        self._brush = Brush(tool, self._brush.colour if colour is None else colour, self._brush.count)
        self.count.setEnabled(tool == "paint")
        self.brush_changed.emit(self._brush)

    def _count_changed(self, count: float, _gesture: str | None) -> None:
        self.count.set_number(round(count))
        self._brush = Brush(self._brush.tool, self._brush.colour, round(count))
        self.brush_changed.emit(self._brush)


class ColourButton(Button):
    """A button with a dot in the colour of a class."""

    def __init__(self, index: int, name: str) -> None:
        super().__init__(ROOM_FOR_DOT + capital(name), "")
        self._index = index
        tip = say(message("Paint points that are {colour}", colour=name))
        self.setToolTip(tip)
        self.setAccessibleName(capital(name))
        self.setAccessibleDescription(tip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the dot before its name."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme_of(self).class_colours[self._index]))
            painter.drawEllipse(QPointF(DOT_LEFT_PX + DOT_PX, self.height() / 2), DOT_PX, DOT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
