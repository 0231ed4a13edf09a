"""Every one of several rows joined with every one of others: tiles of sums that stay in registers.

A tile holds four rows by two vectors of sums (or four by one), so that each vector that is read serves four
products, and each weight two. Gradients are tiles of four targets by four sources. `_place`s are elements.
"""

from __future__ import annotations

from typing import Any

from kernels.training.compiled import inlined
from kernels.training.lanes import multiply_add, totals_of_four
from kernels.training.memory import filled, load, load_four, scatter_four, spread, store, width


@inlined
def sums_of_four(
    a: Any, w: Any, place: int, slot: int, source: int, n_sources: int, stride: int, n_vectors: int
) -> None:
    """Z = bias + sum of a[s] w, for four rows from `place` on.

    slot : of the first row's bias, its weights follow; source : where the first source's row begins
    """
    lanes, step = width(a), n_sources + 1
    slot1, slot2, slot3 = slot + step, slot + 2 * step, slot + 3 * step
    v = 0
    while v + 2 <= n_vectors:
        at = source + v * lanes
        x0, x1, x2, x3 = spread(w, slot), spread(w, slot1), spread(w, slot2), spread(w, slot3)
        y0, y1, y2, y3 = x0, x1, x2, x3
        for s in range(1, step):
            near, far = load(a, at), load(a, at + lanes)
            w0, w1, w2, w3 = (
                spread(w, slot + s),
                spread(w, slot1 + s),
                spread(w, slot2 + s),
                spread(w, slot3 + s),
            )
            x0, x1 = multiply_add(near, w0, x0), multiply_add(near, w1, x1)
            x2, x3 = multiply_add(near, w2, x2), multiply_add(near, w3, x3)
            y0, y1 = multiply_add(far, w0, y0), multiply_add(far, w1, y1)
            y2, y3 = multiply_add(far, w2, y2), multiply_add(far, w3, y3)
            at += stride
        to = place + v * lanes
        _store_four(a, to, stride, x0, x1, x2, x3)
        _store_four(a, to + lanes, stride, y0, y1, y2, y3)
        v += 2
    if v < n_vectors:
        at = source + v * lanes
        x0, x1, x2, x3 = spread(w, slot), spread(w, slot1), spread(w, slot2), spread(w, slot3)
        for s in range(1, step):
            near = load(a, at)
            x0, x1 = multiply_add(near, spread(w, slot + s), x0), multiply_add(near, spread(w, slot1 + s), x1)
            x2, x3 = (
                multiply_add(near, spread(w, slot2 + s), x2),
                multiply_add(near, spread(w, slot3 + s), x3),
            )
            at += stride
        _store_four(a, place + v * lanes, stride, x0, x1, x2, x3)


@inlined
def blame_of_four(
    d: Any, w: Any, place: int, slot: int, step: int, target: int, n_targets: int, stride: int, n_vectors: int
) -> None:
    """dL/dz = f'(z) times the sum of dL/dz[t] w, for four rows from `place` on, which hold f'(z).

    slot : of the weight to the first target, those of the other rows follow; step : slots between targets
    target : where the first target's row begins
    """
    lanes = width(d)
    nothing = filled(d, 0.0)
    v = 0
    while v + 2 <= n_vectors:
        at, s = target + v * lanes, slot
        x0, x1, x2, x3 = nothing, nothing, nothing, nothing
        y0, y1, y2, y3 = nothing, nothing, nothing, nothing
        for _ in range(n_targets):
            near, far = load(d, at), load(d, at + lanes)
            w0, w1, w2, w3 = spread(w, s), spread(w, s + 1), spread(w, s + 2), spread(w, s + 3)
            x0, x1 = multiply_add(near, w0, x0), multiply_add(near, w1, x1)
            x2, x3 = multiply_add(near, w2, x2), multiply_add(near, w3, x3)
            y0, y1 = multiply_add(far, w0, y0), multiply_add(far, w1, y1)
            y2, y3 = multiply_add(far, w2, y2), multiply_add(far, w3, y3)
            at, s = at + stride, s + step
        to = place + v * lanes
        _times_four(d, to, stride, x0, x1, x2, x3)
        _times_four(d, to + lanes, stride, y0, y1, y2, y3)
        v += 2
    if v < n_vectors:
        at, s = target + v * lanes, slot
        x0, x1, x2, x3 = nothing, nothing, nothing, nothing
        for _ in range(n_targets):
            near = load(d, at)
            x0, x1 = multiply_add(near, spread(w, s), x0), multiply_add(near, spread(w, s + 1), x1)
            x2, x3 = multiply_add(near, spread(w, s + 2), x2), multiply_add(near, spread(w, s + 3), x3)
            at, s = at + stride, s + step
        _times_four(d, place + v * lanes, stride, x0, x1, x2, x3)


