"""Large files for measuring: customers as a workbook, order lines as text."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import xlsxwriter

HEADINGS = (
    "Customer ID", "E-mail", "First name", "Last name", "Phone", "Language", "City", "Gender",
    "Birthday", "Consent", "Consent date", "Card number", "Points", "Segment", "Comment",
)  # fmt: skip
# Women and men in turn.
GIVEN = (
    ("Անի", "Արամ", "Գայանե", "Դավիթ", "Նարե", "Տիգրան", "Մարիամ", "Հայկ"),
    ("ნინო", "გიორგი", "მარიამი", "დავითი", "თამარი", "ლევანი"),
    ("Ann", "John", "Mary", "Peter", "Linda", "James"),
)
FAMILY = (
    ("Պետրոսյան", "Սարգսյան", "Հակոբյան", "Գրիգորյան", "Հարությունյան"),
    ("ბერიძე", "კაპანაძე", "გელაშვილი", "გოგოლაძე", "წიკლაური"),
    ("Smith", "Walker", "Brown", "Jones", "Taylor"),
)
BAD_EVERY = 200
"""One address in so many is wrong."""


def write_customers(path: Path, count: int) -> int:
    """Write customers in three scripts; return how many columns they have."""
    chance = random.Random(1)
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Customers")
    page.write_row(0, 0, HEADINGS)
    for n in range(1, count + 1):
        page.write_row(n, 0, _customer(n, chance))
    book.close()
    return len(HEADINGS)


def _customer(n: int, chance: random.Random) -> list[str | int]:
    script = n % 3
    name = chance.randrange(len(GIVEN[script]))
    return [
        f"C-{n:07}", f"customer{n}@example{n % 50}.com" if n % BAD_EVERY else "no address",
        GIVEN[script][name], chance.choice(FAMILY[script]),
        (f"+37477{n % 10**6:06}", f"+99559{n % 10**7:07}", f"+4479{n % 10**8:08}")[script],
        ("hy", "ka", "en")[script], ("Երևան", "თბილისი", "London", "Gyumri")[n % 4],
        "FM"[name % 2], f"{1 + n % 28:02}.{1 + n % 12:02}.{1950 + n % 55}",
        ("այո", "კი", "no")[script], f"{1 + n % 28:02}.{1 + n % 12:02}.2025", 4_000_000_000 + n,
        n % 900, ("VIP", "new", "old")[script], f"note {n % 5000}",
    ]  # fmt: skip


def write_orders(path: Path, count: int) -> None:
    """Write order lines of a shop, four to an order, by column: a loop would take a minute."""
    n = pl.int_range(count, eager=True).alias("n")
    day = 1 + n % 28
    lines = pl.select(
        (n // 4).cast(pl.String).str.zfill(8).alias("Order ID"),
        pl.concat_str([pl.lit("2025-"), (1 + n % 12).cast(pl.String).str.zfill(2), pl.lit("-"),
                       day.cast(pl.String).str.zfill(2)]).alias("Date"),
        pl.concat_str([pl.lit("C-"), (n * 7919 % 100_000).cast(pl.String).str.zfill(7)])
        .alias("Customer ID"),
        pl.concat_str([pl.lit("P-"), (n % 500).cast(pl.String)]).alias("Product code"),
        pl.concat_str([pl.lit("Product "), (n % 500).cast(pl.String)]).alias("Product"),
        (1 + n % 3).alias("Quantity"),
        ((100 + n % 20_000) * 10).alias("Unit price"),
        pl.lit("AMD").alias("Currency"),
    )  # fmt: skip
    lines.write_csv(path)
