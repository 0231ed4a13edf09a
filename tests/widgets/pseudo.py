"""A language in which every sentence is 40 % longer, and what it brings to light."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

OPEN, CLOSE, FILL = "⟦", "⟧", "ẽ"
LONGER = 0.4
WORD = re.compile(r"[A-Za-z]{3,}")


def pseudo(text: str) -> str:
    """Return a text in the pseudo-language: marked at both ends, 40 % longer, in words that can wrap."""
    if not text:
        return ""
    extra = max(1, round(len(text) * LONGER) - 2)
    words = " ".join(FILL * min(6, extra - start) for start in range(0, extra, 7))
    return f"{OPEN}{text} {words}{CLOSE}"


class PseudoTranslator(QTranslator):
    """Translates everything that it is asked for into the pseudo-language."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        del context, disambiguation, n
        return pseudo(source)


@contextmanager
def pseudo_language() -> Generator[None]:
    """Everything that is made inside speaks the pseudo-language."""
    translator = PseudoTranslator()
    assert QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


def visible_parts(root: QWidget) -> Iterator[QWidget]:
    """The widget and all visible widgets in it."""
    yield root
    for part in root.findChildren(QWidget):
        if part.isVisibleTo(root) and part.window() is root.window():
            yield part


def texts_of(part: QWidget) -> Iterator[str]:
    """Every text that a widget shows or speaks: its own, tooltip, accessible name, hints."""
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    if isinstance(part, QComboBox):
        for index in range(part.count()):
            yield part.itemText(index)
    if isinstance(part, QLineEdit):
        yield part.placeholderText()
    yield part.toolTip()
    if not part.objectName().startswith("qt_"):
        yield part.accessibleName()


def untranslated(root: QWidget, known: tuple[str, ...] = ()) -> list[str]:
    """Texts with words that are not in the pseudo-language; `known` are the person's own words and names."""
    found = []
    for part in visible_parts(root):
        for text in texts_of(part):
            plain = re.sub(r"<[^>]*>", "", text)
            outside = _outside(plain)
            for word in known:
                outside = outside.replace(word, "")
            if WORD.search(outside):
                found.append(f"{type(part).__name__}: {text!r}")
    return found


def _outside(text: str) -> str:
    """What stands outside all brackets of the pseudo-language."""
    depth, kept = 0, []
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE:
            depth -= 1
        elif depth == 0:
            kept.append(sign)
    return "".join(kept)


def cut_texts(root: QWidget) -> list[str]:
    """Labels and controls that are smaller than their text, or stick out of what holds them."""
    found = []
    for part in visible_parts(root):
        reason = _cut(part) or _sticks_out(part, root)
        if reason:
            found.append(f"{type(part).__name__} {_text(part)!r}: {reason}")
    return found


def _text(part: QWidget) -> str:
    return next((text for text in texts_of(part) if text), "")


def _cut(part: QWidget) -> str:
    if not _text(part) or isinstance(part, QLineEdit | QAbstractSpinBox):
        return ""  # the text of a field scrolls
    size = part.size()
    if isinstance(part, QLabel | QAbstractButton | QComboBox) and part.hasHeightForWidth():
        needed = part.heightForWidth(size.width())
        if needed > size.height():
            return f"{needed} px high, has {size.height()}"
        return _cut_word(part)
    if isinstance(part, QLabel | QPushButton | QToolButton | QComboBox):
        hint = part.sizeHint()
        if hint.width() > size.width() or (isinstance(part, QLabel) and hint.height() > size.height()):
            return f"wants {hint.width()}×{hint.height()}, has {size.width()}×{size.height()}"
    return ""


def _cut_word(part: QWidget) -> str:
    """Whether a single word is wider than the widget that wraps it."""
    words = re.sub(r"<[^>]*>", "", _text(part)).split()
    widest = max((part.fontMetrics().horizontalAdvance(word) for word in words), default=0)
    return f"a word is {widest} px wide, it has {part.width()}" if widest > part.width() else ""


def _sticks_out(part: QWidget, root: QWidget) -> str:
    """Whether a widget reaches beyond its parent; what scrolls up and down may be higher."""
    parent = part.parentWidget()
    if part is root or parent is None or not _text(part):
        return ""
    box = part.geometry()
    in_view = isinstance(parent.parentWidget(), QScrollArea)
    if box.right() > parent.width() or box.left() < 0:
        return f"reaches from {box.left()} to {box.right()} in {parent.width()} px"
    if not in_view and (box.bottom() > parent.height() or box.top() < 0):
        return f"reaches down to {box.bottom()} in {parent.height()} px"
    return ""


def settled(root: QWidget) -> None:
    """Let layouts that wait for each other come to rest."""
    assert root.isVisible()
    before: list[object] = []
    for _ in range(50):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        now: list[object] = [part.geometry() for part in root.findChildren(QWidget)]
        if now == before:
            return
        before = now
    raise AssertionError("the layout never comes to rest")


class Unrest(QObject):
    """Counts the layouts and paints of all widgets while it is watched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Paint):
            self.found.append(f"{type(watched).__name__} {event.type().name}")
        return False


def unrest(root: QWidget) -> list[str]:
    """What goes on while nothing should: layouts that ask for each other, paints that nobody needs."""
    settled(root)
    QApplication.processEvents()
    watch = Unrest()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    for _ in range(10):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    application.removeEventFilter(watch)
    return watch.found
