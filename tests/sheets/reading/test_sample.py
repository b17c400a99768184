from __future__ import annotations

import pytest

from campaigns.sheets.reading.codecs import encode
from campaigns.sheets.reading.sample import LONGEST, read_sample


def test_the_line_that_shows_the_letters_is_chosen(tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(b"ID;Name\r\n\r\n1;Ani\r\n2;" + encode("Անի", "armscii-8") + b"\r\n")

    assert read_sample(path, "armscii-8") == "2;Անի"
    assert read_sample(path, "cp1252") != "2;Անի"


@pytest.mark.parametrize(("data", "line"), [(b"", ""), (b"\n\nID;Name", "ID;Name")])
def test_a_file_without_such_letters_shows_its_first_line(tmp_path, data, line):
    path = tmp_path / "plain.csv"
    path.write_bytes(data)

    assert read_sample(path, "utf-8") == line


def test_a_long_line_is_cut(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes("ա".encode() * 9_000)

    assert len(read_sample(path, "utf-8")) == LONGEST
