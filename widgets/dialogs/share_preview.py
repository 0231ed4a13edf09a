"""What is going to be taken out, before it is: a picture, the beginning of a text, a page, or a sentence."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedWidget, QTextBrowser, QWidget

from widgets.controls.labels import Label
from widgets.style import theme_of

TEXT_PX = 13
LEAST = QSize(480, 280)
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


class SharePreview(QStackedWidget):
    """Shows one of its pages at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture(self.tr("Preview"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Preview"))
        self.text.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(TEXT_PX)
        self.text.setFont(font)
        self.page = QTextBrowser()
        self.page.setAccessibleName(self.tr("Preview"))
        self.page.setOpenLinks(False)
        self.page.setTabChangesFocus(True)
        self.page.document().setDocumentMargin(12)
        self.note = Label("", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (self.picture, self.text, self.page, self.note):
            self.addWidget(page)
        self.setMinimumSize(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, image: QImage) -> None:
        """Show a picture, as large as it fits."""
        self.picture.set_image(image)
        self.setCurrentWidget(self.picture)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self.text.setPlainText(text)
        self.setCurrentWidget(self.text)

    def show_page(self, page: str) -> None:
        """Show a page, HTML, from its beginning; in the colours of the window instead of its own."""
        self.page.setHtml(STYLE.sub("", page))
        self.setCurrentWidget(self.page)

    def show_note(self, text: str) -> None:
        """Say why there is nothing to see."""
        self.note.set_text(text)
        self.setCurrentWidget(self.note)


class Picture(QWidget):
    """An image in a frame, scaled to the room there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(name)

    @property
    def image(self) -> QImage:
        """The image that is shown."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show another image."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the image in the middle, and a hairline round it."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        sharp = size * self.devicePixelRatioF()
        # Scaled down beforehand: the painter alone would leave out every second line of a large picture.
        shown = self._image.scaled(
            sharp, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        place = QRectF(
            (self.width() - size.width()) / 2,
            (self.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        painter.drawImage(place, shown)
        painter.setPen(QPen(QColor(theme_of(self).line), 1))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
