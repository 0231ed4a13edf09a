"""A kernel slowed down: its own order of steps over A, B and C, and the bytes that this moves."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import Schedule
from resources.theme import DARK, LIGHT
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.controls.segmented import SegmentedControl
from widgets.kernels.traffic_panel import TrafficPanel
from widgets.kernels.walk import Walk
from widgets.kernels.walk_choices import FIRST_SIZE, PLAIN, WalkChoices
from widgets.kernels.walk_clock import WalkClock, first_speed
from widgets.kernels.walk_controls import WalkControls
from widgets.kernels.walk_legend import Swatch, WalkLegend
from widgets.kernels.walk_sentence import MOST_THREADS, tell_moment
from widgets.kernels.walk_style import WalkStyle
from widgets.kernels.walk_view import WalkView
from widgets.text import capital, pick, say

__all__ = ["FIRST_SIZE", "PLAIN", "SlowMotion"]

MARGIN_PX = 24


class SlowMotion(QWidget):
    """Shows a schedule step by step; it knows no order of its own.

    Signals
    -------
    schedule_requested : a kernel's key, the size n of an n by n product, and how many threads; asked for when
        something is chosen, and when the widget is first seen with nothing to show. The answer is
        `set_schedule`, and `set_reference` with the schedule of plain loops of the same size
    """

    schedule_requested = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._walk: Walk | None = None
        self._reference: Schedule | None = None
        self._level: Level = "words"
        self._clock = WalkClock()
        self._chosen_speed: float | None = None
        self._is_waiting = False
        self._plays_on = False
        self._time = QElapsedTimer()
        self._time.start()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self.choices = WalkChoices()
        self.sentence = Label("", "explanation")
        self.view = WalkView()
        self.legend = WalkLegend()
        self.controls = WalkControls()
        self.traffic = TrafficPanel()
        self._waiting_text = self.tr("The kernel's steps appear here in a moment.")
        self.empty = Label(self._waiting_text, "muted")
        self._arrange()
        self._connect()
        self._show_walk()

    @property
    def kernels(self) -> SegmentedControl:
        """Which kernel is chosen."""
        return self.choices.kernels

    @property
    def schedule(self) -> Schedule | None:
        """The schedule that is shown."""
        return None if self._walk is None else self._walk.schedule

    @property
    def step(self) -> int:
        """The step that is shown, counted from 0; the number of steps when all are done."""
        return self._clock.step(self._now())

    @property
    def is_playing(self) -> bool:
        """Whether the walk goes on by itself."""
        return self._clock.is_playing(self._now())

    def set_schedule(self, schedule: Schedule | None) -> None:
        """Show a schedule from its first step; one that plays goes on playing."""
        plays_on = self._plays_on or self.is_playing
        self._is_waiting = self._plays_on = False
        self._walk = None if schedule is None else Walk(schedule)
        count = 0 if self._walk is None else self._walk.count
        speed = self._chosen_speed or first_speed(count)
        self._clock = WalkClock(count, speed, is_calm=self._clock.is_calm)
        if plays_on and count:
            self._clock = self._clock.played(self._now())
        if schedule is not None:
            self.choices.sync(schedule)
        self.view.set_walk(self._walk)
        self._limit_view()
        self._show_walk()
        self._go_on()

    def set_refused(self, reason: Message) -> None:
        """Say why what was asked for cannot be shown; what was shown before stays."""
        self._is_waiting = self._plays_on = False
        if self._walk is not None:
            self.choices.sync(self._walk.schedule)
        self._show_walk()
        self.empty.set_text(say(reason))
        self.empty.setVisible(True)

    def set_reference(self, schedule: Schedule | None) -> None:
        """Compare with the schedule of plain loops; it counts only for products of its own size."""
        self._reference = schedule
        self._show_traffic()

    def set_level(self, level: Level) -> None:
        """Tell the steps at a level."""
        if level != self._level:
            self._level = level
            self.view.set_level(level)
            self._show_walk()

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Change the picture at most twice a second while the walk plays."""
        if is_reduced != self._clock.is_calm:
            self._clock = replace(self._clock, is_calm=is_reduced)
            self._go_on()

    def toggle(self) -> None:
        """Play from here, or hold; what was asked for and has not come yet plays once it is there."""
        if self._is_waiting:
            self._plays_on = not self._plays_on
            return
        now = self._now()
        self._clock = self._clock.paused(now) if self._clock.is_playing(now) else self._clock.played(now)
        self._go_on()

    def pause(self) -> None:
        """Hold the step that is shown."""
        if self.is_playing:
            self.toggle()

    def take_step(self, direction: int) -> None:
        """Hold, one step on (+1) or back (-1)."""
        self._clock = self._clock.stepped(direction, self._now())
        self._go_on()

    def seek(self, step: int) -> None:
        """Go to a step; playing goes on from there."""
        self._clock = self._clock.sought(step, self._now())
        self._go_on()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for something to show."""
        super().showEvent(event)
        if self._walk is None:
            self.choices.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the grids no more height than they fill."""
        super().resizeEvent(event)
        self._limit_view()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold while nobody looks."""
        super().hideEvent(event)
        self._plays_on = False
        self.pause()

    def _arrange(self) -> None:
        rows = column(self, gap_px=8)
        rows.setContentsMargins(MARGIN_PX, MARGIN_PX // 2, MARGIN_PX, MARGIN_PX // 2)
        rows.addWidget(self.choices)
        rows.addWidget(self.sentence)
        rows.addWidget(self.empty)
        rows.addWidget(self.view, 100)
        rows.addWidget(self.legend)
        rows.addWidget(self.controls)
        rows.addSpacing(4)
        rows.addWidget(self.traffic)
        rows.addStretch(1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._go_on)
        self.choices.requested.connect(self._ask)
        self.view.step_requested.connect(self.take_step)
        self.view.end_requested.connect(self._to_end)
        self.view.play_toggled.connect(self.toggle)
        self.controls.play_toggled.connect(self.toggle)
        self.controls.step_requested.connect(self.take_step)
        self.controls.seek_requested.connect(self.seek)
        self.controls.speed_requested.connect(self._change_speed)

    def _ask(self, kernel: str, size: int, threads: int) -> None:
        """Show that another schedule is waited for, then ask: the answer may come at once."""
        self._plays_on = self._plays_on or self.is_playing
        if self.is_playing:
            self._clock = self._clock.paused(self._now())
        self._is_waiting = True
        self._show_walk()
        self._go_on()
        self.schedule_requested.emit(kernel, size, threads)

    def _to_end(self, is_end: bool) -> None:
        self.seek(self._clock.count if is_end else 0)

    def _change_speed(self, speed: float) -> None:
        self._chosen_speed = speed
        self._clock = self._clock.at_speed(speed, self._now())
        self._go_on()

    def _now(self) -> float:
        return self._time.nsecsElapsed() / 1e9

    def _go_on(self) -> None:
        """Show where the clock is, and wake up when that changes next; never while nothing moves."""
        self._show_moment()
        left = self._clock.next_change_s(self._now())
        if left is None:
            self._timer.stop()
        else:
            self._timer.start(max(round(left * 1000), 1))

    def _limit_view(self) -> None:
        least = self.view.minimumSizeHint().height()
        self.view.setMaximumHeight(max(self.view.height_at(self.width() - 2 * MARGIN_PX), least))

    def _show_walk(self) -> None:
        has_walk = self._walk is not None
        for part in (self.sentence, self.view, self.legend, self.controls):
            part.setVisible(has_walk)
        self.empty.set_text(self._waiting_text)
        self.empty.setVisible(not has_walk)
        for shown in (self.view, self.legend, self.controls, self.traffic):
            shown.setEnabled(not self._is_waiting)
        self.legend.set_swatches(self._swatches())
        self.controls.set_speed(self._clock.speed)
        threads = 1 if self._walk is None else self._walk.schedule.threads
        lines = 2 if 1 < threads <= MOST_THREADS or self._level != "words" else 1
        self.sentence.setMinimumHeight(lines * self.sentence.fontMetrics().lineSpacing() + 2)
        self._show_traffic()
        self._show_moment()

    def _show_moment(self) -> None:
        walk, now = self._walk, self._now()
        step = self._clock.step(now)
        self.view.set_moment(step)
        self.controls.sync(step, self._clock.count, is_playing=self._clock.is_playing(now))
        if walk is not None:
            text = "\n".join(capital(say(part)) for part in tell_moment(walk, step, self._level))
            if self._is_waiting:
                text = self._waiting_text
            self.sentence.set_text(text)
            if not self._clock.is_playing(now):  # a screen reader follows the steps, not the playing
                self.view.setAccessibleDescription(text)

    def _show_traffic(self) -> None:
        schedule = self.schedule
        self.traffic.setVisible(schedule is not None)
        if schedule is not None:
            self.traffic.sync(schedule, self._reference)

    def _swatches(self) -> list[Swatch]:
        light, dark = WalkStyle.of(LIGHT), WalkStyle.of(DARK)
        threads = 1 if self._walk is None else self._walk.schedule.threads
        found = [
            _swatch(light.rest, dark.rest, self.tr("waits")),
            _swatch(light.seen, dark.seen, self.tr("was read")),
            _swatch(light.begun, dark.begun, pick(self._level, self.tr("has begun"), self.tr("partial sum"))),
            _swatch(light.finished, dark.finished, self.tr("finished")),
        ]
        if threads == 1:
            return [Swatch(light.thread(0), dark.thread(0), self.tr("at work now")), *found]
        names = [
            Swatch(light.thread(n), dark.thread(n), say(message("Thread {number}", number=n + 1)))
            for n in range(min(threads, 4))
        ]
        return [*names, *found]


def _swatch(light: int, dark: int, text: str) -> Swatch:
    return Swatch(f"#{light:06X}", f"#{dark:06X}", text)
