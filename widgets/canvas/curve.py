"""Cubic Bézier curves as arrays: points, lengths and directions along many curves at once."""

from __future__ import annotations

import numpy as np

from playground.model.parameters import Floats

SAMPLES = 24
"""Straight pieces by which the length along a curve is measured."""


def basis(t: Floats) -> Floats:
    """The four Bernstein weights at each t: shape t.shape + (4,)."""
    u = 1.0 - t
    return np.stack((u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t), axis=-1)


def points(curves: Floats, t: Floats) -> Floats:
    """One point on each curve: curves (n, 4, 2), t (n,) in [0, 1] -> (n, 2)."""
    return np.asarray(np.einsum("nk,nkd->nd", basis(t), curves))


def sampled(curves: Floats, pieces: int = SAMPLES) -> Floats:
    """Points at equal steps of t on every curve: (n, 4, 2) -> (n, pieces + 1, 2)."""
    return np.asarray(basis(np.linspace(0.0, 1.0, pieces + 1)) @ curves)


def directions(curves: Floats, t: Floats) -> Floats:
    """The unit direction of each curve at its t: (n, 2); (1, 0) where a curve has no length."""
    u = 1.0 - t
    weights = np.stack((3 * u * u, 6 * u * t, 3 * t * t), axis=-1)
    slope = np.einsum("nk,nkd->nd", weights, np.diff(curves, axis=1))
    length = np.hypot(slope[:, 0], slope[:, 1])
    still = length < 1e-12
    slope[still] = (1.0, 0.0)
    length[still] = 1.0
    return np.asarray(slope / length[:, None])


def at_length(curves: Floats, share: Floats) -> Floats:
    """The t at which each curve has run `share` of its length: (n, 4, 2), (n,) -> (n,)."""
    pieces = np.diff(sampled(curves), axis=1)
    run = np.cumsum(np.hypot(pieces[..., 0], pieces[..., 1]), axis=1)
    total = run[:, -1]
    wanted = np.clip(share, 0.0, 1.0) * total
    piece = np.minimum((run < wanted[:, None]).sum(axis=1), SAMPLES - 1)
    rows = np.arange(len(curves))
    before = np.where(piece > 0, run[rows, piece - 1], 0.0)
    width = run[rows, piece] - before
    inside = np.divide(wanted - before, width, out=np.zeros_like(wanted), where=width > 0)
    return np.asarray((piece + inside) / SAMPLES)


def length_share(curves: Floats, t: Floats) -> Floats:
    """The share of its length that each curve has run at its t: (n, 4, 2), (n,) -> (n,)."""
    pieces = np.diff(sampled(curves), axis=1)
    run = np.cumsum(np.hypot(pieces[..., 0], pieces[..., 1]), axis=1)
    run = np.concatenate((np.zeros((len(curves), 1)), run), axis=1)
    place = np.clip(t, 0.0, 1.0) * SAMPLES
    before = np.minimum(place.astype(np.intp), SAMPLES - 1)
    rows = np.arange(len(curves))
    part = run[rows, before] + (place - before) * (run[rows, before + 1] - run[rows, before])
    return np.asarray(np.divide(part, run[:, -1], out=np.zeros_like(part), where=run[:, -1] > 0))


def smoothstep(x: Floats) -> Floats:
    """The eased way from 0 to 1, at rest at both ends: 3x² − 2x³, clipped."""
    x = np.clip(x, 0.0, 1.0)
    return np.asarray(x * x * (3.0 - 2.0 * x))
