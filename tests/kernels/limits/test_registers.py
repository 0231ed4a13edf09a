"""Peaks: kept, measured again where they disagree or were surpassed, never lowered by a disturbance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kernels.ladder.kernel import DType
from kernels.limits import registers


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    registers.forget()
    yield
    registers.forget()


def measuring(monkeypatch: pytest.MonkeyPatch, one: list[float], two: list[float]) -> list[int]:
    """What is measured by one thread and by two, in turn; the last value stays. Returns who was asked."""
    asked: list[int] = []

    def measured(_dtype: DType, threads: int) -> float:
        asked.append(threads)
        found = {1: one, 2: two}[threads]
        return found.pop(0) if len(found) > 1 else found[0]

    monkeypatch.setattr(registers, "_measured", measured)
    return asked


@pytest.mark.parametrize(
    ("one", "two", "found", "asked"),
    [
        ([100.0], [199.0], (100.0, 199.0), [2, 1]),
        ([100.0], [101.0, 198.0], (100.0, 198.0), [2, 1, 2]),
        ([40.0, 99.0], [198.0], (99.0, 198.0), [2, 1, 1]),
        ([100.0], [120.0], (100.0, 120.0), [2, 1, *[2] * registers.TRIES]),  # two that share their units
        ([100.0], [90.0], (100.0, 100.0), [2, 1, *[2] * registers.TRIES]),  # disturbed all the time
        ([100.0], [120.0, 90.0], (100.0, 120.0), [2, 1, *[2] * registers.TRIES]),
    ],
)
def test_figures_that_disagree_are_measured_again(
    monkeypatch: pytest.MonkeyPatch,
    one: list[float],
    two: list[float],
    found: tuple[float, float],
    asked: list[int],
) -> None:
    was_asked = measuring(monkeypatch, one, two)
    assert registers.peaks("float32", 2) == found
    assert was_asked == asked


def test_a_peak_is_kept_until_it_is_forgotten_and_only_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    measuring(monkeypatch, [100.0, 90.0, 110.0, 50.0], [1.0])
    assert [registers.peak("float32", 1) for _ in range(2)] == [100.0, 100.0]
    assert [registers.raise_peak("float32", 1) for _ in range(2)] == [100.0, 110.0]
    registers.forget()
    assert registers.peak("float32", 1) == 50.0


def test_one_core_is_in_agreement_with_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert measuring(monkeypatch, [100.0, 200.0], [1.0]) == []
    assert registers.peaks("float64", 1) == (100.0, 100.0)


def test_a_peak_is_a_speed_that_products_can_be_compared_with() -> None:
    assert registers.peak("float32", 1) > registers.peak("float64", 1) > 0
