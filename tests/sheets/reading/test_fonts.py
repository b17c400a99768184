import io
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from campaigns.sheets.reading.codecs import encode
from campaigns.sheets.reading.files import grids
from campaigns.sheets.reading.fonts import converted_grid
from campaigns.sheets.reading.grid import LEGACY_FONTS, Grid, Marks, Options, Remark
from campaigns.sheets.reading.plain import read_text

Rows = list[tuple]


def _grid(*rows: tuple[str | None, ...]) -> Grid:
    names = [str(place) for place in range(len(rows[0]))]
    return Grid("", pl.DataFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row"))


def _rows(*rows: tuple, font: str | None = None) -> Rows:
    return converted_grid(_grid(*rows), font).cells.rows()


def _old(text: str) -> str:
    return encode(text, "armscii-8").decode("latin-1")


GEORGIAN = [
    ("saxeli", "gvari", "qalaqi", "elfosta", "Tanxa"),
    ("nino", "beriZe", "Tbilisi", "nino@example.com", "5"),
    ("gela", "kapanaZe", "quTaisi", "gela@example.com", "7"),
]
LATIN = [
    [("Name", "City"), ("Nino Beridze", "Tbilisi"), ("Tamar Kapanadze", "Batumi")],
    [("saxeli", "gvari"), ("Nino", "Beridze"), ("Tornike", "Kapanadze")],
    [("name", "code"), ("ann", "aTxZ"), ("bob", "qWeRTy")],
    [("Prénom", "Ville"), ("Hélène", "Besançon"), ("Noël", "à Paris")],
    [("имя", "город"), ("анна", "«СССР»"), ("Иван", "Ереван")],
    [("login", "language"), ("xatuna", "JavaScript"), ("qeti", "TypeScript")],
]


def test_a_sheet_of_the_georgian_font_is_converted_with_its_headings():
    assert _rows(*GEORGIAN) == [
        ("სახელი", "გვარი", "ქალაქი", "ელფოსტა", "თანხა"),
        ("ნინო", "ბერიძე", "თბილისი", "nino@example.com", "5"),
        ("გელა", "კაპანაძე", "ქუთაისი", "gela@example.com", "7"),
    ]


def test_a_sheet_of_an_armenian_font_is_converted_with_its_headings():
    assert _rows((_old("Անուն"), "E-mail", _old("Օր")), (_old("Արամ"), "a@example.com", "5")) == [
        ("Անուն", "E-mail", "Օր"),
        ("Արամ", "a@example.com", "5"),
    ]


@pytest.mark.parametrize("rows", LATIN)
def test_what_is_typed_in_latin_letters_stays(rows):
    assert _rows(*rows) == rows


def test_latin_names_stay_even_in_a_column_drawn_in_the_georgian_font():
    rows = [("Name", "City"), ("Nino Beridze", "Tbilisi"), ("Tornike", "Batumi")]
    assert converted_grid(_grid(*rows), None, {0: "acadnusx", 1: "acadnusx"}).cells.rows() == rows


def test_only_the_old_cells_of_a_mixed_column_are_converted():
    mixed = [
        ("Name",),
        ("nino beriZe",),
        ("Giorgi Kapanadze",),
        ("ანა",),
        ("daviT kapanaZe",),
        ("pending",),
    ]
    assert _rows(*mixed) == [
        ("Name",), ("ნინო ბერიძე",), ("Giorgi Kapanadze",), ("ანა",), ("დავით კაპანაძე",), ("pending",),
    ]  # fmt: skip
    half = [("Անուն",), (_old("Արամ"),), ("Անի",), ("René",), (_old("Մարիամ"),)]
    assert _rows(*half) == [("Անուն",), ("Արամ",), ("Անի",), ("René",), ("Մարիամ",)]


def test_the_marks_say_what_was_converted_with_an_example():
    marks = converted_grid(
        _grid(("Name", "City"), ("nino beriZe", "Yerevan"), ("ნინო", "")), None
    ).marks

    assert marks.fonts == {0: "acadnusx"}
    assert marks.remarks == (
        Remark("legacy_font", {
            "column": 0, "count": 1, "before": "nino beriZe", "after": "ნინო ბერიძე", "font": "acadnusx",
        }),
    )  # fmt: skip
    assert Marks.from_json(marks.to_json()) == marks


def test_text_that_was_encoded_twice_is_put_right_in_any_sheet():
    grid = converted_grid(_grid(("Name",), ("Ô±Õ¶Õ«",), ("Ann",)), None)

    assert grid.cells.rows() == [("Name",), ("Անի",), ("Ann",)]
    assert [remark.code for remark in grid.marks.remarks] == ["double_encoded"]
    assert grid.marks.fonts == {}


def test_a_person_may_say_that_all_is_as_it_should_be():
    assert _rows(*GEORGIAN, font="none") == GEORGIAN
    assert _rows(("Ô±Õ¶Õ«",), font="none") == [("Ô±Õ¶Õ«",)]


def test_a_person_may_say_which_font_it_was():
    assert _rows(("nino", "C-1"), ("gela", "Ann"), font="acadnusx") == [
        ("ნინო", "C-1"),
        ("გელა", "Ann"),
    ]
    assert _rows((_old("Անի"), "Ú"), font="armscii-8") == [("Անի", "Յ")]


def test_each_font_that_a_person_can_choose_can_be_applied():
    for font in LEGACY_FONTS:
        assert converted_grid(
            _grid(
                ("beriZe", "ÍÉÍÏ"),
            ),
            font,
        ).cells.rows() != [("beriZe", "ÍÉÍÏ")]


def test_a_sheet_without_old_letters_is_the_same_object():
    grid = _grid(("Name", "Նշում"), ("Ann", "Անի"))
    assert converted_grid(grid, None).cells is grid.cells


def test_a_text_file_is_converted_too(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("saxeli,misamarTi\nnino,Tbilisi\n" + "gela,foTi\n" * 10, encoding="utf-8")

    grid = read_text(path, Options())

    assert grid.cells.rows()[:2] == [("სახელი", "მისამართი"), ("ნინო", "თბილისი")]
    assert set(grid.marks.fonts) == {0, 1}


def _book(tmp_path: Path, rows: Rows, font: str) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
    for line in page.iter_rows(max_col=1):
        line[0].font = Font(name=font)
    target = io.BytesIO()
    book.save(target)
    path = tmp_path / "book.xlsx"
    path.write_bytes(target.getvalue())
    return path


def test_the_font_that_a_workbook_draws_a_column_in_speaks_for_it(tmp_path):
    rows = [("saxeli", "login"), ("nino", "nino"), ("gela", "gela"), ("Ann", "ann")]

    [drawn] = grids(_book(tmp_path, rows, "AcadNusx"))
    [plain] = grids(_book(tmp_path, rows, "Calibri"))

    assert drawn.cells.rows() == [
        ("სახელი", "login"),
        ("ნინო", "nino"),
        ("გელა", "gela"),
        ("Ann", "ann"),
    ]
    assert plain.cells.rows() == rows


def test_one_word_in_an_armenian_font_is_converted_when_the_workbook_names_the_font(tmp_path):
    [grid] = grids(_book(tmp_path, [("Name", "Note"), (_old("Անի"), "Ú")], "Arial Armenian"))

    assert grid.cells.rows() == [("Name", "Note"), ("Անի", "Ú")]
    assert grid.marks.fonts == {0: "armscii-8"}
