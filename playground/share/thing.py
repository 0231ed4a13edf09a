"""A thing that can be taken out of the window, and the forms that it can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from playground.model.message import Message
from playground.share.film import Film
from playground.share.picture import png

Made = str | QImage | None
"""What was made to be seen and copied; None where nothing of a form can be seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One form of a thing, made by one of its functions; all of them may be called in any thread.

    suffix : the end of its files' names
    is_page : whether its text is HTML, to be read and not to be looked at as it is written
    why_not : why it cannot be had here
    """

    key: str
    title: Message
    suffix: str
    text: Callable[[], str] | None = None
    image: Callable[[], QImage] | None = None
    data: Callable[[], bytes] | None = None
    film: Callable[[], Film] | None = None
    is_page: bool = False
    why_not: Message | None = None

    def preview(self) -> Made:
        """Return what is seen of it: all of a text, a picture, the middle of a film."""
        if self.text is not None:
            return self.text()
        if self.image is not None:
            return self.image()
        if self.film is None:
            return None
        film = self.film()
        width, height = film.size
        pixels = film.picture(len(film.stands_s) // 2)
        # The copy outlives the array.
        return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()

    def file(self, made: Made = None) -> bytes:
        """Return the file of whatever is no film; `made` is what `preview` has given, if it was asked.

        Raises PlaygroundError with a sentence where it cannot be made.
        """
        if self.data is not None:
            return self.data()
        made = self.preview() if made is None else made
        return png(made) if isinstance(made, QImage) else (made or "").encode()

    @property
    def can_copy(self) -> bool:
        """Whether it can be put on the clipboard."""
        return self.text is not None or self.image is not None


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """Something that can be taken out.

    name : how its files are called where nothing else names them
    why_not : why it cannot be had now, in whatever form
    """

    key: str
    title: Message
    sentence: Message
    name: str
    forms: tuple[Form, ...]
    why_not: Message | None = None
