"""Films appear whole or not at all, whatever the disk does, and without more than a picture in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from playground.model.errors import FileError, PlaygroundError
from playground.model.message import sentence
from playground.share.film import WRITERS, Film, Pixels, save_film
from tests.share.disks import fill_disk

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (96, 64)


def noisy(index: int) -> Pixels:
    """A picture that no encoder makes small."""
    return np.random.default_rng(index).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)


def film(count: int = 12) -> Film:
    return Film(SIZE, (0.1,) * count, noisy)


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_kind_is_written_and_told_of(tmp_path: Path, suffix: str) -> None:
    told: list[float] = []
    path = tmp_path / f"film{suffix.upper()}"
    assert save_film(film, path, told.append)
    assert path.stat().st_size > 2_000
    assert told == pytest.approx([(index + 1) / 12 for index in range(12)])
    assert list(tmp_path.iterdir()) == [path]


def test_a_gif_has_the_pictures_of_the_film(tmp_path: Path) -> None:
    plain = Film(SIZE, (0.1, 0.3), lambda index: np.full((64, 96, 3), 40 + 90 * index, np.uint8))
    assert save_film(lambda: plain, tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as image:
        seen = []
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            seen.append((np.array(image.convert("RGB"))[5, 5].tolist(), image.info["duration"]))
    assert seen == [([40, 40, 40], 100), ([130, 130, 130], 300)]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("room", [0, 10_000])
def test_a_disk_that_becomes_full_leaves_no_part_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, room: int
) -> None:
    path = tmp_path / f"film{suffix}"
    path.write_bytes(b"old")
    fill_disk(monkeypatch, room)
    with pytest.raises(FileError) as caught:
        save_film(lambda: film(40), path)
    assert sentence(caught.value.message) == f"{path} cannot be saved, because the disk is full."
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(FileError, match="no folder"):
        save_film(film, tmp_path / "missing" / f"film{suffix}")


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_cancelled_film_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    told: list[float] = []
    done = save_film(film, tmp_path / f"film{suffix}", told.append, lambda: len(told) >= 3)
    assert (done, len(told)) == (False, 3)
    assert list(tmp_path.iterdir()) == []


def test_other_names_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    def never() -> Film:
        raise AssertionError("nobody may make it")

    with pytest.raises(PlaygroundError, match=r"\.gif, \.mp4"):
        save_film(never, tmp_path / "film.avi")


@pytest.mark.parametrize("size", [(10, 100), (100, 5_000)])
def test_impossible_sizes_are_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(PlaygroundError, match="between"):
        save_film(lambda: Film(size, (0.1,), noisy), tmp_path / "film.gif")
    assert list(tmp_path.iterdir()) == []
