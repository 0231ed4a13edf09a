"""Speed against size for every kernel, with the limits of this computer."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal

from playground.model.keys import DType
from playground.model.message import Message
from playground.model.speed import Operation, Timing
from widgets.kernels.measure_bar import MeasureBar
from widgets.kernels.plot_content import Content, Row
from widgets.kernels.plot_panel import PlotPanel
from widgets.kernels.product_choices import product_choice, type_choice
from widgets.kernels.race_request import SweepRequest
from widgets.kernels.race_words import cannot
from widgets.kernels.sweep_figure import sweep_content, sweep_rows, sweep_sentences

SIZES: dict[Operation, tuple[int, ...]] = {
    "gemm": (16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048),
    "gemv": (16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192),
}
"""Rows of the matrices; a matrix times a vector is so little work that larger ones are asked for."""
HEIGHT_PX = 380


class SweepPlot(PlotPanel):
    """Asks for the same race at many sizes, and draws a line for each kernel."""

    sweep_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("How does the speed depend on the size?"),
            "title",
            self.tr("Press Measure: every way multiplies small and large matrices, and draws its line here."),
            HEIGHT_PX,
            "stage",
        )
        self._cores = 1
        self._sweeps: dict[tuple[Operation, DType], dict[str, dict[int, Timing]]] = {}
        self.operation = product_choice()
        self.dtype = type_choice()
        self.bar = MeasureBar(self.tr("Time every way at many sizes"), self.operation, self.dtype)
        self.add_controls(self.bar)
        self.bar.changed.connect(self.renew)
        self.bar.measure_clicked.connect(self._measure)
        self.bar.cancel_clicked.connect(self.cancel_requested)
        self.renew()

    def set_cores(self, cores: int) -> None:
        """Say how many threads a parallel kernel uses."""
        self._cores = cores

    def set_running(self, is_running: bool) -> None:
        """Show whether a sweep runs: the button then ends it."""
        self.bar.set_running(is_running)
        self.renew()

    def set_progress(self, done: int, total: int) -> None:
        """Show how many timings of the sweep are done."""
        self.bar.set_progress(done, total)

    def add_timing(self, timing: Timing) -> None:
        """Add a point; one that was made smaller than asked for has no place on the scale of sizes."""
        if timing.is_smaller:
            return
        sweep = self._sweeps.setdefault((timing.operation, timing.dtype), {})
        sweep.setdefault(timing.kernel, {})[timing.k] = timing
        self.renew()

    def clear(self) -> None:
        """Forget what was measured for the present choice."""
        self._sweeps.pop(self._chosen, None)
        self.renew()

    def request(self) -> SweepRequest:
        """The sweep that the controls ask for, by every kernel that can."""
        operation, dtype = self._chosen
        entrants = tuple(
            (facts.key, self._cores if facts.is_parallel else 1)
            for facts in self._rungs
            if cannot(facts, operation, dtype) is None
        )
        return SweepRequest(operation, SIZES[operation], dtype, entrants)

    def rows(self) -> list[Row]:
        """Every timing of every sweep, the header first."""
        return sweep_rows(self._sweeps)

    def content(self) -> Content | None:
        """The lines of the chosen sweep."""
        operation, dtype = self._chosen
        return sweep_content(self._sweep, self._rungs, self._machine, dtype, SIZES[operation])

    def sentences(self) -> tuple[Message, ...]:
        """Where one kernel overtakes another."""
        return sweep_sentences(self._sweep, self._rungs, self._level)

    def renew(self) -> None:
        """Show what is known now."""
        self.bar.set_ready(bool(self.request().rungs))
        super().renew()

    @property
    def _chosen(self) -> tuple[Operation, DType]:
        return cast("Operation", self.operation.current), cast("DType", self.dtype.current)

    @property
    def _sweep(self) -> dict[str, dict[int, Timing]]:
        return self._sweeps.get(self._chosen, {})

    def _measure(self) -> None:
        self.clear()
        self.sweep_requested.emit(self.request())
