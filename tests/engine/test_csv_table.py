"""Tables of text: read back what the csv module wrote, and a sentence for each kind of bad file."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.csv_table import CsvReading, read_csv, read_text_table, target_choices, with_classes
from playground.engine.tables.dialect import MAX_COLUMNS, ReadingStoppedError
from playground.engine.tables.numbers import MISSING
from playground.model.errors import DataError
from playground.model.experiment import Column
from playground.model.message import sentence

NAN = float("nan")


def notes(reading: CsvReading) -> list[str]:
    return [sentence(note) for note in reading.notes]


def refusal(data: bytes | Path) -> str:
    with pytest.raises(DataError) as refused:
        read_csv(data)
    return str(refused.value)


def written(rows: list[list[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def test_numbers_classes_and_missing_cells_are_recognised() -> None:
    reading = read_csv(b"height,skin,ripe\n0.5,green,yes\n,black,no\n1e-1,green,yes\n-2,?,no\n")
    assert reading.table.columns == (
        Column("height"),
        Column("skin", "class", ("black", "green")),
        Column("ripe", "class", ("no", "yes")),
    )
    expected = np.array([[0.5, 1, 1], [NAN, 0, 0], [0.1, 1, 1], [-2, NAN, 0]])
    np.testing.assert_array_equal(reading.table.cells, expected)
    assert (reading.delimiter, reading.encoding, reading.header) == (",", "utf-8", True)
    assert notes(reading) == [
        "The first line names the columns.",
        "2 rows have missing values and are left out.",
    ]


NAMES = st.lists(
    st.text(st.characters(categories=("L", "P", "S", "Zs")), min_size=1, max_size=8)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name and name not in MISSING and not name.startswith("sep=")),
    min_size=2,
    max_size=5,
    unique=True,
)


@given(
    st.data(),
    NAMES,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_the_csv_module_writes_is_read_back(
    data: st.DataObject, names: list[str], delimiter: str, encoding: str
) -> None:
    cells = data.draw(
        st.lists(
            st.lists(
                st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: x + 0.0),
                min_size=len(names),
                max_size=len(names),
            ),
            min_size=2,
            max_size=8,
        )
    )
    rows = [names, *[[repr(cell) for cell in row] for row in cells]]
    reading = read_csv(written(rows, delimiter).encode(encoding))
    assert [column.name for column in reading.table.columns] == names
    assert reading.table.cells.tolist() == cells
    assert reading.delimiter == delimiter


@given(
    st.lists(
        st.lists(st.text("ab ,;\"\n'é", min_size=1, max_size=6), min_size=2, max_size=2),
        min_size=1,
        max_size=9,
    )
)
def test_quoted_texts_are_read_back_as_texts(rows: list[list[str]]) -> None:
    lines = [["name", "other"], *[[f"x{a}y", f"x{b}y"] for a, b in rows]]
    text = read_text_table(written(lines, ",").encode(), header=True)
    assert text.rows == lines[1:]


@pytest.mark.parametrize(
    ("data", "delimiter", "sign", "cells"),
    [
        ("a;b\n1,5;2,25\n3,0;-4,125\n", ";", ",", [[1.5, 2.25], [3, -4.125]]),
        ("1,5;2,25\n3,0;4,125\n", ";", ",", [[1.5, 2.25], [3, 4.125]]),
        ("a;b\n1.234,5;2\n12.000;3\n", ";", ",", [[1234.5, 2], [12000, 3]]),
        ('a,b\n"1,234.5",2\n"12,000",3\n', ",", ".", [[1234.5, 2], [12000, 3]]),
        ("a\tb\n1 234,5\t2\n12 000,25\t3\n", "\t", ",", [[1234.5, 2], [12000.25, 3]]),
        ("a|b\n1'234.5|2\n2|3\n", "|", ".", [[1234.5, 2], [2, 3]]),
        ("a;b\n1,234;5\n2,345;6\n", ";", ",", [[1.234, 5], [2.345, 6]]),
        ('a,b\n"1,234",5\n"2,345",6\n', ",", ".", [[1234, 5], [2345, 6]]),
        ("a;b\n1.5;2\n2.25;3\n", ";", ".", [[1.5, 2], [2.25, 3]]),
        ("a,b\n−1.5,+2\n3,.5\n", ",", ".", [[-1.5, 2], [3, 0.5]]),
        ("sep=;\na;b\n1;2\n3;4\n", ";", ".", [[1, 2], [3, 4]]),
        ("a,b,\r\n1,2,\r\n3,4,\r\n", ",", ".", [[1, 2], [3, 4]]),
        ("a,b\n\n1,2\n,\n3,4\n\n", ",", ".", [[1, 2], [3, 4]]),
        ("a,b\r1,2\r3,4\r", ",", ".", [[1, 2], [3, 4]]),
    ],
)
def test_delimiter_decimal_sign_and_thousands_are_found_out(
    data: str, delimiter: str, sign: str, cells: list[list[float]]
) -> None:
    reading = read_csv(data.encode())
    assert (reading.delimiter, reading.text.decimal_sign) == (delimiter, sign)
    assert reading.table.cells.tolist() == cells


@pytest.mark.parametrize(
    ("encoding", "recognised"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(encoding: str, recognised: str) -> None:
    reading = read_csv("größe,fruit\n1,pêche\n2,pomme\n3,pêche\n".encode(encoding))
    assert reading.encoding == recognised
    assert reading.table.columns[0].name == "größe"
    assert reading.table.columns[1].classes == ("pomme", "pêche")


@pytest.mark.parametrize(
    ("data", "header"),
    [
        ("a,b\n1,2\n3,4\n", True),
        ("1,2\n3,4\n", False),
        ("a,1\nb,2\nc,3\n", False),
        ("name,kind\nx,a\ny,b\n", True),
        ("x,a\ny,b\nx,b\n", False),
        ("x,NA\n1,2\n3,4\n", False),
    ],
)
def test_a_row_of_names_is_told_from_a_row_of_values(data: str, header: bool) -> None:
    text = read_text_table(data.encode())
    assert text.header == header
    assert len(text.rows) == len(data.splitlines()) - header
    forced = read_text_table(data.encode(), header=not header)
    assert len(forced.rows) == len(data.splitlines()) - (not header)


def test_names_that_are_missing_or_come_twice_are_made_up() -> None:
    reading = read_csv(b"a,a,,a (2)\n1,2,3,4\n5,6,7,8\n")
    assert [column.name for column in reading.table.columns] == ["a", "a (3)", "column_3", "a (2)"]
    assert "A second column “a” is called “a (3)”." in notes(reading)
    assert "Column 3 has no name and is called “column_3”." in notes(reading)


@pytest.mark.parametrize(
    ("name", "called"), [("", "column_1"), ("PassengerId", "PassengerId"), ("No.", "No.")]
)
@pytest.mark.parametrize("first", [0, 1])
def test_row_numbers_are_left_out(name: str, called: str, first: int) -> None:
    reading = read_csv(f"{name},x,y\n{first},5,6\n{first + 1},7,8\n{first + 2},1,2\n".encode())
    assert [column.name for column in reading.table.columns] == ["x", "y"]
    assert f"The column “{called}” only counts the rows and is left out." in notes(reading)


def test_other_columns_of_rising_numbers_are_kept() -> None:
    reading = read_csv(b"id,day,x\n7,1,5\n8,2,7\n9,3,1\n")
    assert [column.name for column in reading.table.columns] == ["id", "day", "x"]


def test_columns_that_cannot_be_used_are_left_out_and_said() -> None:
    rows = [
        f"2026-01-{i % 28 + 1:02},name {chr(97 + i)} {i},,{(i % 4 == 0 and i) or ''},{i},{i % 2}"
        for i in range(26)
    ]
    reading = read_csv("\n".join(["day,who,nothing,seldom,x,y", *rows]).encode())
    assert [column.name for column in reading.table.columns] == ["x", "y"]
    assert notes(reading)[1:] == [
        "The column “day” holds dates or times and is left out.",
        "The column “who” holds 26 different texts, too many to be classes, and is left out.",
        "The column “nothing” is empty and is left out.",
        "The column “seldom” is empty in 20 of 26 rows and is left out.",
    ]
    assert len(reading.text.names) == 6


def test_classes_are_put_in_a_natural_order() -> None:
    reading = read_csv(b"size,x\nsize 10,1\nsize 9,2\nSize 2,3\n3+,4\n")
    assert reading.table.columns[0].classes == ("3+", "Size 2", "size 9", "size 10")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \n\r\n", "The file is empty."),
        (b"\xff\xfe", "The file is empty."),
        (b"a\n1\n2\n", "The file has a single column. A table needs two or more,"),
        (b"a,b\n1,2\n", "The table has a single row of values"),
        (b"a,b\n", "The table has names of columns, but no row of values."),
        (b"a,b,c\n1,2,3\n\n4,5\n", "Line 4 has 2 cells, but the first row has 3."),
        (b"a,b\n1,2\n3,4,5\n", "Line 3 has 3 cells, but the first row has 2."),
        (b'a,b\n"x\ny",1\nz,2,3\n', "Line 4 has 3 cells, but the first row has 2."),
        (b'a,b\n1,2\n"3,4\n5,6\n', "The row from line 3 on has a quotation mark that is not closed"),
        (b"PK\x03\x04\x14\x00\x06\x00", "The file is a workbook or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "The file is a workbook or an archive"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "The file is not a table of text: byte 9 is not a character.",
        ),
        (bytes(range(1, 32)) * 9, "The file is not a table of text: byte 1 is not a character."),
        (b"\xef\xbb\xbfa,b\n\xff,1\n", "says that it is written in UTF-8, but byte 5 does not fit"),
        (b"a,b\n,1\n2,\nNA,3\n4,?\n", "Each of the 4 rows has a missing value."),
        (b"a,b\n1,inf\n2,3\n", "Line 2: the number “inf” in the column “b” is infinite or too large."),
        (b"a,b\n1,3\n2,1e999\n", "Line 3: the number “1e999” in the column “b” is infinite or too large."),
        (b"d,x\n2020-01-01,1\n2020-01-02,2\n", "Of 2 columns 1 can be used; a table needs two or more"),
        (
            ("a,b\n" + "".join(f"{i},{i}\n" for i in range(40)) + "12 cm,3\n").encode(),
            "Line 42: “12 cm” in the column “a” is not a number, though most of the column is.",
        ),
        (
            (",".join(f"c{i}" for i in range(MAX_COLUMNS + 1)) + "\n").encode(),
            "has 5,001 columns; 5,000 are the most",
        ),
    ],
)
def test_a_bad_file_gets_its_sentence(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    began = time.perf_counter()
    assert refusal(path) == "“huge.csv” has 200 MB; tables of up to 64 MB can be read."
    assert time.perf_counter() - began < 1


def test_a_file_that_is_not_there_or_a_folder_gets_its_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "“none.csv” cannot be read: No such file or directory."
    assert "cannot be read" in refusal(tmp_path)


def test_one_class_is_said_and_is_never_offered_for_prediction() -> None:
    reading = read_csv(b"x,y,ripe\n1,2,yes\n3,4,yes\n")
    assert "Every row says “yes” in the column “ripe”, so nothing can be told from it." in notes(reading)
    assert target_choices(reading.table) == ("y", "x")


@pytest.mark.parametrize(
    ("data", "choices"),
    [
        (b"x,kind,z\n1,a,3\n2,b,4\n", ("kind", "x", "z")),
        (b"sex,age,bought\nm,30,0\nf,41,1\n", ("bought", "sex", "age")),
        (b"a,b,c\n1,5,8\n2,6,9\n", ("c", "a", "b")),
        (b"p,q,r\nu,m,5\nv,n,6\n", ("q", "p", "r")),
        (b"x,flag,y2\n5,0,5\n6,1,6\n", ("flag", "x", "y2")),
        (b"Target,kind\n5,a\n6,b\n", ("Target", "kind")),
    ],
)
def test_the_likeliest_column_to_predict_comes_first(data: bytes, choices: tuple[str, ...]) -> None:
    assert target_choices(read_csv(data).table) == choices


def test_numbers_can_be_read_as_classes() -> None:
    reading = read_csv(b"x,wine\n1,3\n2,1\n4,\n5,3\n6,2.5\n")
    table = with_classes(reading.table, ("wine",))
    assert table.columns[1] == Column("wine", "class", ("1", "2.5", "3"))
    np.testing.assert_array_equal(table.cells[:, 1], [2, 0, NAN, 2, 1])
    many = read_csv(("x,y\n" + "".join(f"{i},{i}\n" for i in range(60))).encode())
    with pytest.raises(DataError, match="60 different numbers; 50 classes are the most"):
        with_classes(many.table, ("y",))


def test_a_million_cells_are_read_in_a_few_seconds_with_progress() -> None:
    random = np.random.default_rng(0)
    cells = random.integers(0, 10**6, (50_000, 20)) / 1000
    data = "\n".join(
        [",".join(f"c{i}" for i in range(20)), *(",".join(map(str, row)) for row in cells.tolist())]
    )
    shares: list[float] = []
    began = time.process_time()
    reading = read_csv(data.encode(), progress=shares.append)
    assert time.process_time() - began < 5
    assert np.array_equal(reading.table.cells, cells)
    assert shares == sorted(shares)
    assert len(shares) > 10
    assert shares[-1] == 1.0
    assert "line 50,001 is the last that fits" in refusal(f"{data}\n{','.join(['1'] * 20)}\n".encode())


def test_reading_stops_when_it_is_asked_to() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    data = ("a,b\n" + "1,2\n" * 50_000).encode()
    with pytest.raises(ReadingStoppedError, match="was stopped"):
        read_csv(data, cancelled=cancelled)
    assert asked == 3


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    said = ""
    try:
        assert len(read_csv(data).table.columns) >= 2
    except DataError as error:
        said = str(error)
    assert said == "" or said.endswith(".")


@given(st.text('ab1.,;\t"\n -?', max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    said = ""
    try:
        reading = read_csv(text.encode())
        assert reading.table.cells.shape == (len(reading.text.rows), len(reading.table.columns))
    except DataError as error:
        said = str(error)
    assert said == "" or said.endswith(".")
