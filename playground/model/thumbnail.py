"""A small picture of data: points with colours, or one picture."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.parameters import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """What a data set looks like; read-only.

    points : (n, 2) in the unit square, the second upwards; none where there is a picture
    classes : (n,), the class of each point, or None
    values : (n,) in [-1, 1], the number of each point, or None
    picture : (height, width) in [0, 1], the first row on top, or None
    """

    points: Floats
    classes: Floats | None = None
    values: Floats | None = None
    picture: Floats | None = None
