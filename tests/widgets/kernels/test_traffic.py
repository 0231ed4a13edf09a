"""The traffic is compared with plain loops, level by level, in a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.model.message import sentence
from playground.model.speed import Traffic
from tests.widgets.kernels.schedules import blocked, plain
from widgets.kernels.traffic import compare, spoken_bytes, traffic_rows

SCHEDULE = blocked(4, 4, 4, (2, 2, 2))
PLAIN = plain(4, 4, 4)


def test_the_outermost_level_that_differs_is_told() -> None:
    rows = traffic_rows(SCHEDULE, PLAIN)
    assert [(row.level, row.n_bytes, row.reference) for row in rows] == [
        ("registers", 768, 768),
        ("L1", 4_000, 8_000),
        ("memory", 1_000, 48_000),
    ]
    assert sentence(compare(rows, is_reference=False)) == "48 times less from memory than plain loops."


def test_where_memory_is_the_same_the_caches_tell() -> None:
    same = replace(SCHEDULE, traffic=(Traffic("L1", 3_200), Traffic("memory", 48_000)))
    rows = traffic_rows(same, PLAIN)
    assert sentence(compare(rows, is_reference=False)) == "2.5 times less from the L1 cache than plain loops."


def test_more_is_told_as_more_and_the_same_as_the_same() -> None:
    more = replace(SCHEDULE, traffic=(Traffic("memory", 96_000),))
    assert (
        sentence(compare(traffic_rows(more, PLAIN), is_reference=False))
        == "2 times more from memory than plain loops."
    )
    same = replace(SCHEDULE, traffic=PLAIN.traffic)
    told = sentence(compare(traffic_rows(same, PLAIN), is_reference=False))
    assert told == "It moves as much as plain loops."


def test_a_reference_of_another_size_is_no_reference() -> None:
    assert all(row.reference is None for row in traffic_rows(SCHEDULE, plain(8, 8, 8)))


@pytest.mark.parametrize(
    ("n_bytes", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (8_192, "8.19 kB"), (999_900, "1 MB"), (2_500_000_000, "2.5 GB")],
)
def test_amounts_are_spoken(n_bytes: int, text: str) -> None:
    assert spoken_bytes(n_bytes) == text


def test_what_is_saved_is_told_before_what_is_spent() -> None:
    mixed = replace(SCHEDULE, traffic=(Traffic("L1", 2_000), Traffic("memory", 96_000)))
    told = sentence(compare(traffic_rows(mixed, PLAIN), is_reference=False))
    assert told == "4 times less from the L1 cache than plain loops."
