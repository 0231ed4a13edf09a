"""Draws what the outputs are compared with: the right answers, and the loss."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from playground.model.message import message
from widgets.canvas.fonts import NORMAL, SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame
from widgets.canvas.geometry import LABEL_GAP
from widgets.canvas.labels import loss_label, target_label
from widgets.text import say

TARGET_PX = 13.0
LOSS_PX = 15.0


def paint_verdict(frame: Frame) -> None:
    """Draw the right answer beside each output, and the loss below the last of them."""
    readings, unit, style = frame.readings, frame.unit, frame.style
    outputs = [readings.network.node_index[node] for node in readings.network.outputs]
    if not outputs or TARGET_PX * unit < SMALLEST_PX:
        return
    beside = frame.radius + LABEL_GAP * unit
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for output, index in enumerate(outputs):
        label = target_label(readings, output)
        if label is not None:
            x, y = frame.centres[index]
            text = say(message("right answer {value}", value=label.text))
            place = QRectF(float(x) + beside, float(y) + 12 * unit, 200 * unit, 20 * unit)
            frame.write(text, place, TARGET_PX * unit, style.muted, NORMAL, left)
    loss = loss_label(readings)
    if loss is None:
        return
    template = (
        message("Mean loss {value}", value=loss.text)
        if readings.averaged
        else message("Loss {value}", value=loss.text)
    )
    text = say(template)
    x = float(frame.centres[outputs, 0].max()) + beside
    y = float(np.max(frame.centres[outputs, 1])) + 38 * unit
    wide = frame.fonts.width(text, LOSS_PX * unit, STRONG) + 22 * unit
    card = QRectF(x, y, wide, 30 * unit)
    frame.painter.setPen(QPen(style.line, max(1.2 * unit, 1.0)))
    frame.painter.setBrush(style.raised)
    frame.painter.drawRoundedRect(card, 8 * unit, 8 * unit)
    frame.write(text, card, LOSS_PX * unit, style.ink, STRONG)
