"""The list of runs: a mark in the run's colour, its name, and what it has reached."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.model.run import Run
from resources.theme import Theme
from widgets.runs.colours import run_colour
from widgets.runs.run_model import BELOW_ROLE, PRESENT_ROLE, RUN_ROLE, RunModel
from widgets.style import CAPTION_PX, CONTROL_PX, interface_font, theme_of

Index = QModelIndex | QPersistentModelIndex
MARK_PX = 14
SIDE_PX = 8
GAP_PX = 10
PADDING_PX = 6
MOST_ROWS = 5
"""How many rows are seen without scrolling."""


class RunList(QListView):
    """Runs to choose from; Enter opens one, F2 renames it, Space draws it or not, Delete takes it out."""

    open_requested = Signal(int)
    delete_requested = Signal(int)
    restore_requested = Signal()
    chosen_changed = Signal()

    def __init__(self, model: RunModel, name: str) -> None:
        super().__init__()
        self.can_restore = False
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Row(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def chosen(self) -> Run | None:
        """The run that is chosen."""
        found = self.currentIndex().data(RUN_ROLE)
        return found if isinstance(found, Run) else None

    def choose(self, number: int) -> None:
        """Choose a run, where it is listed."""
        row = self._model.row_of(number)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def wanted_height(self) -> int:
        """Room for the rows, as far as there are not too many."""
        rows = range(min(self._model.rowCount(), MOST_ROWS))
        return sum(self.sizeHintForRow(row) for row in rows) + 2

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the list from the window's own while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undo = event.matches(QKeySequence.StandardKey.Undo) and self.can_restore
            keys = (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            if is_undo or (event.key() in keys and self.chosen is not None):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, take out, or bring back."""
        chosen = self.chosen
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the field lets Enter through when it is done
        elif event.matches(QKeySequence.StandardKey.Undo) and self.can_restore:
            self.restore_requested.emit()
        elif event.key() == Qt.Key.Key_Delete and chosen is not None:
            self.delete_requested.emit(chosen.number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.open_requested.emit(chosen.number)
        else:
            super().keyPressEvent(event)

    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen_changed.emit()


class _Row(QStyledItemDelegate):
    """Draws one run, and takes clicks on its mark."""

    def __init__(self, view: RunList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the name and the lines below it, which wrap."""
        room = max(self._view.viewport().width(), 120)
        below = self._below_rect(QRect(0, 0, room, 0), str(index.data(BELOW_ROLE)))
        return QSize(room, below.bottom() + PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, mark, name and figures."""
        theme, run = theme_of(self._view), index.data(RUN_ROLE)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, theme, place, state)
        self._draw_mark(painter, theme, place, run, is_drawn=_is_checked(index))
        is_present = bool(index.data(PRESENT_ROLE))
        painter.setPen(QColor(theme.ink))
        painter.setFont(_name_font(is_present))
        name = QFontMetrics(_name_font(is_present)).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, self._name_rect(place).width()
        )
        painter.drawText(self._name_rect(place), int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setPen(QColor(theme.muted))
        painter.setFont(interface_font(CAPTION_PX))
        below = str(index.data(BELOW_ROLE))
        painter.drawText(self._below_rect(place, below), int(Qt.TextFlag.TextWordWrap), below)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the mark, or Space, draws the run's curve or not."""
        if isinstance(event, QMouseEvent):
            place: QRect = option.rect
            hit = self._mark_rect(place).adjusted(-SIDE_PX, -SIDE_PX, SIDE_PX, SIDE_PX)
            if hit.contains(event.position().toPoint()):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
                return True
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
        return False

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A field for the name."""
        field = QLineEdit(parent)
        field.setAccessibleName(self.tr("Name of the run"))
        field.setToolTip(self.tr("What this run is called; empty lets its number name it again"))
        field.setMaxLength(60)
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Put the field where the name is."""
        place: QRect = option.rect
        editor.setGeometry(self._name_rect(place).adjusted(-6, -4, 0, 6))

    def _draw_ground(self, painter: QPainter, theme: Theme, place: QRect, state: QStyle.StateFlag) -> None:
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ring = theme.accent if is_chosen and self._view.hasFocus() else None
        ground = theme.accent_soft if is_chosen else theme.raised if is_hovered else theme.surface
        painter.setPen(Qt.PenStyle.NoPen if ring is None else QPen(QColor(ring), 1.5))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 8, 8)

    def _draw_mark(
        self, painter: QPainter, theme: Theme, place: QRect, run: object, *, is_drawn: bool
    ) -> None:
        colour = QColor(run_colour(theme, run.colour if isinstance(run, Run) else 0))
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if is_drawn else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self._mark_rect(place)), 4, 4)

    def _mark_rect(self, place: QRect) -> QRect:
        middle = self._name_rect(place).center().y()
        return QRect(place.left() + SIDE_PX, middle - MARK_PX // 2, MARK_PX, MARK_PX)

    def _name_rect(self, place: QRect) -> QRect:
        left = place.left() + SIDE_PX + MARK_PX + GAP_PX
        height = QFontMetrics(_name_font(False)).height()
        return QRect(left, place.top() + PADDING_PX, place.right() - SIDE_PX - left, height)

    def _below_rect(self, place: QRect, text: str) -> QRect:
        name = self._name_rect(place)
        room = QRect(name.left(), name.bottom() + 1, name.width(), 1000)
        return QFontMetrics(interface_font(CAPTION_PX)).boundingRect(
            room, int(Qt.TextFlag.TextWordWrap), text
        )


def _name_font(is_present: bool) -> QFont:
    return interface_font(CONTROL_PX, QFont.Weight.DemiBold if is_present else QFont.Weight.Normal)


def _is_checked(index: Index) -> bool:
    return bool(index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)
