"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from playground.model.errors import FileError
from playground.share.whole_file import whole_file


def test_what_is_written_is_there_at_the_end(tmp_path: Path) -> None:
    place = tmp_path / "picture.png"
    with whole_file(place) as file:
        file.write(b"new")
        assert not place.exists()
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


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are POSIX's")
def test_a_link_stays_a_link_and_the_file_can_be_read_by_others(tmp_path: Path) -> None:
    real, link = tmp_path / "real.png", tmp_path / "link.png"
    real.write_bytes(b"old")
    link.symlink_to(real)
    with whole_file(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    mask = os.umask(0)
    os.umask(mask)
    assert real.stat().st_mode & 0o777 == 0o666 & ~mask


def test_places_that_cannot_be_written_are_refused_with_a_sentence(tmp_path: Path) -> None:
    for place in (tmp_path / "missing" / "picture.png", tmp_path):
        with pytest.raises(FileError, match=r"\.$"), whole_file(place):
            pass
