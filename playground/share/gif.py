"""Writes an animated GIF picture by picture, so that a long one needs no more memory than a short one."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from playground.share.film import Pixels

COLOURS = 256
EXACT = 128
"""So many of the commonest colours are kept exactly; the rest of the palette stands for all others."""

LONGEST_S = 600.0
"""How long one picture may stand; the format has room for 655 seconds."""


class Palette:
    """256 colours for all pictures of an animation, and the nearest of them for every colour.

    pictures : samples, uint8, (height, width, 3), from which the colours are taken
    """

    def __init__(self, pictures: Iterable[Pixels]) -> None:
        samples = np.concatenate([_packed(picture).ravel() for picture in pictures])
        values, counts = np.unique(samples, return_counts=True)
        common = values[np.argsort(-counts, kind="stable")][:EXACT]
        rest = values[~np.isin(values, common)]
        colours = _unpacked(common)
        if len(rest):
            picture = Image.fromarray(_unpacked(rest)[None])
            reduced = picture.quantize(COLOURS - len(common), method=Image.Quantize.MEDIANCUT)
            found = np.array(reduced.getpalette("RGB"), np.uint8).reshape(-1, 3)
            colours = np.concatenate((colours, found))[:COLOURS]
        self.colours: Pixels = np.zeros((COLOURS, 3), np.uint8)
        self.colours[: len(colours)] = colours
        self._used = len(colours)
        # One entry for each of the 16.7 million colours, filled in as they appear; -1 is not yet known.
        self._nearest = np.full(1 << 24, -1, np.int16)

    def indices(self, picture: Pixels) -> Pixels:
        """The picture as places in the palette: (height, width, 3) -> (height, width)."""
        packed = _packed(picture)
        found = self._nearest[packed]
        if (found < 0).any():
            fresh = np.unique(packed[found < 0])
            away = _unpacked(fresh).astype(np.int32)[:, None] - self.colours[: self._used].astype(np.int32)
            self._nearest[fresh] = (away**2).sum(axis=2).argmin(axis=1)
            found = self._nearest[packed]
        return found.astype(np.uint8)


class GifWriter:
    """Writes pictures to a file that is open for writing; of each only what has changed.

    size : width and height in pixels
    """

    def __init__(self, file: BinaryIO, size: tuple[int, int], palette: Palette) -> None:
        self._file = file
        self._palette = palette
        self._shown: Pixels | None = None
        self._waiting: tuple[Pixels, tuple[int, int]] | None = None
        self._stands_s = 0.0
        self._owed_s = 0.0
        file.write(b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0) + palette.colours.tobytes())
        file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", 0) + b"\x00")

    def add(self, picture: Pixels, stands_s: float) -> None:
        """Show a picture, uint8 (height, width, 3); an equal one makes the last stand longer."""
        indices = self._palette.indices(picture)
        if self._shown is None:
            self._waiting, self._stands_s = (indices, (0, 0)), stands_s
        else:
            changed = indices != self._shown
            if not changed.any() and self._stands_s + stands_s < LONGEST_S:
                self._stands_s += stands_s
                return
            self._write_waiting()
            rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
            top, left = (int(rows[0]), int(columns[0])) if len(rows) else (0, 0)
            bottom, right = (int(rows[-1]), int(columns[-1])) if len(rows) else (0, 0)
            self._waiting = (indices[top : bottom + 1, left : right + 1], (left, top))
            self._stands_s = stands_s
        self._shown = indices

    def finish(self) -> None:
        """Write the last picture and the end mark."""
        self._write_waiting()
        self._file.write(b"\x3b")

    def close(self) -> None:
        """Do nothing: the file belongs to whoever opened it."""

    def _write_waiting(self) -> None:
        if self._waiting is None:
            return
        indices, offset = self._waiting
        part = Image.fromarray(np.ascontiguousarray(indices))
        part.putpalette(self._palette.colours.tobytes())
        # The format counts hundredths of a second; what rounding takes or gives is made up for later.
        exact = self._stands_s + self._owed_s
        hundredths = max(round(exact * 100), 2)
        self._owed_s = exact - hundredths / 100
        for block in GifImagePlugin.getdata(part, offset, duration=hundredths * 10):
            self._file.write(block)
        self._waiting = None


def _packed(picture: Pixels) -> NDArray[np.int32]:
    wide = picture.astype(np.int32)
    return np.asarray((wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2])


def _unpacked(colours: NDArray[np.int32]) -> Pixels:
    return np.stack((colours >> 16, (colours >> 8) & 255, colours & 255), axis=-1).astype(np.uint8)
