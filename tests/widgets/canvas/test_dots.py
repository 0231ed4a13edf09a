"""Many discs at once look like discs drawn one by one."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.canvas import dots
from widgets.canvas.dots import draw_discs

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(places: np.ndarray, diameter: float, ratio: float = 1.0) -> np.ndarray:
    """The ink of a picture with these discs: (height, width), in [0, 255]."""
    image = QImage(round(200 * ratio), round(150 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_discs(painter, places, diameter, QColor("black"))
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), -1)
    return 255 - rows[:, : grey.width()].astype(np.int16)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("diameter", [1.6, 5.0, 12.0])
def test_stamped_discs_look_like_drawn_ones(
    monkeypatch: pytest.MonkeyPatch, diameter: float, ratio: float
) -> None:
    places = np.random.default_rng(0).uniform(20, 130, (60, 2)).round(1)
    stamped = drawn(places, diameter, ratio)
    monkeypatch.setattr(dots, "FEW", 1_000)
    one_by_one = drawn(places, diameter, ratio)
    assert stamped.sum() == pytest.approx(one_by_one.sum(), rel=0.12)
    assert (np.abs(stamped - one_by_one) > 140).mean() < 0.002


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn(np.zeros((0, 2)), 5.0).sum() == 0
    assert drawn(np.full((30, 2), 50.0), 0.0).sum() == 0
