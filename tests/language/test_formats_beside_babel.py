"""Babel's own answers beside ours: when a new Babel mends one, the test says so."""

import pytest
from babel.lists import format_list

from campaigns.model.language import Language
from tools.formats_table import ROWS

HY, KA, EN = Language.HY, Language.KA, Language.EN
BY_ITEM = {row.item: row for row in ROWS}

# item, language, Babel 2.18, ours; ~ is a space that does not break
DIFFERENT = [
    ("date, medium", HY, "08 մրտ, 2026 թ.", "8~մարտի,~2026~թ."),
    ("date, medium", KA, "8 მარ. 2026", "8~მარ.~2026"),
    ("date, long", HY, "08 մարտի, 2026 թ.", "2026~թ. մարտի~8"),
    ("date, long", KA, "8 მარტი, 2026", "2026~წლის 8~მარტი"),
    ("date, full", HY, "2026 թ. մարտի 8, կիրակի", "2026~թ. մարտի~8, կիրակի"),
    ("date, full", KA, "კვირა, 08 მარტი, 2026", "კვირა, 2026~წლის 8~მარტი"),
    ("day and month", HY, "8 մարտի", "մարտի~8"),
    ("weekday, day and month", HY, "8 մրտ, կիր", "մարտի~8, կիրակի"),
    ("weekday, day and month", KA, "კვი, 8 მარ", "კვირა, 8~მარტი"),
    ("month and year", HY, "2026 թ․ մարտ", "2026~թ. մարտ"),  # U+2024
    ("month and year", KA, "მარტი, 2026", "2026~წლის მარტი"),
    ("on 8 March", HY, "—", "մարտի~8-ին"),
    ("on 8 March", KA, "—", "8~მარტს"),
    ("on Sunday 8 March", HY, "—", "մարտի~8-ին՝ կիրակի օրը"),
    ("on Sunday 8 March", KA, "—", "კვირას, 8~მარტს"),
    ("until 31 December", HY, "—", "մինչև դեկտեմբերի~31-ը"),
    ("until 31 December", KA, "—", "31~დეკემბრამდე"),
    ("through 31 December", HY, "—", "մինչև դեկտեմբերի~31-ը ներառյալ"),
    ("through 31 December", KA, "—", "31~დეკემბრის ჩათვლით"),
    ("days of one month", HY, "մրտ 08–12", "մարտի~8–12"),
    ("days of one month", KA, "8–12 მარ", "8–12~მარტი"),
    ("on 8–12 March", HY, "—", "մարտի~8–12-ին"),
    ("on 8–12 March", KA, "—", "8–12~მარტს"),
    ("days of two months", HY, "08 մրտ – 03 ապր, 2026 թ.", "2026~թ. մարտի~8~– ապրիլի~3"),
    ("days of two months", KA, "08 მარ. – 03 აპრ. 2026", "2026~წლის 8~მარტი~– 3~აპრილი"),
    ("-1 days from today", HY, "1 օր առաջ", "երեկ"),
    ("-1 days from today", KA, "1 დღის წინ", "გუშინ"),
    ("-1 days from today", EN, "1 day ago", "yesterday"),
    ("today", HY, "0 օրից", "այսօր"),
    ("today", KA, "0 დღეში", "დღეს"),
    ("+1 days from today", HY, "1 օրից", "վաղը"),
    ("+1 days from today", KA, "1 დღეში", "ხვალ"),
    ("+2 days from today", KA, "2 დღეში", "ზეგ"),
    ("3 × day", KA, "3 duration-day", "3~დღე"),
    ("3 × month", KA, "3 duration-month", "3~თვე"),
    ("time (skeleton hm)", HY, "6:05 PM", "18:05"),
    ("time (skeleton hm)", KA, "6:05 PM", "18:05"),
    ("at 18:05", HY, "—", "ժամը~18:05-ին"),
    ("at 18:05", KA, "—", "18:05~საათზე"),
    ("AMD 12500", HY, "12~500,00~֏", "12~500~֏"),
    ("AMD 12500", KA, "12~500,00~AMD", "12~500~֏"),
    ("AMD 12500", EN, "AMD12,500.00", "12,500~AMD"),
    ("AMD 12500, in words", HY, "12~500,00 հայկական դրամ", "12~500~դրամ"),
    ("GEL 49.90", HY, "49,90~GEL", "49,90~₾"),
    ("GEL 49.90", EN, "GEL49.90", "49.90~GEL"),
    ("GEL 49.90, in words", KA, "49,90 ქართული ლარი", "49,90~ლარი"),
    ("USD 1999.99", KA, "1~999,99~US$", "1~999,99~$"),
    ("RUB 1500", HY, "1~500,00~RUB", "1~500~₽"),
    ("RUB 1500", KA, "1~500,00~RUB", "1~500~₽"),
    ("compact", HY, "15 հազար", "15~հազար"),
    ("by 15%", KA, "—", "15%-ით"),
    ("15% discount", KA, "—", "15%-იანი ფასდაკლება"),
    ('list, style "unit"', HY, "KeyError: 'end'", "A, B և C"),
    ('list, style "unit"', KA, "KeyError: 'start'", "A, B და C"),
]
ALIKE = [
    ("date, short", HY, "08.03.26"),
    ("date, short", KA, "08.03.26"),
    ("month in a date", HY, "դեկտեմբերի"),
    ("USD 1999.99", HY, "1~999,99~$"),
    ("EUR 5.00", KA, "5,00~€"),
    ("number", HY, "1~234~567,891"),
    ("number", KA, "1~234~567,891"),
    ("number of four digits", HY, "1~200"),
    ("percent", KA, "15%"),
    ('list, style "standard"', HY, "A, B և C"),
    ("list, or", KA, "A, B ან C"),
    ("territory", KA, "სომხეთი"),
    ("language", HY, "հայերեն"),
]


@pytest.mark.parametrize(("item", "language", "babel", "ours"), DIFFERENT)
def test_where_babel_is_wrong_or_silent_we_write_it_ourselves(item, language, babel, ours):
    shown = [cell.replace("\N{NO-BREAK SPACE}", "~") for cell in BY_ITEM[item].cells(language)]

    assert shown == [babel, ours]


@pytest.mark.parametrize(("item", "language", "both"), ALIKE)
def test_where_babel_is_right_we_follow_it(item, language, both):
    shown = [cell.replace("\N{NO-BREAK SPACE}", "~") for cell in BY_ITEM[item].cells(language)]

    assert shown == [both, both]


def test_a_narrow_list_that_babel_cannot_make_is_not_asked_of_it():
    with pytest.raises(KeyError, match="start"):
        format_list(["A", "B", "C"], style="standard-narrow", locale="hy")  # type: ignore[arg-type]
