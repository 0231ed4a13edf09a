"""The files that were opened or saved lately, the latest first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from playground.app.settings import Settings

MAX_FILES = 10
KEY = "recent"


class RecentFiles(QObject):
    """Remembers files by their full path; those that are gone are not offered.

    changed() : the list is another one
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def files(self) -> list[Path]:
        """The files that still exist, the latest first."""
        return [path for text in self._settings.texts(KEY) if (path := Path(text)).is_file()]

    def add(self, path: Path) -> None:
        """Put a file first."""
        full = str(path.resolve())
        self._keep([full, *(text for text in self._settings.texts(KEY) if text != full)][:MAX_FILES])

    def remove(self, path: Path) -> None:
        """Forget a file."""
        self._keep([text for text in self._settings.texts(KEY) if text != str(path.resolve())])

    def clear(self) -> None:
        """Forget all files."""
        self._keep([])

    def _keep(self, texts: list[str]) -> None:
        if texts != self._settings.texts(KEY):
            self._settings.set_texts(KEY, texts)
            self.changed.emit()
