"""Pictures of the stage and animations of the pass, saved from the window."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog

from playground.app.background import Background
from playground.app.file_choice import FileChoice
from playground.model.errors import PlaygroundError
from playground.model.keys import Granularity
from playground.model.message import Message, message
from widgets.dialogs.error_dialog import ErrorDialog

if TYPE_CHECKING:
    from playground.app.window import Window

PICTURE_PX = (1920, 1200)
ANIMATION_PX = (1200, 750)
TICKS = 1000


class Exports(QObject):
    """Saves what the stage shows; an animation is made beside the window and can be cancelled."""

    notice = Signal(object)
    _progressed = Signal(int)

    def __init__(self, window: Window, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._choice = FileChoice(window, window.settings)
        self._background = background
        self._stop = threading.Event()

    def save_picture(self) -> None:
        """Save the stage as it is now, as PNG or SVG."""
        path = self._ask(self.tr("Save as a picture"), "png", self.tr("Pictures (*.png *.svg)"))
        if path is None:
            return
        from playground.share.picture import save_png, save_svg

        save = save_svg if path.suffix.lower() == ".svg" else save_png
        try:
            save(self._window.keeper.stage, path, self._window.theming.theme, PICTURE_PX)
        except PlaygroundError as error:
            self._refuse(error.message)
            return
        self.notice.emit(message("Saved as {name}.", name=path.name))

    def save_animation(self) -> None:
        """Save the pass on the stage as a film, GIF or MP4."""
        window = self._window
        done = window.passes.trace
        if done is None:
            self._refuse(message("There is no pass to save yet. Draw a network with an output first."))
            return
        path = self._ask(self.tr("Save the pass as an animation"), "gif", self.tr("Animations (*.gif *.mp4)"))
        if path is None:
            return
        from playground.share.animation import save_animation

        granularity: Granularity = window.player.granularity
        level, theme, stop = window.play.level, window.theming.theme, threading.Event()
        self._stop = stop
        dialog = QProgressDialog(self.tr("Drawing the animation…"), self.tr("Cancel"), 0, TICKS, window)
        dialog.setWindowTitle(self.tr("Save the pass as an animation"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(0)
        dialog.setAutoClose(False)
        dialog.canceled.connect(stop.set)
        self._progressed.connect(dialog.setValue)

        def work() -> bool:
            return save_animation(
                done,
                path,
                granularity,
                level,
                theme,
                ANIMATION_PX,
                progress=lambda share: self._progressed.emit(round(share * TICKS)),
                cancelled=stop.is_set,
            )

        def close() -> None:
            dialog.canceled.disconnect(stop.set)
            dialog.close()
            dialog.deleteLater()

        def finished(is_saved: bool) -> None:
            close()
            if is_saved:
                self.notice.emit(message("Saved as {name}.", name=path.name))

        def failed(error: Exception) -> None:
            close()
            if not isinstance(error, PlaygroundError):
                raise error
            self._refuse(error.message)

        self._background.run(work, finished, failed)

    def shutdown(self) -> None:
        """Stop drawing."""
        self._stop.set()

    def _ask(self, title: str, suffix: str, kinds: str) -> Path | None:
        stem = "network" if self._window.document.path is None else self._window.document.path.stem
        return self._choice.to_save(title, f"{stem}.{suffix}", kinds)

    def _refuse(self, text: Message) -> None:
        ErrorDialog(text, parent=self._window).wait()
