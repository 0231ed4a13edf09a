"""The run of one point."""

from __future__ import annotations

import math

import numpy as np
import pytest

from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.session import Session
from playground.engine.sweep_run import CANCELLED, MOST_POINTS, Curve, kernel_of, run_file, run_point
from playground.model import file
from playground.model.experiment import Learning
from playground.model.message import Message, sentence
from playground.model.sweep import PointResult
from playground.model.sweep_answers import decode
from playground.model.trace import LearnerState
from tests.engine.sweeps import points_of


@pytest.mark.parametrize("kernel", ["numpy", "numba", "numba-parallel"])
def test_a_run_goes_the_way_of_a_session_to_the_bit(kernel: str) -> None:
    (point,) = points_of(f"learning.kernel={kernel}", epochs=6)
    result = run_point(point.file, point.epochs)
    assert isinstance(result, PointResult)
    experiment, parameters = file.read(point.file)
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    session = Session(
        experiment, bound, LearnerState(parameters), kernel="numpy" if kernel == "numpy" else "numba"
    )
    rows = []
    for epoch in range(7):
        if epoch:
            session.run_epoch()
        told = session.snapshot()
        rows.append((epoch, told.train_loss, told.test_loss, told.train_accuracy, told.test_accuracy))
    assert result.curve.tolist() == [list(row) for row in rows]
    assert (result.epochs, result.stopped) == (6, "epochs")
    saved, values = file.read(result.file)
    assert saved == experiment  # with the kernel that was asked for, and no rule that is the sweep's own
    assert values == session.state.parameters


def test_several_threads_become_one() -> None:
    assert kernel_of(Learning(kernel="numba-parallel")) == "numba"
    assert kernel_of(Learning(kernel="numpy")) == "numpy"


def test_a_run_that_diverges_is_a_result_that_says_so() -> None:
    (point,) = points_of("learning.learning_rate=1e300")
    result = run_point(point.file, point.epochs)
    assert isinstance(result, PointResult)
    assert result.has_diverged
    assert np.isfinite(file.read(result.file)[1].weights).all()


def test_the_rules_of_the_file_end_a_run() -> None:
    (point,) = points_of("learning.stop.loss=0.5", epochs=10_000)
    result = run_point(point.file, point.epochs)
    assert isinstance(result, PointResult)
    assert result.stopped == "loss"
    assert result.epochs < 10_000
    assert result.train_loss <= 0.5 < result.curve[-2, 1]


def test_what_goes_wrong_becomes_the_reason() -> None:
    (iris,) = points_of("data.name=iris")
    outcome = decode(run_file(iris.file, 3))
    assert isinstance(outcome, Message)
    assert "which the data does not have" in sentence(outcome)
    broken = run_point(b"{}", 3)
    assert isinstance(broken, Message)


def test_an_error_of_the_program_ends_this_run_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("it broke")

    monkeypatch.setattr("playground.engine.sweep_run.Session", fail)
    outcome = run_point(points_of("seed=1")[0].file, 3)
    assert isinstance(outcome, Message)
    assert "ZeroDivisionError: it broke" in sentence(outcome)


def test_a_run_that_nobody_wants_any_more_is_given_up() -> None:
    asked: list[int] = []

    def is_over() -> bool:
        asked.append(1)
        return len(asked) > 40

    (point,) = points_of("learning.stop.loss=0", epochs=10**9)
    assert run_point(point.file, point.epochs, is_over) == CANCELLED
    assert len(asked) == 41


@pytest.mark.parametrize("count", [1, 2, 199, 200, 201, 1000, 4321])
def test_a_curve_keeps_its_ends_and_no_more_than_its_room(count: int) -> None:
    curve = Curve()
    for epoch in range(count):
        curve.note(epoch, (1.0 / (1 + epoch), math.nan, 0.5, math.nan, 0.0))
    points = curve.points
    assert points.shape == (min(count, len(points)), 5)
    assert len(points) == count if count <= MOST_POINTS else MOST_POINTS // 2 < len(points) <= MOST_POINTS
    assert (points[0, 0], points[-1, 0]) == (0, count - 1)
    assert np.array_equal(points[:, 1], 1.0 / (1 + points[:, 0]))
    assert (np.diff(points[:, 0]) > 0).all()
