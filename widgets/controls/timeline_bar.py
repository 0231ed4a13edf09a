"""The timeline of a pass: four coloured phases, and a handle that can be dragged anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider

from playground.model.keys import Phase
from resources.theme import Theme
from widgets.phases import PHASE_NAMES, Span, phase_colours, shared_out
from widgets.style import CAPTION_PX, interface_font, mixed, theme_of
from widgets.text import say

TICKS = 10_000
"""The slider's own range, for screen readers: the whole pass in ten thousand parts."""


@dataclass(frozen=True, slots=True)
class BarStyle:
    """Sizes of the timeline, in pixels at normal scale."""

    bar: float = 8.0
    gap: float = 4.0
    handle_radius: float = 9.0
    ring: float = 2.0
    label_top: float = 6.0
    smallest: float = 3.0


@dataclass(frozen=True, slots=True)
class _Segment:
    """One phase as it is drawn, from x to x + width."""

    phase: Phase
    start_s: float
    end_s: float
    x: float
    width: float
    text: str


class TimelineBar(QSlider):
    """Where the pass is, and how to get elsewhere in it.

    Drag anywhere to scrub; a phase's name jumps to its beginning; Left and Right take one step, PageUp and
    PageDown one phase, Home and End the whole way. A slider to screen readers.
    """

    seek_requested = Signal(float)
    step_requested = Signal(int)
    phase_requested = Signal(str)
    scrubbing_changed = Signal(bool)

    sizes = BarStyle()

    def __init__(self, name: str, tooltip: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._spans: tuple[Span, ...] = ()
        self._duration_s = 0.0
        self._time_s = 0.0
        self._scale = 1.0
        self._is_scrubbing = False
        self._segments: tuple[_Segment, ...] | None = None
        self.setRange(0, TICKS)
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Only a screen reader sets the value itself; everything else comes through `set_time`.
        self.valueChanged.connect(self._value_set)

    @property
    def time_s(self) -> float:
        """The time that is shown, in seconds at speed 1."""
        return self._time_s

    def set_spans(self, spans: Sequence[Span], duration_s: float) -> None:
        """Show these phases, in order of time, over a pass of this length."""
        self._spans, self._duration_s = tuple(spans), duration_s
        self._segments = None
        self.updateGeometry()
        self.set_time(min(self._time_s, duration_s))
        self.update()

    def set_time(self, time_s: float) -> None:
        """Put the handle at a time."""
        self._time_s = time_s
        share = time_s / self._duration_s if self._duration_s > 0 else 0.0
        with QSignalBlocker(self):
            self.setValue(round(share * TICKS))
        self.update()

    def set_scale(self, scale: float) -> None:
        """Draw everything larger, for presenting."""
        self._scale = scale
        self._segments = None
        self.updateGeometry()
        self.update()

    def time_at(self, x: float) -> float:
        """The time under a place on the bar, in seconds."""
        segments = self._placed()
        if not segments:
            return 0.0
        for segment in segments:
            if x <= segment.x + segment.width:
                share = max(0.0, x - segment.x) / segment.width
                return segment.start_s + share * (segment.end_s - segment.start_s)
        return segments[-1].end_s

    def x_at(self, time_s: float) -> float:
        """The place of a time on the bar."""
        for segment in self._placed():
            if time_s <= segment.end_s:
                length = segment.end_s - segment.start_s
                share = (time_s - segment.start_s) / length if length > 0 else 0.0
                return segment.x + max(0.0, share) * segment.width
        last = self._placed()[-1:]
        return last[0].x + last[0].width if last else self._inset()

    def phase_at(self, position: QPointF) -> Phase | None:
        """The phase whose name lies at a position."""
        for segment in self._placed():
            if segment.text and self._label_rect(segment).contains(position):
                return segment.phase
        return None

    def sizeHint(self) -> QSize:
        """Wide enough for all names, high enough for handle and names."""
        metrics = QFontMetricsF(self._label_font())
        names = [metrics.horizontalAdvance(text) for text in _names().values()]
        gaps = (len(names) - 1) * (self.sizes.gap + 8) + 2 * self._inset()
        height = (
            2 * self.sizes.handle_radius * self._scale
            + self.sizes.label_top * self._scale
            + metrics.height()
            + 4
        )
        return QSize(round(sum(names) + gaps), round(height))

    def minimumSizeHint(self) -> QSize:
        """No name is cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the phases anew."""
        self._segments = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take on other words or fonts."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._segments = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to a phase by its name, or begin to scrub."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        phase = self.phase_at(event.position())
        if phase is not None:
            self.phase_requested.emit(phase)
            return
        self._set_scrubbing(True)
        self.seek_requested.emit(self.time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub while the button is down; a name under the pointer can be pressed."""
        if self._is_scrubbing:
            self.seek_requested.emit(self.time_at(event.position().x()))
            return
        over = self.phase_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the scrubbing."""
        self._set_scrubbing(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies behind."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, jump by phase, or go to either end."""
        key = event.key()
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        ends = {Qt.Key.Key_Home.value: 0.0, Qt.Key.Key_End.value: self._duration_s}
        if key in steps:
            self.step_requested.emit(steps[key])
        elif key in ends:
            self.seek_requested.emit(ends[key])
        elif key in (Qt.Key.Key_PageUp.value, Qt.Key.Key_PageDown.value):
            self._jump(1 if key == Qt.Key.Key_PageDown.value else -1)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the phases, their names, and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        colours = phase_colours(theme)
        for segment in self._placed():
            self._draw_segment(painter, segment, colours[segment.phase], theme)
            self._draw_name(painter, segment, colours[segment.phase])
        if self._spans:
            self._draw_handle(painter, theme)
        painter.end()

    def _inset(self) -> float:
        return self.sizes.handle_radius * self._scale + self.sizes.ring

    def _label_font(self) -> QFont:
        return interface_font(CAPTION_PX * self._scale, QFont.Weight.DemiBold)

    def _bar_middle(self) -> float:
        return self._inset()

    def _label_rect(self, segment: _Segment) -> QRectF:
        metrics = QFontMetricsF(self._label_font())
        top = self._bar_middle() + (self.sizes.bar / 2 + self.sizes.label_top) * self._scale
        return QRectF(segment.x, top, metrics.horizontalAdvance(segment.text) + 2, metrics.height())

    def _placed(self) -> tuple[_Segment, ...]:
        """The phases with their places: in proportion to their time, but each with room for its name."""
        if self._segments is None:
            self._segments = self._place()
        return self._segments

    def _place(self) -> tuple[_Segment, ...]:
        if not self._spans:
            return ()
        metrics = QFontMetricsF(self._label_font())
        names = _names()
        gap = self.sizes.gap if len(self._spans) <= len(names) else 1.0
        inset = self._inset()
        room = max(1.0, self.width() - 2 * inset - gap * (len(self._spans) - 1))
        lengths = [max(0.0, span.end_s - span.start_s) for span in self._spans]
        wanted = [metrics.horizontalAdvance(names[span.phase]) + 8 for span in self._spans]
        if sum(wanted) > room:
            wanted = [min(self.sizes.smallest, room / len(self._spans))] * len(self._spans)
        widths = shared_out(room, lengths, wanted)
        placed, x = [], inset
        for span, width in zip(self._spans, widths, strict=True):
            text = names[span.phase] if metrics.horizontalAdvance(names[span.phase]) <= width else ""
            placed.append(_Segment(span.phase, span.start_s, span.end_s, x, width, text))
            x += width + gap
        return tuple(placed)

    def _draw_segment(self, painter: QPainter, segment: _Segment, colour: str, theme: Theme) -> None:
        height = self.sizes.bar * self._scale
        top = self._bar_middle() - height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mixed(theme.surface, colour, 0.32)))
        radius = min(height, segment.width) / 2
        painter.drawRoundedRect(QRectF(segment.x, top, segment.width, height), radius, radius)
        done = min(segment.width, self.x_at(self._time_s) - segment.x)
        if done > 0:
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(segment.x, top, max(done, 2 * radius), height), radius, radius)

    def _draw_name(self, painter: QPainter, segment: _Segment, colour: str) -> None:
        painter.setFont(self._label_font())
        painter.setPen(QColor(colour))
        painter.drawText(
            self._label_rect(segment),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop),
            segment.text,
        )

    def _draw_handle(self, painter: QPainter, theme: Theme) -> None:
        centre = QPointF(self.x_at(self._time_s), self._bar_middle())
        radius = self.sizes.handle_radius * self._scale
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.ink), self.sizes.ring))
        painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(centre, radius, radius)
        if self.hasFocus():
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(centre, radius / 3, radius / 3)

    def _jump(self, direction: int) -> None:
        """Go to the beginning of the next phase, or of this one, or of the one before."""
        starts = sorted({span.start_s for span in self._spans} | {self._duration_s})
        if direction > 0:
            later = [start for start in starts if start > self._time_s + 1e-9]
            self.seek_requested.emit(later[0] if later else self._duration_s)
        else:
            earlier = [start for start in starts if start < self._time_s - 1e-9]
            self.seek_requested.emit(earlier[-1] if earlier else 0.0)

    def _value_set(self, value: int) -> None:
        self.seek_requested.emit(value / TICKS * self._duration_s)

    def _set_scrubbing(self, is_scrubbing: bool) -> None:
        if is_scrubbing != self._is_scrubbing:
            self._is_scrubbing = is_scrubbing
            self.scrubbing_changed.emit(is_scrubbing)


def _names() -> Mapping[Phase, str]:
    return {phase: say(text) for phase, text in PHASE_NAMES.items()}
