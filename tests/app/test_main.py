"""The way in: which words open the window, and what happens where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground.app import main as module
from playground.app.main import main


def test_words_open_the_window_or_a_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path | None] = []

    def open_window(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(module, "open_window", open_window)
    table = tmp_path / "table.csv"
    table.touch()
    assert main([]) == 0
    assert main([str(table)]) == 0
    assert opened == [None, table]
    assert main([str(tmp_path / "missing")]) == 2
    assert main(["train", str(tmp_path / "missing")]) == 2
    assert main([str(table), str(table)]) == 2
    assert len(opened) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_commands_load_neither_widgets_nor_plots(tmp_path: Path) -> None:
    script = """
import sys
from playground.app.main import main
main(["train", "missing.playground"])
heavy = {"PySide6.QtWidgets", "PySide6.QtGui", "pyqtgraph", "scipy", "sklearn", "numba"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr


def test_no_display_is_said_and_the_pass_is_drawn_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    asked: list[list[str]] = []

    def run_command(words: list[str]) -> int:
        asked.append(words)
        return 0

    monkeypatch.setattr("playground.app.cli.commands.run_command", run_command)
    assert os.environ.get("DISPLAY") is None
    assert main([]) == 0
    assert [words[0] for words in asked] == ["render"]
    assert asked[0][-2:] == ["-o", "avocado.gif"]
    assert Path(asked[0][1]).name == "avocado.playground"
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "avocado.gif" in said