@inlined
def gradients_of_four(
    a: Any,
    d: Any,
    g: Any,
    target: int,
    slot: int,
    source: int,
    n_sources: int,
    stride: int,
    n_vectors: int,
    is_first: bool,
) -> None:
    """G <- or += the sum over the rows of a[s] dL/dz[t] for four targets and all of their sources.

    target, source : where the first ones' rows begin; slot : of the first target's bias, its weights follow
    """
    step = n_sources + 1
    # The bias is the weight of an edge from the number one, the first row of all.
    _column(a, d, g, 0, target, slot, step, stride, n_vectors, is_first)
    for s in range(0, n_sources - 3, 4):
        _tile(a, d, g, source + s * stride, target, slot + 1 + s, step, stride, n_vectors, is_first)
    for s in range(n_sources - n_sources % 4, n_sources):
        _column(a, d, g, source + s * stride, target, slot + 1 + s, step, stride, n_vectors, is_first)


@inlined
def _tile(
    a: Any,
    d: Any,
    g: Any,
    source: int,
    target: int,
    slot: int,
    step: int,
    stride: int,
    n_vectors: int,
    is_first: bool,
) -> None:
    """Gradients of four sources (neighbours in g) by four targets."""
    a0, a1 = load(a, source), load(a, source + stride)
    a2, a3 = load(a, source + 2 * stride), load(a, source + 3 * stride)
    d0, d1 = load(d, target), load(d, target + stride)
    d2, d3 = load(d, target + 2 * stride), load(d, target + 3 * stride)
    p00, p01, p02, p03 = a0 * d0, a1 * d0, a2 * d0, a3 * d0
    p10, p11, p12, p13 = a0 * d1, a1 * d1, a2 * d1, a3 * d1
    p20, p21, p22, p23 = a0 * d2, a1 * d2, a2 * d2, a3 * d2
    p30, p31, p32, p33 = a0 * d3, a1 * d3, a2 * d3, a3 * d3
    for v in range(1, n_vectors):
        at, to = source + v * width(a), target + v * width(a)
        a0, a1 = load(a, at), load(a, at + stride)
        a2, a3 = load(a, at + 2 * stride), load(a, at + 3 * stride)
        d0, d1 = load(d, to), load(d, to + stride)
        d2, d3 = load(d, to + 2 * stride), load(d, to + 3 * stride)
        p00, p01 = multiply_add(a0, d0, p00), multiply_add(a1, d0, p01)
        p02, p03 = multiply_add(a2, d0, p02), multiply_add(a3, d0, p03)
        p10, p11 = multiply_add(a0, d1, p10), multiply_add(a1, d1, p11)
        p12, p13 = multiply_add(a2, d1, p12), multiply_add(a3, d1, p13)
        p20, p21 = multiply_add(a0, d2, p20), multiply_add(a1, d2, p21)
        p22, p23 = multiply_add(a2, d2, p22), multiply_add(a3, d2, p23)
        p30, p31 = multiply_add(a0, d3, p30), multiply_add(a1, d3, p31)
        p32, p33 = multiply_add(a2, d3, p32), multiply_add(a3, d3, p33)
    _keep(g, slot, totals_of_four(p00, p01, p02, p03), is_first)
    _keep(g, slot + step, totals_of_four(p10, p11, p12, p13), is_first)
    _keep(g, slot + 2 * step, totals_of_four(p20, p21, p22, p23), is_first)
    _keep(g, slot + 3 * step, totals_of_four(p30, p31, p32, p33), is_first)


@inlined
def _column(
    a: Any,
    d: Any,
    g: Any,
    source: int,
    target: int,
    slot: int,
    step: int,
    stride: int,
    n_vectors: int,
    is_first: bool,
) -> None:
    """Gradients of one source by four targets, which lie `step` apart in g."""
    one = load(a, source)
    p0, p1 = one * load(d, target), one * load(d, target + stride)
    p2, p3 = one * load(d, target + 2 * stride), one * load(d, target + 3 * stride)
    for v in range(1, n_vectors):
        one, to = load(a, source + v * width(a)), target + v * width(a)
        p0, p1 = multiply_add(one, load(d, to), p0), multiply_add(one, load(d, to + stride), p1)
        p2 = multiply_add(one, load(d, to + 2 * stride), p2)
        p3 = multiply_add(one, load(d, to + 3 * stride), p3)
    scatter_four(g, slot, step, totals_of_four(p0, p1, p2, p3), is_first)


@inlined
def _keep(g: Any, slot: int, found: Any, is_first: bool) -> None:
    if is_first:
        store(g, slot, found)
    else:
        store(g, slot, load_four(g, slot) + found)


@inlined
def _store_four(a: Any, place: int, stride: int, x0: Any, x1: Any, x2: Any, x3: Any) -> None:
    store(a, place, x0)
    store(a, place + stride, x1)
    store(a, place + 2 * stride, x2)
    store(a, place + 3 * stride, x3)


@inlined
def _times_four(d: Any, place: int, stride: int, x0: Any, x1: Any, x2: Any, x3: Any) -> None:
    store(d, place, load(d, place) * x0)
    store(d, place + stride, load(d, place + stride) * x1)
    store(d, place + 2 * stride, load(d, place + 2 * stride) * x2)
    store(d, place + 3 * stride, load(d, place + 3 * stride) * x3)
