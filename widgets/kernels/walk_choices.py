"""What slow motion shows: which kernel, how large its matrices are, and how many threads share the work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.message import message
from playground.model.speed import Schedule
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.text import say

PLAIN = "python"
PARALLEL = "numba-parallel"
SIZES = (8, 16, 32, 64)
THREADS = (2, 4)
FIRST_SIZE = 32


class WalkChoices(QWidget):
    """Three choices in a row; each asks for another schedule.

    requested : a kernel's key, the size n of an n by n product, and how many threads
    """

    requested = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self.kernels = SegmentedControl(self.tr("Kernel in slow motion"), self._kernel_segments())
        hint = self.tr("Multiply matrices of this many rows and columns")
        self.sizes = SegmentedControl(
            self.tr("Size of the matrices"), [Segment(str(n), str(n), hint) for n in SIZES]
        )
        hint = self.tr("Share the work among so many threads")
        texts = {n: say(message("{count} threads", count=n)) for n in THREADS}
        self.threads = SegmentedControl(
            self.tr("Threads"), [Segment(str(n), text, hint) for n, text in texts.items()]
        )
        column(self, gap_px=0).addWidget(FlowRow(self.kernels, self.sizes, self.threads, gap_px=12))
        self._choose(PLAIN, FIRST_SIZE)
        for control in (self.kernels, self.sizes, self.threads):
            control.chosen.connect(self._chosen)

    def sync(self, schedule: Schedule) -> None:
        """Show what a schedule is of, where that is one of the choices."""
        if schedule.kernel in self._kernel_keys() and schedule.m in SIZES:
            self._choose(schedule.kernel, schedule.m)
        if schedule.threads in THREADS:
            self.threads.set_current(str(schedule.threads))

    def ask(self) -> None:
        """Ask for the schedule that is chosen."""
        kernel = self.kernels.current
        threads = int(self.threads.current) if kernel == PARALLEL else 1
        self.requested.emit(kernel, int(self.sizes.current), threads)

    def _choose(self, kernel: str, size: int) -> None:
        self.kernels.set_current(kernel)
        self.sizes.set_current(str(size))
        self.threads.setVisible(kernel == PARALLEL)

    def _chosen(self, _key: str) -> None:
        self.threads.setVisible(self.kernels.current == PARALLEL)
        self.ask()

    def _kernel_keys(self) -> list[str]:
        return [segment.key for segment in self._kernel_segments()]

    def _kernel_segments(self) -> list[Segment]:
        return [
            Segment(PLAIN, self.tr("Plain loops"), self.tr("One number of C after the other, row by row")),
            Segment("numba-blocked", self.tr("Blocked"), self.tr("Small blocks that stay in the cache")),
            Segment(
                "numba-packed",
                self.tr("Packed"),
                self.tr("Copied into neat panels, tile by tile in the processor's registers"),
            ),
            Segment(
                PARALLEL, self.tr("Parallel"), self.tr("The packed kernel, shared among several threads")
            ),
        ]
