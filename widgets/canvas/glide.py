"""Glides: the camera or nodes move to where they belong in a fifth of a second, then all timers rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

GLIDE_MS = 200


class Glide(QObject):
    """One eased way from 0 to 1 by the wall clock; late frames are left out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._step: Callable[[float], None] | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.valueChanged.connect(self._advance)
        self._animation.finished.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether something glides now."""
        return self._step is not None

    def begin(self, step: Callable[[float], None]) -> None:
        """Call `step` with the way so far, from 0 to 1, until it is done or stopped."""
        self.stop()
        self._step = step
        self._animation.start()

    def stop(self) -> None:
        """Glide no more; things stay where they are."""
        self._step = None
        self._animation.stop()

    def _advance(self, value: float) -> None:
        if self._step is not None:
            self._step(float(value))
