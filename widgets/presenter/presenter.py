"""What an audience sees: the network, one sentence and the timeline; no controls, but the keyboard lives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from playground.model.message import Message, message
from playground.model.narration import Narration
from playground.model.stage import Stage
from resources.theme import DARK, Theme
from widgets.canvas.biases import BIAS_PX
from widgets.canvas.canvas import Canvas
from widgets.controls.timeline_bar import TimelineBar
from widgets.phases import Span
from widgets.presenter.black_out import BlackOut
from widgets.presenter.keys import KeyDeed, deed_of
from widgets.presenter.pointer import RestingPointer
from widgets.presenter.sentence import Sentence
from widgets.presenter.sizes import SMALLEST_SCALE, Sizes, clamped, next_scale
from widgets.style import CAPTION_PX, palette, style_sheet

BAR_SHARE = 0.56
"""The timeline's share of the width, where its names find room in it."""
LARGEST_HELP = 1.25
"""A wide or tall network is enlarged at most so much beyond the factor that was chosen."""
ROOM_TO_SPARE = 1.05
"""What is enlarged takes more room, and is then fitted in again."""
PRESS_PLAY = message("Press Space and watch the numbers travel.")
NOTHING_TO_PLAY = message("There is nothing to play yet. Press Esc to go back and draw a network.")


