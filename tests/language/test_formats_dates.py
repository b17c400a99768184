import unicodedata
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language import formats
from campaigns.language.formats.months import ka_month
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
S = "\N{NO-BREAK SPACE}"
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
LANGUAGES = st.sampled_from(Language)
OF_A_DAY = (
    formats.date_short,
    formats.date_medium,
    formats.date_long,
    formats.date_full,
    formats.date_on,
    formats.date_from,
    formats.date_until,
    formats.date_through,
)
OF_TWO_DAYS = (formats.date_range, formats.date_range_on, formats.date_range_from_to)


@given(DAYS, LANGUAGES, st.sampled_from(OF_A_DAY))
def test_every_day_can_be_written_and_stands_in_what_is_written(day, language, written):
    shown = written(day, language)
    assert str(day.day) in shown
    assert str(day.year)[2:] in shown
    assert "\u2024" not in shown
    assert unicodedata.is_normalized("NFC", shown)


@given(DAYS, DAYS, LANGUAGES, st.sampled_from(OF_TWO_DAYS), st.booleans())
def test_every_range_says_both_days_and_the_year_that_differs(one, other, language, written, year):
    first, last = sorted((one, other))
    shown = written(first, last, language, year=year)
    assert str(first.day) in shown
    assert str(last.day) in shown
    assert (str(first.year) in shown) == (year or first.year != last.year)
    assert (str(last.year) in shown) == (year or first.year != last.year)
    assert unicodedata.is_normalized("NFC", shown)


@given(DAYS, LANGUAGES)
def test_a_day_never_parts_from_its_month(day, language):
    figures = formats.date_long(day, language, year=False)
    assert " " not in figures
    assert S in figures


@given(DAYS, DAYS, LANGUAGES)
def test_a_day_seen_from_any_other_is_said_without_its_minus(day, today, language):
    shown = formats.relative_day(day, today, language)
    assert not shown.startswith("-")
    assert f"{S}-" not in shown


@pytest.mark.parametrize(
    ("month", "on", "until", "starting", "inside", "through"),
    [
        (1, "იანვარს", "იანვრამდე", "იანვრიდან", "იანვარში", "იანვრის"),
        (2, "თებერვალს", "თებერვლამდე", "თებერვლიდან", "თებერვალში", "თებერვლის"),
        (3, "მარტს", "მარტამდე", "მარტიდან", "მარტში", "მარტის"),
        (4, "აპრილს", "აპრილამდე", "აპრილიდან", "აპრილში", "აპრილის"),
        (5, "მაისს", "მაისამდე", "მაისიდან", "მაისში", "მაისის"),
        (6, "ივნისს", "ივნისამდე", "ივნისიდან", "ივნისში", "ივნისის"),
        (7, "ივლისს", "ივლისამდე", "ივლისიდან", "ივლისში", "ივლისის"),
        (8, "აგვისტოს", "აგვისტომდე", "აგვისტოდან", "აგვისტოში", "აგვისტოს"),
        (9, "სექტემბერს", "სექტემბრამდე", "სექტემბრიდან", "სექტემბერში", "სექტემბრის"),
        (10, "ოქტომბერს", "ოქტომბრამდე", "ოქტომბრიდან", "ოქტომბერში", "ოქტომბრის"),
        (11, "ნოემბერს", "ნოემბრამდე", "ნოემბრიდან", "ნოემბერში", "ნოემბრის"),
        (12, "დეკემბერს", "დეკემბრამდე", "დეკემბრიდან", "დეკემბერში", "დეკემბრის"),
    ],
)
def test_georgian_months_lose_a_vowel_before_some_endings(
    month, on, until, starting, inside, through
):
    day = date(2025, month, 21)
    assert formats.date_on(day, KA, year=False) == f"21{S}{on}"
    assert formats.date_until(day, KA, year=False) == f"21{S}{until}"
    assert formats.date_from(day, KA, year=False) == f"21{S}{starting}"
    assert formats.month_in(month, KA) == inside
    assert formats.date_through(day, KA, year=False) == f"21{S}{through} ჩათვლით"
    assert ka_month(month, "nom") == formats.month(month, KA)  # CLDR's


@pytest.mark.parametrize("month", range(1, 13))
def test_armenian_months_are_genitive_in_a_date_and_take_the_ending_at_the_day(month):
    day = date(2025, month, 21)
    genitive = formats.month(month, HY) + "ի"
    assert formats.date_on(day, HY, year=False) == f"{genitive}{S}21-ին"
    assert formats.date_until(day, HY, year=False) == f"մինչև {genitive}{S}21-ը"
    assert formats.date_from(day, HY, year=False) == f"{genitive}{S}21-ից"
    assert formats.month_in(month, HY) == f"{genitive}ն"


