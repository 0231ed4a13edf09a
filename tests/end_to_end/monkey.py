"""A monkey: clicks and keys on everything that is visible, from a seed, dialogs and menus included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import Shiboken

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NOTHING = Qt.KeyboardModifier.NoModifier
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
    Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_C, Qt.Key.Key_E, Qt.Key.Key_N, Qt.Key.Key_W, Qt.Key.Key_0,
    Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_Escape, Qt.Key.Key_Menu,
)  # fmt: skip
MODIFIERS = (NOTHING, NOTHING, NOTHING, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)


class Monkey(QObject):
    """Does one deed each turn of the event loop, so that dialogs with loops of their own go on too.

    actions : the actions that it ought to reach; it tries those that it has not reached a little more
    reached : names of the actions that were triggered
    n_deeds : how many deeds it has done
    """

    def __init__(self, seed: int, actions: Iterable[QAction]) -> None:
        super().__init__()
        self._random = Random(seed)
        self._loop = QEventLoop()
        self._left = 0
        self._dialogs_turns = 0
        self.actions: list[QAction] = []
        self.reached: set[str] = set()
        self.n_deeds = 0
        self._deeds: tuple[tuple[int, Callable[[QWidget], None]], ...] = (
            (44, self._click),
            (20, self._key),
            (10, self._shortcut),
            (8, self._drag),
            (5, self._menu),
            (4, self._double_click),
            (4, self._right_click),
            (3, self._wheel),
            (2, self._type),
        )
        self.take(actions)

    @property
    def is_done(self) -> bool:
        """Whether it has begun its last deed, or does nothing."""
        return self._left <= 0

    def take(self, actions: Iterable[QAction]) -> None:
        """Watch these actions, perhaps of a new window."""
        self.actions = [action for action in actions if action.objectName()]
        for action in self.actions:
            action.triggered.connect(self._note)

    def run(self, n_deeds: int) -> None:
        """Do this many deeds."""
        self._left = n_deeds
        QTimer.singleShot(0, self, self._turn)
        try:
            self._loop.exec()
        finally:
            self._left = 0

    def _note(self) -> None:
        action = self.sender()
        if action is not None:
            self.reached.add(action.objectName())

    def _turn(self) -> None:
        if self._left <= 0:
            if self._close_one():
                QTimer.singleShot(0, self, self._turn)
            else:
                self._loop.quit()
            return
        self._left -= 1
        self.n_deeds += 1
        # The next turn is set before the deed: a deed that opens a dialog comes back only when it closes.
        QTimer.singleShot(0, self, self._turn)
        window = self._window()
        if window is not None:
            self._deed()(window)

    def _deed(self) -> Callable[[QWidget], None]:
        weights = [weight for weight, _ in self._deeds]
        return self._random.choices([deed for _, deed in self._deeds], weights)[0]

    def _window(self) -> QWidget | None:
        """Where hands can reach now: an open menu, a dialog, or a window."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        self._dialogs_turns = self._dialogs_turns + 1 if modal is not None else 0
        if popup is not None:
            return popup
        if modal is not None:
            if self._dialogs_turns > 25:  # long enough here
                self._dialogs_turns = 0
                modal.close()
                return None
            return modal
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        covering = [window for window in windows if window.isFullScreen()]
        found = sorted(covering or windows, key=_name)
        if not found:
            return None
        window = self._random.choice(found)
        window.activateWindow()
        return window

    def _close_one(self) -> bool:
        """Close a menu or dialog that is still open; False where there is none."""
        for open_one in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if open_one is not None:
                open_one.close()
                return True
        return False

    def _target(self, window: QWidget) -> tuple[QWidget, QPoint] | None:
        """Something that is visible and enabled, and a place on it that can be seen."""
        parts = [part for part in window.findChildren(QWidget) if _is_open(part, window)]
        part = self._random.choice([*parts, window])
        corner = part.mapTo(window, QPoint(0, 0)) if part is not window else QPoint(0, 0)
        seen = QRect(corner, part.size()).intersected(window.rect())
        if seen.isEmpty():
            return None
        spot = QPoint(
            self._random.randint(seen.left(), seen.right()), self._random.randint(seen.top(), seen.bottom())
        )
        met = window.childAt(spot) or window
        return (met, met.mapFrom(window, spot)) if met.isEnabled() else None

    def _click(self, window: QWidget) -> None:
        if (target := self._target(window)) is not None:
            QTest.mouseClick(target[0], LEFT, self._random.choice(MODIFIERS[:4]), target[1])

    def _double_click(self, window: QWidget) -> None:
        if (target := self._target(window)) is not None:
            QTest.mouseDClick(target[0], LEFT, NOTHING, target[1])

    def _right_click(self, window: QWidget) -> None:
        if (target := self._target(window)) is None:
            return
        widget, spot = target
        QTest.mouseClick(widget, RIGHT, NOTHING, spot)
        if Shiboken.isValid(widget):
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(widget, QContextMenuEvent(reason, spot, widget.mapToGlobal(spot)))

    def _drag(self, window: QWidget) -> None:
        first, last = self._target(window), self._target(window)
        if first is None or last is None:
            return
        widget, start = first
        end = widget.mapFrom(window, last[0].mapTo(window, last[1]))
        QTest.mousePress(widget, LEFT, NOTHING, start)
        for share in (0.3, 0.7, 1.0):
            if not Shiboken.isValid(widget):
                return
            spot = QPointF(start + (end - start) * share)
            move = QMouseEvent(
                QEvent.Type.MouseMove, spot, widget.mapToGlobal(spot), Qt.MouseButton.NoButton, LEFT, NOTHING
            )
            QApplication.sendEvent(widget, move)
        if Shiboken.isValid(widget):
            QTest.mouseRelease(widget, LEFT, NOTHING, end)

    def _wheel(self, window: QWidget) -> None:
        if (target := self._target(window)) is None:
            return
        widget, spot = target
        turn = QPoint(0, self._random.choice((-120, 120, 240)))
        event = QWheelEvent(
            QPointF(spot), QPointF(widget.mapToGlobal(spot)), QPoint(), turn, Qt.MouseButton.NoButton,
            NOTHING, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _key(self, window: QWidget) -> None:
        QTest.keyClick(_typist(window), self._random.choice(KEYS), self._random.choice(MODIFIERS))

    def _type(self, window: QWidget) -> None:
        for letter in self._random.choice(("0.5", "-3", "1e9", "Ripe?", "x y", "", "12,5", "nan")):
            if Shiboken.isValid(window) and window.isVisible():
                QTest.keyClick(_typist(window), ord(letter))

    def _shortcut(self, window: QWidget) -> None:
        action = self._wanted(lambda action: not action.shortcut().isEmpty())
        if action is not None:
            pressed = self._random.choice(action.shortcuts())[0]  # type: ignore[index]  # the stubs lack it
            QTest.keyClick(_typist(window), pressed.key(), pressed.keyboardModifiers())

    def _menu(self, window: QWidget) -> None:
        """Open a menu of the menu bar and choose an entry."""
        menus = [menu for menu in window.findChildren(QMenu) if menu.actions() and menu.title()]
        if not menus:
            self._key(window)
            return
        action = self._wanted(lambda action: any(action in menu.actions() for menu in menus))
        menu = next((menu for menu in menus if action in menu.actions()), self._random.choice(menus))
        menu.popup(window.mapToGlobal(QPoint(40, 40)))
        if action is not None:
            QTest.mouseClick(menu, LEFT, NOTHING, menu.actionGeometry(action).center())

    def _wanted(self, fits: Callable[[QAction], bool]) -> QAction | None:
        """An action that can be used now, rather one that was not reached yet."""
        able = [action for action in self.actions if action.isEnabled() and fits(action)]
        fresh = [action for action in able if action.objectName() not in self.reached]
        if fresh and self._random.random() < 0.7:
            able = fresh
        return self._random.choice(able) if able else None


def _typist(window: QWidget) -> QWidget:
    """What keys go to: the widget with the focus, if it is in this window."""
    focus = QApplication.focusWidget()
    return focus if focus is not None and focus.window() is window else window


def _is_open(part: QWidget, window: QWidget) -> bool:
    """Whether a part can be seen and used, and lies in the window itself."""
    return part.isVisible() and part.isEnabled() and part.window() is window and not part.size().isEmpty()


def _name(window: QWidget) -> str:
    return f"{type(window).__name__} {window.objectName()} {window.windowTitle()}"
