"""Plays a walk: to the ends, one step, a line to drag on, and how many steps a second."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QStyle, QStyleOptionSlider, QWidget

from playground.model.message import format_number, message
from widgets.controls.icon_button import IconButton
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.kernels.walk_clock import FASTEST, SLOWEST
from widgets.text import say


class WalkLine(QSlider):
    """Where the walk is, from its first step to its end; press or drag anywhere, arrow keys take one step."""

    step_requested = Signal(int)
    seek_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(self.tr("Steps"))
        self.setToolTip(self.tr("Drag to any step of the walk. Left and right: one step."))
        self.setMinimumSize(96, 24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self.seek_requested)

    def sync(self, step: int, count: int) -> None:
        """Show a step of so many without announcing it."""
        with QSignalBlocker(self):
            self.setRange(0, count)
            self.setPageStep(max(count // 10, 1))
            self.setValue(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to the pointer at once, then drag as usual."""
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self._part(QStyle.SubControl.SC_SliderHandle)
            if not handle.contains(event.position().toPoint()):
                groove = self._part(QStyle.SubControl.SC_SliderGroove)
                way = max(1, groove.width() - handle.width())
                share = (event.position().x() - groove.left() - handle.width() / 2) / way
                self.setValue(round(min(1.0, max(0.0, share)) * self.maximum()))
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One step; all other keys as in every slider."""
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        if event.key() in steps:
            self.step_requested.emit(steps[event.key()])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies behind."""
        event.ignore()

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)


class WalkControls(QWidget):
    """Shows where a walk is and how fast it goes; asks to play, step, seek and go faster."""

    play_toggled = Signal()
    step_requested = Signal(int)
    seek_requested = Signal(int)
    speed_requested = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.to_start = self._icon("to-start", self.tr("To the start"), self.tr("Go to the first step"))
        self.back = self._icon("step-back", self.tr("Step back"), self.tr("Take back one step"))
        self.play = IconButton(
            "play",
            self.tr("Play"),
            self.tr("Let the kernel walk over the matrices"),
            size_px=40,
            is_round=True,
            primary=True,
        )
        self.forward = self._icon("step-forward", self.tr("Step forward"), self.tr("Take one step"))
        self.to_end = self._icon("to-end", self.tr("To the end"), self.tr("Go to where all of C is known"))
        self.line = WalkLine()
        self.place = Label("", "muted", wraps=False)
        self.speed = LabelledSlider(
            self.tr("Speed"),
            self.tr("How many steps a second are shown; the kernel itself is a million times faster"),
            Scale(SLOWEST, FASTEST, log=True, digits=2),
            bounds=Bounds(SLOWEST, FASTEST),
            form="row",
            brief=spoken_speed,
        )
        self.speed.slider.setMaximumWidth(90)
        self.speed.field.setFixedWidth(56)
        self._arrange()
        self.to_start.clicked.connect(self._seek_start)
        self.back.clicked.connect(self._step_back)
        self.play.clicked.connect(self.play_toggled)
        self.forward.clicked.connect(self._step_forward)
        self.to_end.clicked.connect(self._seek_end)
        self.line.step_requested.connect(self.step_requested)
        self.line.seek_requested.connect(self.seek_requested)
        self.speed.changed.connect(self._speed_changed)
        self.sync(0, 0, is_playing=False)

    def sync(self, step: int, count: int, *, is_playing: bool) -> None:
        """Show a step, counted from 0, of so many; `count` is the end, where all is done."""
        self._count = count
        for part in (self.to_start, self.back, self.play, self.forward, self.to_end, self.line, self.speed):
            part.setEnabled(count > 0)
        self.line.sync(step, count)
        place = message("Step {step} of {count}", step=min(step + 1, count), count=count) if count else None
        self.place.set_text(say(place) if place is not None else "")
        longest = message("Step {step} of {count}", step=count, count=count)
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(say(longest)) + 4)
        if is_playing:
            self.play.set_icon("pause", self.tr("Pause"), self.tr("Hold the walk at this step"))
        else:
            self.play.set_icon("play", self.tr("Play"), self.tr("Let the kernel walk over the matrices"))

    def set_speed(self, steps_per_second: float) -> None:
        """Show the speed."""
        self.speed.set_number(steps_per_second)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.to_start, self.back, self.play, self.forward, self.to_end):
            row.addWidget(part)
        row.addSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.place)
        row.addSpacing(6)
        row.addWidget(self.speed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _icon(self, name: str, text: str, tooltip: str) -> IconButton:
        return IconButton(name, text, tooltip, size_px=32, is_round=True)

    def _seek_start(self) -> None:
        self.seek_requested.emit(0)

    def _seek_end(self) -> None:
        self.seek_requested.emit(self._count)

    def _step_back(self) -> None:
        self.step_requested.emit(-1)

    def _step_forward(self) -> None:
        self.step_requested.emit(1)

    def _speed_changed(self, speed: float, _gesture: object) -> None:
        self.speed_requested.emit(speed)


def spoken_speed(steps_per_second: float) -> str:
    """A speed as text: "8/s"."""
    return f"{format_number(steps_per_second)}/s"
