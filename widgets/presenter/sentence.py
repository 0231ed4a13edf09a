"""One sentence for the last row: as large as the screen allows, on two lines at most."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.message import Message
from widgets.controls.flow_text import FlowText
from widgets.presenter.sizes import SENTENCE_LINES, Sizes

ANY_WIDTH_PX = 100_000
SHRINK = 0.94
"""A sentence that is too long is tried at sizes that fall by this factor."""


class Sentence(QWidget):
    """Shows one sentence in the middle of a place of fixed height, so that the network never moves."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self._sizes = sizes
        self._message: Message | None = None
        self.text = FlowText(sizes.sentence_px, QFont.Weight.DemiBold)
        self.text.setParent(self)
        self.text.set_centred(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(sizes.sentence_height_px)

    @property
    def pixels(self) -> float:
        """The size that the sentence is written at."""
        return self._pixels_that_fit()

    def set_message(self, message: Message | None) -> None:
        """Say this; None says nothing."""
        if message != self._message:
            self._message = message
            self.text.set_sentences(() if message is None else (message,))
            self._place()

    def set_sizes(self, sizes: Sizes) -> None:
        """Write at other sizes."""
        if sizes != self._sizes:
            self._sizes = sizes
            self.setFixedHeight(sizes.sentence_height_px)
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.text.set_pixels(self._pixels_that_fit())
        width = self._text_width()
        height = min(self.text.heightForWidth(width), self.height())
        self.text.setGeometry(
            QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        )

    def _text_width(self) -> int:
        return max(1, self.width() - 3 * self._sizes.margin_px)

    def _pixels_that_fit(self) -> float:
        pixels, width = self._sizes.sentence_px, self._text_width()
        self.text.set_pixels(pixels)
        while pixels > self._sizes.smallest_sentence_px and not self._fits(width):
            pixels = max(pixels * SHRINK, self._sizes.smallest_sentence_px)
            self.text.set_pixels(pixels)
        return pixels

    def _fits(self, width: int) -> bool:
        line = self.text.heightForWidth(ANY_WIDTH_PX)
        return self.text.heightForWidth(width) <= min(line * SENTENCE_LINES + 1, self.height())
