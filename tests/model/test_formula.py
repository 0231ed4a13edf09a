"""Formulas of columns: what they compute against Python's own arithmetic, and how they are refused."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.errors import DataError
from playground.model.formula import (
    FUNCTIONS,
    MAX_DEPTH,
    MAX_LENGTH,
    OPERATORS,
    FormulaError,
    FormulaValueError,
    parse,
    quoted,
)

ROWS = {"x": [1.5, -2.0, 0.25], "y_2": [3.0, 0.5, -1.0], "größe": [2.0, 2.0, 7.0]}

PYTHON_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}
PYTHON_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "square": lambda x: x * x,
    "sqrt": math.sqrt,
    "abs": abs,
    "sin": math.sin,
    "cos": math.cos,
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
}


def in_python(text: str, row: dict[str, float]) -> float:
    """The value of a formula by Python's own parser, with ** for ^."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.Expression(body=body):
                return value(body)
            case ast.Constant(value=number):
                assert isinstance(number, int | float)
                return float(number)
            case ast.Name(id=name):
                return row[name]
            case ast.UnaryOp(op=op, operand=operand):
                return PYTHON_OPERATORS[type(op)](value(operand))
            case ast.BinOp(left=left, op=op, right=right):
                return PYTHON_OPERATORS[type(op)](value(left), value(right))
            case ast.Call(func=ast.Name(id=name), args=[argument]):
                return PYTHON_FUNCTIONS[name](value(argument))
        raise AssertionError(ast.dump(node))

    return value(ast.parse(text.replace("^", "**"), mode="eval"))


def columns() -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return {name: np.array(values) for name, values in ROWS.items()}


NUMBERS = st.floats(0, 1e6, allow_nan=False).map(repr) | st.integers(0, 999).map(str)
ATOMS = NUMBERS | st.sampled_from(sorted(ROWS))
FORMULAS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
        st.tuples(inner, st.sampled_from(["^2", "^ 3", "^-1", "^-y_2"])).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-{text}"),
        st.tuples(st.sampled_from(sorted(PYTHON_FUNCTIONS)), inner).map(lambda pair: f"{pair[0]}({pair[1]})"),
    ),
    max_leaves=12,
)


@given(FORMULAS)
def test_a_formula_means_what_python_means(text: str) -> None:
    try:
        expected = [in_python(text, {name: values[row] for name, values in ROWS.items()}) for row in range(3)]
    except (ValueError, ZeroDivisionError, OverflowError):
        expected = [math.nan]
    if any(isinstance(value, complex) or not math.isfinite(value) for value in expected):
        with pytest.raises(FormulaValueError):
            parse(text).evaluate(columns(), 3)
    else:
        np.testing.assert_allclose(parse(text).evaluate(columns(), 3), expected, rtol=1e-12)


def test_the_tables_are_complete() -> None:
    assert set(FUNCTIONS) == set(PYTHON_FUNCTIONS)
    assert set(OPERATORS) == set("+-*/^")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x^2", [-(1.5**2), -4.0, -0.0625]),
        ("2^3^2", [512.0] * 3),
        ("10 - 2 - 3", [5.0] * 3),
        ("12 / 2 / 3", [2.0] * 3),
        ("2 - -x", [3.5, 0.0, 2.25]),
        ("x × 2 − 1", [2.0, -5.0, -0.5]),
        (".5 + 1. + 1e-1", [1.6] * 3),
        ("`x`*`größe`", [3.0, -4.0, 1.75]),
    ],
)
def test_precedence_is_that_of_mathematics(text: str, expected: list[float]) -> None:
    np.testing.assert_allclose(parse(text).evaluate(columns(), 3), expected)


def test_odd_names_stand_in_backquotes_and_a_function_may_name_a_column() -> None:
    data = {"sepal length (cm)": np.array([2.0]), "sqrt": np.array([9.0])}
    read = parse("square(`sepal length (cm)`) + sqrt + sqrt(sqrt)")
    assert read.evaluate(data, 1).tolist() == [16.0]
    assert read.columns == ("sepal length (cm)", "sqrt")
    assert quoted("sepal length (cm)") == "`sepal length (cm)`"
    assert quoted("height") == "height"


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 0, "missing"),
        ("x +", 3, "missing"),
        ("x y_2", 2, "operator"),
        ("3x", 1, "operator"),
        ("(x", 2, "closing bracket"),
        ("x)", 1, "operator"),
        ("sinn(x)", 0, "no function “sinn”"),
        ("x & 1", 2, "“&” has no meaning"),
        ("`x", 0, "backquote"),
        ("1e999", 0, "too large"),
        ("__import__('os')", 11, "“'” has no meaning"),
        ("x.real", 1, "“.” has no meaning"),
        ("(" * (MAX_DEPTH + 1) + "x", MAX_DEPTH, "nested"),
        ("-" * (MAX_DEPTH + 1) + "x", MAX_DEPTH, "nested"),
        ("x" * (MAX_LENGTH + 1), MAX_LENGTH, "at most 1,000 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, position: int, reason: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(text)
    assert refused.value.position == position
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "row", "sentence"),
    [
        ("1 / (x + 2)", 1, "“1 / (x + 2)” has no value in row 2: it divides by 0."),
        ("3 + log(x)", 1, "“log(x)” has no value in row 2: a logarithm needs a number above 0, not −2."),
        (
            "sqrt(y_2)",
            2,
            "“sqrt(y_2)” has no value in row 3: a square root needs a number that is not negative",
        ),
        ("x ^ 0.5", 1, "−2 to the power of 0.5 is not a number"),
        ("(x + 2) ^ -1", 1, "it divides by 0"),
        ("exp(1000 * x)", 0, "the result is too large"),
    ],
)
def test_a_row_without_a_value_is_named(text: str, row: int, sentence: str) -> None:
    with pytest.raises(FormulaValueError) as refused:
        parse(text).evaluate(columns(), 3)
    assert refused.value.row == row
    assert sentence in str(refused.value)


def test_the_longest_chain_is_read_without_recursion() -> None:
    text = "+".join(["1"] * (MAX_LENGTH // 2))
    assert parse(text).evaluate(columns(), 3).tolist() == [500.0] * 3


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    refusal = ""
    try:
        assert parse(text).operations
    except DataError as error:
        refusal = str(error)
    assert refusal == "" or refusal.endswith(".")
