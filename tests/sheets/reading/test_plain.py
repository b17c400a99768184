import contextlib
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.sheets.reading import plain
from campaigns.sheets.reading.grid import Options
from campaigns.sheets.reading.plain import read_text
from campaigns.sheets.reading.records import is_regular, records

EVERY_WAY = settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _path(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(data)
    return path


def _rows(tmp_path: Path, data: bytes, options: Options = Options(), **more: int) -> list[tuple]:  # noqa: B008
    return read_text(_path(tmp_path, data), options, **more).cells.rows()


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        pytest.param(b"t\na,b\n1,2,3\n4\n", [("t", None, None), ("a", "b", None), ("1", "2", "3"), ("4", None, None)], id="ragged"),
        pytest.param(b"\n\na,b\n\n1,2\n\n", [(None, None), (None, None), ("a", "b"), (None, None), ("1", "2"), (None, None)], id="blank-lines"),
        pytest.param(b"a,b\r\n1,\r\n", [("a", "b"), ("1", None)], id="crlf"),
        pytest.param(b"a,b\r1,2\r", [("a", "b"), ("1", "2")], id="cr"),
        pytest.param(b"\xef\xbb\xbfsep=;\r\na;b\r\n1,5;2\r\n", [("a", "b"), ("1,5", "2")], id="named"),
        pytest.param(b"a;b;\n1;2;\n", [("a", "b", None), ("1", "2", None)], id="trailing"),
        pytest.param(b'a,b\n"x\r\ny",""\n', [("a", "b"), ("x\r\ny", None)], id="quoted"),
        pytest.param(b'a,b\n5" pipe,x\n', [("a", "b"), ('5" pipe', "x")], id="stray"),
        pytest.param(b"a,b\n1\0,2\n" * 9, [("a", "b"), ("1", "2")] * 9, id="nul"),
        pytest.param(b" 01  2 3.5\r\n 10 20 3.0\r\n", [("01", "2", "3.5"), ("10", "20", "3.0")], id="spaces"),
        pytest.param(b"name\nAnn\n", [("name",), ("Ann",)], id="one-column"),
        pytest.param(b"\xef\xbb\xbf", [], id="mark-alone"),
    ],
)  # fmt: skip
def test_nothing_is_lost_and_rows_keep_their_numbers(tmp_path, data, rows):
    assert _rows(tmp_path, data) == rows


def test_a_row_wider_than_the_beginning_keeps_its_cells(tmp_path):
    rows = _rows(tmp_path, b"a,b\n" + b"1,2\n" * 5000 + b"1,2,3,4\n")

    assert rows[5001] == ("1", "2", "3", "4")
    assert rows[1] == ("1", "2", None, None)


def test_what_a_person_says_of_the_separator_is_believed(tmp_path):
    assert _rows(tmp_path, b"a,b;c\n", Options(delimiter=",")) == [("a", "b;c")]


def test_the_marks_say_how_a_file_was_read(tmp_path):
    marks = read_text(_path(tmp_path, "имя;город\nАнна;Ереван\n".encode("cp1251")), Options()).marks

    assert (marks.encoding, marks.delimiter, marks.encodings[0][0]) == ("cp1251", ";", "cp1251")


def test_a_long_cell_is_kept(tmp_path):
    text = "x" * 100_000
    assert _rows(tmp_path, f"a,b\n{text},2\n".encode())[1] == (text, "2")


def test_a_file_that_is_one_endless_line_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        _rows(tmp_path, b"a,b\n" + b"x" * 2_000_000)
    assert (caught.value.code, caught.value.facts["row"]) == ("sheet.text", 2)


def test_more_cells_than_we_take_are_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "CELL_LIMIT", 5)
    with pytest.raises(InputError) as caught:
        _rows(tmp_path, b"1,2,3\n4,5,6\n")
    assert caught.value.code == "sheet.too_many_cells"


def test_some_rows_are_read_from_the_beginning_alone(tmp_path):
    data = b"name,note\n" + b'Ann,"two\nlines"\n' * 200_000 + b'"never closed'

    rows = _rows(tmp_path, data, limit=3)

    assert rows == [("name", "note"), ("Ann", "two\nlines"), ("Ann", "two\nlines")]


def test_copies_are_gone_when_the_file_is_read(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    path = _path(tmp_path, "имя;город\r1;2\r".encode("cp1251"))

    found = plain.with_text(path, Options(), lambda lines, _: lines.collect(), scratch=scratch)

    assert found.rows() == [("имя", "город"), ("1", "2")]
    assert not list(scratch.iterdir())


def _exact(text: str, sign: str) -> tuple[list[tuple], InputError | None]:
    """The slow way: cells as they are, empty ones None; or why it cannot be read."""
    try:
        rows = list(records(io.StringIO(text, newline=""), sign))
    except InputError as error:
        return [], error
    return [tuple(cell or None for cell in row) for row in rows], None


def _same(tmp_path: Path, text: str, sign: str) -> None:
    """The fast way gives what Python's csv module reads, and refuses what it cannot."""
    path = _path(tmp_path, text.encode())
    exact, refused = _exact(text, sign)
    if refused is not None:
        with pytest.raises(InputError) as caught:
            read_text(path, Options(delimiter=sign, encoding="utf-8"))
        assert caught.value.facts == refused.facts
        return
    width = max(map(len, exact), default=1) or 1
    expected = [row + (None,) * (width - len(row)) for row in exact]
    assert read_text(path, Options(delimiter=sign, encoding="utf-8")).cells.rows() == expected


CELL = st.text("ab1 ა", max_size=3)


@pytest.mark.slow
@EVERY_WAY
@given(
    st.lists(st.lists(CELL, max_size=4), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_files_without_quotes_are_read_as_the_csv_module_does(tmp_path, rows, sign, end, last):
    text = end.join(sign.join(row) for row in rows) + (end if last else "x")
    _same(tmp_path, text, sign)


@pytest.mark.slow
@EVERY_WAY
@given(st.text('ab",\n\r ', min_size=1, max_size=40))
def test_files_with_quotes_anywhere_are_read_as_the_csv_module_does(tmp_path, text):
    _same(tmp_path, text, ",")


@pytest.mark.slow
@EVERY_WAY
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_rows_or_a_clear_error(tmp_path, data):
    with contextlib.suppress(InputError):
        assert isinstance(read_text(_path(tmp_path, data), Options()).cells, pl.DataFrame)


@pytest.mark.slow
def test_a_large_file_of_quoted_cells_over_several_lines_is_read_exactly(tmp_path):
    row = '"Ani ""A""","two\r\nlines, and more",{},plain\r\n'
    path = _path(tmp_path, "".join(row.format(number) for number in range(300_000)).encode())

    cells = read_text(path, Options()).cells

    assert is_regular(path, ",")
    assert cells["2"].to_list() == [str(number) for number in range(300_000)]
    assert cells["1"].unique().to_list() == ["two\r\nlines, and more"]
    assert cells["0"].unique().to_list() == ['Ani "A"']
