"""How the weights of each layer, or their gradients, were spread at moments of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.model.message import Message
from playground.model.parameters import Floats

Subject = Literal["weights", "gradients"]
SUBJECTS: tuple[Subject, ...] = ("weights", "gradients")


@dataclass(frozen=True, slots=True, eq=False)
class LayerHistograms:
    """One layer's values over time; read-only.

    name : the layer that the weights lead into
    edges : from the lowest to the highest value, (n_bins + 1,); the same at all moments
    counts : int64, (n_moments, n_bins); values that are not finite are in no bin
    means, spreads : (n_moments,), mean and standard deviation of the finite values; NaN without any
    """

    name: str | Message
    edges: Floats
    counts: NDArray[np.int64]
    means: Floats
    spreads: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Histograms:
    """All layers over the same moments.

    epochs : (n_moments,), rising
    """

    subject: Subject
    epochs: Floats
    layers: tuple[LayerHistograms, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WeightHistory:
    """One weight over a run: epochs, (n,), rising, and its values, (n,); read-only."""

    epochs: Floats
    values: Floats
