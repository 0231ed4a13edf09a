"""Presents the room Kernels: the panel that is shown, enlarged on the dark stage, and driven by a clicker."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kernels.threads import available_cores
from playground.app.kernel_process import KernelProcess
from playground.app.kernels_pages import TABS, KernelsPages, Tab
from playground.app.matrices_control import MatricesControl
from playground.app.measuring import Kind
from playground.app.stage_keeper import StageKeeper
from playground.app.walks import Walks
from playground.model.keys import Level
from playground.model.speed import MachineFacts, RungFacts, Timing
from playground.model.speed_events import Event, Timed
from widgets.presenter.enlarged import Enlarged

PRESSED: tuple[Tab, ...] = ("race", "sizes", "threads")
"""Panels that do the same wherever they are clicked; in the others each place has its own meaning."""


class KernelsShow(QObject):
    """Makes a presentation, feeds it as the room is fed, and passes on what is asked for there.

    measuring_requested(kind, Request), cancel_requested() : as those of the pages
    tab_chosen(str) : the clicker went to another panel
    """

    measuring_requested = Signal(str, object)
    cancel_requested = Signal()
    tab_chosen = Signal(str)

    def __init__(self, process: KernelProcess, keeper: StageKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = process
        self._keeper = keeper
        self._shown: Enlarged | None = None
        self._pages: KernelsPages | None = None
        self._matrices: MatricesControl | None = None
        self._is_calm = False
        self._machine: MachineFacts | None = None
        self._timings: list[tuple[Kind, Timing]] = []

    def make(self, like: KernelsPages, level: Level, kind: Kind | None) -> Enlarged:
        """Return a presentation that shows what these pages show; it is shown and closed by others."""
        pages = KernelsPages()
        shown = Enlarged(pages)
        self._shown, self._pages = shown, pages
        pages.set_cores(available_cores())
        pages.present(like)
        pages.set_level(level)
        pages.set_reduced_motion(self._is_calm)
        if self._machine is not None:
            pages.set_machine(self._machine)
        for measured, timing in self._timings:
            if measured != "race" or timing in like.race.timings:
                pages.add_timing(measured, timing)
        pages.set_running(kind)
        Walks(self._process, pages.slow, shown)
        self._matrices = MatricesControl(pages.network, self._keeper, shown)
        pages.measuring_requested.connect(self.measuring_requested)
        pages.cancel_requested.connect(self.cancel_requested)
        shown.play_toggled.connect(pages.ask)
        shown.phase_requested.connect(self._turn)
        shown.step_requested.connect(pages.slow.take_step)
        shown.seek_requested.connect(self._seek)
        shown.left.connect(self._forget)
        self._go(like.tab)
        return shown

    def set_rungs(self, rungs: tuple[RungFacts, ...]) -> None:
        """Show the ladder."""
        if self._pages is not None:
            self._pages.set_rungs(rungs)
            self._dress()

    def set_machine(self, machine: MachineFacts) -> None:
        """Keep what this computer can do at most, and show it."""
        self._machine = machine
        if self._pages is not None:
            self._pages.set_machine(machine)
            self._dress()

    def set_level(self, level: Level) -> None:
        """Tell everything at another level."""
        if self._pages is not None:
            self._pages.set_level(level)
            self._dress()

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Let nothing travel."""
        self._is_calm = is_reduced
        if self._pages is not None:
            self._pages.set_reduced_motion(is_reduced)

    def set_running(self, kind: Kind | None) -> None:
        """Show which measuring is under way."""
        if self._pages is not None:
            self._pages.set_running(kind)

    def hear(self, kind: Kind, event: Event) -> None:
        """Keep timings, and show what a measuring says."""
        if isinstance(event, Timed):
            self._timings.append((kind, event.timing))
        if self._pages is not None:
            self._pages.hear(kind, event)
            self._dress()

    def _turn(self, direction: int) -> None:
        """Go to the next panel or the one before; there is none beyond the last."""
        if self._pages is not None:
            place = TABS.index(self._pages.tab) + direction
            if 0 <= place < len(TABS):
                self._go(TABS[place])
                self.tab_chosen.emit(TABS[place])

    def _go(self, tab: Tab) -> None:
        if self._pages is None or self._shown is None or self._matrices is None:
            return
        self._pages.show_tab(tab)
        self._shown.takes_clicks = tab in PRESSED
        self._matrices.refresh()
        self._dress()

    def _seek(self, direction: int) -> None:
        if self._pages is not None:
            walk = self._pages.slow
            schedule = walk.schedule
            walk.seek(0 if direction < 0 or schedule is None else len(schedule.steps))

    def _dress(self) -> None:
        """Parts that were just made wear the colours of the window until they are given the stage's."""
        if self._shown is not None:
            self._shown.dress_content()

    def _forget(self) -> None:
        self._shown = self._pages = self._matrices = None
