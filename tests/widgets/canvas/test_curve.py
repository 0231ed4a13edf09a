"""Curves against de Casteljau's construction and against very fine polygons."""

from __future__ import annotations

import numpy as np

from widgets.canvas import curve


def casteljau(control: np.ndarray, t: float) -> np.ndarray:
    points = control
    while len(points) > 1:
        points = points[:-1] * (1 - t) + points[1:] * t
    return np.asarray(points[0])


def random_curves(count: int = 40) -> np.ndarray:
    return np.random.default_rng(0).uniform(-100, 100, (count, 4, 2))


def test_points_are_casteljau_s() -> None:
    curves = random_curves()
    t = np.linspace(0, 1, len(curves))
    wanted = [casteljau(control, float(at)) for control, at in zip(curves, t, strict=True)]
    assert np.allclose(curve.points(curves, t), wanted)


def test_samples_run_from_end_to_end() -> None:
    curves = random_curves()
    samples = curve.sampled(curves, 10)
    assert samples.shape == (len(curves), 11, 2)
    assert np.allclose(samples[:, 0], curves[:, 0])
    assert np.allclose(samples[:, -1], curves[:, 3])
    assert np.allclose(samples[5, 3], casteljau(curves[5], 0.3))


def test_directions_are_those_of_small_steps() -> None:
    curves = random_curves()
    t = np.full(len(curves), 0.37)
    step = curve.points(curves, t + 1e-6) - curve.points(curves, t - 1e-6)
    wanted = step / np.linalg.norm(step, axis=1)[:, None]
    assert np.allclose(curve.directions(curves, t), wanted, atol=1e-4)
    assert curve.directions(np.zeros((1, 4, 2)), np.zeros(1)).tolist() == [[1.0, 0.0]]


def test_lengths_agree_with_a_fine_polygon() -> None:
    curves = random_curves()
    fine = curve.sampled(curves, 4000)
    run = np.concatenate(
        (np.zeros((len(curves), 1)), np.cumsum(np.linalg.norm(np.diff(fine, axis=1), axis=2), axis=1)), axis=1
    )
    t = curve.at_length(curves, np.full(len(curves), 0.4))
    reached = run[np.arange(len(curves)), (t * 4000).astype(int)] / run[:, -1]
    assert np.allclose(reached, 0.4, atol=0.02)


def test_share_of_length_undoes_at_length() -> None:
    curves = random_curves()
    share = np.random.default_rng(1).uniform(0, 1, len(curves))
    assert np.allclose(curve.length_share(curves, curve.at_length(curves, share)), share, atol=1e-9)


def test_a_curve_without_length_stays_where_it_is() -> None:
    still = np.ones((1, 4, 2))
    assert 0 <= curve.at_length(still, np.array([0.5]))[0] <= 1
    assert 0 <= curve.length_share(still, np.array([0.5]))[0] <= 1


def test_smoothstep_is_at_rest_at_both_ends() -> None:
    x = np.array([-1.0, 0.0, 0.5, 1.0, 2.0])
    assert curve.smoothstep(x).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
    small = 1e-4
    assert curve.smoothstep(np.array([small]))[0] < 1e-6
    assert 1 - curve.smoothstep(np.array([1 - small]))[0] < 1e-6
