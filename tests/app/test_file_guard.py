"""Reading and writing files: whole or not at all, and every trouble in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from playground.app.file_guard import FileLock, has_changed, read_file, write_file
from playground.model import file
from playground.model.errors import FileError
from playground.model.message import sentence
from tests.model.random_edits import random_experiment


@pytest.fixture
def data() -> bytes:
    return file.write(*random_experiment(Random(1)))


def refusal(action: object, *arguments: object) -> str:
    assert callable(action)
    with pytest.raises(FileError) as caught:
        action(*arguments)
    said = sentence(caught.value.message)
    assert "\n" not in said
    return said


def test_what_is_written_is_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ä b.playground"
    stamp = write_file(path, data)
    opened = read_file(path)
    assert opened.stamp == stamp
    assert file.write(opened.experiment, opened.parameters) == data
    assert [entry.name for entry in tmp_path.iterdir()] == ["ä b.playground"]


def test_troubles_have_sentences(tmp_path: Path, data: bytes) -> None:
    missing = tmp_path / "missing.playground"
    assert refusal(read_file, missing) == f"There is no file {missing}."
    assert refusal(read_file, tmp_path / "no" / "a") == f"There is no folder {tmp_path / 'no'}."
    assert refusal(read_file, tmp_path) == f"{tmp_path} is a folder."
    assert refusal(write_file, tmp_path, data) == f"{tmp_path} is a folder."
    assert refusal(write_file, tmp_path / "no" / "a", data) == f"There is no folder {tmp_path / 'no'}."
    large = tmp_path / "large.playground"
    with large.open("wb") as device:
        device.truncate(64 * 2**20 + 1)
    assert "64 MiB" in refusal(read_file, large)


def test_changes_by_others_are_seen_and_a_touch_is_not(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.playground"
    stamp = write_file(path, data)
    assert not has_changed(path, stamp)
    os.utime(path, ns=(1, 1))
    assert not has_changed(path, stamp)
    path.write_bytes(data.replace(b"1", b"2", 1))
    os.utime(path, ns=(2, 2))
    assert has_changed(path, stamp)
    path.unlink()
    assert has_changed(path, stamp)


def test_a_second_window_on_the_same_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    first, second = FileLock(path), FileLock(tmp_path / "." / "a.playground")
    assert first.take()
    assert first.take()
    assert not second.take()
    assert FileLock(tmp_path / "b.playground").take()
    first.release()
    assert second.take()
    second.release()


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    script = f"""
import os
from pathlib import Path
from playground.app.file_guard import FileLock
lock = FileLock(Path({str(path)!r}))
assert lock.take()
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 9
    lock = FileLock(path)
    assert lock.take()
    lock.release()


def test_without_a_folder_for_locks_files_can_still_be_opened(tmp_path: Path, own_folders: Path) -> None:
    before = FileLock(tmp_path / "a.playground")
    assert before.take()
    before.release()
    folders = [place for place in own_folders.rglob("locks") if place.is_dir()]
    assert len(folders) == 1
    shutil.rmtree(folders[0])
    folders[0].write_text("a file where the folder should be")
    lock = FileLock(tmp_path / "a.playground")
    assert lock.take()
    lock.release()
