"""What every presentation has: a dark ground, one factor of size, a black screen, and the clicker's keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from resources.theme import DARK, Theme
from widgets.presenter.black_out import BlackOut
from widgets.presenter.keys import KeyDeed, deed_of
from widgets.presenter.pointer import RestingPointer
from widgets.presenter.sizes import SMALLEST_SCALE, Sizes, clamped, next_scale
from widgets.style import palette, style_sheet


class Show(QWidget):
    """A window without controls for an audience; a kind of presentation says what it shows and does.

    scale_changed : the factor of the content that a key has chosen, 1 to 2.5
    left : the presentation is over; the window hides itself before
    """

    scale_changed = Signal(float)
    left = Signal()

    def __init__(self, theme: Theme = DARK) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._theme = theme
        self._content_scale = SMALLEST_SCALE
        self.setWindowTitle(self.tr("Presenting"))
        self.setAccessibleName(self.tr("Presenting"))
        self.black_out = BlackOut(self)
        self.pointer = RestingPointer(self)
        self.pointer.watch(self)
        self.black_out.lift_requested.connect(self._lift)
        self.dress(self)

    @property
    def content_scale(self) -> float:
        """The factor of the content, from 1 to 2.5."""
        return self._content_scale

    @property
    def is_black(self) -> bool:
        """Whether the screen is blacked out."""
        return not self.black_out.isHidden()

    def set_content_scale(self, content_scale: float) -> None:
        """Show the content this much larger than it need be: 1 to 2.5."""
        content_scale = clamped(content_scale)
        if content_scale != self._content_scale:
            self._content_scale = content_scale
            self.apply_sizes()

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

    def apply_sizes(self) -> None:
        """Show everything in the size of the screen and the factor."""
        raise NotImplementedError

    def do(self, deed: KeyDeed) -> None:
        """Do what a key says, apart from the size, the black screen and the end."""
        raise NotImplementedError

    def take_keys(self) -> None:
        """Give the keyboard to what is presented."""
        self.setFocus()

    def leaves_to_content(self, deed: KeyDeed) -> bool:
        """Whether the content does this deed better by itself, having the keyboard."""
        del deed
        return False

    @property
    def sizes(self) -> Sizes:
        """The sizes for this screen and the factor."""
        return Sizes.of(max(self.height(), 1), self._content_scale)

    def dress(self, *widgets: QWidget) -> None:
        """Put on the presentation's own theme, whatever theme the other windows wear."""
        if not self.styleSheet():
            self.setStyleSheet(style_sheet(self._theme))
        # Where a style sheet is set, Qt hands palettes down no more: each widget is given its own.
        for widget in widgets:
            widget.setPalette(palette(self._theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key says, wherever the focus is."""
        if not self.handle(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit sizes to the screen."""
        super().resizeEvent(event)
        if self.is_black:
            self.black_out.cover()
        self.apply_sizes()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, and let the pointer vanish at rest."""
        super().showEvent(event)
        self.take_keys()
        self.pointer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the pointer back."""
        super().hideEvent(event)
        self.pointer.stop()

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

    def is_own(self, event: QKeyEvent) -> bool:
        """Whether a key does something here."""
        return self.is_black or deed_of(event) is not None

    def handle(self, event: QKeyEvent) -> bool:
        """Do what a key says; False where it is none of the presentation's."""
        deed = deed_of(event)
        if self.is_black and (deed is None or deed.deed != "scale"):
            # Any key shows the stage again and does no more: nothing happens in the dark.
            if not _is_modifier(event):
                self._lift()
            return True
        if deed is None or self.leaves_to_content(deed):
            return False
        self._do(deed)
        return True

    def _do(self, deed: KeyDeed) -> None:
        if deed.deed == "scale":
            self._change_scale(deed.direction)
        elif deed.deed == "black":
            self.set_black(True)
        elif deed.deed in {"leave", "escape"}:
            self.leave()
        else:
            self.do(deed)

    def _change_scale(self, direction: int) -> None:
        before = self._content_scale
        self.set_content_scale(next_scale(before, direction))
        if self._content_scale != before:
            self.scale_changed.emit(self._content_scale)

    def _lift(self) -> None:
        self.set_black(False)
        self.take_keys()


def _is_modifier(event: QKeyEvent) -> bool:
    return event.key() in (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
    )
