"""The bytes that schedules move, level by level, and how they compare with plain loops."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.message import Message, format_number, message
from playground.model.speed import Schedule

SENTENCE_NAMES: dict[str, Message] = {
    "registers": message("the registers"),
    "L1": message("the L1 cache"),
    "L2": message("the L2 cache"),
    "L3": message("the L3 cache"),
    "memory": message("memory"),
}
SAME = 1.05
"""Amounts whose ratio is smaller are called the same."""

UNITS = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class TrafficRow:
    """One level: what the shown schedule moves, and what plain loops move; None where that is not known."""

    level: str
    n_bytes: int
    reference: int | None

    @property
    def times_less(self) -> float | None:
        """How many times less moves than with plain loops."""
        if self.reference is None or self.n_bytes <= 0:
            return None
        return self.reference / self.n_bytes


def traffic_rows(schedule: Schedule, reference: Schedule | None) -> tuple[TrafficRow, ...]:
    """The levels of a schedule beside those of a reference for a product of the same size."""
    known: dict[str, int] = {}
    if reference is not None and (reference.m, reference.n, reference.k) == (
        schedule.m,
        schedule.n,
        schedule.k,
    ):
        known = {traffic.level: traffic.n_bytes for traffic in reference.traffic}
    return tuple(TrafficRow(t.level, t.n_bytes, known.get(t.level)) for t in schedule.traffic)


def telling(rows: tuple[TrafficRow, ...]) -> TrafficRow | None:
    """The outermost level at which clearly less moves, or else clearly more; None where all is alike.

    What comes from farther out takes longer.
    """
    known = [(row, row.times_less) for row in reversed(rows)]
    less = [row for row, times in known if times is not None and times >= SAME]
    more = [row for row, times in known if times is not None and times <= 1 / SAME]
    return next(iter(less + more), None)


def compare(rows: tuple[TrafficRow, ...], *, is_reference: bool) -> Message:
    """The comparison with plain loops in one sentence."""
    if is_reference:
        return message("Plain loops fetch the same numbers again and again.")
    row = telling(rows)
    if row is None or row.times_less is None:
        return message("It moves as much as plain loops.")
    name = SENTENCE_NAMES.get(row.level, message("{level}", level=row.level))
    if row.times_less < 1:
        return message(
            "{times} times more from {level} than plain loops.", times=_ratio(1 / row.times_less), level=name
        )
    return message(
        "{times} times less from {level} than plain loops.", times=_ratio(row.times_less), level=name
    )


def spoken_bytes(n_bytes: int) -> str:
    """An amount as text: "384 kB"; a thousand of one unit are one of the next."""
    value, unit = float(n_bytes), 0
    while value >= 999.5 and unit + 1 < len(UNITS):
        value, unit = value / 1000, unit + 1
    return f"{format_number(value)} {UNITS[unit]}"


def _ratio(times: float) -> float | int:
    return round(times) if times >= 10 else round(times, 1)
