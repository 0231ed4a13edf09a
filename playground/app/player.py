"""The playback of one pass: where on the timeline it stands, and how that moves with the clock."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from playground.engine.timeline import Timeline
from playground.model.keys import Granularity, Phase
from playground.model.moment import Moment
from playground.model.trace import Trace

FRAME_MS = 16
SLOWEST, FASTEST = 0.25, 8.0


class Player(QObject):
    """Plays, steps and scrubs one pass; shows moments and never changes the document.

    The position is in seconds of the timeline at speed 1. The timer runs only while the pass plays.
    """

    moment_changed = Signal(object)
    """The moment to show; None when no pass is on the stage."""
    timeline_changed = Signal(object)
    """The timeline of the pass; None when there is none."""
    playing_changed = Signal(bool)
    ended = Signal()
    """Playback went past the end of the pass by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace: Trace | None = None
        self._timeline: Timeline | None = None
        self._prepared: tuple[Trace, Timeline] | None = None
        self._granularity: Granularity = "node"
        self._time_s: float | None = None
        self._speed = 1.0
        self.loop = False
        self.reduced_motion = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)

    @property
    def timeline(self) -> Timeline | None:
        """The timeline of the pass, or None."""
        return self._timeline

    @property
    def time_s(self) -> float | None:
        """The position in seconds, or None at rest."""
        return self._time_s

    @property
    def is_playing(self) -> bool:
        """Whether the clock moves the position."""
        return self._timer.isActive()

    @property
    def moment(self) -> Moment | None:
        """The moment at the position, or None at rest."""
        if self._timeline is None or self._time_s is None:
            return None
        time_s = self._time_s
        if self.reduced_motion and self.is_playing:
            # Nothing travels: each step is shown as it ends.
            time_s = self._timeline.stop_s(self._timeline.step_at(time_s).index)
        return self._timeline.moment(time_s)

    @property
    def granularity(self) -> Granularity:
        """How much one step covers."""
        return self._granularity

    def prepare(self, trace: Trace) -> None:
        """Lay out a pass that will soon be played; safe in any thread."""
        self._prepared = (trace, Timeline(trace, self._granularity))

    def set_trace(self, trace: Trace | None) -> None:
        """Take the pass to play; a pass under way keeps its place as a share of the timeline."""
        if trace is self._trace:
            return
        share = self._share()
        self._trace = trace
        self._timeline = None if trace is None else self._laid_out(trace)
        if self._timeline is None:
            self._time_s = None
        elif share is not None:
            self._time_s = share * self._timeline.duration_s
        if self._timeline is None:
            self.pause()
        self.timeline_changed.emit(self._timeline)
        self.moment_changed.emit(self.moment)

    def set_granularity(self, granularity: Granularity) -> None:
        """Choose how much one step covers; the phase and the share of it that is done are kept."""
        if granularity == self._granularity:
            return
        place = self._place()
        self._granularity = granularity
        if self._trace is None:
            return
        self._timeline = Timeline(self._trace, granularity)
        if place is not None:
            number, share = place
            span = self._timeline.phases[number]
            self._time_s = span.start_s + share * (span.end_s - span.start_s)
        self.timeline_changed.emit(self._timeline)
        self.moment_changed.emit(self.moment)

    @property
    def speed(self) -> float:
        """How many timeline seconds pass in a second."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Set how many timeline seconds pass in a second, from a quarter to eight."""
        self._speed = min(max(speed, SLOWEST), FASTEST)

    def toggle(self) -> None:
        """Play from here, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Let the clock move the position; from the end it begins anew."""
        if self._timeline is None or self.is_playing:
            return
        if self._time_s is None or self._time_s >= self._timeline.duration_s:
            self._time_s = 0.0
        self._clock.start()
        self._timer.start()
        self.playing_changed.emit(True)
        self.moment_changed.emit(self.moment)

    def pause(self) -> None:
        """Hold the position."""
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def rest(self) -> None:
        """Leave the pass: nothing plays and the stage shows its values at rest."""
        self.pause()
        if self._time_s is not None:
            self._time_s = None
            self.moment_changed.emit(None)

    def seek(self, time_s: float) -> None:
        """Go to a position; playing goes on from there."""
        if self._timeline is None:
            return
        self._time_s = min(max(time_s, 0.0), self._timeline.duration_s)
        self.moment_changed.emit(self.moment)

    def step(self, direction: int) -> None:
        """Pause and go to the next (+1) or previous (-1) end of a step."""
        if self._timeline is None:
            return
        self.pause()
        here = 0.0 if self._time_s is None else self._time_s
        forward = direction > 0
        self.seek(self._timeline.next_stop(here) if forward else self._timeline.previous_stop(here))

    def jump(self, phase: Phase) -> None:
        """Go to the start of a phase, where the pass has it."""
        if self._timeline is not None and any(span.phase == phase for span in self._timeline.phases):
            self.seek(self._timeline.phase_start(phase))

    def jump_by(self, direction: int) -> None:
        """Go to the start of the next (+1) phase, or back to the start of this or the one before (-1).

        From rest the first one is next.
        """
        if self._timeline is None:
            return
        here = -1.0 if self._time_s is None else self._time_s
        starts = [span.start_s for span in self._timeline.phases]
        if direction > 0:
            self.seek(next((start for start in starts if start > here), self._timeline.duration_s))
        else:
            self.seek(next((start for start in reversed(starts) if start < here), 0.0))

    def to_start(self) -> None:
        """Go to the start of the pass."""
        self.seek(0.0)

    def to_end(self) -> None:
        """Go to the end of the pass, without keeping what it learns."""
        if self._timeline is not None:
            self.pause()
            self.seek(self._timeline.duration_s)

    def _advance(self) -> None:
        if self._timeline is None or self._time_s is None:
            self.pause()
            return
        self._time_s += self._clock.restart() / 1000 * self._speed
        duration_s = self._timeline.duration_s
        if self._time_s < duration_s:
            self.moment_changed.emit(self.moment)
        elif self.loop and duration_s > 0:
            self._time_s %= duration_s
            self.moment_changed.emit(self.moment)
        else:
            self._time_s = duration_s
            self.pause()
            self.moment_changed.emit(self.moment)
            self.ended.emit()

    def _laid_out(self, trace: Trace) -> Timeline:
        prepared = self._prepared
        if prepared is not None and prepared[0] is trace and prepared[1].granularity == self._granularity:
            self._prepared = None
            return prepared[1]
        return Timeline(trace, self._granularity)

    def _share(self) -> float | None:
        if self._timeline is None or self._time_s is None or self._timeline.duration_s == 0:
            return None
        return self._time_s / self._timeline.duration_s

    def _place(self) -> tuple[int, float] | None:
        """Return the number of the phase under way and the share of it that is done."""
        if self._timeline is None or self._time_s is None:
            return None
        for number, span in enumerate(self._timeline.phases):
            if self._time_s < span.end_s:
                return number, (self._time_s - span.start_s) / (span.end_s - span.start_s)
        return len(self._timeline.phases) - 1, 1.0
