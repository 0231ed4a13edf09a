"""Pictures of a stage as files."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from playground.model.errors import PlaygroundError
from playground.share.picture import fitted_camera, save_png, save_svg
from resources.theme import DARK, LIGHT
from tests.widgets.canvas.staged import avocado_stage, picture, pixels

pytestmark = pytest.mark.usefixtures("qapp")
SVG = "{http://www.w3.org/2000/svg}"


def test_a_png_is_what_is_painted(tmp_path: Path) -> None:
    place = tmp_path / "stage.png"
    stage = avocado_stage()
    save_png(stage, place, DARK, (640, 480), scale=1.2)
    with Image.open(place) as image:
        assert image.size == (640, 480)
        found = np.array(image.convert("RGB")).astype(np.int16)
    wanted = picture(stage, DARK, fitted_camera(stage, (640, 480), 1.2), scale=1.2)
    assert np.array_equal(found, pixels(wanted))


def test_an_svg_has_the_numbers_as_texts_and_the_size_that_was_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "stage.svg"
    save_svg(avocado_stage(), place, LIGHT, (1000, 700))
    root = ET.parse(place).getroot()
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("1000", "700", "0 0 1000 700")
    texts = {(text.text or "").strip() for text in root.iter(f"{SVG}text")}
    assert {"0.62", "0.80", "0.55", "+1.60", "−0.60", "Squishiness", "Ripe?"} <= texts
    assert len(list(root.iter(f"{SVG}path"))) >= 12


def test_an_svg_looks_like_the_png(tmp_path: Path) -> None:
    place = tmp_path / "stage.svg"
    stage = avocado_stage()
    save_svg(stage, place, LIGHT, (900, 600))
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    renderer = QSvgRenderer(str(place))
    with QPainter(image) as painter:
        renderer.render(painter)
    wanted = pixels(picture(stage, LIGHT, fitted_camera(stage, (900, 600), 1.0)))
    # Texts may be set in another font; lines and fillings must agree.
    assert (np.abs(pixels(image) - wanted).max(axis=2) > 60).mean() < 0.04


@pytest.mark.parametrize(
    ("size", "scale"), [((0, 10), 1.0), ((10, 99_999), 1.0), ((10, 10), 0.0), ((10, 10), 99.0)]
)
def test_impossible_sizes_are_refused_with_a_sentence(
    tmp_path: Path, size: tuple[int, int], scale: float
) -> None:
    for save in (save_png, save_svg):
        with pytest.raises(PlaygroundError, match=r"\.$"):
            save(avocado_stage(), tmp_path / "stage", LIGHT, size, scale)
    assert list(tmp_path.iterdir()) == []


def test_no_application_and_no_display_are_needed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from playground.model.experiment import Experiment\n"
        "from playground.model.network import Network\n"
        "from playground.model.parameters import Parameters\n"
        "from playground.model.stage import Stage\n"
        "from playground.share.picture import save_png, save_svg\n"
        "from resources.theme import LIGHT\n"
        "stage = Stage(Experiment(), Parameters.zeros(Network.build()))\n"
        "for save, name in ((save_png, 'a.png'), (save_svg, 'a.svg'), (save_png, 'b.png')):\n"
        "    save(stage, Path(sys.argv[1]) / name, LIGHT, (320, 200))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": ""},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {file.name for file in tmp_path.iterdir()} == {"a.png", "a.svg", "b.png"}
