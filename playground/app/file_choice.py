"""Asks which file to open or to save to, and remembers the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from playground.app import settings as remembered
from playground.app.settings import Settings


class FileChoice:
    """The system's file dialogs over one window; each begins where the last one ended."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window = window
        self._settings = settings

    def to_open(self, title: str, kinds: str) -> Path | None:
        """Let the person choose a file that exists; None where they cancel. `kinds` : as Qt's filters."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(self._folder()), kinds)
        return self._remembered(chosen)

    def to_save(self, title: str, suggested: str | Path, kinds: str) -> Path | None:
        """Let the person choose a place for a file; None where they cancel.

        A name without a suffix gets the suggested one's. A name alone is suggested in the remembered folder.
        """
        place = Path(self._folder(), suggested)
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(place), kinds)
        path = self._remembered(chosen)
        return path if path is None or path.suffix else path.with_suffix(place.suffix)

    def _remembered(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        self._settings.set(remembered.LAST_FOLDER, str(Path(chosen).parent))
        return Path(chosen)

    def _folder(self) -> Path:
        folder = self._settings.get(remembered.LAST_FOLDER)
        return Path(folder) if folder else Path.home()
