"""Columns that are the pixels of a picture: pixel_ROW_COLUMN, counted from the upper left corner."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

PIXEL = re.compile(r"pixel_(\d{1,3})_(\d{1,3})")

SIDE_AT_LEAST = 4
"""Pixels along each side from which columns count as a picture."""


def pixel_places(columns: Sequence[str]) -> tuple[Mapping[int, tuple[int, int]], tuple[int, int]]:
    """Return the row and column of each column that is a pixel, by its position, and the picture's shape.

    The shape is (height, width). Nothing and (0, 0) where the columns are not a picture: most of them must be
    pixels, and they must fill a few rows and columns.
    """
    places = {
        position: (int(found[1]), int(found[2]))
        for position, column in enumerate(columns)
        if (found := PIXEL.fullmatch(column))
    }
    if not places or 2 * len(places) < len(columns):
        return {}, (0, 0)
    height, width = (max(place[axis] for place in places.values()) + 1 for axis in (0, 1))
    if min(height, width) < SIDE_AT_LEAST:
        return {}, (0, 0)
    return places, (height, width)
