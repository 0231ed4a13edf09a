"""What part of the scene is seen: the whole network, until someone zooms or pans by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject

from widgets.canvas.camera import FIT_ZOOM, Camera
from widgets.canvas.scene import Scene

MARGIN_PX = 28.0
FREE_AT_LEAST = 1 / 3
"""However much is covered, this share of the height is used."""


class Framing(QObject):
    """Keeps the whole network in sight as long as nobody has taken the camera."""

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._covered_px = 0
        self._is_fitted = True
        scene.changed_elsewhere.connect(self._follow)

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of what is seen, in view pixels."""
        camera = self._scene.camera
        return camera.width / 2, self._free_height() / 2

    def set_covered(self, bottom_px: int) -> None:
        """Leave the lower edge free, which something else covers."""
        if bottom_px != self._covered_px:
            self._covered_px = bottom_px
            if self._is_fitted:
                self.fit_now()

    def resize(self, width: float, height: float) -> None:
        """The view has another size."""
        self._scene.look(self._scene.camera.resized(width, height))
        if self._is_fitted:
            self.fit_now()

    def fit(self) -> None:
        """Glide to where the whole network is seen."""
        self._is_fitted = True
        self._scene.glide_to(self._fitting())

    def fit_now(self) -> None:
        """See the whole network at once."""
        self._is_fitted = True
        self._scene.look(self._fitting())

    def keep_in_sight(self) -> None:
        """See the whole network when something was put where it cannot be seen."""
        left, top, right, bottom = self._scene.bounds
        corners = self._scene.camera.to_view([(left, top), (right, bottom)])
        if (
            corners.min() < 0
            or corners[1, 0] > self._scene.camera.width
            or corners[1, 1] > self._free_height()
        ):
            self.fit()

    def let_go(self) -> None:
        """Someone has taken the camera: it stays where it is put."""
        self._is_fitted = False

    def _follow(self) -> None:
        """Go on seeing the whole network when it was changed elsewhere: opened, undone, given a layer."""
        if self._is_fitted:
            self._scene.glide_to(self._fitting())

    def _fitting(self) -> Camera:
        camera, free = self._scene.camera, self._free_height()
        # What is drawn first on an empty stage has its own size.
        largest = FIT_ZOOM if self._scene.stage.network.nodes else 1.0
        fitted = Camera.fitted(self._scene.bounds, camera.width, free, MARGIN_PX, largest)
        lifted = (camera.height - free) / 2
        return fitted.resized(camera.width, camera.height).panned(0.0, -lifted)

    def _free_height(self) -> float:
        height = self._scene.camera.height
        return max(height - self._covered_px, height * FREE_AT_LEAST)
