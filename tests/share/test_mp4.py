"""Films as MP4, read back by PyAV."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from playground.model.errors import FileError
from playground.share.film import Pixels, save_film
from playground.share.mp4 import RATE_HZ, Mp4Writer
from tests.share.test_film import film


def plain(grey: int, size: tuple[int, int]) -> Pixels:
    return np.full((size[1], size[0], 3), grey, np.uint8)


def written(greys: list[int], stands_s: list[float], size: tuple[int, int]) -> BytesIO:
    file = BytesIO()
    writer = Mp4Writer(file, size)
    for grey, stands in zip(greys, stands_s, strict=True):
        writer.add(plain(grey, size), stands)
    writer.finish()
    writer.close()
    file.seek(0)
    return file


def read(file: BytesIO) -> tuple[list[np.ndarray], float, float]:
    """The pictures, the rate, and how long it plays in seconds."""
    with av.open(file, "r") as container:
        stream = container.streams.video[0]
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        assert stream.average_rate is not None
        assert container.duration is not None
        return pictures, float(stream.average_rate), container.duration / 1e6


@pytest.mark.parametrize("size", [(96, 64), (97, 65)])
def test_every_picture_stands_for_its_time(size: tuple[int, int]) -> None:
    pictures, rate, plays_s = read(written([40, 200, 90], [0.4, 0.08, 1.0], size))
    assert rate == RATE_HZ
    assert len(pictures) == 10 + 2 + 25
    assert plays_s == pytest.approx(1.48, abs=0.05)
    height, width = (side + side % 2 for side in reversed(size))
    assert {picture.shape for picture in pictures} == {(height, width, 3)}
    for index, grey in ((0, 40), (9, 40), (10, 200), (11, 200), (12, 90), (36, 90)):
        assert abs(float(pictures[index][5, 5].mean()) - grey) < 6


def test_what_rounding_takes_is_given_back() -> None:
    pictures, _, _ = read(written([50] * 100, [0.03] * 100, (64, 64)))
    # Every picture is there at least once; 3 seconds would be 75.
    assert len(pictures) == 100
    pictures, _, _ = read(written([50] * 100, [0.05] * 100, (64, 64)))
    assert len(pictures) == 125


def test_colours_are_those_of_the_picture() -> None:
    file = BytesIO()
    writer = Mp4Writer(file, (64, 64))
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[:, :32], picture[:, 32:] = (191, 84, 8), (20, 100, 165)
    writer.add(picture, 0.2)
    writer.finish()
    file.seek(0)
    pictures, _, _ = read(file)
    assert np.abs(pictures[0][32, 8].astype(int) - (191, 84, 8)).max() < 25
    assert np.abs(pictures[0][32, 56].astype(int) - (20, 100, 165)).max() < 25


@pytest.mark.usefixtures("qapp")
def test_without_the_library_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(FileError, match="“video”"):
        save_film(film, tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []
