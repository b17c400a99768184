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
    ("date, long", HY, "08 մարտի, 2026 թ.", "2026~թ. մարտի~8"),
    ("date, long", KA, "8 მარტი, 2026", "2026~წლის 8~მარტი"),
    ("date, full", KA, "კვირა, 08 მარტი, 2026", "კვირა, 2026~წლის 8~მარტი"),
    ("day and month", HY, "8 մարտի", "մարտի~8"),
    ("weekday, day and month", HY, "8 մրտ, կիր", "մարտի~8, կիրակի"),
    ("weekday, day and month", KA, "კვი, 8 მარ", "კვირა, 8~მარტი"),
    ("month and year", HY, "2026 թ․ մարտ", "2026~թ. մարտ"),
    ("month and year", KA, "მარტი, 2026", "2026~წლის მარტი"),
    ("on 8 March", HY, "—", "մարտի~8-ին"),
    ("on 8 March", KA, "—", "8~მარტს"),
    ("on 8 March", EN, "—", "on 8~March"),
    ("on 8 March 2026", HY, "—", "2026~թ. մարտի~8-ին"),
    ("on 8 March 2026", KA, "—", "2026~წლის 8~მარტს"),
    ("on 8 March 2026", EN, "—", "on 8~March 2026"),
    ("on Sunday 8 March", HY, "—", "մարտի~8-ին՝ կիրակի օրը"),
    ("on Sunday 8 March", KA, "—", "კვირას, 8~მარტს"),
    ("on Sunday 8 March", EN, "—", "on Sunday 8~March"),
    ("from 8 March", HY, "—", "մարտի~8-ից"),
    ("from 8 March", KA, "—", "8~მარტიდან"),
    ("from 8 March", EN, "—", "from 8~March"),
    ("until 8 March", HY, "—", "մինչև մարտի~8-ը"),
    ("until 8 March", KA, "—", "8~მარტამდე"),
    ("until 8 March", EN, "—", "until 8~March"),
    ("until 31 December", HY, "—", "մինչև դեկտեմբերի~31-ը"),
    ("until 31 December", KA, "—", "31~დეკემბრამდე"),
    ("until 31 December", EN, "—", "until 31~December"),
    ("through 31 December", HY, "—", "մինչև դեկտեմբերի~31-ը ներառյալ"),
    ("through 31 December", KA, "—", "31~დეკემბრის ჩათვლით"),
    ("through 31 December", EN, "—", "up to and including 31~December"),
    ("days of one month", HY, "մրտ 08–12", "մարտի~8–12"),
    ("days of one month", KA, "8–12 მარ", "8–12~მარტი"),
    ("days of one month", EN, "8–12 Mar", "8–12~March"),
    ("on 8–12 March", HY, "—", "մարտի~8–12-ին"),
    ("on 8–12 March", KA, "—", "8–12~მარტს"),
    ("on 8–12 March", EN, "—", "on 8–12~March"),
    ("from 8 to 12 March", HY, "—", "մարտի~8-ից 12-ը"),
    ("from 8 to 12 March", KA, "—", "8-დან 12~მარტის ჩათვლით"),
    ("from 8 to 12 March", EN, "—", "from 8 to 12~March"),
    ("days of two months", HY, "08 մրտ – 03 ապր, 2026 թ.", "2026~թ. մարտի~8~– ապրիլի~3"),
    ("days of two months", KA, "08 მარ. – 03 აპრ. 2026", "2026~წლის 8~მარტი~– 3~აპრილი"),
    ("days of two months", EN, "8 Mar – 3 Apr 2026", "8~March~– 3~April 2026"),
    ("days of two years", HY, "31 դեկ, 2026 թ․ – 03 հնվ, 2027 թ.", "2026~թ. դեկտեմբերի~31~– 2027~թ. հունվարի~3"),
    ("days of two years", KA, "31 დეკ. 2026 – 3 იან. 2027", "2026~წლის 31~დეკემბერი~– 2027~წლის 3~იანვარი"),
    ("days of two years", EN, "31 Dec 2026 – 3 Jan 2027", "31~December 2026~– 3~January 2027"),
    ("in December", HY, "—", "դեկտեմբերին"),
    ("in December", KA, "—", "დეკემბერში"),
    ("in December", EN, "—", "in December"),
    ("on Friday", HY, "—", "ուրբաթ օրը"),
    ("on Friday", KA, "—", "პარასკევს"),
    ("on Friday", EN, "—", "on Friday"),
    ("until Friday", HY, "—", "մինչև ուրբաթ"),
    ("until Friday", KA, "—", "პარასკევამდე"),
    ("until Friday", EN, "—", "until Friday"),
    ("-2 days from today", KA, "2 დღის წინ", "გუშინწინ"),
    ("-1 days from today", HY, "1 օր առաջ", "երեկ"),
    ("-1 days from today", KA, "1 დღის წინ", "გუშინ"),
    ("-1 days from today", EN, "1 day ago", "yesterday"),
    ("today", HY, "0 օրից", "այսօր"),
    ("today", KA, "0 დღეში", "დღეს"),
    ("today", EN, "in 0 days", "today"),
    ("+1 days from today", HY, "1 օրից", "վաղը"),
    ("+1 days from today", KA, "1 დღეში", "ხვალ"),
    ("+1 days from today", EN, "in 1 day", "tomorrow"),
    ("+2 days from today", KA, "2 დღეში", "ზეგ"),
    ("3 × day", KA, "3 duration-day", "3~დღე"),
    ("3 × month", KA, "3 duration-month", "3~თვე"),
    ("within 30 days", HY, "—", "30~օրվա ընթացքում"),
    ("within 30 days", KA, "—", "30~დღის განმავლობაში"),
    ("within 30 days", EN, "—", "within 30~days"),
    ("3 months ago", HY, "—", "3~ամիս առաջ"),
    ("3 months ago", KA, "—", "3~თვის წინ"),
    ("3 months ago", EN, "—", "3~months ago"),
    ("in 2 weeks", HY, "—", "2~շաբաթից"),
    ("in 2 weeks", KA, "—", "2~კვირაში"),
    ("in 2 weeks", EN, "—", "in 2~weeks"),
    ("time (skeleton hm)", HY, "6:05 PM", "18:05"),
    ("time (skeleton hm)", KA, "6:05 PM", "18:05"),
    ("time (skeleton hm)", EN, "6:05 pm", "18:05"),
    ("at 18:05", HY, "—", "ժամը~18:05-ին"),
    ("at 18:05", KA, "—", "18:05~საათზე"),
    ("at 18:05", EN, "—", "at 18:05"),
    ("from 10:00 to 19:00", HY, "—", "ժամը~10:00-ից մինչև 19:00"),
    ("from 10:00 to 19:00", KA, "—", "10:00~საათიდან 19:00~საათამდე"),
    ("from 10:00 to 19:00", EN, "—", "from 10:00 to 19:00"),
    ("AMD 12500", HY, "12~500,00~֏", "12~500~֏"),
    ("AMD 12500", KA, "12~500,00~AMD", "12~500~֏"),
    ("AMD 12500", EN, "AMD12,500.00", "12,500~AMD"),
    ("AMD 12500, in words", HY, "12~500,00 հայկական դրամ", "12~500~դրամ"),
    ("AMD 12500, in words", KA, "12~500,00 სომხური დრამი", "12~500~დრამი"),
    ("AMD 12500, in words", EN, "12,500.00 Armenian drams", "12,500~drams"),
    ("GEL 49.90", HY, "49,90~GEL", "49,90~₾"),
    ("GEL 49.90", EN, "GEL49.90", "49.90~GEL"),
    ("GEL 49.90, in words", HY, "49,90 վրացական լարի", "49,90~լարի"),
    ("GEL 49.90, in words", KA, "49,90 ქართული ლარი", "49,90~ლარი"),
    ("GEL 49.90, in words", EN, "49.90 Georgian laris", "49.90~lari"),
    ("USD 1999.99", KA, "1~999,99~US$", "1~999,99~$"),
    ("USD 1999.99", EN, "US$1,999.99", "$1,999.99"),
    ("USD 1999.99, in words", HY, "1~999,99 ԱՄՆ դոլար", "1~999,99~դոլար"),
    ("USD 1999.99, in words", KA, "1~999,99 აშშ დოლარი", "1~999,99~დოლარი"),
    ("USD 1999.99, in words", EN, "1,999.99 US dollars", "1,999.99~dollars"),
    ("EUR 5.00, in words", HY, "5,00 եվրո", "5~եվրո"),
    ("EUR 5.00, in words", KA, "5,00 ევრო", "5~ევრო"),
    ("EUR 5.00, in words", EN, "5.00 euros", "5~euros"),
    ("RUB 1500", HY, "1~500,00~RUB", "1~500~₽"),
    ("RUB 1500", KA, "1~500,00~RUB", "1~500~₽"),
    ("RUB 1500", EN, "RUB1,500.00", "1,500~RUB"),
    ("RUB 1500, in words", HY, "1~500,00 ռուսական ռուբլի", "1~500~ռուբլի"),
    ("RUB 1500, in words", KA, "1~500,00 რუსული რუბლი", "1~500~რუბლი"),
    ("RUB 1500, in words", EN, "1,500.00 Russian roubles", "1,500~roubles"),
    ("from GEL 50", HY, "—", "50~լարիից"),
    ("from GEL 50", KA, "—", "50~ლარიდან"),
    ("from GEL 50", EN, "—", "from 50~lari"),
    ("up to GEL 50", HY, "—", "մինչև 50~լարի"),
    ("up to GEL 50", KA, "—", "50~ლარამდე"),
    ("up to GEL 50", EN, "—", "up to 50~lari"),
    ("for GEL 50", HY, "—", "50~լարիով"),
    ("for GEL 50", KA, "—", "50~ლარად"),
    ("for GEL 50", EN, "—", "for 50~lari"),
    ("by GEL 50", HY, "—", "50~լարիով"),
    ("by GEL 50", KA, "—", "50~ლარით"),
    ("by GEL 50", EN, "—", "by 50~lari"),
    ("percent, in words", HY, "—", "15~տոկոս"),
    ("percent, in words", KA, "—", "15~პროცენტი"),
    ("percent, in words", EN, "—", "15~per cent"),
    ("by 15%", HY, "—", "15%-ով"),
    ("by 15%", KA, "—", "15%-ით"),
    ("by 15%", EN, "—", "by 15%"),
    ("15% discount", HY, "—", "15% զեղչ"),
    ("15% discount", KA, "—", "15%-იანი ფასდაკლება"),
    ("15% discount", EN, "—", "15% discount"),
    ("up to 50%", HY, "—", "մինչև 50%"),
    ("up to 50%", KA, "—", "50%-მდე"),
    ("up to 50%", EN, "—", "up to 50%"),
    ("ordinal 1", HY, "—", "1-ին"),
    ("ordinal 1", KA, "—", "პირველი"),
    ("ordinal 1", EN, "—", "1st"),
    ("ordinal 2", HY, "—", "2-րդ"),
    ("ordinal 2", KA, "—", "მე-2"),
    ("ordinal 2", EN, "—", "2nd"),
    ("ordinal 21", HY, "—", "21-րդ"),
    ("ordinal 21", KA, "—", "21-ე"),
    ("ordinal 21", EN, "—", "21st"),
    ("ordinal 40", HY, "—", "40-րդ"),
    ("ordinal 40", KA, "—", "მე-40"),
    ("ordinal 40", EN, "—", "40th"),
    ("ordinal 101", HY, "—", "101-րդ"),
    ("ordinal 101", KA, "—", "101-ე"),
    ("ordinal 101", EN, "—", "101st"),
    ('list, style "unit"', HY, "KeyError: 'end'", "A, B և C"),
    ('list, style "unit"', KA, "KeyError: 'start'", "A, B და C"),
    ('list, style "unit"', EN, "A, B, C", "A, B and C"),
]  # fmt: skip
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


def test_every_difference_stands_in_the_list_above():
    told = {(item, language) for item, language, _, _ in DIFFERENT}

    assert told == {
        (row.item, language)
        for row in ROWS
        for language in Language
        if len({cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells(language)}) > 1
    }


@pytest.mark.parametrize(("item", "language", "both"), ALIKE)
def test_where_babel_is_right_we_follow_it(item, language, both):
    shown = [cell.replace("\N{NO-BREAK SPACE}", "~") for cell in BY_ITEM[item].cells(language)]

    assert shown == [both, both]


def test_a_narrow_list_that_babel_cannot_make_is_not_asked_of_it():
    with pytest.raises(KeyError, match="start"):
        format_list(["A", "B", "C"], style="standard-narrow", locale="hy")  # type: ignore[arg-type]
