"""The page of formats is what the code makes."""

from tools.formats_table import BEGIN, PAGE, ROWS, with_table


def test_the_table_of_formats_is_what_the_code_makes():
    page = PAGE.read_text(encoding="utf-8")

    assert page == with_table(page)


def test_an_old_table_is_replaced_and_the_rest_of_the_page_stays():
    page = PAGE.read_text(encoding="utf-8")
    old = page.replace("| date, short |", "| date, in short |")

    assert with_table(old) == page != old
    assert page.count(BEGIN) == 1
    assert len({row.item for row in ROWS}) == len(ROWS)
