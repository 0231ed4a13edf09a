"""The canvas's fonts."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontInfo

from widgets.canvas.fonts import HEAVY, Fonts

pytestmark = pytest.mark.usefixtures("qapp")


def test_all_figures_have_one_width() -> None:
    fonts = Fonts()
    if QFontInfo(fonts.font(17)).family() != "Inter":
        pytest.skip("Inter is not installed")
    widths = [fonts.width(figure * 10, 17, HEAVY) for figure in "0123456789"]
    # Without tabular figures a row of ones is a third narrower; rounding to the pixel grid takes little.
    assert max(widths) - min(widths) < 0.01 * max(widths)


def test_long_texts_are_cut_with_an_ellipsis() -> None:
    fonts = Fonts()
    text = "A very long name of an input"
    room = fonts.width(text, 16) / 2
    cut = fonts.elided(text, 16, HEAVY, room)
    assert cut.endswith("…")
    assert fonts.width(cut, 16, HEAVY) <= room
    assert fonts.elided(text, 16, HEAVY, 10_000) == text


def test_fonts_are_made_once() -> None:
    fonts = Fonts()
    assert fonts.font(12.2) is fonts.font(11.9)
