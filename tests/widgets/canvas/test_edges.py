"""Which edges are in the picture, and lines cut at its border."""

from __future__ import annotations

import numpy as np

from widgets.canvas.edges import clipped, visible


def test_clipped_lines_are_the_parts_inside() -> None:
    rng = np.random.default_rng(0)
    lines = rng.uniform(-300, 300, (400, 4))
    found = clipped(lines, 100.0)
    assert (np.abs(found) <= 100 + 1e-9).all()
    # The same by walking along every line in small steps.
    steps = np.linspace(0, 1, 2001)[None, :, None]
    walked = lines[:, None, :2] + steps * (lines[:, None, 2:] - lines[:, None, :2])
    inside = np.asarray((np.abs(walked) <= 100).all(axis=2))
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    wanted = (inside.mean(axis=1) * length).sum()
    assert np.isclose(np.hypot(found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]).sum(), wanted, rtol=0.01)
    assert len(found) >= inside.any(axis=1).sum()


def test_level_and_upright_lines_are_clipped_too() -> None:
    lines = np.array([[-200.0, 5, 200, 5], [5, -200, 5, 200], [150, -200, 150, 200], [-50, 0, 50, 0]])
    assert clipped(lines, 100.0).tolist() == [[-100, 5, 100, 5], [5, -100, 5, 100], [-50, 0, 50, 0]]


def test_curves_beside_the_picture_are_left_out() -> None:
    curves = np.zeros((4, 4, 2))
    curves[:, :, 0] = np.array([[10], [-500], [900], [5000]]) + np.linspace(0, 50, 4)
    curves[:, :, 1] = 100
    assert visible(curves, 800, 600).tolist() == [0]
    curves[1, 3, 0] = 20
    assert visible(curves, 800, 600).tolist() == [0, 1]
    assert visible(np.zeros((0, 4, 2)), 800, 600).tolist() == []
