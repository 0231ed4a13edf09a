"""The camera: which part of the scene is seen, and how large."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from playground.model.parameters import Floats

MIN_ZOOM = 0.02
MAX_ZOOM = 8.0
FIT_ZOOM = 3.0
"""Fitting never makes a small network larger than this."""

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the scene: the scene point in the middle, pixels for each scene unit, the view's size.

    centre_x, centre_y : scene units
    width, height : pixels of the view
    """

    centre_x: float = 0.0
    centre_y: float = 0.0
    zoom: float = 1.0
    width: float = 1440.0
    height: float = 900.0

    def to_view(self, points: ArrayLike) -> Floats:
        """Scene points as view pixels: any shape that ends in 2, float64."""
        scene = np.asarray(points, dtype=np.float64)
        return (scene - (self.centre_x, self.centre_y)) * self.zoom + (self.width / 2, self.height / 2)

    def to_scene(self, points: ArrayLike) -> Floats:
        """View pixels as scene points: any shape that ends in 2, float64."""
        view = np.asarray(points, dtype=np.float64)
        return (view - (self.width / 2, self.height / 2)) / self.zoom + (self.centre_x, self.centre_y)

    def zoomed(self, factor: float, at: tuple[float, float]) -> Camera:
        """The camera closer by a factor; the scene point under the view pixel `at` stays there.

        The zoom stays between MIN_ZOOM and MAX_ZOOM, but for where fitting a huge scene went further.
        """
        zoom = min(max(self.zoom * factor, min(MIN_ZOOM, self.zoom)), max(MAX_ZOOM, self.zoom))
        fixed_x, fixed_y = self.to_scene(at)
        return replace(
            self,
            centre_x=float(fixed_x - (at[0] - self.width / 2) / zoom),
            centre_y=float(fixed_y - (at[1] - self.height / 2) / zoom),
            zoom=zoom,
        )

    def panned(self, dx: float, dy: float) -> Camera:
        """The camera after the scene was pulled by (dx, dy) view pixels."""
        return replace(self, centre_x=self.centre_x - dx / self.zoom, centre_y=self.centre_y - dy / self.zoom)

    def resized(self, width: float, height: float) -> Camera:
        """The camera in a view of another size; the scene point in the middle stays."""
        return replace(self, width=width, height=height)

    @property
    def visible(self) -> Bounds:
        """The part of the scene that is seen, in scene units."""
        half_width, half_height = self.width / 2 / self.zoom, self.height / 2 / self.zoom
        return (
            self.centre_x - half_width,
            self.centre_y - half_height,
            self.centre_x + half_width,
            self.centre_y + half_height,
        )

    @classmethod
    def fitted(
        cls, bounds: Bounds, width: float, height: float, margin: float = 40.0, max_zoom: float = FIT_ZOOM
    ) -> Camera:
        """The camera that shows the whole of `bounds` (scene units) with `margin` pixels round it."""
        left, top, right, bottom = bounds
        room_x = max(width - 2 * margin, width / 2, 1.0)
        room_y = max(height - 2 * margin, height / 2, 1.0)
        zoom = min(room_x / max(right - left, 1e-9), room_y / max(bottom - top, 1e-9), max_zoom)
        return cls((left + right) / 2, (top + bottom) / 2, zoom, width, height)
