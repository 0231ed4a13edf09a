"""The colours of a picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage


def colours_of(picture: QImage) -> set[str]:
    """Every colour in a picture, as #rrggbb."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32) & 0xFFFFFF
    return {f"#{colour:06x}" for colour in np.unique(pixels).tolist()}
