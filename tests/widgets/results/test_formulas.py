"""The formulas hold the numbers of the counts."""

from __future__ import annotations

from playground.model.message import sentence
from playground.model.results import ClassResults, NumberResults
from tests.widgets.results.made import flowers, fruits, prices
from widgets.results.formulas import class_formulas, number_formulas


def test_of_a_class() -> None:
    part = fruits().parts["train"]
    assert isinstance(part, ClassResults)
    precision, recall, f1 = (sentence(formula.numbers) for formula in class_formulas(part, 1, "ripe"))
    assert precision == "ripe: 4 / (4 + 1) = 0.8"
    assert recall == "ripe: 4 / (4 + 3) = 0.571"  # the one without a number is missed too
    assert f1 == "ripe: 0.667"


def test_of_a_class_that_nobody_said() -> None:
    part = flowers().parts["test"]
    assert isinstance(part, ClassResults)
    assert sentence(class_formulas(part, 2, "virginica")[0].numbers) == "virginica: 0 / (0 + 0) = –"


def test_of_numbers() -> None:
    part = prices().parts["train"]
    assert isinstance(part, NumberResults)
    r2, off = (sentence(formula.numbers) for formula in number_formulas(part))
    assert r2 == "over 3 rows: 0.979"
    assert off == "over 3 rows: 13.3"
