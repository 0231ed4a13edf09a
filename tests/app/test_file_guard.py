"""Reading and writing files: whole or not at all, and every trouble in one sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from playground.app.file_guard import FileLock, has_changed, read_file, whole_file, write_file
from playground.model import file
from playground.model.errors import FileError
from playground.model.message import sentence
from tests.model.random_edits import random_experiment

needs_rights = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere"
)


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


def test_a_link_stays_a_link(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.playground", tmp_path / "link.playground"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_file(link, data)
    assert link.is_symlink()
    assert real.read_bytes() == data


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


@needs_rights
def test_a_folder_that_cannot_be_written_to(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.playground"
    path.write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        assert "Choose another place." in refusal(write_file, path, data)
        assert path.read_bytes() == b"old"
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "because the disk is full"),
        (errno.EROFS, "Choose another place"),
        (errno.EACCES, "Choose another place"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_what_the_system_says_while_writing(
    number: int, expected: str, tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.playground"
    path.write_bytes(b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    assert expected in refusal(write_file, path, data)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("writer", ["write_file(path, data)", "fill(path, data)"])
def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, writer: str) -> None:
    path = tmp_path / "a.playground"
    path.write_bytes(b"the old bytes")
    script = f"""
import resource, signal, sys
from pathlib import Path
from playground.app.file_guard import whole_file, write_file
from playground.model.errors import FileError

def fill(path, data):
    with whole_file(path) as part, part.open("wb") as device:
        device.write(data)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
path, data = Path({str(path)!r}), b"x" * 1_000_000
try:
    {writer}
except FileError as error:
    print(error)
    sys.exit(7)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 7, done.stderr
    assert str(path) in done.stdout
    assert path.read_bytes() == b"the old bytes"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.playground"]


def test_an_error_while_a_file_is_made_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"old")

    def fail() -> None:
        with whole_file(path) as part:
            part.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == b"old"
    with whole_file(path) as part:
        assert part.suffix == ".png"
        part.write_bytes(b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


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
