"""Grids of cells are painted cell by cell in the colours given, on a ground that shines through."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage

from widgets.kernels.cells import cells_image, colour, gap_of

RED, BLUE = 0xCC2200, 0x0022CC


def pixels(image: QImage) -> np.ndarray:
    """The picture as (height, width), 0xAARRGGBB."""
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]


@pytest.mark.parametrize("pitch", [1, 2, 3, 5, 9, 12, 40])
def test_each_cell_has_its_colour_in_its_middle(pitch: int) -> None:
    generator = np.random.default_rng(1)
    colours = generator.integers(0, 1 << 24, (5, 7, 1)).astype(np.uint32)
    image = cells_image(colours, pitch, gap_of(pitch))
    assert (image.width(), image.height()) == (7 * pitch, 5 * pitch)
    middle = (pitch - gap_of(pitch)) // 2
    seen = pixels(image)[middle::pitch, middle::pitch]
    np.testing.assert_array_equal(seen, colours[:, :, 0] | 0xFF000000)


def test_the_gaps_and_empty_cells_let_the_ground_through() -> None:
    filled = np.array([[True, False], [True, True]])
    seen = pixels(cells_image(np.full((2, 2, 1), RED, np.uint32), 12, 2, filled))
    alpha = seen >> 24
    assert (alpha[10:12] == 0).all()
    assert (alpha[:, 10:12] == 0).all()
    assert (alpha[:12, 12:] == 0).all()
    assert alpha[0, 0] < 255  # a corner is round
    assert alpha[5, 5] == 255


def test_a_shared_cell_shows_stripes_side_by_side() -> None:
    seen = pixels(cells_image(np.array([[[RED, BLUE]]], np.uint32), 12, 2)) & 0xFFFFFF
    assert (seen[5, 1:5] == RED).all()
    assert (seen[5, 5:9] == BLUE).all()


def test_no_cells_make_no_picture() -> None:
    assert cells_image(np.zeros((0, 3, 1), np.uint32), 8, 1).isNull()


def test_a_colour_is_read() -> None:
    assert colour("#1464A5") == 0x1464A5
