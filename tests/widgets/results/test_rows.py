"""Every answer is taken along."""

from __future__ import annotations

import math

from tests.widgets.results.made import flowers, fruits, histograms, prices
from widgets.results.rows import count_rows, figure_rows


def test_classes_have_names_and_numbers_have_errors() -> None:
    rows = figure_rows(flowers())
    assert rows[0] == ("part", "row", "species right", "species said", "certainty")
    assert rows[1] == ("train", 11, "setosa", "setosa", 0.9)
    assert rows[-1] == ("test", 22, "setosa", "setosa", 0.7)
    assert len(rows) == 1 + 7 + 2
    costs = figure_rows(prices())
    assert costs[0][-1] == "error"
    assert costs[3] == ("train", 6, 400.0, 370.0, -30.0)


def test_no_answer_is_empty() -> None:
    last = figure_rows(fruits())[-1]
    assert last[2:4] == ("ripe", "")
    assert isinstance(last[4], float)
    assert math.isnan(last[4])


def test_histograms_are_taken_along_bin_by_bin() -> None:
    shown = histograms(n_moments=3)
    rows = count_rows(shown)
    assert rows[0] == ("layer", "epoch", "from", "to", "weights")
    assert len(rows) == 1 + 2 * 3 * len(shown.layers[0].counts[0])
    assert sum(int(row[4]) for row in rows[1:] if row[0] == "Output" and row[1] == 5.0) == 40
