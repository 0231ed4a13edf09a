"""The line at the bottom: what computes, how fast, whether the work is saved, how large it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from playground.model.message import Message, message
from widgets.controls.labels import Label
from widgets.style import theme_of
from widgets.text import say, say_rich

HEIGHT_PX = 28
NOTICE_MS = 6000
ROOMY_PX = 1200
"""From this width on there is room for all figures of a run."""


class StatusBar(QWidget):
    """Facts at the left and right, and a passing notice between them."""

    def __init__(self) -> None:
        super().__init__()
        self._has_speed = False
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Status"))
        self.kernel = _fact(self.tr("What does the multiplying"))
        self.preparing = _fact(self.tr("NumPy does the multiplying until this is done"))
        self.rate = _fact(self.tr("How many examples a second go through the network, forward and back"))
        self.speed = _fact(
            self.tr("How often a second all examples are gone through, and how many additions and their like")
        )
        self.matmul = _fact(self.tr("How fast the last product of matrices was computed"))
        self.notice = Label("", "caption")
        self.saved = _fact(self.tr("Whether the file holds what you see"))
        self.zoom = _fact(self.tr("How large the network is shown; Ctrl+0 shows all of it"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 14, 2)
        row.setSpacing(20)
        row.addWidget(self.kernel)
        row.addWidget(self.preparing)
        row.addWidget(self.rate)
        row.addWidget(self.speed)
        row.addWidget(self.matmul)
        row.addWidget(self.notice, 1)
        row.addWidget(self.saved)
        row.addWidget(self.zoom)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(NOTICE_MS)
        self._fade.timeout.connect(self.clear_notice)
        self.set_kernel("NumPy")
        self.set_preparing(None)
        self.set_rate(None)
        self.set_speed(None, None)
        self.set_matmul(None)
        self.set_zoom(1.0)

    def set_kernel(self, name: str | Message, threads: int | None = None) -> None:
        """Say what does the multiplying, and on how many threads where that is known."""
        if threads is None:
            _show(self.kernel, message("Kernel <b>{name}</b>", name=name))
        elif threads == 1:
            _show(self.kernel, message("Kernel <b>{name}</b> · 1 thread", name=name))
        else:
            _show(
                self.kernel, message("Kernel <b>{name}</b> · {threads} threads", name=name, threads=threads)
            )

    def set_preparing(self, what: Message | None) -> None:
        """Say what is being prepared, or why it cannot be; nothing where all is ready."""
        self.preparing.setVisible(what is not None)
        if what is not None:
            _show(self.preparing, what)

    def set_rate(self, passes_per_second: float | None) -> None:
        """Say how fast the training runs; nothing while it does not."""
        self.rate.setVisible(passes_per_second is not None)
        if passes_per_second is not None:
            rate = round(passes_per_second) if passes_per_second >= 10 else passes_per_second
            _show(self.rate, message("Training <b>{rate}</b> passes/s", rate=rate))

    def set_speed(self, epochs_per_second: float | None, flops_per_second: float | None) -> None:
        """Say how fast the training runs in other units; nothing while it does not run."""
        self._has_speed = epochs_per_second is not None and flops_per_second is not None
        self._show_speed()
        if epochs_per_second is None or flops_per_second is None:
            return
        epochs = round(epochs_per_second) if epochs_per_second >= 10 else epochs_per_second
        speed = flops_per_second / 1e9
        _show(
            self.speed,
            message("<b>{epochs}</b> epochs/s · <b>{speed}</b> GFLOP/s", epochs=epochs, speed=speed),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._show_speed()

    def _show_speed(self) -> None:
        self.speed.setVisible(self._has_speed and self.width() >= ROOMY_PX)

    def set_matmul(self, text: Message | None) -> None:
        """Say how fast matrices are multiplied; nothing before it was measured."""
        self.matmul.setVisible(text is not None)
        if text is not None:
            _show(self.matmul, text)

    def set_saved(self, text: Message) -> None:
        """Say whether the work is saved."""
        _show(self.saved, text)

    def set_zoom(self, zoom: float) -> None:
        """Say how large the network is shown; 1 is its own size."""
        _show(self.zoom, message("Zoom <b>{percent}%</b>", percent=round(zoom * 100)))

    def show_notice(self, text: Message) -> None:
        """Say something for a while: a refusal, a file that was saved."""
        self.notice.set_text(say(text))
        self.notice.setToolTip(say(text))
        self._fade.start()

    def clear_notice(self) -> None:
        """Take the notice away."""
        self._fade.stop()
        self.notice.set_text("")
        self.notice.setToolTip("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline above."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme_of(self).line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()


def _fact(tooltip: str) -> QLabel:
    label = Label("", "caption", wraps=False)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setToolTip(tooltip)
    return label


def _show(label: QLabel, text: Message) -> None:
    shown = say_rich(text)
    if shown != label.text():
        label.setText(shown)
        label.setAccessibleName(shown.replace("<b>", "").replace("</b>", ""))
