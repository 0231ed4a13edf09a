"""Animated GIFs read back by Pillow's reader."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from playground.share.gif import GifWriter, Palette


def noise(seed: int, colours: int = 40) -> np.ndarray:
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 256, (colours, 3), dtype=np.uint8)
    return table[rng.integers(0, colours, (30, 40))]


def read(data: bytes) -> tuple[list[np.ndarray], list[int]]:
    with Image.open(BytesIO(data)) as image:
        pictures, stands_ms = [], []
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            pictures.append(np.array(image.convert("RGB")))
            stands_ms.append(image.info["duration"])
    return pictures, stands_ms


def written(pictures: list[np.ndarray], stands_s: list[float]) -> bytes:
    file = BytesIO()
    writer = GifWriter(file, (40, 30), Palette(pictures))
    for picture, stands in zip(pictures, stands_s, strict=True):
        writer.add(picture, stands)
    writer.finish()
    return file.getvalue()


def test_pictures_of_few_colours_come_back_exactly() -> None:
    pictures = [noise(1), noise(1).copy(), noise(2), noise(3)]
    pictures[1][10:14, 5:9] = (1, 2, 3)
    found, stands_ms = read(written(pictures, [0.1, 0.2, 0.3, 0.4]))
    assert len(found) == 4
    assert all(np.array_equal(a, b) for a, b in zip(found, pictures, strict=True))
    assert stands_ms == [100, 200, 300, 400]


def test_equal_pictures_stand_longer_instead_of_being_written_again() -> None:
    found, stands_ms = read(written([noise(1), noise(1), noise(2), noise(2)], [0.1, 0.1, 0.1, 0.5]))
    assert len(found) == 2
    assert stands_ms == [200, 600]


def test_rounding_of_times_does_not_add_up() -> None:
    pictures = [noise(seed, 6) for seed in range(30)]
    _, stands_ms = read(written(pictures, [1 / 30] * 30))
    assert abs(sum(stands_ms) - 1000) <= 10


def test_the_palette_keeps_common_colours_and_is_near_to_others() -> None:
    ramp = np.zeros((64, 64, 3), np.uint8)
    ramp[..., 0], ramp[..., 1] = np.arange(64) * 4, np.arange(64)[:, None] * 4
    ramp[:20] = (251, 252, 250)
    palette = Palette([ramp])
    shown = palette.colours[palette.indices(ramp)].astype(int)
    assert (shown[:20] == (251, 252, 250)).all()
    assert np.abs(shown - ramp).max() <= 40
    strange = np.full((2, 2, 3), 255, np.uint8)
    nearest = np.abs(palette.colours.astype(int) - 255)
    assert (
        palette.colours[palette.indices(strange)][0, 0] == palette.colours[(nearest**2).sum(1).argmin()]
    ).all()
