"""Pictures are shown whole and undistorted, texts as they are, pages as they read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from widgets.dialogs.share_preview import SharePreview


@pytest.fixture
def preview(qtbot: QtBot) -> SharePreview:
    made = SharePreview()
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(("size", "covered"), [((400, 100), (600, 150)), ((100, 400), (75, 300))])
def test_a_picture_keeps_its_shape(
    preview: SharePreview, size: tuple[int, int], covered: tuple[int, int]
) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#AB12CD"))
    preview.show_picture(image)
    seen = preview.grab().toImage()
    ratio = seen.devicePixelRatio()
    inked = [
        (x, y)
        for x in range(0, seen.width(), 1)
        for y in range(0, seen.height(), 1)
        if seen.pixelColor(x, y) == QColor("#AB12CD")
    ]
    width = (max(x for x, _ in inked) - min(x for x, _ in inked) + 1) / ratio
    height = (max(y for _, y in inked) - min(y for _, y in inked) + 1) / ratio
    # The hairline takes one pixel at each side.
    assert (width, height) == pytest.approx(covered, abs=3)


def test_a_text_stands_as_it_is(preview: SharePreview) -> None:
    text = "def f(x):\n    return '<b>' + x\n"
    preview.show_text(text)
    assert preview.currentWidget() is preview.text
    assert preview.text.toPlainText() == text
    assert preview.text.isReadOnly()


def test_a_page_is_read_without_its_style(preview: SharePreview) -> None:
    preview.show_page("<html><style>p { color: red }</style><body><p>One &lt; two</p></body></html>")
    assert preview.currentWidget() is preview.page
    assert preview.page.toPlainText() == "One < two"


def test_tab_leaves_the_text(preview: SharePreview) -> None:
    assert preview.text.tabChangesFocus()
    assert preview.page.tabChangesFocus()


def test_nothing_to_see_is_a_sentence(preview: SharePreview) -> None:
    preview.show_note("There is no pass.")
    assert preview.currentWidget() is preview.note
    assert preview.note.text() == "There is no pass."
