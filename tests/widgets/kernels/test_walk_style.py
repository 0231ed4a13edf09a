"""The colours of slow motion stay apart for everyone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from resources.theme import THEMES, Theme
from widgets.kernels.walk_style import WalkStyle

SEEN_AS = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""

XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def lab(colour: int, seen_as: np.ndarray) -> np.ndarray:
    """A colour in CIELAB, as someone sees it."""
    channels = np.array(
        [QColor(f"#{colour:06X}").redF(), QColor(f"#{colour:06X}").greenF(), QColor(f"#{colour:06X}").blueF()]
    )
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(seen_as @ linear, 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("seen_as", SEEN_AS.values(), ids=SEEN_AS)
def test_threads_and_what_is_done_are_told_apart(theme: Theme, seen_as: np.ndarray) -> None:
    style = WalkStyle.of(theme)
    colours = [int(colour) for colour in style.threads] + [style.finished]
    apart = [
        float(np.linalg.norm(lab(one, seen_as) - lab(other, seen_as)))
        for one, other in combinations(colours, 2)
    ]
    assert len(apart) == 10
    assert min(apart) > 15


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_waiting_begun_and_finished_differ(theme: Theme) -> None:
    style = WalkStyle.of(theme)
    for one, other in combinations((style.rest, style.begun, style.finished), 2):
        assert np.linalg.norm(lab(one, np.eye(3)) - lab(other, np.eye(3))) > 6
    assert np.linalg.norm(lab(style.rest, np.eye(3)) - lab(style.seen, np.eye(3))) > 6
