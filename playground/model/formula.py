"""Formulas of columns, such as `square(height) + 2 * width`: our own grammar, never evaluation of code.

The grammar, in order of binding from loose to tight:

    sum     = product (("+" | "-") product)*
    product = signed (("*" | "/") signed)*
    signed  = "-" signed | power
    power   = operand ("^" signed)?
    operand = number | column | function "(" sum ")" | "(" sum ")"

A column stands as it is when its name is a word, and in backquotes otherwise. So `-x^2` is the negative of
a square, and `2^3^2` is 2^9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.model.errors import DataError
from playground.model.message import Message, message
from playground.model.parameters import Floats

MAX_LENGTH = 1_000
MAX_DEPTH = 50

FUNCTIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "square": np.square,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
}
"""What may stand before a bracket; `log` is the natural logarithm, angles are in radians."""

OPERATORS: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}

_SIGNS = {"−": "-", "×": "*", "·": "*", "÷": "/"}
"""Signs that people copy from a text, and what they mean."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*)|`(?P<quoted>[^`]*)`|(?P<sign>[-+*/^()−×·÷]))"
)


class FormulaError(DataError):
    """A formula that cannot be read; `position` is where, counted in characters from 0."""

    def __init__(self, text: Message, position: int) -> None:
        super().__init__(text)
        self.position = position


