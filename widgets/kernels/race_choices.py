"""What a race is about: how large, which product, which type, how many cores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import DType
from playground.model.message import format_number
from playground.model.speed import Operation
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.number_field import NumberField
from widgets.controls.number_text import Bounds
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.kernels.product_choices import product_choice, size_told, type_choice

SIZES = (64, 256, 1024, 2048, 4096)
FIRST_SIZE = 1024
OWN = "own"
MOST = 32_768
"""No own size is larger; what does not fit into memory is refused when the race begins."""


@dataclass(frozen=True, slots=True)
class RaceChoice:
    """What the controls say; a size n stands for square matrices of n rows."""

    operation: Operation = "gemm"
    size: int = FIRST_SIZE
    dtype: DType = "float32"
    all_cores: bool = True


class RaceChoices(QWidget):
    """Controls in lines, the button that starts the race last."""

    changed = Signal()
    race_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False
        self.sizes = SegmentedControl(
            self.tr("Rows and columns of the matrices"),
            [
                *(Segment(str(n), str(n), size_told(n)) for n in SIZES),
                Segment(OWN, self.tr("Own"), self.tr("Multiply matrices of a size of your own")),
            ],
        )
        self.sizes.set_current(str(FIRST_SIZE))
        self.own = NumberField(
            self.tr("Own size"),
            self.tr("How many rows and columns each matrix has"),
            Bounds(minimum=1, maximum=MOST, whole=True),
            brief=lambda value: format_number(int(value)),
        )
        self.own.set_number(512)
        self.own.setFixedWidth(76)
        self.own.setVisible(False)
        self.operation = product_choice()
        self.dtype = type_choice()
        self.cores = SegmentedControl(
            self.tr("How many cores"),
            [
                Segment("all", self.tr("all cores"), self.tr("Whoever can use several cores uses all")),
                Segment("one", self.tr("one core"), self.tr("Everybody computes with one thread")),
            ],
        )
        self.race = Button(
            self.tr("Race"),
            self.tr("Time every chosen way on this computer, one after the other"),
            "primary",
        )
        self.race.setMinimumWidth(72)
        rows = column(self, gap_px=8)
        rows.addWidget(FlowRow(self.sizes, self.own, self.operation, self.race))
        rows.addWidget(FlowRow(self.dtype, self.cores))
        self.sizes.chosen.connect(self._size_chosen)
        self.own.entered.connect(self._changed)
        for control in (self.operation, self.dtype, self.cores):
            control.chosen.connect(self._changed)
        self.race.clicked.connect(self.race_clicked)

    @property
    def choice(self) -> RaceChoice:
        """What is chosen now."""
        size = int(self.own.number) if self.sizes.current == OWN else int(self.sizes.current)
        return RaceChoice(
            cast("Operation", self.operation.current),
            size,
            cast("DType", self.dtype.current),
            self.cores.current == "all",
        )

    def set_choice(self, choice: RaceChoice) -> None:
        """Show a choice without announcing it."""
        is_listed = choice.size in SIZES
        self.sizes.set_current(str(choice.size) if is_listed else OWN)
        if not is_listed:
            self.own.set_number(choice.size)
        self.own.setVisible(not is_listed)
        self.operation.set_current(choice.operation)
        self.dtype.set_current(choice.dtype)
        self.cores.set_current("all" if choice.all_cores else "one")

    def set_running(self, is_running: bool) -> None:
        """While it runs, the choice is settled, and the button ends the race."""
        self._is_running = is_running
        for control in (self.sizes, self.own, self.operation, self.dtype, self.cores):
            control.setEnabled(not is_running)
        self.race.set_text(self.tr("Cancel") if is_running else self.tr("Race"))
        told = (
            self.tr("End the race; what was timed stays")
            if is_running
            else self.tr("Time every chosen way on this computer, one after the other")
        )
        self.race.setToolTip(told)
        self.race.setAccessibleDescription(told)

    def set_ready(self, is_ready: bool) -> None:
        """Whether there is anybody who can race; a race that runs can always be ended."""
        self.race.setEnabled(is_ready or self._is_running)

    def _size_chosen(self, key: str) -> None:
        self.own.setVisible(key == OWN)
        if key == OWN:
            self.own.setFocus()
        self.changed.emit()

    def _changed(self, _value: object) -> None:
        self.changed.emit()
