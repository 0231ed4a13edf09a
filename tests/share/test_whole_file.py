"""Files that appear whole or not at all, and every trouble in one sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground.model.errors import FileError
from playground.model.message import sentence
from playground.share.whole_file import whole_file

needs_rights = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere"
)
needs_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no permissions, and no limit on the size of files"
)


def fill(path: Path, data: bytes = b"new") -> None:
    with whole_file(path) as file:
        file.write(data)


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        fill(path)
    said = sentence(caught.value.message)
    assert "\n" not in said
    return said


def test_what_is_written_is_there_at_the_end(tmp_path: Path) -> None:
    place = tmp_path / "picture.png"
    with whole_file(place) as file:
        file.write(b"new")
        assert not place.exists()
        assert {entry.suffix for entry in tmp_path.iterdir()} == {".png"}
    assert place.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [place]


def test_an_error_leaves_the_old_file(tmp_path: Path) -> None:
    place = tmp_path / "picture.png"
    place.write_bytes(b"old")

    def fail() -> None:
        with whole_file(place) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    real, link = tmp_path / "folder" / "real.png", tmp_path / "link.png"
    real.write_bytes(b"old")
    link.symlink_to(real)
    fill(link)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@needs_posix
def test_a_new_file_gets_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    usual, new, old = tmp_path / "usual", tmp_path / "new", tmp_path / "old"
    usual.write_bytes(b"")
    fill(new)
    assert new.stat().st_mode == usual.stat().st_mode
    old.write_bytes(b"old")
    old.chmod(0o640)
    fill(old)
    assert old.stat().st_mode & 0o777 == 0o640
    assert old.read_bytes() == b"new"


def test_places_where_no_file_can_be_have_sentences(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} is a folder."
    assert refusal(tmp_path / "no" / "a.png") == f"There is no folder {tmp_path / 'no'}."


@needs_rights
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        assert "Choose another place." in refusal(path)
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
    number: int, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    assert expected in refusal(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"the old bytes")
    script = f"""
import resource, signal, sys
from pathlib import Path
from playground.model.errors import FileError
from playground.share.whole_file import whole_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with whole_file(Path({str(path)!r})) as file:
        file.write(b"x" * 1_000_000)
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
    assert list(tmp_path.iterdir()) == [path]
