"""Heights over a plane: the slope and the hills, by hand-worked points."""

from __future__ import annotations

import numpy as np

from playground.engine.builtin import surfaces


def test_the_slope_rises_along_the_diagonal() -> None:
    heights = surfaces.plane_height(np.array([[-5.0, -5.0], [5.0, 5.0], [3.0, -3.0], [2.0, 1.0]]))
    np.testing.assert_allclose(heights, [-1.0, 1.0, 0.0, 0.3])


def test_hills_fall_to_nothing_at_their_foot() -> None:
    places = [[-4.0, 2.5], [0.0, 2.5], [4.0, -2.5], [-4.0, 1.5], [-2.0, 2.5], [0.0, 0.0], [0.0, -1.5]]
    np.testing.assert_allclose(
        surfaces.hills_height(np.array(places)), [1.0, -1.0, -1.0, 0.5, 0.0, 0.0, 0.5], atol=1e-12
    )


def test_points_fill_the_plane_and_noise_shakes_their_heights() -> None:
    for make, height in (
        (surfaces.make_plane, surfaces.plane_height),
        (surfaces.make_hills, surfaces.hills_height),
    ):
        clean = make(400, 0.0, np.random.default_rng(3)).cells
        assert 5.5 < np.abs(clean[:, :2]).max() <= 6.0
        np.testing.assert_allclose(clean[:, 2], height(clean[:, :2]))
        noisy = make(400, 0.5, np.random.default_rng(3)).cells
        assert np.array_equal(noisy[:, :2], clean[:, :2])
        assert 0.05 < np.abs(noisy[:, 2] - clean[:, 2]).mean() < 0.6
