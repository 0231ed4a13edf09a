"""A slider with its name and its number, which can be typed exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QStyle, QStyleOptionSlider, QWidget

from playground.model.message import format_number
from widgets.controls.labels import Label
from widgets.controls.number_field import NumberField
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale

STEPS = 1000


class LabelledSlider(QWidget):
    """A number to drag or type, announced while it moves.

    changed : the number, and the key of the gesture (all values of one drag have the same key, so that they
        become one undo step; a typed number has none)
    """

    changed = Signal(float, object)

    def __init__(
        self,
        name: str,
        tooltip: str,
        scale: Scale,
        *,
        bounds: Bounds | None = None,
        form: Literal["stacked", "row"] = "stacked",
        brief: Callable[[float], str] = format_number,
    ) -> None:
        super().__init__()
        self._scale = scale
        self._value = scale.minimum
        self._gesture: str | None = None
        self._drag_count = 0
        self.label: QLabel = Label(name, wraps=form == "stacked")
        self.slider = DragSlider()
        limits = bounds or Bounds(scale.minimum, scale.maximum, whole=scale.whole)
        self.field = NumberField(name, tooltip, limits, inline=True, brief=brief)
        self.field.set_step(self._stepped)
        self.field.setFixedWidth(72)
        self._arrange(form)
        self.set_name(name, tooltip)
        self.setFocusProxy(self.slider)
        # connections
        self.slider.pressed_anywhere.connect(self._begin_drag)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self._end_drag)
        self.field.entered.connect(self._typed)

    @property
    def number(self) -> float:
        """The number that is shown, exactly."""
        return self._value

    @property
    def scale(self) -> Scale:
        """The ends of the slider and how it runs between them."""
        return self._scale

    def set_number(self, value: float) -> None:
        """Show a number without announcing it; one outside the slider's ends is shown at the end."""
        self._value = value
        self.field.set_number(value)
        self.slider.setAccessibleDescription(self.field.text())
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(self._scale.share(value) * STEPS))

    def set_scale(self, scale: Scale) -> None:
        """Let the slider run between other ends."""
        if scale != self._scale:
            self._scale = scale
            self.set_number(self._value)

    def set_name(self, name: str, tooltip: str) -> None:
        """Call the number something else: step size, learning rate."""
        self.label.setText(name)
        self.label.setBuddy(self.slider)
        for part in (self.slider, self.field):
            part.setAccessibleName(name)
            part.setToolTip(tooltip)
        self.label.setToolTip(tooltip)

    def _arrange(self, form: str) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        if form == "row":
            parts: tuple[QWidget, ...] = (self.label, self.slider, self.field)
            for column, part in enumerate(parts):
                grid.addWidget(part, 0, column)
            grid.setColumnStretch(1, 1)
        else:
            grid.addWidget(self.label, 0, 0)
            grid.addWidget(self.field, 0, 1)
            grid.addWidget(self.slider, 1, 0, 1, 2)
            grid.setColumnStretch(0, 1)

    def _stepped(self, value: float, direction: int) -> float:
        return self._scale.stepped(value, direction)

    def _begin_drag(self) -> None:
        self._drag_count += 1
        self._gesture = f"slider {id(self)}: {self._drag_count}"

    def _end_drag(self) -> None:
        self._gesture = None
        self.set_number(self._value)

    def _slid(self, position: int) -> None:
        self._announce(self._scale.value(position / STEPS), self._gesture)

    def _typed(self, value: float) -> None:
        self._announce(value, None)

    def _announce(self, value: float, gesture: str | None) -> None:
        if value != self._value:
            self.set_number(value)
            self.changed.emit(value, gesture)


class DragSlider(QSlider):
    """A lying slider that goes to where it is pressed; without focus the wheel scrolls the page."""

    pressed_anywhere = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(STEPS // 10)
        self.setMinimumWidth(72)
        self.setMinimumHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to the pointer at once, then drag as usual."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed_anywhere.emit()
            handle = self._part(QStyle.SubControl.SC_SliderHandle)
            if not handle.contains(event.position().toPoint()):
                self.setValue(self._position_at(event.position().x()))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the wheel only for who has chosen this slider; else the page scrolls."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _position_at(self, x: float) -> int:
        groove = self._part(QStyle.SubControl.SC_SliderGroove)
        handle = self._part(QStyle.SubControl.SC_SliderHandle)
        way = max(1, groove.width() - handle.width())
        share = (x - groove.left() - handle.width() / 2) / way
        return round(min(1.0, max(0.0, share)) * STEPS)

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
