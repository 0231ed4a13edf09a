"""Where biases hang."""

from __future__ import annotations

import numpy as np
import pytest

from tests.widgets.canvas.staged import avocado_stage
from widgets.canvas.biases import bias_rects
from widgets.canvas.geometry import Geometry


@pytest.mark.usefixtures("qapp")
def test_every_node_but_the_inputs_has_a_bias_on_its_lower_rim() -> None:
    stage = avocado_stage()
    geometry = Geometry.of(stage.network, stage.parameters)
    rects = bias_rects(stage, geometry)
    for index, node in enumerate(stage.network.nodes.values()):
        if node.role == "input":
            assert np.isnan(rects[index]).all()
        else:
            left, top, right, bottom = rects[index]
            assert left < node.x < right
            assert top < node.y + geometry.radius < bottom
