"""One block of rows forward, back, and the gradients of its values; the rows of the block are the lanes.

`a` holds sums and then answers, `d` slopes and then dL/dz: rows of `stride` lanes, see `program`. `w` holds
the values from slot `base` on. Only the first `n_vectors` vectors of each row are in use.
"""

from __future__ import annotations

from typing import Any

from kernels.training.activate import activate
from kernels.training.compiled import called, inlined
from kernels.training.dropping import drop
from kernels.training.lanes import multiply_add, total, totals_of_four
from kernels.training.memory import filled, item, load, load_four, put, spread, store, width
from kernels.training.program import (
    CODE,
    END,
    FIRST,
    IS_OUTPUT,
    N_SOURCES,
    N_TARGETS,
    SEGMENT,
    SLOT,
    SOURCE,
    STEP,
    TARGET,
    UNIT,
    UNIT_END,
    UNIT_ROW,
    UNIT_SOURCE,
    UNIT_SOURCES,
)
from kernels.training.rectangles import blame_of_four, gradients_of_four, sums_of_four


@called
def forward(program: Any, a: Any, d: Any, w: Any, base: int, n_vectors: int, drops: Any) -> None:
    """Fill a with answers and d with slopes; the inputs' rows of a are filled already."""
    stride = program.stride
    for segment in range(0, SEGMENT * program.n_segments, SEGMENT):
        code, row = item(program.segments, segment + CODE), item(program.segments, segment + FIRST)
        end, n_sources = item(program.segments, segment + END), item(program.segments, segment + N_SOURCES)
        begin = row * stride
        if n_sources:
            source = item(program.segments, segment + SOURCE) * stride
            while row + 4 <= end:
                slot = base + item(program.in_starts, row - program.first_row)
                sums_of_four(a, w, row * stride, slot, source, n_sources, stride, n_vectors)
                row += 4
        while row < end:
            _sums(program, a, w, base, row, n_vectors)
            row += 1
        if n_vectors * width(a) == stride:
            activate(code, a, d, begin, end * stride)
        else:
            for place in range(begin, end * stride, stride):
                activate(code, a, d, place, place + n_vectors * width(a))
        if drops.limit > 0.0 and not item(program.segments, segment + IS_OUTPUT):
            drop(program, a, d, drops, begin // stride, end, n_vectors)


@inlined
def _sums(program: Any, a: Any, w: Any, base: int, row: int, n_vectors: int) -> None:
    """Z = bias + sum of a[s] w over edges in."""
    lanes = width(a)
    start = item(program.in_starts, row - program.first_row)
    end = item(program.in_starts, row - program.first_row + 1)
    place = row * program.stride
    v = 0
    while v + 2 <= n_vectors:
        at = v * lanes
        sum0 = spread(w, base + start)
        sum1 = sum0
        for slot in range(start + 1, end):
            weight = spread(w, base + slot)
            source = item(program.slot_sources, slot) + at
            sum0 = multiply_add(load(a, source), weight, sum0)
            sum1 = multiply_add(load(a, source + lanes), weight, sum1)
        store(a, place + at, sum0)
        store(a, place + at + lanes, sum1)
        v += 2
    if v < n_vectors:
        at = v * lanes
        sum0 = spread(w, base + start)
        for slot in range(start + 1, end):
            source = item(program.slot_sources, slot) + at
            sum0 = multiply_add(load(a, source), spread(w, base + slot), sum0)
        store(a, place + at, sum0)


@called
def backward(program: Any, d: Any, w: Any, base: int, n_vectors: int) -> None:
    """Turn slopes into dL/dz at all computed nodes but the outputs, where it is already."""
    stride = program.stride
    for segment in range(SEGMENT * (program.n_segments - 1), -1, -SEGMENT):
        if item(program.segments, segment + IS_OUTPUT):
            continue
        row, end = item(program.segments, segment + FIRST), item(program.segments, segment + END)
        n_targets = item(program.segments, segment + N_TARGETS)
        if n_targets:
            target = item(program.segments, segment + TARGET) * stride
            slot, step = item(program.segments, segment + SLOT), item(program.segments, segment + STEP)
            slot += base
            while row + 4 <= end:
                blame_of_four(d, w, row * stride, slot, step, target, n_targets, stride, n_vectors)
                row += 4
                slot += 4
        while row < end:
            _blame(program, d, w, base, row, n_vectors)
            row += 1


@inlined
def _blame(program: Any, d: Any, w: Any, base: int, row: int, n_vectors: int) -> None:
    """dL/dz = f'(z) times the sum of dL/dz[t] w over edges out."""
    lanes = width(d)
    start = item(program.out_starts, row - program.first_row)
    end = item(program.out_starts, row - program.first_row + 1)
    place = row * program.stride
    v = 0
    while v + 2 <= n_vectors:
        at = v * lanes
        sum0, sum1 = filled(d, 0.0), filled(d, 0.0)
        for edge in range(start, end):
            weight = spread(w, base + item(program.out_slots, edge))
            target = item(program.out_targets, edge) + at
            sum0 = multiply_add(load(d, target), weight, sum0)
            sum1 = multiply_add(load(d, target + lanes), weight, sum1)
        store(d, place + at, sum0 * load(d, place + at))
        store(d, place + at + lanes, sum1 * load(d, place + at + lanes))
        v += 2
    if v < n_vectors:
        at = v * lanes
        sum0 = filled(d, 0.0)
        for edge in range(start, end):
            weight = spread(w, base + item(program.out_slots, edge))
            sum0 = multiply_add(load(d, item(program.out_targets, edge) + at), weight, sum0)
        store(d, place + at, sum0 * load(d, place + at))


@called
def gradients(
    program: Any, a: Any, d: Any, g: Any, n_vectors: int, is_first: bool, first_unit: int, end_unit: int
) -> None:
    """G <- or += the sum over the rows of a[s] dL/dz[t], for each slot of these units."""
    for unit in range(UNIT * first_unit, UNIT * end_unit, UNIT):
        slot, end = item(program.units, unit), item(program.units, unit + UNIT_END)
        n_sources = item(program.units, unit + UNIT_SOURCES)
        if n_sources:
            target = item(program.units, unit + UNIT_ROW) * program.stride
            source = item(program.units, unit + UNIT_SOURCE) * program.stride
            gradients_of_four(a, d, g, target, slot, source, n_sources, program.stride, n_vectors, is_first)
        else:
            _slot_gradients(program, a, d, g, slot, end, n_vectors, is_first)


@called
def _slot_gradients(
    program: Any, a: Any, d: Any, g: Any, first: int, end: int, n_vectors: int, is_first: bool
) -> None:
    """The gradients of some slots, whatever rows they join; four slots share the adding up."""
    lanes, slot = width(a), first
    while slot + 4 <= end:
        s0, t0 = item(program.slot_sources, slot), item(program.slot_targets, slot)
        s1, t1 = item(program.slot_sources, slot + 1), item(program.slot_targets, slot + 1)
        s2, t2 = item(program.slot_sources, slot + 2), item(program.slot_targets, slot + 2)
        s3, t3 = item(program.slot_sources, slot + 3), item(program.slot_targets, slot + 3)
        p0, p1 = load(a, s0) * load(d, t0), load(a, s1) * load(d, t1)
        p2, p3 = load(a, s2) * load(d, t2), load(a, s3) * load(d, t3)
        for v in range(1, n_vectors):
            at = v * lanes
            p0 = multiply_add(load(a, s0 + at), load(d, t0 + at), p0)
            p1 = multiply_add(load(a, s1 + at), load(d, t1 + at), p1)
            p2 = multiply_add(load(a, s2 + at), load(d, t2 + at), p2)
            p3 = multiply_add(load(a, s3 + at), load(d, t3 + at), p3)
        sums = totals_of_four(p0, p1, p2, p3)
        if is_first:
            store(g, slot, sums)
        else:
            store(g, slot, load_four(g, slot) + sums)
        slot += 4
    while slot < end:
        source, target = item(program.slot_sources, slot), item(program.slot_targets, slot)
        one = load(a, source) * load(d, target)
        for v in range(1, n_vectors):
            one = multiply_add(load(a, source + v * lanes), load(d, target + v * lanes), one)
        put(g, slot, total(one) if is_first else item(g, slot) + total(one))
        slot += 1
