"""The upload tab while files are read: the quickest of its tests, for every run."""

from __future__ import annotations

import pytest

from campaigns.sheets import arrival
from tests.support.sheets import csv_file, xlsx
from tests.ui.test_uploads import PEOPLE, drop


def test_several_files_at_once_are_each_read(sqlite_workspace, open_page):
    page = open_page("contacts")

    page.file_uploader[0].upload("a.xlsx", xlsx(PEOPLE)).upload("b.csv", csv_file(PEOPLE))
    page.run()

    assert [one.file for one in arrival.recent_files(sqlite_workspace)] == ["b.csv", "a.xlsx"]
    assert [bar.text.partition(" · ")[0] for bar in page.get("progress")] == ["b\\.csv", "a\\.xlsx"]


@pytest.mark.parametrize("language", ["hy", "ka"])
def test_a_file_that_cannot_be_read_says_why_in_words(sqlite_workspace, open_page, language):
    page = open_page("contacts", language)

    drop(page, sqlite_workspace, ("customers.xlsx", b"PK\x03\x04 not a workbook"))

    assert len(page.error) == 1
    assert "Traceback" not in page.error[0].value
    assert "customers" in page.subheader[0].value
    assert not page.exception
