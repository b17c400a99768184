import pytest

from campaigns.sheets.reading.delimiters import delimiter, named


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_makes_even_rows(sign):
    decimal = "1,5" if sign != "," else "1"
    assert delimiter([sign.join("abc") + "\n", sign.join([decimal, "x", "y z"]) + "\n"]) == sign


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["1,5;2,5;3,5\n"] * 5, ";"),
        (["a,b;c\n", "1;2\n", "3;4\n"], ";"),
        (["Sales, March, 2026\n", "\n", "date;sum\n", "1.2.2026;5,5\n", "2.2.2026;7,0\n"], ";"),
        (["name,tags\n", "Ann,x;y\n", "Bob,z\n"], ","),
        (["1,2\n", "3,4\n"], ","),
        (['"a;b","c"\n', '"d","e;f"\n'], ","),
        (["Dear all\n", "see below\n"], ";"),
        ([], ";"),
    ],
)
def test_titles_and_decimal_commas_do_not_mislead(lines, sign):
    assert delimiter(lines) == sign


def test_columns_of_figures_may_stand_below_each_other():
    assert (
        delimiter([" 00004 0001 19970101  2   29.33\n", " 00021 0002 19970101 10 63.34\n"]) == " "
    )
    assert delimiter([" customer  date   sum\n", " 00001 19970101  1.5\n"]) == " "
    assert delimiter(["one two three\n", "four five six\n"]) == ";"


@pytest.mark.parametrize(
    ("line", "sign"),
    [("sep=;\r\n", ";"), ("\ufeffSEP=,\n", ","), ("sep=\t", "\t"), ("sep=ab", None), ("a;b", None)],
)
def test_a_first_line_may_name_the_separator(line, sign):
    assert named(line) == sign


def test_a_cell_out_of_all_proportion_does_not_hide_what_separates_the_rows_above():
    assert delimiter(["name,mail\n", "Ani,a@x.am\n", f"{'long; ' * 100_000},b@x.am\n"]) == ","
