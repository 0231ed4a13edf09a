"""The values of one example, each as a slider, or as a list where it is one of several words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from widgets.controls.card import column, emptied
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale

ROWS_IN_SIGHT = 8
"""More values than this scroll in a place of their own."""
ROWS_AT_ONCE = 8
"""More rows than this are made a few at a time, since a row takes two milliseconds."""
ROWS_A_TURN = 4


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """One value that can be set: its name, and its range or its words.

    key : position of the value in the row that is announced
    """

    key: int
    title: str
    minimum: float = 0.0
    maximum: float = 1.0
    words: tuple[str, ...] = ()


class ValueRows(QScrollArea):
    """One control for each value; they are made anew only when other values are asked for."""

    changed = Signal(int, float, object)
    """Key of the value, the value, and the gesture's key or None."""

    def __init__(self) -> None:
        super().__init__()
        self._specs: tuple[ValueSpec, ...] = ()
        self._values: tuple[float, ...] = ()
        self._rows: list[ValueRow] = []
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._add_a_few)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = column(inside, gap_px=4)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    @property
    def rows(self) -> tuple[ValueRow, ...]:
        """The controls, in order, as far as they are made."""
        return tuple(self._rows)

    def sync(self, specs: Sequence[ValueSpec], values: Sequence[float]) -> None:
        """Show these values, in the order of the specs."""
        self._values = tuple(values)
        if tuple(specs) != self._specs:
            self._specs = tuple(specs)
            for row in self._rows:
                # A field that goes away while somebody types in it would still tell its number.
                row.blockSignals(True)
            emptied(self._column)
            self._rows = []
            self._add(ROWS_AT_ONCE)
            self._fix_height()
        for row, value in zip(self._rows, self._values, strict=False):
            row.set_number(value)

    def _add(self, count: int) -> None:
        """Make the next rows."""
        done = len(self._rows)
        for spec, value in zip(self._specs[done:][:count], self._values[done:], strict=False):
            row = ValueRow(spec)
            row.set_number(value)
            row.changed.connect(self.changed)
            self._column.addWidget(row)
            self._rows.append(row)
        if len(self._rows) < len(self._specs):
            self._more.start()
        else:
            self._more.stop()

    def _add_a_few(self) -> None:
        self._add(ROWS_A_TURN)

    def _fix_height(self) -> None:
        heights = [row.sizeHint().height() for row in self._rows[:ROWS_IN_SIGHT]]
        self.setFixedHeight(sum(heights) + 4 * max(0, len(heights) - 1))


class ValueRow(QWidget):
    """One value: a slider with its number, or a list of words."""

    changed = Signal(int, float, object)

    def __init__(self, spec: ValueSpec) -> None:
        super().__init__()
        self.spec = spec
        rows = column(self, gap_px=2)
        self.slider: LabelledSlider | None = None
        self.choice: ChoiceBox | None = None
        tooltip = self.tr("Set what the network reads; its numbers follow at once")
        if spec.words:
            label = Label(spec.title)
            choices = [Choice(str(index), word) for index, word in enumerate(spec.words)]
            self.choice = ChoiceBox(spec.title, tooltip, choices, wraps=True)
            label.setBuddy(self.choice)
            rows.addWidget(label)
            rows.addWidget(self.choice)
            self.choice.chosen.connect(self._chosen)
        else:
            scale = Scale(*nice_range(spec.minimum, spec.maximum))
            self.slider = LabelledSlider(spec.title, tooltip, scale, bounds=Bounds())
            self.slider.set_number(scale.minimum)
            rows.addWidget(self.slider)
            self.slider.changed.connect(self._slid)

    def set_number(self, value: float) -> None:
        """Show the value."""
        if self.slider is not None and self.slider.number != value:
            self.slider.set_number(value)
        if self.choice is not None:
            self.choice.set_current(str(round(value)) if math.isfinite(value) else "")

    def _slid(self, value: float, gesture: object) -> None:
        self.changed.emit(self.spec.key, value, gesture)

    def _chosen(self, key: str) -> None:
        self.changed.emit(self.spec.key, float(key), None)


def nice_range(low: float, high: float) -> tuple[float, float]:
    """Return a range with round ends that holds both numbers; never an empty one."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return -1.0, 1.0
    if high <= low:
        return low - 1.0, low + 1.0
    step = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    digits = max(0, -math.floor(math.log10(step)))
    # A quotient such as 42.99999999999999 stands for 43.
    start, end = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
    return round(start * step, digits), round(end * step, digits)
