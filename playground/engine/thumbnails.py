"""Small pictures of the built-in data sets, made of their own rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from playground.engine.builtin import glimpses
from playground.engine.builtin.catalogue import BUILT_IN
from playground.model.parameters import Floats, frozen_array
from playground.model.thumbnail import Thumbnail

POINT_COUNT = 90
SEED = 1
SHOWN: Mapping[str, tuple[int, int]] = MappingProxyType({"avocado": (0, 1)})
"""The columns that stand to the right and upwards, where they are not the first two."""
DIGIT_TOP = 16.0


@cache
def thumbnail(key: str) -> Thumbnail:
    """Return the picture of a built-in set; loads no further library. Raises KeyError for an unknown key."""
    info = BUILT_IN[key]
    if key == "digits":
        picture = np.array(glimpses.DIGIT, np.float64) / DIGIT_TOP
        return Thumbnail(frozen_array(np.zeros((0, 2))), picture=frozen_array(picture))
    if key in glimpses.ROWS:
        cells = np.array(glimpses.ROWS[key])
        points, answers = cells[:, :2], cells[:, 2]
    else:
        table = info.make(POINT_COUNT, 0.0, np.random.default_rng(SEED))
        points, answers = table.cells[:, SHOWN.get(key, (0, 1))], table.cells[:, -1]
    if info.columns[-1].kind == "class":
        return Thumbnail(_in_unit_square(points), classes=frozen_array(answers))
    middle, reach = (answers.max() + answers.min()) / 2, max(float(np.ptp(answers)) / 2, 1e-300)
    return Thumbnail(_in_unit_square(points), values=frozen_array((answers - middle) / reach))


def _in_unit_square(points: Floats) -> Floats:
    low, high = points.min(axis=0), points.max(axis=0)
    return frozen_array((points - low) / np.where(high > low, high - low, 1.0))
