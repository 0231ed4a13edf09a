"""A film: pictures one after the other, each for its time, and the files that it can become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from playground.model.errors import PlaygroundError
from playground.model.message import message
from playground.share.application import painting
from playground.share.whole_file import whole_file

Pixels = NDArray[np.uint8]
"""A picture: (height, width, 3), red, green and blue."""

SAMPLES = 9
"""How many pictures are looked at before the colours of a GIF are chosen."""

SMALLEST_PX, LARGEST_PX = 64, 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """Pictures that are painted when they are asked for, in any thread.

    size : width and height in pixels, the same for all pictures
    stands_s : how long each picture stands, in seconds
    picture : paints the picture of a number from 0 on
    """

    size: tuple[int, int]
    stands_s: tuple[float, ...]
    picture: Callable[[int], Pixels]


class Writer(Protocol):
    """Writes the pictures of one film to a file that is open."""

    def add(self, picture: Pixels, stands_s: float) -> None:
        """Add a picture."""
        ...

    def finish(self) -> None:
        """Write what is left, after the last picture."""
        ...

    def close(self) -> None:
        """Let go of everything, also after a failure."""
        ...


def save_film(
    make: Callable[[], Film],
    path: Path,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Save a film as GIF or MP4, as the end of the name says; False when it was cancelled.

    The file appears whole or not at all, and no more than one picture is kept in memory at a time.

    make : makes the film, where pictures can be painted
    progress : told the share that is done, in [0, 1]; cancelled : asked before each picture

    Raises PlaygroundError with a sentence when the film is impossible, its library is missing, or the file
    cannot be written.
    """
    begin = WRITERS.get(path.suffix.lower())
    if begin is None:
        raise PlaygroundError(message("A film's name must end in one of {known}.", known=", ".join(WRITERS)))
    with painting():
        film = make()
        check_size(film.size)
        try:
            with whole_file(path) as file, closing(begin(film, file)) as writer:
                for index, stands_s in enumerate(film.stands_s):
                    if cancelled():
                        raise _CancelledError
                    writer.add(film.picture(index), stands_s)
                    progress((index + 1) / len(film.stands_s))
                writer.finish()
        except _CancelledError:
            return False
    return True


def check_size(size: tuple[int, int]) -> None:
    """Raise PlaygroundError where a film cannot have this size."""
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in size):
        raise PlaygroundError(
            message(
                "An animation's sides must be between {least} and {most} pixels.",
                least=SMALLEST_PX,
                most=LARGEST_PX,
            )
        )


def pixels(image: QImage) -> Pixels:
    """Return an image of the format RGB32 as an array of its own."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    # Qt keeps blue, green, red and an unused byte; the copy outlives the image.
    return np.array(rows[:, : image.width(), 2::-1])


class _CancelledError(Exception):
    """Ends the writing, so that no file is left."""


def _gif(film: Film, file: BinaryIO) -> Writer:
    from playground.share.gif import GifWriter, Palette

    count = len(film.stands_s)
    samples = np.linspace(0, count - 1, min(SAMPLES, count)).astype(int)
    return GifWriter(file, film.size, Palette([film.picture(int(index)) for index in samples]))


def _mp4(film: Film, file: BinaryIO) -> Writer:
    from playground.share.mp4 import Mp4Writer

    return Mp4Writer(file, film.size)


WRITERS: Mapping[str, Callable[[Film, BinaryIO], Writer]] = MappingProxyType({".gif": _gif, ".mp4": _mp4})
"""What writes a film, by the end of the file's name."""
