"""The files that were opened lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from playground.app.recent import MAX_FILES, RecentFiles
from playground.app.settings import Settings


def test_recent_files_are_the_latest_first_and_exist(qtbot: QtBot, tmp_path: Path) -> None:
    recent = RecentFiles(Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)))
    files = [tmp_path / f"{number}.playground" for number in range(MAX_FILES + 3)]
    for path in files:
        path.touch()
        recent.add(path)
    assert recent.files == list(reversed(files))[:MAX_FILES]
    recent.add(files[5])
    assert recent.files[0] == files[5]
    assert len(recent.files) == len(set(recent.files)) == MAX_FILES
    files[5].unlink()
    assert files[5] not in recent.files
    recent.remove(files[7])
    assert files[7] not in recent.files
    recent.clear()
    assert recent.files == []
