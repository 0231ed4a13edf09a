"""An environment of its own with PyTorch, made for the benchmark: the program does not need PyTorch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".venv-bench"
REQUIREMENTS = ("torch==2.13.0", "numpy")
LONGEST_SECONDS = 900


class NoPyTorchError(Exception):
    """PyTorch cannot be installed or does not work here; the text says why in a sentence."""


def python_with_torch(folder: Path = FOLDER) -> Path:
    """Return a Python that can import PyTorch, made the first time. Raises NoPyTorchError."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if works(python):
        return python
    _run("The environment for PyTorch cannot be made", sys.executable, "-m", "venv", str(folder))
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS)
    _run("PyTorch cannot be installed", str(python), *pip)
    if not works(python):
        raise NoPyTorchError("PyTorch is installed, but it cannot be loaded.")
    return python


def works(python: Path) -> bool:
    """Whether a Python is there and can import PyTorch."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import torch"], capture_output=True, check=False).returncode == 0


def _run(complaint: str, *command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoPyTorchError(f"{complaint}: {error}.") from error
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason was given"]
        raise NoPyTorchError(f"{complaint}: {lines[-1].rstrip('.')}.")
