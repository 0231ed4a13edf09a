"""Plays a pass: steps, timeline, speed and what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from playground.model.keys import GRANULARITIES, Granularity, Level
from playground.model.message import Message, format_number, message
from playground.model.snapshot import Snapshot
from widgets.controls.buttons import Button
from widgets.controls.card import Card
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.icon_button import IconButton
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_text import Bounds
from widgets.controls.overflow_row import OverflowRow
from widgets.controls.scales import Scale
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.timeline_bar import TimelineBar
from widgets.controls.toggle import Toggle
from widgets.names import AT_A_TIME, GRANULARITY_NAMES, name_of
from widgets.phases import Span
from widgets.run_figures import Course, RunFigures
from widgets.text import say

SLOWEST, FASTEST = 0.25, 8.0

PLACES = (
    {"timeline": (0, 1, 1, 1), "speed": (1, 0, 1, 1), "figures": (0, 1, 2, 1)},
    {"timeline": (1, 0, 1, 2), "speed": (0, 1, 1, 1), "figures": (1, 0, 1, 2)},
    {"timeline": (1, 0, 1, 2), "speed": (2, 0, 1, 2), "figures": (1, 0, 1, 2)},
)
"""Row, column, and how many of both: parts beside the buttons, the timeline below them, or all of them."""

GAPS_PX = ((8, 24), (2, 4), (8, 4))
"""Between the buttons and beside them, in each of the three places."""
SPEED_PX = (52, 44, 52)


class Transport(Card):
    """The bar below the stage: it shows where the pass is, and asks to play, step, seek and go on."""

    play_toggled = Signal()
    step_requested = Signal(int)
    seek_requested = Signal(float)
    phase_requested = Signal(str)
    scrubbing_changed = Signal(bool)
    speed_changed = Signal(float)
    granularity_changed = Signal(str)
    loop_changed = Signal(bool)
    keep_changed = Signal(bool)
    batch_changed = Signal(bool)
    next_example_requested = Signal()

    def __init__(self) -> None:
        super().__init__(look="transport", gap_px=8)
        self.rows.setContentsMargins(16, 12, 16, 12)
        self._duration_s = 0.0
        self._step_count = 0
        self._is_playing = False
        self._step_index = 0
        self._example: tuple[int, int] | None = None
        self._level: Level = "words"
        self.to_start = self._icon(
            "to-start", self.tr("To the start"), self.tr("Go to the start of the pass (Alt+Home)")
        )
        self.back = self._icon(
            "step-back", self.tr("Step back"), self.tr("Take back one step of the pass ([)")
        )
        self.play = IconButton(
            "play", self.tr("Play"), self.tr("Let the pass run (P)"), size_px=44, is_round=True, primary=True
        )
        self.forward = self._icon(
            "step-forward", self.tr("Step forward"), self.tr("Do one step of the pass (])")
        )
        self.to_end = self._icon(
            "to-end",
            self.tr("To the end"),
            self.tr("Go to the end of the pass: the weights as they would become (Alt+End)"),
        )
        self.timeline = TimelineBar(
            self.tr("Timeline"),
            self.tr(
                "Drag to any instant of the pass. Left and right: one step; page up and down: one phase."
            ),
        )
        self.speed = LabelledSlider(
            self.tr("Speed"),
            self.tr("How fast the pass runs; it changes nothing in the network"),
            Scale(SLOWEST, FASTEST, log=True, digits=2),
            bounds=Bounds(SLOWEST, FASTEST),
            form="row",
            brief=spoken_speed,
        )
        self.place = Label("", "muted")
        self.figures = RunFigures()
        self.next_example = Button(
            self.tr("Next example"),
            self.tr("Keep what this example teaches, and take the next one (Ctrl+])"),
        )
        self.granularity = ChoiceBox(
            self.tr("Steps"),
            self.tr("How much happens in one step of the pass"),
        )
        self.batch = SegmentedControl(
            self.tr("How many examples"),
            (
                Segment("one", self.tr("One example"), self.tr("Send one example through and learn from it")),
                Segment(
                    "batch",
                    self.tr("One batch"),
                    self.tr("Send a whole batch through and learn from the mean of its gradients"),
                ),
            ),
        )
        self.loop = Toggle(
            self.tr("Loop"), self.tr("Play the pass again and again; the network keeps its weights")
        )
        self.keep = Toggle(
            self.tr("Keep what it learns"),
            self.tr("When the pass has ended, the network keeps its new weights; this can be undone"),
        )
        self.options = OverflowRow(
            (self.next_example, self.granularity, self.batch, self.loop, self.keep), gap_px=8
        )
        self._density = -1
        self._steps = (self.to_start, self.back, self.play, self.forward, self.to_end)
        self._buttons = QWidget()
        self._buttons.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self._buttons)
        self._top = QGridLayout()
        self._arrange()
        self._connect()
        self._name_steps()
        self.speed.set_number(1.0)
        self.granularity.set_current("node")
        self.keep.setChecked(True)
        self.set_timeline((), 0.0, 0)

    def set_timeline(self, phases: Sequence[Span], duration_s: float, step_count: int) -> None:
        """Show a pass: its phases in order of time, its length in seconds at speed 1, and its steps."""
        self._duration_s, self._step_count = duration_s, step_count
        self.timeline.set_spans(phases, duration_s)
        for control in (self.to_start, self.back, self.play, self.forward, self.to_end, self.timeline):
            control.setEnabled(step_count > 0)
        if step_count == 0:
            self.place.set_text(self.tr("Draw a network with inputs and an output, and play it here."))

    def set_position(
        self, time_s: float, step_index: int, playing: bool, example: tuple[int, int] | None = None
    ) -> None:
        """Show where the pass is; steps are counted from 0.

        example : which example of a batch flows, counted from 1, and how many there are; None for one alone
        """
        self.timeline.set_time(time_s)
        self._step_index, self._example = step_index, example
        self._show_place()
        if playing != self._is_playing:
            self._is_playing = playing
            self._show_play()

    def set_level(self, level: Level) -> None:
        """Name the steps at a level: arrows are edges to who knows."""
        if level != self._level:
            self._level = level
            self._name_steps()
            self._show_place()
            self.figures.set_level(level)

    def show_run(self, snapshot: Snapshot, course: Course, things: Message) -> None:
        """Show what a run has reached where the timeline is else, which has nothing to tell meanwhile."""
        self.figures.sync(snapshot, course, self._level, things)
        self._show_figures(True)

    def show_pass(self) -> None:
        """Show the timeline again."""
        self._show_figures(False)

    def _show_figures(self, is_run: bool) -> None:
        if self.figures.isHidden() == is_run:
            self.timeline.setVisible(not is_run)
            self.place.setVisible(not is_run and self._density == 0)
            self.figures.setVisible(is_run)

    def set_speed(self, speed: float) -> None:
        """Show the speed: 1 is as the timeline says, 2 is twice as fast."""
        self.speed.set_number(speed)

    def set_options(self, *, granularity: Granularity, loop: bool, keep: bool, batch: bool) -> None:
        """Show how the pass is played."""
        self.granularity.set_current(granularity)
        for toggle, is_on in ((self.loop, loop), (self.keep, keep)):
            if toggle.isChecked() != is_on:
                toggle.blockSignals(True)
                toggle.setChecked(is_on)
                toggle.blockSignals(False)
        self.batch.set_current("batch" if batch else "one")

    def set_batch_available(self, is_available: bool) -> None:
        """Let a batch be chosen only where there are rows to learn from."""
        self.batch.setEnabled(is_available)
        self.next_example.setEnabled(is_available)

    def _arrange(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        for control in self._steps:
            self._row.addWidget(control)
        top = self._top
        top.setVerticalSpacing(4)
        top.addWidget(self._buttons, 0, 0)
        self.figures.setVisible(False)
        for part in (self.timeline, self.place):  # the figures take their room, no more and no less
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        top.setColumnStretch(1, 1)
        self._place_parts(0)
        self.rows.addLayout(top)
        self.rows.addWidget(self.options)
        self.place.setContentsMargins(11, 0, 0, 0)  # where the timeline begins
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _place_parts(self, density: int) -> None:
        """Put the timeline and the speed beside the buttons or, where there is no room, below them."""
        if density == self._density:
            return
        self._density = density
        between, beside = GAPS_PX[density]
        self._row.setSpacing(between)
        self._top.setHorizontalSpacing(beside)
        self.speed.field.setFixedWidth(SPEED_PX[density])
        parts = {"timeline": self.timeline, "speed": self.speed, "figures": self.figures}
        for part in (*parts.values(), self.place):
            self._top.removeWidget(part)
        for name, part in parts.items():
            self._top.addWidget(part, *PLACES[density][name])
        if density == 0:
            self._top.addWidget(self.place, 1, 1, Qt.AlignmentFlag.AlignVCenter)
        self.place.setVisible(density == 0 and self.figures.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width that there is."""
        super().resizeEvent(event)
        margins = self.rows.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        buttons = sum(button.width() for button in self._steps)
        # As wide as it would be beside the buttons, whatever place it has now.
        speed = self.speed.minimumSizeHint().width() - self.speed.field.width() + SPEED_PX[1]
        wide = max(buttons + 4 * GAPS_PX[0][0], speed) + self.timeline.minimumSizeHint().width()
        if room >= wide + GAPS_PX[0][1]:
            self._place_parts(0)
        else:
            self._place_parts(1 if room >= buttons + 4 * GAPS_PX[1][0] + GAPS_PX[1][1] + speed else 2)

    def _connect(self) -> None:
        self.to_start.clicked.connect(self._seek_start)
        self.back.clicked.connect(self._step_back)
        self.play.clicked.connect(self.play_toggled)
        self.forward.clicked.connect(self._step_forward)
        self.to_end.clicked.connect(self._seek_end)
        self.timeline.seek_requested.connect(self.seek_requested)
        self.timeline.step_requested.connect(self.step_requested)
        self.timeline.phase_requested.connect(self.phase_requested)
        self.timeline.scrubbing_changed.connect(self.scrubbing_changed)
        self.speed.changed.connect(self._speed_changed)
        self.granularity.chosen.connect(self.granularity_changed)
        self.loop.toggled.connect(self.loop_changed)
        self.keep.toggled.connect(self.keep_changed)
        self.batch.chosen.connect(self._batch_chosen)
        self.next_example.clicked.connect(self.next_example_requested)

    def _icon(self, name: str, text: str, tooltip: str) -> IconButton:
        return IconButton(name, text, tooltip, size_px=34, is_round=True)

    def _name_steps(self) -> None:
        keys = GRANULARITIES
        self.granularity.set_choices(
            [Choice(key, name_of(GRANULARITY_NAMES, key, self._level)) for key in keys]
        )

    def _show_place(self) -> None:
        if not self._step_count:
            return
        what = AT_A_TIME[self.granularity.current_key][0 if self._level == "words" else 1]
        step, count = self._step_index + 1, self._step_count
        if self._example is None:
            place = message("Step {step} of {count} · {what}", step=step, count=count, what=what)
        else:
            row, rows = self._example
            place = message(
                "Step {step} of {count} · example {row} of {rows}", step=step, count=count, row=row, rows=rows
            )
        self.place.set_text(say(place))

    def _show_play(self) -> None:
        if self._is_playing:
            self.play.set_icon("pause", self.tr("Pause"), self.tr("Hold the pass where it is (P)"))
        else:
            self.play.set_icon("play", self.tr("Play"), self.tr("Let the pass run (P)"))

    def _seek_start(self) -> None:
        self.seek_requested.emit(0.0)

    def _seek_end(self) -> None:
        self.seek_requested.emit(self._duration_s)

    def _step_back(self) -> None:
        self.step_requested.emit(-1)

    def _step_forward(self) -> None:
        self.step_requested.emit(1)

    def _speed_changed(self, speed: float, _gesture: object) -> None:
        self.speed_changed.emit(speed)

    def _batch_chosen(self, key: str) -> None:
        self.batch_changed.emit(key == "batch")


def spoken_speed(speed: float) -> str:
    """A speed as text: "2×"."""
    return f"{format_number(speed)}×"
