"""The gallery of examples, each with a small picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QWidget

from widgets.controls.buttons import Button
from widgets.controls.flow_layout import FlowRow
from widgets.dialogs.dialog import Dialog
from widgets.offers import Example
from widgets.style import CAPTION_PX, CONTROL_PX, interface_font, mixed, theme_of
from widgets.text import say

PICTURE = QSize(200, 120)


class ExamplesDialog(Dialog):
    """When it is accepted, `chosen_key` is the example to open; a click on a card opens it."""

    def __init__(
        self,
        examples: Sequence[Example],
        pictures: Mapping[str, QPixmap] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Examples"), parent, width_px=520)
        self.chosen_key = ""
        self._group = QButtonGroup(self)
        self.cards = {example.key: _Card(say(example.title), say(example.sentence)) for example in examples}
        gallery = FlowRow(*self.cards.values(), gap_px=12)
        for key, card in self.cards.items():
            self._group.addButton(card)
            card.set_picture((pictures or {}).get(key))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(gallery)
        area.setMinimumHeight(440)
        area.setMinimumWidth(472)
        self.cancel = Button(self.tr("Cancel"), self.tr("Close the gallery and open nothing (Esc)"))
        self.add(area, 1)
        self.add_button(self.cancel)
        self._group.buttonClicked.connect(self._clicked)
        self.cancel.clicked.connect(self.reject)

    def set_picture(self, key: str, picture: QPixmap) -> None:
        """Show an example's picture, for instance once it has been drawn."""
        self.cards[key].set_picture(picture)

    def _clicked(self, clicked: object) -> None:
        self.chosen_key = next(key for key, card in self.cards.items() if card is clicked)
        self.accept()


class _Card(QAbstractButton):
    """A picture, a title and a sentence; the whole of it can be pressed."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence
        self._picture: QPixmap | None = None
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setToolTip(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_picture(self, picture: QPixmap | None) -> None:
        """Show a picture; None shows an empty ground."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """Room for picture, title and sentence."""
        title, sentence = self._text_rects()
        return QSize(PICTURE.width() + 24, sentence.bottom() + 12 if self._sentence else title.bottom() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, picture and texts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        theme = theme_of(self)
        hovered = self.underMouse() or self.isDown()
        painter.setPen(
            QPen(QColor(theme.accent if self.hasFocus() else theme.line), 2 if self.hasFocus() else 1)
        )
        painter.setBrush(QColor(mixed(theme.surface, theme.accent_soft, 0.55) if hovered else theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        place = QRect(12, 12, PICTURE.width(), PICTURE.height())
        painter.fillRect(place, QColor(theme.stage))
        if self._picture is not None:
            painter.drawPixmap(place, self._picture)
        title, sentence = self._text_rects()
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setPen(QColor(theme.ink))
        painter.setFont(interface_font(CONTROL_PX, QFont.Weight.DemiBold))
        painter.drawText(title, wrap, self.text())
        painter.setPen(QColor(theme.muted))
        painter.setFont(interface_font(CAPTION_PX))
        painter.drawText(sentence, wrap, self._sentence)
        painter.end()

    def _text_rects(self) -> tuple[QRect, QRect]:
        wrap = int(Qt.TextFlag.TextWordWrap)
        top = PICTURE.height() + 22
        room = QRect(12, top, PICTURE.width(), 10_000)
        title = QFontMetrics(interface_font(CONTROL_PX, QFont.Weight.DemiBold)).boundingRect(
            room, wrap, self.text()
        )
        below = QRect(12, title.bottom() + 4, PICTURE.width(), 10_000)
        sentence = QFontMetrics(interface_font(CAPTION_PX)).boundingRect(below, wrap, self._sentence)
        return title, sentence