@pytest.mark.parametrize(
    ("number", "hy", "ka", "until"),
    [
        (0, "երկուշաբթի օրը", "ორშაბათს", "ორშაბათამდე"),
        (1, "երեքշաբթի օրը", "სამშაბათს", "სამშაბათამდე"),
        (2, "չորեքշաբթի օրը", "ოთხშაბათს", "ოთხშაბათამდე"),
        (3, "հինգշաբթի օրը", "ხუთშაბათს", "ხუთშაბათამდე"),
        (4, "ուրբաթ օրը", "პარასკევს", "პარასკევამდე"),
        (5, "շաբաթ օրը", "შაბათს", "შაბათამდე"),
        (6, "կիրակի օրը", "კვირას", "კვირამდე"),
    ],
)
def test_days_of_the_week_say_when(number, hy, ka, until):
    assert formats.weekday_on(number, HY) == hy
    assert formats.weekday_on(number, KA) == ka
    assert formats.weekday_until(number, KA) == until


MARCH_8, MARCH_12, APRIL_3 = date(2026, 3, 8), date(2026, 3, 12), date(2026, 4, 3)
NEW_YEAR = (date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("written", "days", "year", "hy", "ka", "en"),
    [
        (
            formats.date_range, (MARCH_8, MARCH_12), True,
            "2026~թ. մարտի~8–12", "2026~წლის 8–12~მარტი", "8–12~March 2026",
        ),
        (
            formats.date_range, (MARCH_8, APRIL_3), False,
            "մարտի~8~– ապրիլի~3", "8~მარტი~– 3~აპრილი", "8~March~– 3~April",
        ),
        (
            formats.date_range, NEW_YEAR, False,
            "2026~թ. դեկտեմբերի~28~– 2027~թ. հունվարի~3",
            "2026~წლის 28~დეკემბერი~– 2027~წლის 3~იანვარი",
            "28~December 2026~– 3~January 2027",
        ),
        (
            formats.date_range_on, (MARCH_8, MARCH_12), False,
            "մարտի~8–12-ին", "8–12~მარტს", "on 8–12~March",
        ),
        (
            formats.date_range_on, (MARCH_8, APRIL_3), False,
            "մարտի~8-ից ապրիլի~3-ը", "8~მარტიდან 3~აპრილის ჩათვლით", "from 8~March to 3~April",
        ),
        (
            formats.date_range_from_to, (MARCH_8, MARCH_12), True,
            "2026~թ. մարտի~8-ից 12-ը", "2026~წლის 8-დან 12~მარტის ჩათვლით",
            "from 8 to 12~March 2026",
        ),
        (
            formats.date_range_from_to, NEW_YEAR, True,
            "2026~թ. դեկտեմբերի~28-ից 2027~թ. հունվարի~3-ը",
            "2026~წლის 28~დეკემბრიდან 2027~წლის 3~იანვრის ჩათვლით",
            "from 28~December 2026 to 3~January 2027",
        ),
        (
            formats.date_range, (MARCH_8, MARCH_8), False,
            "մարտի~8", "8~მარტი", "8~March",
        ),
    ],
)  # fmt: skip
def test_a_range_says_once_what_both_days_share(written, days, year, hy, ka, en):
    shown = [written(*days, language, year=year).replace(S, "~") for language in (HY, KA, EN)]
    assert shown == [hy, ka, en]


@pytest.mark.parametrize(
    ("count", "unit", "hy", "ka", "en"),
    [
        (1, "day", "1~օրվա ընթացքում", "1~დღის განმავლობაში", "within 1~day"),
        (2, "week", "2~շաբաթվա ընթացքում", "2~კვირის განმავლობაში", "within 2~weeks"),
        (6, "month", "6~ամսվա ընթացքում", "6~თვის განმავლობაში", "within 6~months"),
        (2, "year", "2~տարվա ընթացքում", "2~წლის განმავლობაში", "within 2~years"),
        (2, "hour", "2~ժամվա ընթացքում", "2~საათის განმავლობაში", "within 2~hours"),
        (5, "minute", "5~րոպեի ընթացքում", "5~წუთის განმავლობაში", "within 5~minutes"),
    ],
)
def test_a_span_stands_in_the_case_that_its_sentence_needs(count, unit, hy, ka, en):
    shown = [formats.within(count, unit, language).replace(S, "~") for language in (HY, KA, EN)]
    assert shown == [hy, ka, en]


@pytest.mark.parametrize(
    ("days", "hy", "ka", "en"),
    [
        (-31, "փետրվարի~5-ին", "5~თებერვალს", "on 5~February"),
        (-90, "2025~թ. դեկտեմբերի~8-ին", "2025~წლის 8~დეკემბერს", "on 8~December 2025"),
        (-30, "30~օր առաջ", "30~დღის წინ", "30~days ago"),
        (30, "30~օրից", "30~დღეში", "in 30~days"),
    ],
)
def test_a_far_day_is_a_date_and_a_near_one_a_count(days, hy, ka, en):
    today = date(2026, 3, 8)
    shown = [
        formats.relative_day(today + timedelta(days), today, language).replace(S, "~")
        for language in (HY, KA, EN)
    ]
    assert shown == [hy, ka, en]


def test_a_moment_has_its_date_and_a_clock_of_24_hours():
    local = datetime(2026, 3, 8, 18, 5)  # noqa: DTZ001 - the clock on a wall
    assert formats.moment(local, KA) == f"2026{S}წლის 8{S}მარტი, 18:05"
    assert formats.clock_at(time(0, 5), KA) == f"00:05{S}საათზე"
