"""Where one kernel overtakes another while the matrices grow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Curve = Sequence[tuple[int, float]]
"""Sizes in ascending order, with the speed in GFLOP/s at each."""

CLEARLY = 1.03
"""A lead counts from 3 % on: less is within the spread of a timing."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Below this size `below` is faster, from there on `above` is."""

    size: int
    below: str
    above: str


def crossings(below: str, above: str, curves: Mapping[str, Curve]) -> tuple[Crossing, ...]:
    """Where the lead between two kernels changes, from the smallest size on.

    A lead changes when the other one is clearly ahead; small leads in between are passed over. The size is
    where the two curves cut between the measured sizes, on logarithmic scales.
    """
    first, second = dict(curves[below]), dict(curves[above])
    sizes = sorted(first.keys() & second.keys())
    found: list[Crossing] = []
    leader: str | None = None
    turned = 0
    for index, size in enumerate(sizes):
        ratio = first[size] / second[size]
        ahead = below if ratio >= CLEARLY else above if ratio <= 1 / CLEARLY else None
        if ahead is None:
            continue
        if leader is not None and ahead != leader:
            found.append(Crossing(_cut(sizes[turned : index + 1], first, second), leader, ahead))
        leader, turned = ahead, index
    return tuple(found)


def fastest_by_size(curves: Mapping[str, Curve]) -> dict[int, str]:
    """Who is the fastest at each size, from the smallest on."""
    sizes = sorted({size for curve in curves.values() for size, _ in curve})
    speeds = {key: dict(curve) for key, curve in curves.items()}
    return {size: max(speeds, key=lambda key: speeds[key].get(size, 0.0)) for size in sizes}


def lead_changes(curves: Mapping[str, Curve]) -> tuple[Crossing, ...]:
    """Where the fastest of all changes clearly while the matrices grow."""
    found: list[Crossing] = []
    leader: str | None = None
    for size, fastest in fastest_by_size(curves).items():
        ahead = dict(curves[fastest])[size]
        behind = None if leader is None else dict(curves[leader]).get(size)
        if leader is None or behind is None:
            leader = fastest
        elif fastest != leader and ahead >= behind * CLEARLY:
            cut = [
                crossing
                for crossing in crossings(leader, fastest, curves)
                if crossing.above == fastest and crossing.size <= size
            ]
            found.append(cut[-1] if cut else Crossing(size, leader, fastest))
            leader = fastest
    return tuple(found)


def _cut(sizes: Sequence[int], first: Mapping[int, float], second: Mapping[int, float]) -> int:
    """The size at which two curves cut last, between the first and the last of these sizes."""
    found = sizes[-1]
    for left, right in pairwise(sizes):
        before, after = (math.log(first[size] / second[size]) for size in (left, right))
        if before * after <= 0 and before != after:
            way = before / (before - after)
            found = round(math.exp(math.log(left) + way * math.log(right / left)))
    return found
