"""The runs of a sweep as a table in plain text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from playground.model.message import format_number, sentence
from playground.model.sweep import Outcome, Point, PointResult, Setting, value_text, why_failed

FIGURES = ("epochs", "loss", "test loss", "right", "right on test", "seconds")
BEST = "best"


def lines_of(
    settings: Sequence[Setting], points: Sequence[Point], outcomes: Mapping[int, Outcome], first: int | None
) -> Iterator[str]:
    """Yield a head and a line for each run; the best is marked, a failed one has its sentence."""
    head = [*(setting.key.removeprefix("learning.") for setting in settings), *FIGURES]
    rows = [[value_text(value) for _, value in point.chosen] for point in points]
    told = [_figures(outcomes[point.number]) for point in points]
    cells = [head, *([*row, *figures] for row, figures in zip(rows, told, strict=True))]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    yield _line(head, widths, len(settings))
    for point, row in zip(points, cells[1:], strict=True):
        problem = why_failed(outcomes[point.number])
        note = BEST if point.number == first else "" if problem is None else sentence(problem)
        yield f"{_line(row, widths, len(settings))}  {note}".rstrip()


def _figures(outcome: Outcome) -> list[str]:
    if not isinstance(outcome, PointResult):
        return [""] * len(FIGURES)
    return [
        str(int(outcome.epochs)),
        _number(outcome.train_loss),
        _number(outcome.test_loss),
        _share(outcome.train_accuracy),
        _share(outcome.test_accuracy),
        _number(outcome.seconds),
    ]


def _number(value: float) -> str:
    return "" if math.isnan(value) else format_number(value)


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{format_number(100 * value)} %"


def _line(cells: Sequence[str], widths: Sequence[int], left: int) -> str:
    """Settings to the left, figures to the right."""
    texts = [
        cell.ljust(width) if column < left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(texts)
