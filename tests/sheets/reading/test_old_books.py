import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.sheets.reading.files import grids
from campaigns.sheets.reading.grid import Merge, Options
from tests.sheets.reading.showcase import SHOWN

BOOKS = Path(__file__).parent / "books"


def _code(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(grids(path))
    return caught.value.code


def test_an_old_workbook_is_read_as_it_is_shown():
    data, hidden, very = grids(BOOKS / "libreoffice.xls")

    shown = dict(row[:2] for row in data.cells.rows())
    # LibreOffice saves 0 as the result of this formula.
    assert shown == {**SHOWN, "formula of text": "0"}
    assert data.cells["6"][0] == "merged"
    assert data.marks.merges == (Merge(1, 6, 2, 7),)
    assert data.marks.hidden_rows == (4,)
    assert data.marks.hidden_columns == (3, 4)
    assert hidden.cells.rows()[4] == (None, None, "x")
    assert [grid.marks.hidden for grid in (data, hidden, very)] == [False, True, True]


def test_texts_that_go_on_in_another_record_are_whole():
    [grid] = grids(BOOKS / "long.xls", Options(font="none"))

    assert [row[:3] for row in grid.cells.rows()] == [
        (
            f"row {n}",
            f"Անուն Ազգանունյան թիվ {n}" if n % 3 else f"plain latin text of some length {n}",
            str(n),
        )
        for n in range(700)
    ]
    assert grid.cells["3"][:3].to_list() == ["0", "0.142857142857143", "0.285714285714286"]


def test_a_password_is_named(tmp_path):
    data = (BOOKS / "libreoffice.xls").read_bytes()
    author = data.index(b"\x5c\x00\x70\x00")  # the record of who wrote it, always there
    path = tmp_path / "locked.xls"
    path.write_bytes(data[:author] + b"\x2f\x00" + data[author + 2 :])

    assert _code(path) == "sheet.encrypted"


@pytest.mark.parametrize("length", [700, 6_000, 11_000])
def test_a_workbook_that_was_not_copied_whole_is_refused(tmp_path, length):
    path = tmp_path / "cut.xls"
    path.write_bytes((BOOKS / "libreoffice.xls").read_bytes()[:length])

    assert _code(path) in ("sheet.damaged", "sheet.not_a_workbook")


_DATA = (BOOKS / "libreoffice.xls").read_bytes()


@pytest.mark.slow
@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.integers(8, len(_DATA) - 1), st.integers(0, 255)), max_size=9))
def test_a_damaged_workbook_is_read_or_refused(tmp_path, changes):
    data = bytearray(_DATA)
    for place, value in changes:
        data[place] = value
    path = tmp_path / "damaged.xls"
    path.write_bytes(data)

    with contextlib.suppress(InputError):
        assert all(grid.cells.width for grid in grids(path))