class Presenter(QWidget):
    """A window without controls that shows a stage to an audience and asks by signals what it cannot do.

    step_requested, phase_requested : +1 onward, -1 back
    seek_requested : a time in seconds; `end_requested` the end of the pass
    left : the presentation is over; the window hides itself before
    """

    edit_requested = Signal(object)
    selection_changed = Signal(object)
    hovered = Signal(object)
    play_toggled = Signal()
    step_requested = Signal(int)
    phase_requested = Signal(int)
    seek_requested = Signal(float)
    end_requested = Signal()
    scale_changed = Signal(float)
    left = Signal()

    def __init__(self, theme: Theme = DARK) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._theme = theme
        self._content_scale = SMALLEST_SCALE
        self._narration: Narration | None = None
        self._phases: tuple[Span, ...] = ()
        self._duration_s = 0.0
        self.setWindowTitle(self.tr("Presenting"))
        self.setAccessibleName(self.tr("Presenting"))
        self.canvas = Canvas()
        self.canvas.set_theme(theme)
        self.sentence = Sentence(self._sizes)
        self.bar = TimelineBar(
            self.tr("Timeline of the pass"),
            self.tr("Drag to any moment of the pass; press a name to jump to its beginning"),
        )
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.black_out = BlackOut(self)
        self.pointer = RestingPointer(self)
        # After the canvas has its own new size.
        self._fit_soon = QTimer(self, interval=0, singleShot=True)
        self._fit_soon.timeout.connect(self._fit_network)
        for widget in (self.canvas, self.sentence, self.bar):
            widget.setParent(self)
        self.setFocusProxy(self.canvas)
        self.bar.hide()
        self._colour()
        self._connect()
        self._tell()

    @property
    def content_scale(self) -> float:
        """The factor of the content, from 1 to 2.5."""
        return self._content_scale

    @property
    def is_black(self) -> bool:
        """Whether the screen is blacked out."""
        return not self.black_out.isHidden()

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
        self._place(self._sizes)
        self._tell()

    def set_position(self, time_s: float | None) -> None:
        """Show where the pass stands, in seconds at speed 1; None is its beginning."""
        self.bar.set_time(0.0 if time_s is None else time_s)

    def set_content_scale(self, content_scale: float) -> None:
        """Show the content this much larger than it need be: 1 to 2.5."""
        content_scale = clamped(content_scale)
        if content_scale != self._content_scale:
            self._content_scale = content_scale
            self._apply_sizes()

    def set_black(self, is_black: bool) -> None:
        """Black the screen out, or show the stage again."""
        if is_black:
            self.black_out.cover()
        else:
            self.black_out.hide()

    def leave(self) -> None:
        """End the presentation."""
        if self.isVisible():
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the presentation's own keys before the canvas does."""
        if watched is self.canvas and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._handle(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key says, wherever the focus is."""
        if not self._handle(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit sizes to the screen."""
        super().resizeEvent(event)
        if self.is_black:
            self.black_out.cover()
        self._apply_sizes()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the canvas, and let the pointer vanish at rest."""
        super().showEvent(event)
        self.canvas.setFocus()
        self.pointer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the pointer back."""
        super().hideEvent(event)
        self.pointer.stop()
        self._fit_soon.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the presentation is over, also when the system closes the window."""
        super().closeEvent(event)
        self.set_black(False)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground in the colour of the stage."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.stage)
        painter.end()

    @property
    def _sizes(self) -> Sizes:
        return Sizes.of(max(self.height(), 1), self._content_scale)

    def _colour(self) -> None:
        """Put on the presentation's own theme, whatever theme the other windows wear."""
        self.setStyleSheet(style_sheet(self._theme))
        # Where a style sheet is set, Qt hands palettes down no more: each widget is given its own.
        for widget in (self, self.canvas, self.sentence, self.sentence.text, self.bar):
            widget.setPalette(palette(self._theme))

    def _connect(self) -> None:
        self.canvas.installEventFilter(self)
        for widget in (self, self.canvas, self.sentence, self.sentence.text, self.bar):
            self.pointer.watch(widget)
        self.canvas.edit_requested.connect(self.edit_requested)
        self.canvas.selection_changed.connect(self.selection_changed)
        self.canvas.hovered.connect(self.hovered)
        self.canvas.play_toggled.connect(self.play_toggled)
        self.canvas.escape_unhandled.connect(self.leave)
        self.bar.seek_requested.connect(self.seek_requested)
        self.bar.phase_requested.connect(self._jump_to)
        self.black_out.lift_requested.connect(self._lift)

    def _apply_sizes(self) -> None:
        sizes = self._sizes
        self.sentence.set_sizes(sizes)
        self.bar.set_scale(sizes.caption_px / CAPTION_PX)
        self._place(sizes)

        self._fit_soon.start()

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

    def _is_own(self, event: QKeyEvent) -> bool:
        return self.is_black or deed_of(event) is not None

    def _handle(self, event: QKeyEvent) -> bool:
        """Do what a key says; False where it is none of the presentation's."""
        deed = deed_of(event)
        if self.is_black and (deed is None or deed.deed != "scale"):
            # Any key shows the stage again and does no more: nothing happens in the dark.
            if not _is_modifier(event):
                self._lift()
            return True
        # The canvas tells a tapped Space from a held one, and Esc leaves its gesture first.
        if deed is None or (deed.deed in {"play", "escape"} and self.canvas.hasFocus()):
            return False
        self._do(deed)
        return True

    def _do(self, deed: KeyDeed) -> None:
        deeds = {
            "phase": lambda: self.phase_requested.emit(deed.direction),
            "step": lambda: self.step_requested.emit(deed.direction),
            "seek": self.end_requested.emit if deed.direction > 0 else lambda: self.seek_requested.emit(0.0),
            "scale": lambda: self._change_scale(deed.direction),
            "black": lambda: self.set_black(True),
            "leave": self.leave,
            "escape": self.leave,
            "play": self.play_toggled.emit,
        }
        deeds[deed.deed]()

    def _change_scale(self, direction: int) -> None:
        before = self._content_scale
        self.set_content_scale(next_scale(before, direction))
        if self._content_scale != before:
            self.scale_changed.emit(self._content_scale)

    def _jump_to(self, phase: str) -> None:
        start = next((span.start_s for span in self._phases if span.phase == phase), None)
        if start is not None:
            self.seek_requested.emit(start)

    def _lift(self) -> None:
        self.set_black(False)
        self.canvas.setFocus()


def _is_modifier(event: QKeyEvent) -> bool:
    return event.key() in (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
    )
