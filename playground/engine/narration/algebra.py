"""Calculations as messages: terms nested in templates, so that numbers stay numbers."""

from __future__ import annotations

from collections.abc import Sequence

from playground.model.message import Message, Value, format_number, message

Part = Value | Message

TERMS_IN_A_FORMULA = 8
"""A longer sum shows its strongest terms and the rest as one."""


def signed(value: float) -> Part:
    """A number within a formula: a negative one stands in brackets."""
    return message("({value})", value=value) if value < 0 else value


def base(value: float) -> Part:
    """A number under a power: in brackets where a power of its own, or its sign, would mix with it."""
    is_plain = value >= 0 and "×" not in format_number(value)
    return value if is_plain else message("({value})", value=value)


def product(left: float, right: float) -> Message:
    """Two numbers and the sign between them."""
    return message("{left} × {right}", left=signed(left), right=signed(right))


def added(terms: Sequence[Part]) -> Part:
    """All terms with plus signs between them; 0 where there are none."""
    if not terms:
        return 0
    found = terms[0]
    for term in terms[1:]:
        found = message("{left} + {right}", left=found, right=term)
    return found


def weighted_sum(first: float | None, pairs: Sequence[tuple[float, float]]) -> Part:
    """A number and products of pairs, added up; of many products the strongest, and the rest as one term."""
    ranked = sorted(range(len(pairs)), key=lambda place: -abs(pairs[place][0] * pairs[place][1]))
    shown = set(ranked if len(pairs) <= TERMS_IN_A_FORMULA else ranked[: TERMS_IN_A_FORMULA - 1])
    terms: list[Part] = [] if first is None else [first]
    terms += [product(*pair) for place, pair in enumerate(pairs) if place in shown]
    if len(shown) < len(pairs):
        left = [left * right for place, (left, right) in enumerate(pairs) if place not in shown]
        terms.append(message("({count} more: {total})", count=len(left), total=sum(left)))
    return added(terms)


def listed(items: Sequence[Part], shown: int = 4) -> Part:
    """Items as people list them: "a, b and c"; of very many the first, and how many more there are."""
    if not items:
        return ""
    if len(items) > shown:
        rest = len(items) - (shown - 1)
        head = _commas(items[: shown - 1])
        return message("{items} and {count} more", items=head, count=rest)
    if len(items) == 1:
        return items[0]
    return message("{items} and {last}", items=_commas(items[:-1]), last=items[-1])


def _commas(items: Sequence[Part]) -> Part:
    found = items[0]
    for item in items[1:]:
        found = message("{items}, {next}", items=found, next=item)
    return found
