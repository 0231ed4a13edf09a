"""How close to the limit: the best timings below the roof that memory and arithmetic make."""

from __future__ import annotations

from playground.model.keys import DType
from playground.model.message import Message
from playground.model.speed import Operation, Timing
from widgets.kernels.plot_content import Content, Row
from widgets.kernels.plot_panel import PlotPanel
from widgets.kernels.roofline_figure import intensity, roofline_content, roofline_sentences

HEIGHT_PX = 190


class RooflinePlot(PlotPanel):
    """Keeps the newest timings of each product, and draws the best of them in the newest type."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("How close to the limit"),
            "heading",
            self.tr("Press Race, and the fastest way finds its place below this computer's limit."),
            HEIGHT_PX,
        )
        self._timings: dict[tuple[Operation, DType], dict[str, Timing]] = {}
        self._dtype: DType = "float32"
        self.renew()

    def add_timing(self, timing: Timing) -> None:
        """Take a timing in; those of an earlier size of the product give way."""
        if timing.is_smaller or timing.share_of_peak is None:
            return
        kept = self._timings.setdefault((timing.operation, timing.dtype), {})
        for key in [key for key, earlier in kept.items() if earlier.k != timing.k]:
            del kept[key]
        kept[timing.kernel] = timing
        self._dtype = timing.dtype
        self.renew()

    def clear(self) -> None:
        """Forget all timings."""
        self._timings.clear()
        self.renew()

    def best(self) -> dict[Operation, Timing]:
        """The fastest right timing of each product in the newest type."""
        found: dict[Operation, Timing] = {}
        for (operation, dtype), timings in self._timings.items():
            right = [timing for timing in timings.values() if timing.is_right]
            if dtype == self._dtype and right:
                found[operation] = max(right, key=lambda timing: timing.gflops)
        return found

    def rows(self) -> list[Row]:
        """The points of the plot, the header first."""
        header: Row = ("kernel", "operation", "dtype", "threads", "operations_per_byte", "gflops")
        return [
            header,
            *(
                (known.kernel, known.operation, known.dtype, known.threads, intensity(known), known.gflops)
                for known in self.best().values()
            ),
        ]

    def content(self) -> Content | None:
        """Roof and points; nothing before the machine is measured."""
        if self._machine is None or not self._rungs:
            return None
        return roofline_content(self.best(), self._rungs, self._machine, self._dtype)

    def sentences(self) -> tuple[Message, ...]:
        """How close the best come to the limit."""
        if self._machine is None:
            return ()
        return roofline_sentences(self.best(), self._machine, self._level)
