"""The figures of a sweep in rows: as people read them, to sort by, and to be saved."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.model.message import format_number, message
from playground.model.sweep import Outcome, PointResult, Value, why_failed
from widgets.text import say

Chosen = tuple[tuple[str, Value], ...]
Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of every run: its key in a saved table, where it comes from, and its unit."""

    key: str
    of: Callable[[PointResult], float]
    is_share: bool = False


FIGURES: tuple[Figure, ...] = (
    Figure("epochs", lambda result: result.epochs),
    Figure("train_loss", lambda result: result.train_loss),
    Figure("test_loss", lambda result: result.test_loss),
    Figure("train_accuracy", lambda result: result.train_accuracy, is_share=True),
    Figure("test_accuracy", lambda result: result.test_accuracy, is_share=True),
    Figure("seconds", lambda result: result.seconds),
)

ENDED = {
    "epochs": message("Ran to the end"),
    "loss": message("Reached its loss"),
    "converged": message("Converged"),
}
"""How a run ended that is a success."""


def ending(outcome: Outcome | None) -> str:
    """Return how a run ended; empty while it has not."""
    if outcome is None:
        return ""
    problem = why_failed(outcome)
    if problem is not None:
        return say(problem)
    return say(ENDED[outcome.stopped]) if isinstance(outcome, PointResult) else ""


def figure_text(figure: Figure, outcome: Outcome | None) -> str:
    """Return a figure as people read it; empty where there is none."""
    value = figure_value(figure, outcome)
    if math.isnan(value):
        return ""
    if figure.key == "epochs":
        return format_number(int(value))
    return f"{format_number(100 * value)} %" if figure.is_share else format_number(value)


def figure_value(figure: Figure, outcome: Outcome | None) -> float:
    """Return a figure; NaN where there is none."""
    return figure.of(outcome) if isinstance(outcome, PointResult) else math.nan


def saved_rows(chosen: Sequence[Chosen], outcomes: Sequence[Outcome | None]) -> list[tuple[Cell, ...]]:
    """Return a table to be saved, its head first: settings by their keys, figures in full."""
    keys = [key for key, _ in chosen[0]] if chosen else []
    rows: list[tuple[Cell, ...]] = [(*keys, *(figure.key for figure in FIGURES), "ended")]
    for settings, outcome in zip(chosen, outcomes, strict=True):
        values = [figure_value(figure, outcome) for figure in FIGURES]
        ended = outcome.stopped if isinstance(outcome, PointResult) else ending(outcome)
        told: list[Cell] = ["" if math.isnan(value) else value for value in values]
        rows.append((*(_saved(value) for _, value in settings), *told, ended))
    return rows


def _saved(value: Value) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
