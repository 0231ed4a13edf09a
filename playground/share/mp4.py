"""Writes a film as MP4 (H.264) at a constant rate, through the optional library PyAV."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np

from playground.model.errors import FileError
from playground.model.message import message
from playground.share.film import Pixels

RATE_HZ = 25
"""Pictures a second: every player and every presentation program takes this rate."""

QUALITY = "20"
"""The encoder's constant rate factor: 18 cannot be told from the original, 28 is coarse."""

MISSING = message("MP4 needs the library PyAV: install neural-playground with the extra “video”.")


class Mp4Writer:
    """Encodes pictures as they come. Raises FileError where the library is missing.

    size : width and height in pixels; an odd side gets one more row or column, since H.264 wants even ones
    """

    def __init__(self, file: BinaryIO, size: tuple[int, int]) -> None:
        library = _library()
        self._make_frame = library.VideoFrame.from_ndarray
        self._file = _File(file)
        self._container = library.open(self._file, mode="w", format="mp4")
        self._stream = self._container.add_stream("libx264", rate=RATE_HZ)
        self._stream.width, self._stream.height = (side + side % 2 for side in size)
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = {"crf": QUALITY, "preset": "veryfast"}
        self._shown_s = 0.0
        self._count = 0

    def add(self, picture: Pixels, stands_s: float) -> None:
        """Show a picture, uint8 (height, width, 3), for a time rounded so that no error adds up."""
        self._shown_s += stands_s
        even = np.pad(picture, ((0, picture.shape[0] % 2), (0, picture.shape[1] % 2), (0, 0)), mode="edge")
        frame = self._make_frame(np.ascontiguousarray(even), format="rgb24")
        until = max(round(self._shown_s * RATE_HZ), self._count + 1)
        while self._count < until:
            frame.pts = self._count
            self._count += 1
            with self._file.own_errors():
                self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder still holds, and the table of pictures at the end of the file."""
        with self._file.own_errors():
            self._container.mux(self._stream.encode(None))
            self._container.close()

    def close(self) -> None:
        """Let go of the encoder; after a failure it complains again, about the same thing."""
        with suppress(OSError), self._file.own_errors():
            self._container.close()


class _File:
    """A file as the library writes to it; what the disk says to that is kept, since the library hides it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None
        self.seek, self.tell = file.seek, file.tell

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        try:
            return self._file.write(data)
        except OSError as error:
            self._error = error
            raise

    @contextmanager
    def own_errors(self) -> Generator[None]:
        """Raise what the disk has said instead of what the library makes of it."""
        try:
            yield
        except Exception as error:
            if self._error is None:
                raise
            raise self._error from error


def _library() -> Any:
    try:
        return import_module("av")
    except ImportError as error:
        raise FileError(MISSING) from error
