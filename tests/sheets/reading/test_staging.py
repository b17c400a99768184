import io
import os
from pathlib import Path

import polars as pl
import pytest

from campaigns.errors import InputError
from campaigns.sheets.reading.grid import Grid, Marks, Merge, Options, Remark
from campaigns.sheets.reading.staging import read_stage, stage_file, write_stage
from campaigns.store.files import FileStore
from tests.support.sheets import xlsx

CSV = "имя;город\r\nАнна;Ереван\r\n\r\nИван;\r\n".encode("cp1251")
ROWS = [("имя", "город"), ("Анна", "Ереван"), (None, None), ("Иван", None)]


def _kept(files: FileStore, data: bytes, suffix: str) -> str:
    return files.put(io.BytesIO(data), "uploads", suffix)[0]


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


def test_a_text_file_is_staged_with_its_marks(files):
    [stage] = stage_file(files, _kept(files, CSV, ".csv"), Options())

    grid = read_stage(files, stage)

    assert grid.cells.rows() == ROWS
    assert (grid.marks.encoding, grid.marks.delimiter) == ("cp1251", ";")


def test_each_sheet_of_a_workbook_has_its_stage(files):
    stages = stage_file(
        files, _kept(files, xlsx(one=[["a"]], two=[["b"], ["c"]]), ".xlsx"), Options()
    )

    grids = [read_stage(files, stage) for stage in stages]

    assert [(grid.sheet, grid.cells.rows()) for grid in grids] == [
        ("one", [("a",)]), ("two", [("b",), ("c",)]),
    ]  # fmt: skip


def test_some_rows_of_a_stage_are_its_first(files):
    [stage] = stage_file(files, _kept(files, CSV, ".csv"), Options())

    assert read_stage(files, stage, limit=2).cells.rows() == ROWS[:2]


def test_a_stage_made_anew_is_the_same_to_the_byte(files):
    key = _kept(files, CSV, ".csv")
    [stage] = stage_file(files, key, Options())
    before = files.path(stage).read_bytes()
    files.path(stage).unlink()

    assert stage_file(files, key, Options()) == [stage]
    assert files.path(stage).read_bytes() == before


def test_another_way_of_reading_has_a_stage_of_its_own(files):
    key = _kept(files, CSV, ".csv")
    [first] = stage_file(files, key, Options())

    [second] = stage_file(files, key, Options(encoding="mac-cyrillic"))

    assert first != second
    assert read_stage(files, first).marks.encoding == "cp1251"
    assert read_stage(files, second).marks.encoding == "mac-cyrillic"


@pytest.mark.parametrize("damage", [b"", b"PAR1 and nothing", None])
def test_a_stage_that_is_gone_or_damaged_is_to_be_made_anew(files, damage):
    key = _kept(files, CSV, ".csv")
    [stage] = stage_file(files, key, Options())
    if damage is None:
        files.path(stage).unlink()
    else:
        files.path(stage).write_bytes(damage)

    with pytest.raises(FileNotFoundError):
        read_stage(files, stage)
    stage_file(files, key, Options())
    assert read_stage(files, stage).cells.rows() == ROWS


def test_a_file_that_cannot_be_read_leaves_nothing_behind(files):
    key = _kept(files, b'a,b\n1,"2\n3,4\n', ".csv")

    with pytest.raises(InputError) as caught:
        stage_file(files, key, Options())
    assert (caught.value.code, caught.value.facts["row"]) == ("sheet.text", 2)
    assert list((files.root / "stages").iterdir()) == []


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "sheet.empty"), (b"%PDF-1.7", "sheet.not_a_workbook")]
)
def test_what_is_no_table_is_refused(files, data, code):
    with pytest.raises(InputError) as caught:
        stage_file(files, _kept(files, data, ".csv"), Options())
    assert caught.value.code == code


def test_all_marks_come_back(files):
    marks = Marks(
        from_book=True, hidden=True, hidden_rows=(3,), hidden_columns=(1,), merges=(Merge(1, 0, 2, 1),),
        fonts={2: "acadnusx"}, encoding="cp1251", delimiter=";", encodings=(("cp1251", 0.9),),
        remarks=(Remark("broken_bytes", {"count": 2}),),
    )  # fmt: skip
    stage = write_stage(files, "x", Grid("Հաճախորդներ", pl.DataFrame({"0": ["a"]}), marks))

    assert read_stage(files, stage).marks == marks
    assert read_stage(files, stage).sheet == "Հաճախորդներ"


def test_a_file_of_nothing_but_blank_lines_has_an_empty_stage(files):
    [stage] = stage_file(files, _kept(files, b"\xef\xbb\xbf", ".csv"), Options())

    assert read_stage(files, stage).cells.height == 0


def test_what_a_killed_worker_left_is_taken_away_a_day_later(files):
    folder = files.new_path("stages", "")[1]
    old, new = folder / "text-old", folder / "text-new"
    part = folder / "x.1.part"
    for left in (old, new):
        left.mkdir()
    part.touch()
    for left in (old, part):
        os.utime(left, (0, 0))

    [stage] = stage_file(files, _kept(files, CSV, ".csv"), Options())

    assert sorted(folder.iterdir()) == sorted([new, files.path(stage)])
