"""The rules by which a run ends, one by one."""

from __future__ import annotations

import math

import pytest

from playground.engine.stopping import WINDOW_EPOCHS, Watch
from playground.model.experiment import Learning


def watch(first: float = 1.0, natural: float = 0.0, **settings: float) -> Watch:
    return Watch(Learning(**settings), 0.0, first, natural)  # type: ignore[arg-type]  # settings by name


def course(rule: Watch, losses: list[float]) -> list[str | None]:
    return [rule.at_loss(float(epoch), loss, 0.0) for epoch, loss in enumerate(losses, 1)]


def test_enough_epochs() -> None:
    rule = watch(stop_epochs=3)
    assert [rule.at_epoch(epoch) for epoch in (0.0, 2.9, 3.0, 4.0)] == [None, None, "epochs", "epochs"]
    assert watch().at_epoch(1e9) is None


def test_a_loss_reached() -> None:
    assert course(watch(stop_loss=0.2), [0.5, 0.21, 0.2]) == [None, None, "loss"]
    assert course(watch(), [0.5, 0.0]) == [None, None]


def test_the_penalty_does_not_count_for_a_loss_reached() -> None:
    assert watch(stop_loss=0.2).at_loss(1.0, 0.1, 5.0) == "loss"


def test_a_loss_that_stays_has_converged_after_the_window() -> None:
    found = course(watch(), [0.3] * (WINDOW_EPOCHS + 2))
    assert found.index("converged") == WINDOW_EPOCHS


def test_a_loss_that_falls_slowly_but_steadily_has_not_converged() -> None:
    # Each step is too small to count by itself; over the window they count.
    losses = [0.3 * (1 - 1e-5) ** epoch for epoch in range(5 * WINDOW_EPOCHS)]
    assert set(course(watch(), losses)) == {None}


def test_a_loss_that_falls_by_nothing_worth_speaking_of_has_converged() -> None:
    losses = [1e-10 * 0.99**epoch for epoch in range(WINDOW_EPOCHS + 5)]
    assert "converged" in course(watch(first=1.0), losses)


def test_a_noisy_loss_around_one_value_has_converged() -> None:
    losses = [0.3 + 0.05 * math.sin(epoch) for epoch in range(3 * WINDOW_EPOCHS)]
    assert "converged" in course(watch(), losses)


def test_a_loss_much_worse_than_the_first_has_not_converged() -> None:
    losses = [58.0 + 20 * math.sin(epoch) for epoch in range(3 * WINDOW_EPOCHS)]
    assert set(course(watch(first=0.7), losses)) == {None}
    assert "converged" in course(watch(first=0.7, natural=60.0), losses)


def test_a_late_improvement_starts_the_window_anew() -> None:
    losses = [0.3] * (WINDOW_EPOCHS - 5) + [0.2] * (WINDOW_EPOCHS - 5)
    assert set(course(watch(), losses)) == {None}


def test_a_falling_penalty_is_an_improvement() -> None:
    rule = watch()
    found = {rule.at_loss(float(e), 0.3, 5.0 * 0.99**e) for e in range(2 * WINDOW_EPOCHS)}
    assert found == {None}


@pytest.mark.parametrize("loss", [math.nan, math.inf, 2e6])
def test_a_loss_that_runs_away_has_diverged(loss: float) -> None:
    assert watch().at_loss(1.0, loss, 0.0) == "diverged"


@pytest.mark.parametrize(("first", "natural"), [(1e4, 0.0), (1e-9, 1e4), (math.nan, 1e4)])
def test_a_large_loss_is_no_divergence_where_the_numbers_are_large(first: float, natural: float) -> None:
    assert watch(first, natural).at_loss(1.0, 2e6, 0.0) is None
