"""College admission: the rule as it is written down, and how nearly a straight line does it."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from playground.engine.builtin import admission


def table(
    count: int = 400, noise: float = 0.0, seed: int = 0
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return admission.make(count, noise, np.random.default_rng(seed)).cells


@pytest.mark.parametrize(
    ("grades", "test_scores", "admitted"),
    [
        (0.9, 0.9, True),
        (0.4, 0.5, False),
        (0.51, 0.51, True),  # 1.02 > 1
        (1.0, 0.1, False),  # 1.1, but 1 + 0.3 * 0.81 = 1.243 is needed
        (1.0, 0.25, True),  # 1.25 > 1 + 0.3 * 0.5625 = 1.169
    ],
)
def test_the_rule_decides_by_hand_worked_sums(grades: float, test_scores: float, admitted: bool) -> None:
    assert admission.is_admitted(np.array([[grades, test_scores]])).tolist() == [admitted]


def test_40_to_60_percent_are_admitted_for_any_seed() -> None:
    shares = [table(seed=seed)[:, 2].mean() for seed in range(40)]
    assert min(shares) >= 0.4
    assert max(shares) <= 0.6


def test_a_line_can_nearly_do_it() -> None:
    cells = table(4_000)
    line = LogisticRegression(C=1e6).fit(cells[:, :2], cells[:, 2])
    assert 0.93 < line.score(cells[:, :2], cells[:, 2]) < 0.99


def test_noise_disturbs_the_features_only() -> None:
    clean, noisy = table(noise=0.0), table(noise=0.05)
    assert np.array_equal(clean[:, 2], noisy[:, 2])
    assert not np.array_equal(clean[:, :2], noisy[:, :2])
