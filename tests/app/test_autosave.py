"""Autosave and recovery: what was not saved is found after a crash, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from playground.app.autosave import Autosave
from playground.app.background import Background
from playground.app.document import Document
from playground.app.folders import state_folder
from playground.app.recovery import RecoveryFile, lost_work
from playground.model import edits, file
from playground.model.message import Message
from tests.model.random_edits import random_experiment


@pytest.fixture
def background(qtbot: QtBot) -> Generator[Background]:
    background = Background()
    yield background
    background.shutdown()


@pytest.fixture
def document(qtbot: QtBot) -> Generator[Document]:
    document = Document(*random_experiment(Random(2)))
    yield document
    document.close()


def rename(document: Document, name: str) -> None:
    assert document.apply(edits.rename(document.experiment.network.node_ids[0], name))


def kept(autosave: Autosave) -> Path | None:
    """The recovery file, where there is one now."""
    return autosave.file if autosave.file is not None and autosave.file.exists() else None


def test_unsaved_work_is_kept_and_saved_work_is_not(
    qtbot: QtBot, document: Document, background: Background, tmp_path: Path
) -> None:
    autosave = Autosave(document, background, interval_ms=5)
    assert kept(autosave) is None
    rename(document, "kept")
    qtbot.waitUntil(lambda: kept(autosave) is not None and background.is_idle)
    path = kept(autosave)
    assert path is not None
    experiment, _ = file.read(path.read_bytes())
    assert experiment.network.nodes[document.experiment.network.node_ids[0]].label == "kept"
    assert lost_work() == []  # this process is alive
    document.mark_saved(tmp_path / "a.playground", document.experiment, document.parameters)
    assert kept(autosave) is None
    rename(document, "again")
    qtbot.waitUntil(lambda: kept(autosave) is not None and background.is_idle)
    autosave.close()
    assert list(state_folder("recovery").glob("*.playground")) == []


def test_an_unchanged_document_is_not_written_again(
    qtbot: QtBot, document: Document, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    original = RecoveryFile.write

    def count(self: RecoveryFile, data: bytes, origin: Path | None) -> None:
        written.append(data)
        original(self, data, origin)

    monkeypatch.setattr(RecoveryFile, "write", count)
    autosave = Autosave(document, background, interval_ms=1)
    rename(document, "once")
    qtbot.waitUntil(lambda: len(written) == 1 and background.is_idle)
    looks: list[object] = []
    autosave._timer.timeout.connect(lambda: looks.append(1))
    qtbot.waitUntil(lambda: len(looks) >= 20)
    assert len(written) == 1
    autosave.close()


def test_autosaves_take_a_fiftieth_of_the_time_at_most(
    qtbot: QtBot, document: Document, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("playground.app.autosave.perf_counter", lambda: now[0])
    written: list[float] = []

    def slow(self: RecoveryFile, data: bytes, origin: Path | None) -> None:
        written.append(now[0])
        now[0] += 2.0  # a write that takes two seconds

    monkeypatch.setattr(RecoveryFile, "write", slow)
    autosave = Autosave(document, background, interval_ms=1)
    count = 0
    while now[0] < 500.0:
        count += 1
        rename(document, f"name {count}")
        autosave._look()
        qtbot.waitUntil(lambda: background.is_idle)
        now[0] += 1.0
    pauses = [after - before for before, after in pairwise(written)]
    assert len(pauses) >= 3
    assert min(pauses) >= 100.0
    autosave.close()


CRASH = """
import os, sys
from itertools import pairwise
from pathlib import Path
from random import Random
from PySide6.QtCore import QCoreApplication
from playground.app.autosave import Autosave
from playground.app.background import Background
from playground.app.document import Document
from playground.model import edits
from tests.model.random_edits import random_experiment
application = QCoreApplication([])
document = Document(*random_experiment(Random(2)))
document.set_path(Path("/somewhere/mine.playground"))
autosave = Autosave(document, Background())
document.apply(edits.rename(document.experiment.network.node_ids[0], "lost"))
assert autosave.write_now()
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal kills there")
def test_the_next_start_finds_what_a_killed_process_left(qtbot: QtBot) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH], check=False, timeout=60, capture_output=True, text=True
    )
    assert done.returncode == -9, done.stderr
    (lost,) = lost_work()
    assert lost.path == Path("/somewhere/mine.playground")
    opened = lost.read()
    assert opened.experiment.network.nodes[opened.experiment.network.node_ids[0]].label == "lost"
    lost.discard()
    assert lost_work() == []
    assert list(state_folder("recovery").iterdir()) == []


def test_a_recovery_file_that_cannot_be_written_is_told_once(
    qtbot: QtBot, document: Document, background: Background, own_folders: Path
) -> None:
    (own_folders / "state").rmdir()
    (own_folders / "state").write_bytes(b"no folder")
    told: list[Message] = []
    autosave = Autosave(document, background, interval_ms=1)
    autosave.failed.connect(told.append)
    rename(document, "first")
    assert not autosave.write_now()
    rename(document, "second")
    assert not autosave.write_now()
    assert len(told) == 1
    (own_folders / "state").unlink()
    assert autosave.write_now()
    autosave.close()
