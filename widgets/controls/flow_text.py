"""Sentences in which names are bold and values stand in coloured chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from playground.model.message import Message
from resources.theme import Theme
from widgets.style import EXPLANATION_PX, interface_font, theme_of
from widgets.text import Run, runs, say

CHIP = QTextFormat.Property.UserProperty.value + 1
"""Marks the characters of a chip."""

NO_BREAK = "\N{NO-BREAK SPACE}"


class FlowText(QLabel):
    """Sentences that wrap, one paragraph each, at the size of explanations or larger.

    The plain text is the label's own text, so that screen readers and the clipboard have it.
    """

    def __init__(self, pixels: float = EXPLANATION_PX, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        super().__init__()
        self._sentences: tuple[Message, ...] = ()
        self._pixels = pixels
        self._weight = weight
        self._theme: Theme | None = None
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What is said."""
        return self._sentences

    def set_sentences(self, sentences: Sequence[Message]) -> None:
        """Say these sentences, one below another."""
        if tuple(sentences) == self._sentences and self._theme is theme_of(self):
            return
        self._sentences = tuple(sentences)
        self.setText("\n".join(say(part) for part in self._sentences))
        self._compose()

    def set_pixels(self, pixels: float) -> None:
        """Write at another size."""
        if pixels != self._pixels:
            self._pixels = pixels
            self._compose()

    def set_centred(self, is_centred: bool) -> None:
        """Put the lines in the middle, or at the left."""
        side = Qt.AlignmentFlag.AlignHCenter if is_centred else Qt.AlignmentFlag.AlignLeft
        self._document.setDefaultTextOption(QTextOption(side))
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped sentences."""
        before = self._document.textWidth()
        self._document.setTextWidth(max(1, width))
        height = self._document.size().height()
        self._document.setTextWidth(before)
        return round(height + 0.5) if self._sentences else 0

    def sizeHint(self) -> QSize:
        """A comfortable width and the height that it needs."""
        width = max(240, self.width())
        return QSize(240, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column; the height at the present width."""
        return QSize(80, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._document.setTextWidth(self.width())
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme is not theme_of(self):
            self._compose()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chips' grounds, then the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_chips(painter, theme_of(self))
        self._document.drawContents(painter)
        painter.end()

    def _compose(self) -> None:
        self._theme = theme_of(self)
        font = interface_font(self._pixels, self._weight)
        self._document.setDefaultFont(font)
        self._document.clear()
        cursor = QTextCursor(self._document)
        for index, part in enumerate(self._sentences):
            paragraph = QTextBlockFormat()
            paragraph.setTopMargin(self._pixels * 0.5 if index else 0)
            paragraph.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if index:
                cursor.insertBlock(paragraph)
            else:
                cursor.setBlockFormat(paragraph)
            for run in runs(part):
                cursor.insertText(_written(run), _format(run, self._theme, font))
        self._document.setTextWidth(self.width())
        self.updateGeometry()
        self.update()

    def _draw_chips(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_soft))
        block = self._document.begin()
        while block.isValid():
            for rect in _chip_rects(block, self._document):
                painter.drawRoundedRect(rect, 6, 6)
            block = block.next()


def _written(run: Run) -> str:
    """A stretch as it is written; a chip has a little room inside and is not broken at a line's end."""
    if run.kind != "number":
        return run.text
    return f"{NO_BREAK}{run.text.replace(' ', NO_BREAK)}{NO_BREAK}"


def _format(run: Run, theme: Theme, font: QFont) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font)
    made.setForeground(QColor(theme.ink))
    if run.kind == "name":
        made.setFontWeight(QFont.Weight.Bold)
    if run.kind == "number":
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setForeground(QColor(theme.negative if run.negative else theme.positive))
        made.setProperty(CHIP, True)
    return made


def _chip_rects(block: QTextBlock, document: QTextDocument) -> list[QRectF]:
    """Where the chips of one paragraph lie, in the document's own pixels."""
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    lines = block.layout()
    found: list[QRectF] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.charFormat().hasProperty(CHIP):
            start = fragment.position() - block.position()
            line = lines.lineForTextPosition(start)
            if line.isValid():
                end = min(start + fragment.length(), line.textStart() + line.textLength())
                left, right = _x(line, start), _x(line, end)
                baseline = origin.y() + line.y() + line.ascent()
                height = fragment.charFormat().font().pixelSize() * 1.34  # so high the first line is, too
                top = baseline - height * 0.72
                found.append(QRectF(origin.x() + left, top, right - left, height))
        iterator += 1
    return found


def _x(line: QTextLine, position: int) -> float:
    """The way from the left edge to a character; Qt gives it with or without the position itself."""
    found: Any = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)
