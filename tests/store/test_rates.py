from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.store import rates
from campaigns.store.tables import audit

DAYS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def _lines(*rows):
    schema = {
        "ordered_at": pl.Datetime("us", "UTC"), "amount_minor": pl.Int64,
        "discount_minor": pl.Int64, "currency": pl.String,
    }  # fmt: skip
    return pl.DataFrame(
        [(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), *rest) for day, *rest in rows],
        schema=schema, orient="row",
    )  # fmt: skip


def _known(*rows):
    values = [(code, day, int(Decimal(value).scaleb(rates.PLACES))) for code, day, value in rows]
    return pl.DataFrame(values, schema=rates.NONE.schema, orient="row")


def test_a_rate_holds_from_its_day_until_the_next(workspace, now):
    with workspace.database.begin() as connection:
        for day, value in ((DAYS[0], "400"), (DAYS[1], "405,50"), (DAYS[1], "405.51")):
            rates.save_rate(connection, "USD", value, home="AMD", day=day, actor="anna", now=now)

    with workspace.database.read() as connection:
        found = [
            rates.rate_on(connection, "USD", "AMD", day) for day in (date(2025, 12, 31), *DAYS)
        ]
        listed = rates.list_rates(connection, "AMD")
        told = connection.scalars(sa.select(audit.c.actor).where(audit.c.verb == "rate.save")).all()
    assert found == [None, Decimal(400), Decimal("405.51"), Decimal("405.51")]
    assert [(each.day, each.value) for each in listed] == [
        (DAYS[1], Decimal("405.51")), (DAYS[0], Decimal(400)),
    ]  # fmt: skip
    assert told == ["anna"] * 3


@pytest.mark.parametrize(
    ("currency", "value", "code"),
    [("AMD", "1", "money.currency"), ("XYZ", "1", "money.currency"), ("USD", "-1", "rate.value"),
     ("USD", "NaN", "rate.value"), ("USD", "many", "rate.value"), ("USD", "0.000000001", "rate.value")],
)  # fmt: skip
def test_what_is_no_rate_is_refused(sqlite_workspace, now, currency, value, code):
    with sqlite_workspace.database.begin() as connection, pytest.raises(InputError) as raised:
        rates.save_rate(connection, currency, value, home="AMD", day=DAYS[0], actor="a", now=now)

    assert raised.value.code == code


def test_lines_are_converted_at_the_newest_rate_of_their_day():
    lines = _lines(
        (date(2025, 12, 31), 100, None, "USD"), (DAYS[0], 100, 10, "USD"),
        (DAYS[2], -100, None, "USD"), (DAYS[2], 100, None, "AMD"), (DAYS[2], 100, None, "XYZ"),
    )  # fmt: skip
    found = rates.converted(
        lines, _known(("USD", DAYS[0], "400"), ("USD", DAYS[1], "405.505")), "AMD"
    )

    assert found["amount_minor"].to_list() == [100, 40_000, -40_551, 100, 100]
    assert found["discount_minor"].to_list() == [None, 4_000, None, None, None]
    assert found["currency"].to_list() == ["USD", "AMD", "AMD", "AMD", "XYZ"]
    assert found["paid_minor"].to_list() == [None, 100, -100, None, None]
    assert found["paid_currency"].to_list() == [None, "USD", "USD", None, None]
    assert found[rates.MISSING].to_list() == [True, False, False, False, True]


@pytest.mark.slow
@given(
    st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=5),
    st.decimals("0.00000001", "9999", places=8),
)
def test_conversion_is_exact_and_rounds_half_away_from_zero(amounts, value):
    lines = _lines(*((DAYS[0], amount, None, "USD") for amount in amounts))

    found = rates.converted(lines, _known(("USD", DAYS[0], value)), "AMD")["amount_minor"]

    exact = [(Decimal(amount) * value).quantize(Decimal(1), ROUND_HALF_UP) for amount in amounts]
    assert found.to_list() == [int(each) for each in exact]
