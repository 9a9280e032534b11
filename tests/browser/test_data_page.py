"""Everything is taken away from the Data page in a real browser, and its columns can be read by everybody."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from reports.catalogue_tables import TABLES
from tests.browser.pages import OPENED, faults_in_both_themes, wait_until_still


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    """The name and the bytes of what a button gives."""
    with page.expect_download() as waited:
        page.get_by_role("button", name=button).click()
    return waited.value.suggested_filename, Path(waited.value.path()).read_bytes()


def test_package_of_an_earlier_version_arrives_whole(server: str, open_page) -> None:
    page = open_page(f"{server}/data?version=13")
    name, content = downloaded(page, "Download the whole package (ZIP)")
    assert name == "consensus-version-13.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        tables = [table.name for table in TABLES]
        assert archive.namelist() == [
            "README.txt",
            "datapackage.json",
            *(f"data/{table}.csv" for table in tables),
            *(f"parquet/{table}.parquet" for table in tables),
        ]
        assert "Data version 13, as of 23 October 2025" in archive.read("README.txt").decode()
        assert len(pd.read_csv(archive.open("data/versions.csv"))) == 13


def test_one_table_is_taken_as_csv_and_as_parquet(server: str, open_page) -> None:
    page = open_page(f"{server}/data?table=Targets")
    name, content = downloaded(page, "Targets as CSV")
    assert name == "targets-version-18.csv" and content.startswith(b"\xef\xbb\xbf")
    name, other = downloaded(page, "Targets as Parquet")
    assert name == "targets-version-18.parquet"
    csv, parquet = pd.read_csv(io.BytesIO(content)), pd.read_parquet(io.BytesIO(other))
    assert csv["value"].tolist() == parquet["value"].tolist() and len(csv) == 4


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_columns_of_a_table_are_whole_and_usable(server: str, open_page, width: int, theme: str) -> None:
    page = open_page(f"{server}/data?table=Computed+results", width, theme)
    page.get_by_text("What its columns hold").click()
    page.get_by_text("adjusted_upper_998").wait_for()
    wait_until_still(page)
    assert faults_in_both_themes(page) == []
