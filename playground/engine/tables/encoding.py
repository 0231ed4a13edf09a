"""The first question: whether a file is text, and in which encoding."""

from __future__ import annotations

import codecs

from playground.model.errors import DataError
from playground.model.message import message

_MARKS = (
    # UTF-32's mark begins with UTF-16's, so it comes first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How the files of spreadsheet programs begin: zipped (xlsx, ods) and the older kind (xls)."""

_SAMPLE_BYTES = 65_536
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b"))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding, as Python spells it.

    A byte order mark decides; else UTF-16 where every second byte is 0, UTF-8 where it fits, and Windows-1252
    (or Latin-1, where a byte has no meaning in it). Raises DataError for a file that is empty or no text.
    """
    if not data.strip():
        raise DataError(message("The file is empty."))
    if data.startswith(_WORKBOOKS):
        raise DataError(
            message("The file is a workbook or an archive, not a table of text. Save the sheet as CSV first.")
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding), encoding
    wide = _unmarked_utf16(data)
    if wide is not None:
        return _decoded(data, wide), wide
    _refuse_binary(data)
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            message(
                "The file says that it is written in {encoding}, but byte {byte} does not fit.",
                encoding=encoding.removesuffix("-sig").upper(),
                byte=error.start + 1,
            )
        ) from error
    if not text.strip():
        raise DataError(message("The file is empty."))
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16's byte order where nearly every second byte is 0, as in text of European languages."""
    sample = data[:_SAMPLE_BYTES]
    half = max(1, len(sample) // 2)
    low, high = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if len(data) % 2 or max(low, high) < 0.7 or min(low, high) > 0.05:
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _refuse_binary(data: bytes) -> None:
    place = data.find(0)
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if place < 0 and controls <= 0.01 * len(sample):
        return
    if place < 0:
        place = next(i for i, byte in enumerate(sample) if byte in _CONTROL)
    raise DataError(
        message("The file is not a table of text: byte {byte} is not a character.", byte=place + 1)
    )
