"""What an audience sees: the network, one sentence and the timeline; no controls, but the keyboard lives."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent

from playground.model.message import Message, message
from playground.model.narration import Narration
from playground.model.stage import Stage
from resources.theme import DARK, Theme
from widgets.canvas.biases import BIAS_PX
from widgets.canvas.canvas import Canvas
from widgets.controls.timeline_bar import TimelineBar
from widgets.phases import Span
from widgets.presenter.keys import KeyDeed
from widgets.presenter.sentence import Sentence
from widgets.presenter.show import Show
from widgets.presenter.sizes import SMALLEST_SCALE, Sizes, clamped
from widgets.style import CAPTION_PX

BAR_SHARE = 0.56
"""The timeline's share of the width, where its names find room in it."""
LARGEST_HELP = 1.25
"""A wide or tall network is enlarged at most so much beyond the factor that was chosen."""
ROOM_TO_SPARE = 1.05
"""What is enlarged takes more room, and is then fitted in again."""
PRESS_PLAY = message("Press Space and watch the numbers travel.")
NOTHING_TO_PLAY = message("There is nothing to play yet. Press Esc to go back and draw a network.")


class Presenter(Show):
    """Shows a stage to an audience and asks by signals what it cannot do.

    step_requested, phase_requested : +1 onward, -1 back
    seek_requested : a time in seconds; `end_requested` the end of the pass
    """

    edit_requested = Signal(object)
    selection_changed = Signal(object)
    hovered = Signal(object)
    play_toggled = Signal()
    step_requested = Signal(int)
    phase_requested = Signal(int)
    seek_requested = Signal(float)
    end_requested = Signal()

    def __init__(self, theme: Theme = DARK) -> None:
        super().__init__(theme)
        self._narration: Narration | None = None
        self._phases: tuple[Span, ...] = ()
        self._duration_s = 0.0
        self.canvas = Canvas()
        self.canvas.set_theme(theme)
        self.sentence = Sentence(self.sizes)
        self.bar = TimelineBar(
            self.tr("Timeline of the pass"),
            self.tr("Drag to any moment of the pass; press a name to jump to its beginning"),
        )
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # After the canvas has its own new size.
        self._fit_soon = QTimer(self, interval=0, singleShot=True)
        self._fit_soon.timeout.connect(self._fit_network)
        for widget in (self.canvas, self.sentence, self.bar):
            widget.setParent(self)
        self.setFocusProxy(self.canvas)
        self.bar.hide()
        self.dress(self.canvas, self.sentence, self.sentence.text, self.bar)
        self._connect()
        self._tell()

    def set_stage(self, stage: Stage) -> None:
        """Show this network with these values."""
        self.canvas.set_stage(stage)

    def set_narration(self, narration: Narration | None) -> None:
        """Say the first sentence of what is under way; None says how to begin."""
        self._narration = narration
        self._tell()

    def set_timeline(self, phases: Sequence[Span], duration_s: float) -> None:
        """Show the phases of a pass; none hides the timeline."""
        self._phases, self._duration_s = tuple(phases), duration_s
        self.bar.set_spans(phases, duration_s)
        self.bar.setVisible(bool(phases))
        self._place(self.sizes)
        self._tell()

    def set_position(self, time_s: float | None) -> None:
        """Show where the pass stands, in seconds at speed 1; None is its beginning."""
        self.bar.set_time(0.0 if time_s is None else time_s)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the presentation's own keys before the canvas does."""
        if watched is self.canvas and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self.is_own(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self.handle(event)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Fit nothing that is not seen."""
        super().hideEvent(event)
        self._fit_soon.stop()

    def take_keys(self) -> None:
        """Give the keyboard to the canvas."""
        self.canvas.setFocus()

    def leaves_to_content(self, deed: KeyDeed) -> bool:
        """The canvas tells a tapped Space from a held one, and Esc leaves its gesture first."""
        return deed.deed in {"play", "escape"} and self.canvas.hasFocus()

    def apply_sizes(self) -> None:
        """Give the sentence and the timeline their sizes, and the network the rest."""
        sizes = self.sizes
        self.sentence.set_sizes(sizes)
        self.bar.set_scale(sizes.caption_px / CAPTION_PX)
        self._place(sizes)
        self._fit_soon.start()

    def do(self, deed: KeyDeed) -> None:
        """Ask for what a key says."""
        deeds: dict[str, Callable[[], object]] = {
            "phase": lambda: self.phase_requested.emit(deed.direction),
            "step": lambda: self.step_requested.emit(deed.direction),
            "seek": self.end_requested.emit if deed.direction > 0 else lambda: self.seek_requested.emit(0.0),
            "play": self.play_toggled.emit,
        }
        deeds[deed.deed]()

    def _connect(self) -> None:
        self.canvas.installEventFilter(self)
        for widget in (self.canvas, self.sentence, self.sentence.text, self.bar):
            self.pointer.watch(widget)
        self.canvas.edit_requested.connect(self.edit_requested)
        self.canvas.selection_changed.connect(self.selection_changed)
        self.canvas.hovered.connect(self.hovered)
        self.canvas.play_toggled.connect(self.play_toggled)
        self.canvas.escape_unhandled.connect(self.leave)
        self.bar.seek_requested.connect(self.seek_requested)
        self.bar.phase_requested.connect(self._jump_to)

    def _fit_network(self) -> None:
        """Show the whole network, its smallest numbers no smaller than captions where there is room."""
        self.canvas.set_content_scale(self._content_scale)
        self.canvas.zoom_to_fit()
        self.canvas.scene.settle()
        seen_px = self.canvas.camera.zoom * self.canvas.scene.geometry.content * BIAS_PX
        wanted = Sizes.of(max(self.height(), 1), SMALLEST_SCALE).caption_px
        if seen_px < wanted:
            enlarged = self._content_scale * min(ROOM_TO_SPARE * wanted / seen_px, LARGEST_HELP)
            self.canvas.set_content_scale(clamped(enlarged))
            self.canvas.zoom_to_fit()
            self.canvas.scene.settle()

    def _place(self, sizes: Sizes) -> None:
        """Put the timeline at the foot, the sentence above it, and give the network all the rest."""
        hint, width = self.bar.sizeHint(), self.width()
        bar_width = min(max(hint.width(), round(width * BAR_SHARE)), width)
        bar_top = self.height() - sizes.margin_px - hint.height()
        sentence_top = bar_top - sizes.gap_px - sizes.sentence_height_px
        self.bar.setGeometry((width - bar_width) // 2, bar_top, bar_width, hint.height())
        self.sentence.setGeometry(0, sentence_top, width, sizes.sentence_height_px)
        self.canvas.setGeometry(0, 0, width, sentence_top - sizes.gap_px)

    def _tell(self) -> None:
        self.sentence.set_message(self._first_sentence())

    def _first_sentence(self) -> Message:
        if self._narration is not None:
            return next(iter(self._narration.sentences), self._narration.title)
        return PRESS_PLAY if self._duration_s > 0 else NOTHING_TO_PLAY

    def _jump_to(self, phase: str) -> None:
        start = next((span.start_s for span in self._phases if span.phase == phase), None)
        if start is not None:
            self.seek_requested.emit(start)
