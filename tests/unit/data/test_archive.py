"""Frames as bytes to take away: types kept, nothing that a spreadsheet runs, and the same bytes for the same data."""

import io
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from data.archive import MARK, to_arrow, to_parquet, to_tidy_csv, to_zip

TYPES = {"name": "string", "count": "integer", "share": "number", "real": "boolean", "day": "date"}
FRAME = pd.DataFrame(
    {
        "name": ["Norfolk", None, "=1+1"],
        "count": pd.array([3, pd.NA, 40], dtype="Int64"),
        "share": [0.5, None, 3.0],
        "real": [True, False, True],
        "day": pd.to_datetime(["2025-07-31", None, "2024-01-01"]),
    }
)


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def test_csv_has_iso_dates_blanks_for_missing_and_no_formula() -> None:
    content = to_tidy_csv(to_arrow(FRAME, TYPES))
    assert content.startswith(MARK)
    assert lines(content) == [
        '"name","count","share","real","day"',
        '"Norfolk",3,0.5,true,2025-07-31',
        ",,,false,",
        '"\'=1+1",40,3,true,2024-01-01',
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")'])
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    table = to_arrow(pd.DataFrame({"note": ["fine", text]}), {"note": "string"})
    cells = pd.read_csv(io.BytesIO(to_tidy_csv(table)))["note"]
    assert cells.tolist() == ["fine", f"'{text}"]
    assert parquet.read_table(io.BytesIO(to_parquet(table)))["note"].to_pylist() == ["fine", text]


@pytest.mark.parametrize("text", ['say "no"', "a,b", "two\nlines", "é", "–", ""])
def test_text_comes_back_as_it_was(text: str) -> None:
    table = to_arrow(pd.DataFrame({"a": [text], "b": ["end"]}), {"a": "string", "b": "string"})
    assert pd.read_csv(io.BytesIO(to_tidy_csv(table)), keep_default_na=False).to_numpy().tolist() == [[text, "end"]]


def test_parquet_keeps_types_and_descriptions() -> None:
    found = parquet.read_table(io.BytesIO(to_parquet(to_arrow(FRAME, TYPES, {"share": "of all"}))))
    assert [str(kind) for kind in found.schema.types] == ["string", "int64", "double", "bool", "date32[day]"]
    assert found.schema.field("share").metadata == {b"description": b"of all"}
    assert found["count"].to_pylist() == [3, None, 40]


def test_columns_without_any_value_keep_their_type() -> None:
    nothing = pd.DataFrame({"name": pd.Series([None, None], dtype="str"), "count": pd.array([pd.NA] * 2, "Int64")})
    table = to_arrow(nothing, {"name": "string", "count": "integer"})
    assert table.schema.types == [pa.string(), pa.int64()]
    assert lines(to_tidy_csv(table)) == ['"name","count"', ",", ","]


def test_frame_without_rows_has_its_headings() -> None:
    assert lines(to_tidy_csv(to_arrow(FRAME.head(0), TYPES))) == ['"name","count","share","real","day"']


def test_wrong_type_is_refused() -> None:
    with pytest.raises(pa.ArrowException):
        to_arrow(pd.DataFrame({"count": ["many"]}), {"count": "integer"})


def test_zip_says_the_same_whenever_it_is_made() -> None:
    files = {"b.txt": b"two", "a/b.txt": b"one"}
    first = to_zip(files)
    assert first == to_zip(files)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == files
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
