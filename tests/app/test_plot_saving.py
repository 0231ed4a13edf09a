"""What is written of a plot: rows that read back, numbers in full, a picture that opens."""

from __future__ import annotations

import csv
import io
from math import pi

import pytest
from PySide6.QtGui import QColor, QImage

from playground.app.plot_saving import png, table
from widgets.kernels.plot_content import Row

ROWS: list[Row] = [("kernel", "n", "gflops"), ('with "quotes", and commas', 64, pi), ("é\n", 0, 1e-300)]


def test_rows_read_back_as_they_were() -> None:
    read = list(csv.reader(io.StringIO(table(ROWS).decode(), newline="")))
    assert read == [[str(value) for value in row] for row in ROWS]
    assert float(read[1][2]) == pi


@pytest.mark.usefixtures("qapp")
def test_a_picture_reads_back_to_the_pixel() -> None:
    picture = QImage(7, 5, QImage.Format.Format_RGB32)
    picture.fill(QColor("#3F7D20"))
    read = QImage.fromData(png(picture))
    assert read.convertToFormat(picture.format()) == picture
