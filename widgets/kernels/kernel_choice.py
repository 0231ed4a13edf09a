"""Which kernel trains: side by side where there is room, else in two columns or one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from playground.model.keys import Kernel
from playground.model.message import Message
from widgets.controls.buttons import Button
from widgets.controls.card import emptied
from widgets.style import CONTROL_PX, interface_font
from widgets.text import say

SIDE_PX = 14
GAP_PX = 6


@dataclass(frozen=True, slots=True)
class KernelOption:
    """A kernel that training can use; `why_not` says why it cannot be used here, None where it can."""

    key: Kernel
    title: Message
    why_not: Message | None = None


class KernelChoice(QWidget):
    """Buttons of which one holds; one that cannot be pressed says why in its tooltip."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._options: tuple[KernelOption, ...] = ()
        self._buttons: dict[str, Button] = {}
        self._columns = 0
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self._clicked)

    def button(self, key: str) -> Button:
        """The button of a kernel. Raises KeyError where it is not offered."""
        return self._buttons[key]

    @property
    def current(self) -> str:
        """The key of the choice that holds; empty where none does."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_options(self, options: Sequence[KernelOption]) -> None:
        """Offer other kernels; what was chosen stays chosen where it is still offered."""
        if tuple(options) == self._options:
            return
        current = self.current
        self._options = tuple(options)
        emptied(self._grid)
        self._buttons = {}
        for index, option in enumerate(options):
            title = say(option.title)
            told = self.tr("Let {kernel} do the multiplying while the network learns").format(kernel=title)
            button = Button(title, told if option.why_not is None else say(option.why_not))
            button.setCheckable(True)
            button.setEnabled(option.why_not is None)
            self._group.addButton(button, index)
            self._buttons[option.key] = button
        self.set_current(current)
        self._columns = 0
        self._place()

    def set_current(self, key: str) -> None:
        """Show a choice without announcing it."""
        if key in self._buttons:
            with QSignalBlocker(self._group):
                self._buttons[key].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many columns as have room."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Room for one column."""
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(interface_font(CONTROL_PX, interface_font().Weight.DemiBold))
        return [metrics.horizontalAdvance(button.text()) + 2 * SIDE_PX for button in self._buttons.values()]

    def _fitting(self) -> int:
        """How many columns of equal width have room, all that share a row side by side."""
        widest = max(self._widths(), default=1)
        for columns in (4, 2):
            if columns * widest + (columns - 1) * GAP_PX <= self.width():
                return columns
        return 1

    def _place(self) -> None:
        columns = self._fitting()
        if columns == self._columns or not self._buttons:
            return
        self._columns = columns
        for index, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, int(column < columns))
        self.updateGeometry()

    def _clicked(self, index: int) -> None:
        self.chosen.emit(self._options[index].key)
