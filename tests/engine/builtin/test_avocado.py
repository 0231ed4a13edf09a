"""Avocados: the rule as it is written down, and how many of them are ripe."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from playground.engine.builtin import avocado


def table(
    count: int = 400, noise: float = 0.0, seed: int = 0
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return avocado.make(count, noise, np.random.default_rng(seed)).cells


@pytest.mark.parametrize(
    ("height", "squishiness", "skin_colour", "ripe"),
    [
        (0.5, 0.2, 0.1, False),  # hard and green: 0.2 + 0.06 - 0.15 = 0.11
        (0.5, 0.5, 0.5, True),  # 0.5 + 0.3 - 0.15 = 0.65
        (0.0, 1.0, 0.5, False),  # mush: 1 + 0.3 = 1.3
        (1.0, 0.9, 0.2, True),  # 0.9 + 0.12 - 0.3 = 0.72
        (0.0, 0.3, 0.2, True),  # 0.3 + 0.12 = 0.42
        (1.0, 0.3, 0.2, False),  # the same, but tall: 0.12
    ],
)
def test_the_rule_decides_by_hand_worked_maturity(
    height: float, squishiness: float, skin_colour: float, ripe: bool
) -> None:
    assert avocado.is_ripe(np.array([[height, squishiness, skin_colour]])).tolist() == [ripe]


@pytest.mark.parametrize("count", [5, 10, 37, 200, 400])
def test_40_to_60_percent_are_ripe_for_any_seed(count: int) -> None:
    shares = [table(count, seed=seed)[:, 3].mean() for seed in range(60)]
    assert min(shares) >= 0.4
    assert max(shares) <= 0.6
    assert len(set(shares)) > 1


def test_the_answers_follow_the_rule_and_the_features_lie_between_0_and_1() -> None:
    cells = table()
    assert np.array_equal(cells[:, 3], avocado.is_ripe(cells[:, :3]))
    assert cells[:, :3].min() >= 0
    assert cells[:, :3].max() <= 1
    assert [column.name for column in avocado.COLUMNS] == ["height", "squishiness", "skin_colour", "ripe"]


def test_noise_disturbs_the_features_and_not_how_many_are_ripe() -> None:
    clean, noisy = table(noise=0.0), table(noise=0.1)
    assert np.array_equal(clean[:, 3], noisy[:, 3])
    moved = np.abs(noisy[:, :3] - clean[:, :3])
    assert 0.05 < moved.mean() < 0.1  # the mean of |N(0, 0.1)| is 0.08, less what the ends cut off
    assert noisy[:, :3].min() >= 0
    assert noisy[:, :3].max() <= 1
    wrong = np.mean(avocado.is_ripe(noisy[:, :3]) != noisy[:, 3].astype(bool))
    assert 0.05 < wrong < 0.4


def test_no_plane_can_do_it() -> None:
    cells = table(2_000)
    plane = LogisticRegression().fit(cells[:, :3], cells[:, 3])
    assert plane.score(cells[:, :3], cells[:, 3]) < 0.75


def test_the_same_seed_gives_the_same_bits_and_another_seed_others() -> None:
    assert np.array_equal(table(seed=3), table(seed=3))
    assert not np.array_equal(table(seed=3), table(seed=4))
