import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.sheets.reading import records as reading
from campaigns.sheets.reading.records import is_regular, records


def _rows(text: str, sign: str = ",", *, whole: bool = True) -> list[list[str]]:
    return list(records(io.StringIO(text, newline=""), sign, whole=whole))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a;b\n"x;""y""\nz";2\n', [["a", "b"], ['x;"y"\nz', "2"]]),
        ("a;b\n\n1;2\n", [["a", "b"], [], ["1", "2"]]),
        ('5" pipe;LLC "Star"\n', [['5" pipe', 'LLC "Star"']]),
        ('"Ani" LLC;x\n1;2\n', [["Ani LLC", "x"], ["1", "2"]]),
        ("a;b\r1;2\r", [["a", "b"], ["1", "2"]]),
        ("a\n\n", [["a"], []]),
        ('"b\nc"', [["b\nc"]]),
    ],
)
def test_records_are_those_that_spreadsheet_programs_show(text, rows):
    assert _rows(text, ";") == rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Email,Name\na@example.com,"Ani\nb@example.com,Nino\n', 2),
        ('a,"b\nc,"d"\n', 1),
        ('x\n\na,"b\nc "d" e\n', 3),
        ('a,b\n"x"y,"open', 2),
        ('a\n"' + "x" * (reading.LONGEST_CELL + 1) + '"\n', 2),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(text, row):
    with pytest.raises(InputError) as caught:
        _rows(text)
    assert (caught.value.code, caught.value.facts["row"]) == ("sheet.text", row)


def test_of_the_beginning_of_a_file_a_record_that_is_cut_off_is_left_out():
    assert _rows('a,b\n1,"2\n3', whole=False) == [["a", "b"]]


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(st.lists(st.text('ab",;\n ', max_size=4), min_size=1, max_size=4), min_size=1),
    st.sampled_from(",;"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_program_writes_by_the_rules_is_regular_and_read_as_it_was(
    tmp_path, rows, sign, end
):
    target = io.StringIO()
    csv.writer(target, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    path = tmp_path / "file"
    path.write_bytes(target.getvalue().encode())

    assert is_regular(path, sign)
    assert _rows(target.getvalue(), sign) == rows


@pytest.mark.parametrize(
    "data",
    [
        b'a,b"c\n',
        b'"a"b,c\n',
        b'a,"b\n',
        b"a\rb\n",
        b"a,b\r",
        b'a, "b"\n',
        b'"a" ,b\n',
        b"x" * 600_000,
    ],
)
def test_what_breaks_the_rules_is_not_regular(tmp_path, data):
    path = tmp_path / "file"
    path.write_bytes(data)

    assert not is_regular(path, ",")


def test_regularity_is_told_across_the_pieces_in_which_a_file_is_looked_at(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b'"a""b","c\r\nd"\r\n' * 20)
    monkeypatch.setattr(reading, "PIECE_BYTES", 3)

    assert is_regular(path, ",")
    path.write_bytes(b'"a""b","c\r\nd"\r\n' * 20 + b'"')
    assert not is_regular(path, ",")
