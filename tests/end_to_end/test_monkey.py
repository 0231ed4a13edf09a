"""A monkey plays with the whole window: nothing breaks, and it gets nearly everywhere."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from playground.app.actions import SPECS
from resources import example_path
from tests.end_to_end.conftest import MakeWindow
from tests.end_to_end.monkey import Monkey

SEED = 20
DEEDS = 5_000
REACHED = 0.9


class Cupboard:
    """Files for whoever asks for one: good ones, spoiled ones, and sometimes none."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._random = Random(seed)
        self._folder = folder
        self._numbers = itertools.count()
        (folder / "fruit.csv").write_text("weight;size;good\n" + "1,5;2;yes\n2;3;no\n1;4;yes\n" * 8)
        (folder / "numbers.csv").write_text("a,b,c\n" + "".join(f"{i},{i * i},{-i}\n" for i in range(30)))
        (folder / "one column.csv").write_text("a\n1\n2\n")
        (folder / "no table.csv").write_bytes(bytes(range(256)))
        (folder / "broken.playground").write_text('{"format": "neural-playground", "version": 1')
        for key in ("avocado", "xor", "iris"):
            shutil.copy(example_path(key), folder)  # a copy: whatever is opened may be saved over
        self._there = sorted(folder.iterdir())

    def open(self, *_: object, **__: object) -> tuple[str, str]:
        """Choose a file to open, or none."""
        return ("" if self._random.random() < 0.3 else str(self._random.choice(self._there)), "")

    def save(self, _parent: object, _title: str, suggested: str = "", *_: object) -> tuple[str, str]:
        """Choose a name to save under, or none."""
        if self._random.random() < 0.3:
            return ("", "")
        return (str(self._folder / f"saved {next(self._numbers)}{Path(suggested).suffix}"), "")


@pytest.mark.usefixtures("measuring")
@pytest.mark.parametrize("seed", [SEED])
def test_a_monkey_gets_nearly_everywhere_and_breaks_nothing(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int
) -> None:
    cupboard = Cupboard(tmp_path, seed)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(cupboard.open))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(cupboard.save))

    def open_one() -> None:
        """Open a window, and another one whenever the monkey has closed it."""
        window = make_window()
        window.resize(1100, 700)
        window.closed.connect(lambda: QTimer.singleShot(0, open_another))
        monkey.take(window.acts.values())

    def open_another() -> None:
        """Open the next window, unless it was the last deed or the end of the test that closed one."""
        if not monkey.is_done:
            open_one()

    monkey = Monkey(seed, ())
    open_one()
    monkey.run(DEEDS)

    assert monkey.n_deeds == DEEDS
    names = {spec.name for spec in SPECS}
    missed = names - monkey.reached
    assert len(missed) <= (1 - REACHED) * len(names), f"never reached: {sorted(missed)}"
