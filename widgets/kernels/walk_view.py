"""The picture of slow motion: A, B and C as grids of cells, and where the threads are in them."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.keys import Level
from playground.model.message import MINUS, message
from resources.theme import Theme
from widgets.kernels.cells import Colours, cells_image, sharpness
from widgets.kernels.walk import LARGEST_VALUE, Name, Part, Product, Walk
from widgets.kernels.walk_layout import FOOT_PX, LEAST_PITCH, NAMES, TITLE_PX, Grid, grids
from widgets.kernels.walk_style import WalkStyle
from widgets.style import CAPTION_PX, CONTROL_PX, interface_font, mixed, theme_of
from widgets.text import say

LEAST_NUMBER_PX = 11
MOST_NUMBERS = 16
"""Numbers stand in the cells of products up to this size, where they can be read."""

CHIP_PX = 20
WAITING = 0.3
"""The ink of what is shown while something else is waited for."""


class WalkView(QWidget):
    """Shows one moment of a walk; keys ask for others.

    step_requested : +1 or -1 (Left, Right); end_requested : whether the last (End) or the first (Home)
    play_toggled : Space
    """

    step_requested = Signal(int)
    end_requested = Signal(bool)
    play_toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._walk: Walk | None = None
        self._product: Product | None = None
        self._moment = 0
        self._level: Level = "words"
        self._grids: dict[Name, Grid] = {}
        self._images: tuple[object, dict[Name, QImage]] = (None, {})
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The matrices A, B and C, step by step"))

    @property
    def placed(self) -> dict[Name, Grid]:
        """Where the three grids lie now."""
        return self._laid_out()

    def set_walk(self, walk: Walk | None) -> None:
        """Show another walk, from its beginning."""
        if walk is self._walk:
            return
        self._walk, self._moment = walk, 0
        is_small = walk is not None and max(walk.shape("a") + walk.shape("b")) <= MOST_NUMBERS
        self._product = Product(walk) if walk is not None and is_small else None
        self._images = (None, {})
        self.update()

    def set_moment(self, moment: int) -> None:
        """Show a moment, counted from 0; the walk's count shows everything done."""
        if moment != self._moment:
            self._moment = moment
            self.update()

    def set_level(self, level: Level) -> None:
        """Show numbers in the cells of small products, except at the level Words."""
        if level != self._level:
            self._level = level
            self.update()

    def height_at(self, width: int) -> int:
        """The height that the grids fill at a width, in pixels; more would stay empty."""
        if self._walk is None:
            return 0
        placed = grids(width, math.inf, {name: self._walk.shape(name) for name in NAMES})
        return max(grid.y + grid.rows * grid.pitch for grid in placed.values()) + FOOT_PX

    def sizeHint(self) -> QSize:
        """Wide, and as high as it must be: where it can be higher it is."""
        return QSize(760, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for grids of 64 by 64 cells."""
        return QSize(500, TITLE_PX + 64 * LEAST_PITCH + FOOT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, go to an end, or play."""
        key = event.key()
        if key in (Qt.Key.Key_Left.value, Qt.Key.Key_Right.value):
            self.step_requested.emit(1 if key == Qt.Key.Key_Right.value else -1)
        elif key in (Qt.Key.Key_Home.value, Qt.Key.Key_End.value):
            self.end_requested.emit(key == Qt.Key.Key_End.value)
        elif key == Qt.Key.Key_Space.value and not event.isAutoRepeat():
            self.play_toggled.emit()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the grids, their names and sizes, the numbers in them, and the threads' numbers."""
        walk = self._walk
        if walk is None:
            return
        style = WalkStyle.of(theme_of(self))
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setOpacity(1.0 if self.isEnabled() else WAITING)
            images = self._drawn(walk, style, sharpness(painter))
            for name, grid in self._laid_out().items():
                painter.drawImage(QPointF(grid.x, grid.y), images[name])
                self._draw_words(painter, walk, name, grid, style.theme)
                if self._product is not None and self._level != "words":
                    self._draw_numbers(painter, walk, name, grid, style)
                if walk.schedule.threads > 1:
                    self._draw_threads(painter, walk, name, grid, style)
            if self.hasFocus():
                self._draw_focus(painter, style.theme)

    def _laid_out(self) -> dict[Name, Grid]:
        if self._walk is None:
            return {}
        return grids(self.width(), self.height(), {name: self._walk.shape(name) for name in NAMES})

    def _drawn(self, walk: Walk, style: WalkStyle, ratio: float) -> dict[Name, QImage]:
        placed = self._laid_out()
        key = (id(walk), self._moment, style.theme, ratio, placed["a"].pitch)
        if self._images[0] != key:
            images = {
                name: _image(walk, name, self._moment, grid, style, ratio) for name, grid in placed.items()
            }
            self._images = (key, images)
        return self._images[1]

    def _draw_words(self, painter: QPainter, walk: Walk, name: Name, grid: Grid, theme: Theme) -> None:
        title = {"a": "A", "b": "B", "c": "C = A × B"}[name]
        rows, columns = walk.shape(name)
        letters = {"a": ("m", "k"), "b": ("k", "n"), "c": ("m", "n")}[name]
        if self._level == "maths":
            size = message(
                "{r} × {c} = {rows} × {columns}", r=letters[0], c=letters[1], rows=rows, columns=columns
            )
        else:
            size = message("{rows} rows × {columns} columns", rows=rows, columns=columns)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
        painter.setFont(interface_font(CONTROL_PX, QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(grid.x, 0, grid.width, TITLE_PX - 6), left, title)
        painter.setFont(interface_font(CAPTION_PX))
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(grid.x, grid.y + grid.height + 4, grid.width, FOOT_PX - 4), left, say(size))

    def _draw_numbers(self, painter: QPainter, walk: Walk, name: Name, grid: Grid, style: WalkStyle) -> None:
        product = self._product
        assert product is not None
        # The cells of C under way show what they are once the step is done.
        values = {"a": product.a, "b": product.b}.get(name, product.c(self._moment + 1))
        texts = [[_whole(value) for value in row] for row in values.tolist()]
        largest = LARGEST_VALUE if name != "c" else LARGEST_VALUE**2 * walk.schedule.k
        font = _fitting_font(_whole(-largest), grid.pitch - grid.gap)
        if font is None:
            return
        painter.setFont(font)
        under_way, _ = walk.threads(name, self._moment)
        begun = walk.seen(name, self._moment)
        theme = style.theme
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                thread = int(under_way[row, column, 0])
                if name == "c" and thread < 0 and not begun[row, column]:
                    continue
                painter.setPen(QColor(theme.ink if thread < 0 else _on(style.thread(thread))))
                x, y, width, height = grid.box(Part(row, row + 1, column, column + 1))
                painter.drawText(QRectF(x, y, width, height), int(Qt.AlignmentFlag.AlignCenter), text)

    def _draw_threads(self, painter: QPainter, walk: Walk, name: Name, grid: Grid, style: WalkStyle) -> None:
        """Write the numbers of the threads at the corners of what they work on."""
        together: dict[Part, list[int]] = {}
        for step in walk.steps_at(self._moment):
            together.setdefault(step.part(name), []).append(step.thread)
        painter.setFont(interface_font(CAPTION_PX, QFont.Weight.Bold))
        for part, threads in together.items():
            x, y, width, height = grid.box(part)
            text = ", ".join(str(thread + 1) for thread in sorted(threads)[:4]) + (
                "…" if len(threads) > 4 else ""
            )
            wide = max(painter.fontMetrics().horizontalAdvance(text) + 10, CHIP_PX)
            if min(width, height) < 3 * CHIP_PX:  # a small tile is not hidden by its number
                left, top = x + width + 3, y + (height - CHIP_PX) / 2
            else:
                left, top = x + width - wide / 2, y - CHIP_PX / 2
            chip = QRectF(min(left, self.width() - wide), top, wide, CHIP_PX)
            ground = style.thread(threads[0])
            painter.setPen(QColor(style.theme.stage))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(chip, CHIP_PX / 2, CHIP_PX / 2)
            painter.setPen(QColor(_on(ground)))
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)

    def _draw_focus(self, painter: QPainter, theme: Theme) -> None:
        last = self._laid_out()["c"]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent))
        height = min(max(grid.y + grid.height for grid in self._laid_out().values()) + 3, self.height() - 1)
        painter.drawRoundedRect(
            QRectF(0.5, TITLE_PX - 4.5, last.x + last.width + 2, height - TITLE_PX + 4), 6, 6
        )


