"""The icons are there, parse, stay within their grid, and take the colour they are given."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from resources import path, read_text
from widgets.icons import icon, vectors

NAMES = tuple(sorted(Path(file).stem for file in path("icons").glob("*.svg")))

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_icon_is_used() -> None:
    """An icon's name stands in the source as a text of its own."""
    texts = {
        node.value
        for folder in ("widgets", "playground/app")
        for file in (path().parent / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert len(NAMES) > 10
    assert [name for name in NAMES if name not in texts] == []


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_drawings_on_the_grid_in_one_colour(name: str) -> None:
    root = ET.fromstring(read_text("icons", f"{name}.svg"))
    assert root.get("viewBox") == "0 0 24 24"
    colours = {
        value for part in root.iter() for key, value in part.attrib.items() if key in {"fill", "stroke"}
    }
    assert colours <= {"none", "currentColor"}
    image = QImage(240, 240, QImage.Format.Format_ARGB32)
    image.fill(0)
    with QPainter(image) as painter:
        vectors(name, "#123456").render(painter, QRectF(0, 0, 240, 240))
    border = [image.pixelColor(x, y).alpha() for x in range(240) for y in range(240) if not 10 < x < 229]
    assert max(border) == 0
    painted = [image.pixelColor(x, y) for x in range(0, 240, 3) for y in range(0, 240, 3)]
    assert {colour.name() for colour in painted if colour.alpha() == 255} == {"#123456"}


def test_an_icon_has_the_size_that_is_asked_for() -> None:
    for side in (16, 20, 24, 48):
        pixmap = icon("play", QColor("#3F7D20")).pixmap(side, side)
        assert (pixmap.width(), pixmap.height()) == (side, side)


def test_an_icon_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon", "#000000")
