"""Money, dates, numbers and lists as a reader of Armenian, Georgian or English expects them.

Babel (CLDR) is underneath; what it gets wrong or leaves out for us stands in these modules, and
``docs/languages.md`` shows its answers beside ours. All functions are pure, take the language as
their last argument, and answer in NFC. Spaces that must not break are U+00A0.
"""

from campaigns.language.formats.amounts import (
    NO_BREAK,
    money,
    money_in_words,
    number,
    number_short,
    percent,
    percent_by,
    percent_in_words,
    percent_off,
    percent_up_to,
)
from campaigns.language.formats.counting import counted, either_of, list_of, ordinal
from campaigns.language.formats.dates import (
    date_from,
    date_full,
    date_long,
    date_medium,
    date_on,
    date_short,
    date_through,
    date_until,
    moment,
)
from campaigns.language.formats.months import (
    month,
    month_in,
    weekday,
    weekday_on,
    weekday_until,
)
from campaigns.language.formats.prices import money_by, money_for, money_from, money_up_to
from campaigns.language.formats.ranges import date_range, date_range_from_to, date_range_on
from campaigns.language.formats.spans import (
    Unit,
    ago,
    clock,
    clock_at,
    clock_from_to,
    duration,
    hence,
    relative_day,
    within,
)

__all__ = [
    "NO_BREAK",
    "Unit",
    "ago",
    "clock",
    "clock_at",
    "clock_from_to",
    "counted",
    "date_from",
    "date_full",
    "date_long",
    "date_medium",
    "date_on",
    "date_range",
    "date_range_from_to",
    "date_range_on",
    "date_short",
    "date_through",
    "date_until",
    "duration",
    "either_of",
    "hence",
    "list_of",
    "moment",
    "money",
    "money_by",
    "money_for",
    "money_from",
    "money_in_words",
    "money_up_to",
    "month",
    "month_in",
    "number",
    "number_short",
    "ordinal",
    "percent",
    "percent_by",
    "percent_in_words",
    "percent_off",
    "percent_up_to",
    "relative_day",
    "weekday",
    "weekday_on",
    "weekday_until",
    "within",
]