class FormulaValueError(DataError):
    """A formula that has no number for a row: the part of it at fault, the row's index and the reason."""

    def __init__(self, part: str, row: int, reason: Message) -> None:
        super().__init__(
            message("“{part}” has no value in row {row}: {reason}.", part=part, row=row + 1, reason=reason)
        )
        self.part = part
        self.row = row
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on the stack: push a number or a column, or replace the topmost one or two.

    start, end : the part of the formula's text whose value it leaves on the stack
    """

    kind: Literal["number", "column", "negate", "function", "operator"]
    name: str
    start: int
    end: int
    number: float = 0.0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has been read: its operations in the order of computation, and its columns."""

    text: str
    operations: tuple[Operation, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that it reads, each once, in order."""
        return tuple(dict.fromkeys(op.name for op in self.operations if op.kind == "column"))

    def evaluate(self, columns: Mapping[str, Floats], n_rows: int, *, gaps_allowed: bool = False) -> Floats:
        """The formula's value for every row: float64, shape (n_rows,).

        columns : name -> float64, shape (n_rows,), for at least the columns that the formula reads
        gaps_allowed : a row in which some part has no finite value gets NaN, and nothing is raised
        Raises FormulaValueError, naming the row, where a value is not a finite number.
        """
        stack: list[Floats] = []
        with np.errstate(all="ignore"):
            for operation in self.operations:
                operands = self._apply(operation, stack, columns, n_rows)
                if gaps_allowed:
                    stack[-1] = np.where(np.isfinite(stack[-1]), stack[-1], np.nan)
                elif operands:
                    self._check(operation, stack[-1], operands)
        return stack.pop()

    def _apply(
        self, operation: Operation, stack: list[Floats], columns: Mapping[str, Floats], n_rows: int
    ) -> tuple[Floats, ...]:
        """Put an operation's result onto the stack; return what it was applied to, where it can fail."""
        match operation.kind:
            case "number":
                stack.append(np.full(n_rows, operation.number))
            case "column":
                stack.append(np.asarray(columns[operation.name], dtype=np.float64))
            case "negate":
                stack.append(-stack.pop())
            case "function":
                operand = stack.pop()
                stack.append(FUNCTIONS[operation.name](operand))
                return (operand,)
            case "operator":
                right, left = stack.pop(), stack.pop()
                stack.append(OPERATORS[operation.name](left, right))
                return (left, right)
        return ()

    def _check(self, operation: Operation, result: Floats, operands: tuple[Floats, ...]) -> None:
        bad = ~np.isfinite(result)
        if not bad.any():
            return
        row = int(np.argmax(bad))
        reason = _reason(operation.name, [float(operand[row]) for operand in operands])
        raise FormulaValueError(self.text[operation.start : operation.end].strip(), row, reason)


def parse(text: str) -> Formula:
    """Return the formula in a text. Raises FormulaError, which says what is wrong and where."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            message(
                "A formula has at most {limit} characters; this one has {count}.",
                limit=MAX_LENGTH,
                count=len(text),
            ),
            MAX_LENGTH,
        )
    return _Reader(text).formula()


def quoted(column: str) -> str:
    """A column's name as it stands in a formula: in backquotes where it is not a word."""
    return column if re.fullmatch(r"[^\W\d]\w*", column) else f"`{column}`"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["number", "name", "column", "sign", "end"]
    text: str
    start: int
    end: int


class _Reader:
    """Reads a formula by recursive descent; chains of + and * are loops, so only brackets nest."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0
        self._operations: list[Operation] = []

    def formula(self) -> Formula:
        self._sum()
        token = self._peek()
        if token.kind != "end":
            raise self._error(message("an operator such as + or * is missing"), token)
        return Formula(self._text, tuple(self._operations))

    def _sum(self) -> int:
        return self._chain(self._product, "+-")

    def _product(self) -> int:
        return self._chain(self._signed, "*/")

    def _chain(self, part: Callable[[], int], signs: str) -> int:
        start = part()
        while self._peek().kind == "sign" and self._peek().text in signs:
            sign = self._take()
            part()
            self._emit("operator", sign.text, start)
        return start

    def _signed(self) -> int:
        token = self._peek()
        if (token.kind, token.text) != ("sign", "-"):
            return self._power()
        self._take()
        self._enter(token)
        self._signed()
        self._depth -= 1
        self._emit("negate", "-", token.start)
        return token.start

    def _power(self) -> int:
        start = self._operand()
        token = self._peek()
        if (token.kind, token.text) == ("sign", "^"):
            self._take()
            self._enter(token)
            self._signed()
            self._depth -= 1
            self._emit("operator", "^", start)
        return start

    def _operand(self) -> int:
        token = self._take()
        if token.kind == "number":
            self._emit("number", token.text, token.start, _finite(token, self._error))
        elif token.kind == "name" and self._peek().text == "(" and self._peek().kind == "sign":
            if token.text not in FUNCTIONS:
                raise self._error(message("there is no function “{name}”", name=token.text), token)
            self._bracket(self._take())
            self._emit("function", token.text, token.start)
        elif token.kind in {"name", "column"}:
            self._emit("column", token.text, token.start)
        elif (token.kind, token.text) == ("sign", "("):
            self._bracket(token)
        else:
            raise self._error(message("a number, a column or a bracket is missing"), token)
        return token.start

    def _bracket(self, opening: _Token) -> None:
        self._enter(opening)
        self._sum()
        token = self._take()
        if (token.kind, token.text) != ("sign", ")"):
            raise self._error(message("a closing bracket is missing"), token)
        self._depth -= 1

    def _enter(self, token: _Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(message("it is nested more than {limit} deep", limit=MAX_DEPTH), token)

    def _emit(
        self,
        kind: Literal["number", "column", "negate", "function", "operator"],
        name: str,
        start: int,
        number: float = 0.0,
    ) -> None:
        end = self._tokens[self._next - 1].end
        self._operations.append(Operation(kind, name, start, end, number))

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        if token.kind != "end":
            self._next += 1
        return token

    def _error(self, reason: Message, token: _Token) -> FormulaError:
        return _reading_error(self._text, reason, token.start)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position, length = 0, len(text.rstrip())
    while position < length:
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            if text[start] == "`":
                raise _reading_error(text, message("a closing backquote is missing"), start)
            raise _reading_error(text, message("“{sign}” has no meaning here", sign=text[start]), start)
        group = match.lastgroup or ""
        start = match.start(group) - (group == "quoted")
        found = match.group(group)
        if group == "quoted":
            tokens.append(_Token("column", found, start, match.end()))
        elif group == "sign":
            tokens.append(_Token("sign", _SIGNS.get(found, found), start, match.end()))
        else:
            tokens.append(_Token("number" if group == "number" else "name", found, start, match.end()))
        position = match.end()
    tokens.append(_Token("end", "", length, length))
    return tokens


def _reading_error(text: str, reason: Message, position: int) -> FormulaError:
    return FormulaError(
        message(
            "The formula “{formula}” cannot be read at character {position}: {reason}.",
            formula=text,
            position=position + 1,
            reason=reason,
        ),
        position,
    )


def _finite(token: _Token, error: Callable[[Message, _Token], FormulaError]) -> float:
    number = float(token.text)
    if not np.isfinite(number):
        raise error(message("the number is too large"), token)
    return number


def _reason(name: str, operands: list[float]) -> Message:
    first, last = operands[0], operands[-1]
    if not all(np.isfinite(operand) for operand in operands):
        return message("a cell is missing or not finite")
    if name == "/" and last == 0:
        return message("it divides by 0")
    if name == "log":
        return message("a logarithm needs a number above 0, not {number}", number=first)
    if name == "sqrt":
        return message("a square root needs a number that is not negative, not {number}", number=first)
    if name == "^" and first == 0 and last < 0:
        return message("it divides by 0")
    if name == "^" and first < 0 and not last.is_integer():
        return message("{base} to the power of {exponent} is not a number", base=first, exponent=last)
    return message("the result is too large")