def cell_colours(walk: Walk, name: Name, moment: int, style: WalkStyle) -> Colours:
    """The colours of a matrix's cells at a moment: (rows, columns, stripes), 0xRRGGBB."""
    threads, most = walk.threads(name, moment)
    ground = np.full(walk.shape(name), style.rest, np.uint32)
    ground[walk.seen(name, moment)] = style.begun if name == "c" else style.seen
    if name == "c":
        ground[walk.finished(moment)] = style.finished
    under_way = style.threads[threads % len(style.threads)]
    return np.where(threads >= 0, under_way, np.repeat(ground[:, :, None], most, axis=2)).astype(np.uint32)


def _image(walk: Walk, name: Name, moment: int, grid: Grid, style: WalkStyle, ratio: float) -> QImage:
    pitch = max(round(grid.pitch * ratio), 1)
    image = cells_image(cell_colours(walk, name, moment, style), pitch, round(grid.gap * ratio))
    if not image.isNull():
        image.setDevicePixelRatio(pitch / grid.pitch)
    return image


def _whole(value: int) -> str:
    return str(value).replace("-", MINUS)


def _fitting_font(longest: str, room_px: int) -> QFont | None:
    """The largest font in which the longest text fits into a cell; None where none can be read."""
    for pixels in range(CONTROL_PX + 2, LEAST_NUMBER_PX - 1, -1):
        font = interface_font(pixels)
        if QFontMetricsF(font).horizontalAdvance(longest) + 2 <= room_px and pixels + 4 <= room_px:
            return font
    return None


def _on(ground: str) -> str:
    """Ink that can be read on a thread's colour."""
    is_bright = QColor(ground).lightnessF() > 0.55
    return mixed("#000000", ground, 0.1) if is_bright else "#FFFFFF"
