"""The camera maps scene to view and back, and keeps what it promises to keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.canvas.camera import FIT_ZOOM, MAX_ZOOM, MIN_ZOOM, Camera

places = st.floats(-1e4, 1e4)
cameras = st.builds(Camera, places, places, st.floats(0.05, 8), st.floats(10, 4000), st.floats(10, 4000))


def test_the_middle_of_the_view_is_the_centre() -> None:
    camera = Camera(10.0, 20.0, 2.0, 800.0, 600.0)
    assert camera.to_view((10.0, 20.0)).tolist() == [400.0, 300.0]
    assert camera.to_view([[11.0, 20.0], [10.0, 23.0]]).tolist() == [[402.0, 300.0], [400.0, 306.0]]


@given(cameras, places, places)
def test_view_and_scene_are_inverse(camera: Camera, x: float, y: float) -> None:
    assert np.allclose(camera.to_scene(camera.to_view((x, y))), (x, y), atol=1e-6)


@given(cameras, st.floats(0.1, 10), st.floats(0, 4000), st.floats(0, 4000))
def test_zooming_keeps_the_point_under_the_pointer(camera: Camera, factor: float, x: float, y: float) -> None:
    closer = camera.zoomed(factor, (x, y))
    assert np.allclose(closer.to_scene((x, y)), camera.to_scene((x, y)), atol=1e-5)
    assert MIN_ZOOM <= closer.zoom <= MAX_ZOOM


@given(cameras, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_moves_everything_with_the_hand(camera: Camera, dx: float, dy: float) -> None:
    before, after = camera.to_view((3.0, 4.0)), camera.panned(dx, dy).to_view((3.0, 4.0))
    assert np.allclose(after - before, (dx, dy), atol=1e-6)


@pytest.mark.parametrize("bounds", [(0, 0, 100, 10), (-5, -900, 5, 900), (1e6, 1e6, 2e6, 3e6)])
def test_fitting_shows_all_of_the_bounds(bounds: tuple[float, float, float, float]) -> None:
    camera = Camera.fitted(bounds, 1440, 900, margin=40)
    corners = camera.to_view(np.array(bounds).reshape(2, 2))
    assert (corners >= 40 - 1e-6).all()
    assert (corners <= (1400 + 1e-6, 860 + 1e-6)).all()
    assert camera.zoom <= FIT_ZOOM


def test_fitting_a_point_does_not_zoom_without_end() -> None:
    assert Camera.fitted((3, 4, 3, 4), 800, 600).zoom == FIT_ZOOM


def test_the_visible_part_is_what_the_view_s_corners_show() -> None:
    camera = Camera(7, -3, 1.5, 640, 480)
    left, top, right, bottom = camera.visible
    assert np.allclose(camera.to_view([[left, top], [right, bottom]]), [[0, 0], [640, 480]])
