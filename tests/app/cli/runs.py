"""Runs the command line, in a process of its own or in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.app.main import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str


def in_process(*arguments: str | Path, folder: Path | None = None, **environment: str) -> Outcome:
    """Run the program in a process without any display."""
    inherited = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "playground", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        cwd=folder,
        env=inherited | environment,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def here(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Outcome:
    """Run the program in this process, which is quicker."""
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return Outcome(code, said.out, said.err)


def is_one_sentence(text: str) -> bool:
    """Whether a text is one line that ends as a sentence does."""
    return text.count("\n") == 1 and text.endswith((".\n", ").\n", ")\n")) and "Traceback" not in text
