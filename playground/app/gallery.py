"""Small pictures of the examples, painted from the files themselves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QPainter, QPixmap

from playground.engine.trace import trace_values
from playground.model import file
from playground.model.examples import EXAMPLES
from playground.model.stage import Stage
from playground.model.trace import LearnerState
from playground.share.picture import fitted_camera
from resources import example_path
from resources.theme import Theme
from widgets.canvas.paint import paint

SIZE_PX = (200, 120)
SHARPNESS = 2
CONTENT = 1.4
"""Nodes and texts are drawn larger than in the window, so that they can be read in a small picture."""


def example_pictures(theme: Theme) -> Mapping[str, QPixmap]:
    """Return a picture of each example's network, by key."""
    return {example.key: _picture(example.key, theme) for example in EXAMPLES}


def _picture(key: str, theme: Theme) -> QPixmap:
    experiment, parameters = file.read(example_path(key).read_bytes())
    width, height = (SHARPNESS * side for side in SIZE_PX)
    pixmap = QPixmap(width, height)
    shown = trace_values(experiment, LearnerState(parameters), [0.5] * len(experiment.network.inputs))
    stage = Stage(experiment, parameters, trace=shown)
    painter = QPainter(pixmap)
    paint(painter, stage, fitted_camera(stage, (width, height), CONTENT), theme, CONTENT)
    painter.end()
    pixmap.setDevicePixelRatio(SHARPNESS)
    return pixmap
