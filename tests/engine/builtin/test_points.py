"""Points on a plane: the figures are where their descriptions say, and noise mixes the colours."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.builtin import points
from playground.engine.builtin.catalogue import COLOUR_COUNTS
from playground.model.parameters import Floats

COUNT = 600


def made(figure: str, n_colours: int, noise: float = 0.0, seed: int = 1) -> tuple[Floats, Floats]:
    """Points (n, 2) and colours (n,) of a figure."""
    cells = points.maker(figure, n_colours)(COUNT, noise, np.random.default_rng(seed)).cells
    return cells[:, :2], cells[:, 2]


@pytest.mark.parametrize("figure", points.FIGURES)
@pytest.mark.parametrize("n_colours", COLOUR_COUNTS)
def test_every_colour_has_its_share(figure: str, n_colours: int) -> None:
    spots, colours = made(figure, n_colours)
    counts = np.bincount(colours.astype(int), minlength=n_colours)
    assert counts.tolist() == [COUNT // n_colours] * n_colours
    assert np.abs(spots).max() < 9
    again, _ = made(figure, n_colours)
    assert np.array_equal(spots, again)
    assert not np.array_equal(spots, made(figure, n_colours, seed=2)[0])


def test_a_disc_of_blue_in_a_ring_of_orange() -> None:
    spots, colours = made("circle", 2)
    distance = np.linalg.norm(spots, axis=1)
    assert distance[colours == 1].max() <= 2.5
    assert 3.5 <= distance[colours == 0].min() <= distance[colours == 0].max() <= 5.0


@pytest.mark.parametrize("n_colours", [3, 4])
def test_rings_do_not_touch(n_colours: int) -> None:
    spots, colours = made("circle", n_colours)
    distance = np.linalg.norm(spots, axis=1)
    for colour in range(n_colours - 1):
        assert distance[colours == colour].min() > distance[colours == colour + 1].max()


def test_opposite_quadrants_are_alike() -> None:
    spots, colours = made("exclusive_or", 2)
    assert np.array_equal(colours == 1, spots[:, 0] * spots[:, 1] > 0)
    assert np.abs(spots).min() >= 0.3


def test_four_quadrants_have_four_colours() -> None:
    spots, colours = made("exclusive_or", 4)
    seen = {(tuple(np.sign(spot)), colour) for spot, colour in zip(spots, colours, strict=True)}
    assert len(seen) == 4


def test_three_colours_leave_one_pair_alike() -> None:
    spots, colours = made("exclusive_or", 3)
    assert np.array_equal(colours == 0, spots[:, 0] * spots[:, 1] < 0)


@pytest.mark.parametrize("n_colours", COLOUR_COUNTS)
def test_clouds_lie_round_their_middles(n_colours: int) -> None:
    spots, colours = made("two_gaussians", n_colours)
    middles = np.array([spots[colours == colour].mean(axis=0) for colour in range(n_colours)])
    np.testing.assert_allclose(np.linalg.norm(middles, axis=1), np.sqrt(8), atol=0.4)
    spread = spots - middles[colours.astype(int)]
    assert 0.4 < spread.var() < 0.6
    wide, wide_colours = made("two_gaussians", n_colours, noise=0.5)
    middles = np.array([wide[wide_colours == colour].mean(axis=0) for colour in range(n_colours)])
    assert 3.2 < (wide - middles[wide_colours.astype(int)]).var() < 4.8


@pytest.mark.parametrize("n_colours", COLOUR_COUNTS)
def test_arms_of_a_spiral_wind_evenly(n_colours: int) -> None:
    spots, colours = made("spiral", n_colours)
    for colour in range(n_colours):
        arm = spots[colours == colour]
        radius = np.linalg.norm(arm, axis=1)
        assert (np.diff(radius) > 0).all()
        turned = np.unwrap(np.arctan2(arm[1:, 0], arm[1:, 1]))
        np.testing.assert_allclose(np.diff(turned), np.diff(turned)[0], rtol=1e-6)
        assert turned[-1] - turned[0] == pytest.approx(1.75 * 2 * np.pi * (len(arm) - 2) / len(arm))


@pytest.mark.parametrize("figure", ["circle", "exclusive_or"])
def test_noise_mixes_the_colours(figure: str) -> None:
    clean, colours = made(figure, 2)
    noisy, mixed = made(figure, 2, noise=0.5)
    assert np.array_equal(clean, noisy)  # the same places; only what they are called is uncertain
    assert 0.05 < np.mean(colours != mixed) < 0.5
