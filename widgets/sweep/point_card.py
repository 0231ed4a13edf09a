"""One run of a sweep as a small picture: its settings, its curves, what it has reached."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from playground.model.message import Message, format_number, message
from playground.model.sweep import Outcome, PointResult, why_failed
from resources.theme import Theme
from widgets.style import CAPTION_PX, CONTROL_PX, interface_font, mixed, theme_of
from widgets.text import say

State = Literal["waiting", "running", "over", "left out"]

SAID: dict[State, Message] = {
    "waiting": message("Waits for its turn"),
    "running": message("Learns now"),
    "left out": message("Was not run"),
}

SIZE = QSize(196, 158)
MARGIN_PX = 12
LINE_PX = 18
FOOT_PX = 20


@dataclass(frozen=True, slots=True)
class Reach:
    """What the small plots of a sweep have in common, so that they can be compared."""

    epochs: float = 1.0
    loss: float = 1.0


class PointCard(QAbstractButton):
    """Pressing it opens the run; a star and a word mark the best, and its sentence a failed one."""

    def __init__(self, number: int, caption: str) -> None:
        super().__init__()
        self.number = number
        self.caption = caption
        self._state: State = "waiting"
        self._outcome: Outcome | None = None
        self._is_best = self._is_opened = False
        self._reach = Reach()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(SIZE + QSize(0, LINE_PX * caption.count("\n")))
        self.setAccessibleName(caption.replace("\n", ", "))
        self._tell()

    @property
    def outcome(self) -> Outcome | None:
        """How the run ended, None while it has not."""
        return self._outcome

    @property
    def is_best(self) -> bool:
        """Whether no other run is better."""
        return self._is_best

    def set_state(self, state: State) -> None:
        """Show how far the run is."""
        if self._outcome is None and state != self._state:
            self._state = state
            self._tell()

    def set_outcome(self, outcome: Outcome) -> None:
        """Show how the run ended."""
        self._outcome, self._state = outcome, "over"
        self._tell()

    def set_best(self, is_best: bool) -> None:
        """Mark the best run."""
        if is_best != self._is_best:
            self._is_best = is_best
            self._tell()

    def set_opened(self, is_opened: bool) -> None:
        """Mark the run that the window shows."""
        if is_opened != self._is_opened:
            self._is_opened = is_opened
            self._tell()

    def set_reach(self, reach: Reach) -> None:
        """Draw the curves in these bounds."""
        if reach != self._reach:
            self._reach = reach
            self.update()

    def told(self) -> str:
        """What the card says of its run: how far it is, what it has reached, or why it failed."""
        if self._outcome is None:
            return say(SAID[self._state])
        problem = why_failed(self._outcome)
        if problem is None and isinstance(self._outcome, PointResult):
            return say(reached(self._outcome))
        return "" if problem is None else say(problem)

    def sizeHint(self) -> QSize:
        """All cards of a sweep are alike."""
        return self.size()

    def event(self, event: QEvent) -> bool:
        """Paint anew when the pointer comes and goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the caption, and the run."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        self._draw_frame(painter, theme)
        self._draw_caption(painter, theme)
        if isinstance(self._outcome, PointResult) and why_failed(self._outcome) is None:
            self._draw_curves(painter, theme, self._outcome)
            self._draw_foot(painter, theme)
            if self._is_best:
                self._draw_best(painter, theme, self._outcome)
        else:
            painter.setPen(QColor(theme.negative if self._outcome is not None else theme.muted))
            painter.setFont(interface_font(CAPTION_PX))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(self._plot_rect().adjusted(0, 0, 0, FOOT_PX), int(flags), self._shortened())
        painter.end()

    def _draw_frame(self, painter: QPainter, theme: Theme) -> None:
        is_marked = self.hasFocus() or self._is_best
        painter.setPen(QPen(QColor(theme.accent if is_marked else theme.line), 2 if is_marked else 1))
        ground = theme.surface
        if self._is_opened:
            ground = theme.accent_soft
        elif self.underMouse() and isinstance(self._outcome, PointResult):
            ground = mixed(theme.surface, theme.accent_soft, 0.55)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        if self.hasFocus() and self._is_best:
            painter.setPen(QPen(QColor(theme.ink), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 7, 7)

    def _draw_caption(self, painter: QPainter, theme: Theme) -> None:
        font = interface_font(CONTROL_PX, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        width = self.width() - 2 * MARGIN_PX
        for index, line in enumerate(self.caption.split("\n")):
            text = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
            painter.drawText(MARGIN_PX, MARGIN_PX + 12 + LINE_PX * index, text)

    def _draw_best(self, painter: QPainter, theme: Theme, result: PointResult) -> None:
        """Say so at the right of the plot, above curves that have fallen and below those that have not."""
        painter.setFont(interface_font(CONTROL_PX, QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.accent))
        has_fallen = result.train_loss < 0.5 * self._reach.loss
        flags = Qt.AlignmentFlag.AlignRight | (
            Qt.AlignmentFlag.AlignTop if has_fallen else Qt.AlignmentFlag.AlignBottom
        )
        painter.drawText(self._plot_rect(), int(flags), f"★ {say(message('Best'))}")

    def _draw_curves(self, painter: QPainter, theme: Theme, result: PointResult) -> None:
        area = QRectF(self._plot_rect())
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setClipRect(area.adjusted(0, -1, 1, 1))
        for column, colour, width in ((2, theme.muted, 1.2), (1, theme.ink, 1.8)):
            points = result.curve[np.isfinite(result.curve[:, column])]
            xs = area.left() + points[:, 0] / self._reach.epochs * area.width()
            ys = area.bottom() - np.minimum(points[:, column] / self._reach.loss, 1.5) * area.height()
            pen = QPen(QColor(colour), width)
            pen.setStyle(Qt.PenStyle.SolidLine if column == 1 else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            line = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
            painter.drawPolyline(QPolygonF(line))
        painter.setClipping(False)

    def _draw_foot(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(interface_font(CAPTION_PX))
        painter.setPen(QColor(theme.ink))
        room = QRect(MARGIN_PX, self.height() - MARGIN_PX - 14, self.width() - 2 * MARGIN_PX, 16)
        text = painter.fontMetrics().elidedText(self.told(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    def _plot_rect(self) -> QRect:
        top = MARGIN_PX + LINE_PX * (1 + self.caption.count("\n")) + 2
        return QRect(MARGIN_PX, top, self.width() - 2 * MARGIN_PX, self.height() - top - MARGIN_PX - FOOT_PX)

    def _shortened(self) -> str:
        """What is told, cut where the card is full; the tooltip has all of it."""
        text = self.told()
        return text if len(text) <= 110 else f"{text[:109]}…"

    def _tell(self) -> None:
        opens = isinstance(self._outcome, PointResult) and why_failed(self._outcome) is None
        marks = [self.tr("Best of all runs")] if self._is_best else []
        if self._is_opened:
            marks.append(self.tr("The window shows it now"))
        elif opens:
            marks.append(self.tr("Press to see it in the window"))
        said = "\n".join([self.caption.replace("\n", ", "), self.told(), *marks])
        self.setToolTip(said)
        self.setAccessibleDescription(said)
        self.update()


def reached(result: PointResult) -> Message:
    """Return what a run has reached: its loss, and the share of right answers where that is known."""
    is_tested = math.isfinite(result.test_loss)
    loss = result.test_loss if is_tested else result.train_loss
    right = result.test_accuracy if is_tested else result.train_accuracy
    if math.isnan(right):
        return message("Loss {loss}", loss=loss)
    return message("Loss {loss}, right {share} %", loss=loss, share=format_number(100 * right))
