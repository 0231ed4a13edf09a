"""What results say, at every level."""

from __future__ import annotations

import math

import pytest

from playground.model.keys import Level
from playground.model.message import sentence
from playground.model.results import ClassResults
from tests.widgets.results.made import flowers, fruits, prices
from widgets.results.told import cell_told, example_told, share_text, summary_told


@pytest.mark.parametrize(
    ("cell", "level", "expected"),
    [
        ((1, 2), "words", "2: it said virginica, but right is versicolor."),
        ((2, 2), "words", "2 are virginica, and it said so."),
        ((1, 2), "numbers", "2: true versicolor, said virginica (66.7 % of the row)"),
    ],
)
def test_a_cell_of_several_classes(cell: tuple[int, int], level: Level, expected: str) -> None:
    found = flowers()
    part = found.parts["train"]
    assert isinstance(part, ClassResults)
    assert _plain(sentence(cell_told(found, part, *cell, level))) == expected


@pytest.mark.parametrize(
    ("cell", "kind", "count"),
    [
        ((0, 0), "true negatives", 3),
        ((0, 1), "false positives", 1),
        ((1, 0), "false negatives", 2),
        ((1, 1), "true positives", 4),
    ],
)
def test_yes_and_no_have_the_fields_names(cell: tuple[int, int], kind: str, count: int) -> None:
    found = fruits()
    part = found.parts["train"]
    assert isinstance(part, ClassResults)
    assert sentence(cell_told(found, part, *cell, "maths")).startswith(f"{count} {kind}: true ")
    assert kind not in sentence(cell_told(found, part, *cell, "words"))


def test_a_row_of_no_examples_has_no_share() -> None:
    found = flowers()
    part = found.parts["test"]
    assert isinstance(part, ClassResults)
    assert "(– of the row)" in sentence(cell_told(found, part, 1, 0, "numbers"))


def test_examples_say_what_is_right_and_what_was_said() -> None:
    found = flowers()
    told = [
        _plain(sentence(example_told(found, found.parts["train"], 4, level)))
        for level in ("words", "numbers")
    ]
    assert told == [
        "true versicolor, said virginica (95 % sure)",
        "true versicolor, said virginica (certainty 0.95)",
    ]
    costs = prices()
    assert sentence(example_told(costs, costs.parts["train"], 2, "words")) == (
        "right is 400, it said 370: off by 30"
    )
    assert sentence(example_told(costs, costs.parts["train"], 2, "maths")) == (
        "true 400, predicted 370, error −30"
    )


def test_an_answer_that_is_no_number_is_said() -> None:
    ripe, costs = fruits(), prices()
    assert sentence(example_told(ripe, ripe.parts["train"], 10, "words")) == "true ripe, said no number"
    assert sentence(example_told(costs, costs.parts["test"], 1, "words")) == "right is 300, said no number"


def test_summaries() -> None:
    def told(part: object, level: Level) -> list[str]:
        return [_plain(sentence(one)) for one in summary_told(part, level)]  # type: ignore[arg-type]  # either

    assert told(flowers().parts["train"], "words") == ["4 of 7 answers are right."]
    assert told(flowers().parts["train"], "numbers") == ["Accuracy 0.571: 4 of 7"]
    assert told(fruits().parts["train"], "words") == [
        "7 of 11 answers are right.",
        "1 answers are no numbers.",
    ]
    assert told(prices().parts["train"], "numbers") == ["R² 0.979, mean absolute error 13.3"]
    assert told(prices().parts["train"], "words") == [
        "On average it is off by 13.3. It explains 98 % of the differences."
    ]
    assert told(prices().parts["test"], "words")[0] == "On average it is off by 1."


def test_shares() -> None:
    assert share_text(math.nan, "words") == "–"
    assert _plain(share_text(2 / 3, "words")) == "66.7 %"
    assert share_text(2 / 3, "maths") == "0.667"


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
