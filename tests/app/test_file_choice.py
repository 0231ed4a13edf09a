"""The file dialogs begin where the last one ended, and complete a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from playground.app.file_choice import FileChoice
from playground.app.settings import Settings


class Dialogs:
    """Stands for the system's dialogs: remembers what they were opened with, and answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answer = ""
        self.shown: list[tuple[str, str, str]] = []
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, staticmethod(self._ask))

    def _ask(self, _window: QWidget, title: str, place: str, kinds: str) -> tuple[str, str]:
        self.shown.append((title, place, kinds))
        return self.answer, kinds


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)


@pytest.fixture
def choice(qtbot: QtBot) -> FileChoice:
    window = QWidget()
    qtbot.addWidget(window)
    return FileChoice(window, Settings())


def test_cancelling_gives_nothing_and_changes_nothing(choice: FileChoice, dialogs: Dialogs) -> None:
    assert choice.to_open("Open", "All (*)") is None
    assert choice.to_save("Save", "a.csv", "All (*)") is None
    assert dialogs.shown == [
        ("Open", str(Path.home()), "All (*)"),
        ("Save", str(Path.home() / "a.csv"), "All (*)"),
    ]


def test_the_next_dialog_begins_in_the_last_folder(
    choice: FileChoice, dialogs: Dialogs, tmp_path: Path
) -> None:
    dialogs.answer = str(tmp_path / "one" / "a.csv")
    assert choice.to_open("Open", "") == tmp_path / "one" / "a.csv"
    dialogs.answer = str(tmp_path / "two" / "b.png")
    assert choice.to_save("Save", "b.png", "") == tmp_path / "two" / "b.png"
    choice.to_open("Open", "")
    assert [Path(place) for _, place, _ in dialogs.shown[1:]] == [
        tmp_path / "one" / "b.png",
        tmp_path / "two",
    ]


def test_a_file_that_has_a_place_is_suggested_there(
    choice: FileChoice, dialogs: Dialogs, tmp_path: Path
) -> None:
    choice.to_save("Save", tmp_path / "c.playground", "")
    assert Path(dialogs.shown[0][1]) == tmp_path / "c.playground"


@pytest.mark.parametrize(
    ("typed", "saved"), [("c", "c.png"), ("c.svg", "c.svg"), ("c.d", "c.d"), (".hidden", ".hidden.png")]
)
def test_a_name_without_a_suffix_gets_one(
    choice: FileChoice, dialogs: Dialogs, tmp_path: Path, typed: str, saved: str
) -> None:
    dialogs.answer = str(tmp_path / typed)
    assert choice.to_save("Save", "network.png", "") == tmp_path / saved
