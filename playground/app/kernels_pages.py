"""The middle of the room Kernels: five panels of which one is shown, fed alike wherever they stand."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from playground.app.measuring import Kind
from playground.model.keys import Level
from playground.model.speed import MachineFacts, RungFacts, Timing
from playground.model.speed_events import Event, Preparing, Progress, Refused, Timed
from playground.model.speed_requests import RaceAsked, ScalingAsked, SweepAsked
from widgets.kernels.matrices_view import MatricesView
from widgets.kernels.race_panel import RacePanel
from widgets.kernels.race_request import RaceRequest, ScalingRequest, SweepRequest
from widgets.kernels.scaling_plot import ScalingPlot
from widgets.kernels.slow_motion import SlowMotion
from widgets.kernels.sweep_plot import SweepPlot

Tab = Literal["race", "sizes", "threads", "slow", "network"]
TABS: tuple[Tab, ...] = ("race", "sizes", "threads", "slow", "network")
MARGIN_PX = 32
ABOVE_PX = 4


class KernelsPages(QStackedWidget):
    """Shows what is measured and asks for more.

    measuring_requested(kind, Request) : a button was pressed
    cancel_requested() : the same button, while it is under way
    """

    measuring_requested = Signal(str, object)
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rungs: tuple[RungFacts, ...] = ()
        self._is_presenting = False
        self._left_out: set[str] = set()
        self.race = RacePanel()
        self.sizes = SweepPlot()
        self.threads = ScalingPlot()
        self.slow = SlowMotion()
        self.network = MatricesView()
        for panel in self.panels:
            self.addWidget(_page(panel, is_high=panel in (self.slow, self.network)))
        self.race.race_requested.connect(self._ask_race)
        self.sizes.sweep_requested.connect(self._ask_sweep)
        self.threads.scaling_requested.connect(self._ask_scaling)
        for panel in (self.race, self.sizes, self.threads):
            panel.cancel_requested.connect(self.cancel_requested)

    @property
    def panels(self) -> tuple[QWidget, ...]:
        """The five panels, as in `TABS`."""
        return self.race, self.sizes, self.threads, self.slow, self.network

    @property
    def tab(self) -> Tab:
        """Which panel is shown."""
        return TABS[self.currentIndex()]

    @property
    def shown(self) -> QWidget:
        """The panel that is shown."""
        return self.panels[self.currentIndex()]

    def show_tab(self, tab: Tab) -> None:
        """Show another panel."""
        self.setCurrentIndex(TABS.index(tab))

    def present(self, like: KernelsPages) -> None:
        """Show what other pages have chosen, and leave out what is only there to be pressed."""
        self._is_presenting = True
        self.race.set_choice(like.race.choice)
        for own, other in (
            (self.sizes.operation, like.sizes.operation),
            (self.sizes.dtype, like.sizes.dtype),
            (self.threads.sizes, like.threads.sizes),
            (self.threads.dtype, like.threads.dtype),
        ):
            own.set_current(other.current)
        for plot in (self.sizes, self.threads):
            for part in (plot.bar, plot.save_picture, plot.save_figures):
                part.hide()
            plot.empty.set_text(self.tr("Press Space, and the lines are measured and drawn here."))
        self._left_out = {facts.key for facts in like.rungs if not like.race.row(facts.key).takes_part}
        self.set_rungs(like.rungs)

    def set_level(self, level: Level) -> None:
        """Tell everything at another level."""
        for panel in (self.race, self.sizes, self.threads, self.slow, self.network):
            panel.set_level(level)

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Let nothing travel."""
        for panel in (self.race, self.slow):
            panel.set_reduced_motion(is_reduced)

    def set_rungs(self, rungs: tuple[RungFacts, ...]) -> None:
        """Show the ladder."""
        self.rungs = rungs
        for panel in (self.race, self.sizes, self.threads):
            panel.set_rungs(rungs)
        for facts in rungs if self._is_presenting else ():
            self.race.row(facts.key).box.setChecked(facts.key not in self._left_out)
        self.race.set_presented(self._is_presenting)

    def set_cores(self, cores: int) -> None:
        """Say how many threads there may be."""
        for panel in (self.race, self.sizes, self.threads):
            panel.set_cores(cores)

    def set_machine(self, machine: MachineFacts) -> None:
        """Show what this computer can do at most."""
        for panel in (self.race, self.sizes, self.threads):
            panel.set_machine(machine)

    def set_running(self, kind: Kind | None) -> None:
        """Show which measuring is under way, on the button that started it."""
        self.race.set_running(kind == "race")
        self.sizes.set_running(kind == "sizes")
        self.threads.set_running(kind == "threads")

    def add_timing(self, kind: Kind, timing: Timing) -> None:
        """Show a timing where it was asked for."""
        panels: dict[Kind, RacePanel | SweepPlot | ScalingPlot] = {
            "race": self.race,
            "sizes": self.sizes,
            "threads": self.threads,
        }
        panels[kind].add_timing(timing)

    def hear(self, kind: Kind, event: Event) -> None:
        """Show what a measuring of a kind says."""
        if isinstance(event, Timed):
            self.add_timing(kind, event.timing)
        elif kind == "race" and isinstance(event, Preparing):
            self.race.set_preparing(event.kernel)
        elif kind == "race" and isinstance(event, Refused):
            self.race.set_refused(event.kernel, event.reason)
        elif kind == "sizes" and isinstance(event, Progress):
            self.sizes.set_progress(event.done, event.total)
        elif kind == "threads" and isinstance(event, Progress):
            self.threads.set_progress(event.done, event.total)

    def ask(self) -> None:
        """Ask for what the shown panel measures, as its button does; others play or hold."""
        buttons = {
            "race": self.race.choices.race,
            "sizes": self.sizes.bar.button,
            "threads": self.threads.bar.button,
        }
        button = buttons.get(self.tab)
        if button is not None:
            button.click()
        elif self.tab == "slow":
            self.slow.toggle()

    def _ask_race(self, asked: RaceRequest) -> None:
        request = RaceAsked(
            operation=asked.operation, m=asked.m, n=asked.n, k=asked.k, dtype=asked.dtype, rungs=asked.rungs
        )
        self.measuring_requested.emit("race", request)

    def _ask_sweep(self, asked: SweepRequest) -> None:
        request = SweepAsked(
            operation=asked.operation, sizes=asked.sizes, dtype=asked.dtype, rungs=asked.rungs
        )
        self.measuring_requested.emit("sizes", request)

    def _ask_scaling(self, asked: ScalingRequest) -> None:
        request = ScalingAsked(size=asked.size, dtype=asked.dtype, rungs=asked.rungs)
        self.measuring_requested.emit("threads", request)


def _page(panel: QWidget, *, is_high: bool) -> QScrollArea:
    """A panel in a page that scrolls where the window is low; a high one uses all the height."""
    inside = QWidget()
    inside.setProperty("ground", "stage")
    rows = QVBoxLayout(inside)
    layout = panel.layout()
    own_px = 0 if layout is None else layout.contentsMargins().left()
    rows.setContentsMargins(MARGIN_PX - own_px, ABOVE_PX, MARGIN_PX - own_px, 24 - own_px)
    rows.addWidget(panel, int(is_high))
    if not is_high:
        rows.addStretch(1)
    page = QScrollArea()
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setWidgetResizable(True)
    page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setWidget(inside)
    return page
