"""Speed against the number of threads, from one to all cores."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal

from playground.model.keys import DType
from playground.model.message import Message
from playground.model.speed import MachineFacts, Timing
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.kernels.measure_bar import MeasureBar
from widgets.kernels.plot_content import Content, Row
from widgets.kernels.plot_panel import PlotPanel
from widgets.kernels.product_choices import size_told, type_choice
from widgets.kernels.race_request import ScalingRequest
from widgets.kernels.race_words import cannot
from widgets.kernels.scaling_figure import scaling_content, scaling_sentences
from widgets.kernels.sweep_figure import TIMING_HEADER, timing_row

SIZES = (256, 1024, 2048)
FIRST_SIZE = 1024
HEIGHT_PX = 340


class ScalingPlot(PlotPanel):
    """Asks for the same product with more and more threads, and draws a line for each parallel kernel."""

    scaling_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("How much do more cores help?"),
            "title",
            self.tr(
                "Press Measure: the parallel ways compute with one thread, then with more, up to all cores."
            ),
            HEIGHT_PX,
            "stage",
        )
        self._cores = 1
        self._scalings: dict[tuple[int, DType], dict[str, dict[int, Timing]]] = {}
        self.sizes = SegmentedControl(
            self.tr("Rows and columns of the matrices"),
            [Segment(str(n), str(n), size_told(n)) for n in SIZES],
        )
        self.sizes.set_current(str(FIRST_SIZE))
        self.dtype = type_choice()
        self.bar = MeasureBar(
            self.tr("Time the parallel ways with every number of threads"), self.sizes, self.dtype
        )
        self.add_controls(self.bar)
        self.bar.changed.connect(self.renew)
        self.bar.measure_clicked.connect(self._measure)
        self.bar.cancel_clicked.connect(self.cancel_requested)
        self.renew()

    def set_machine(self, machine: MachineFacts) -> None:
        """Draw the ideal up to the cores of this computer."""
        self.set_cores(machine.cores)
        super().set_machine(machine)

    def set_cores(self, cores: int) -> None:
        """Say how many threads there may be."""
        if cores != self._cores:
            self._cores = cores
            self.renew()

    def set_running(self, is_running: bool) -> None:
        """Show whether it is being measured: the button then ends it."""
        self.bar.set_running(is_running)
        self.renew()

    def set_progress(self, done: int, total: int) -> None:
        """Show how many timings are done."""
        self.bar.set_progress(done, total)

    def add_timing(self, timing: Timing) -> None:
        """Add a point of a matrix product."""
        if timing.operation != "gemm" or timing.is_smaller:
            return
        scaling = self._scalings.setdefault((timing.k, timing.dtype), {})
        scaling.setdefault(timing.kernel, {})[timing.threads] = timing
        self.renew()

    def clear(self) -> None:
        """Forget what was measured for the present choice."""
        self._scalings.pop(self._chosen, None)
        self.renew()

    def request(self) -> ScalingRequest:
        """What the controls ask for, by every kernel that uses threads."""
        size, dtype = self._chosen
        parallel = tuple(
            facts.key for facts in self._rungs if facts.is_parallel and cannot(facts, "gemm", dtype) is None
        )
        return ScalingRequest(size, dtype, parallel)

    def rows(self) -> list[Row]:
        """Every timing, the header first."""
        timings = (
            timing
            for scaling in self._scalings.values()
            for by_threads in scaling.values()
            for _, timing in sorted(by_threads.items())
        )
        return [TIMING_HEADER, *(timing_row(timing) for timing in timings)]

    def content(self) -> Content | None:
        """The lines of the chosen size and type."""
        return scaling_content(self._scaling, self._rungs, self._cores)

    def sentences(self) -> tuple[Message, ...]:
        """How much the threads gain."""
        return scaling_sentences(self._scaling, self._rungs, self._level)

    def renew(self) -> None:
        """Show what is known now."""
        self.bar.set_ready(bool(self.request().rungs))
        super().renew()

    @property
    def _chosen(self) -> tuple[int, DType]:
        return int(self.sizes.current), cast("DType", self.dtype.current)

    @property
    def _scaling(self) -> dict[str, dict[int, Timing]]:
        return self._scalings.get(self._chosen, {})

    def _measure(self) -> None:
        self.clear()
        self.scaling_requested.emit(self.request())
