"""Make import files from two public data sets of real purchases.

    python examples/real.py complete_journey SOURCE TARGET
    python examples/real.py cdnow SOURCE TARGET

``complete_journey``  SOURCE holds ``transactions_sample.csv.gz`` and ``demographics.csv.gz`` of the
                      R package completejourney (CC0): 75,000 order lines of a grocer
``cdnow``             SOURCE holds ``CDNOW_sample.txt`` of Fader and Hardie: 6,919 orders of discs

TARGET gets ``customers.csv`` and ``orders.csv``. The purchases are real and in dollars; the
households never had names: addresses (example.com), languages and consents are made up here.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

LANGUAGES = ("hy", "ka", "en")
CUSTOMER_HEADINGS = ("customer id", "e-mail", "language", "consent", "consent source")


def main(arguments: Sequence[str]) -> int:
    """Run as described above; return the exit code."""
    if len(arguments) != 3 or arguments[0] not in SETS:
        print(__doc__, file=sys.stderr)
        return 2
    name, source, target = arguments
    SETS[name](Path(source), Path(target))
    return 0


def complete_journey(source: Path, target: Path) -> None:
    """Keep the order lines as they are, and make a customer of each household."""
    lines = list(_gzipped(source / "transactions_sample.csv.gz"))
    traits = list(_gzipped(source / "demographics.csv.gz"))
    known = {row[0]: row[1:] for row in traits[1:]}
    households = sorted({row[0] for row in lines[1:]} | set(known), key=int)
    blank = [""] * (len(traits[0]) - 1)
    people = [[*_invented(number), *known.get(number, blank)] for number in households]
    _write(target / "customers.csv", [*CUSTOMER_HEADINGS, *traits[0][1:]], people)
    _write(target / "orders.csv", lines[0], lines[1:])


def cdnow(source: Path, target: Path) -> None:
    """Columns of the source: number in the whole set, in the sample, date, discs, dollars."""
    rows = [line.split() for line in (source / "CDNOW_sample.txt").read_text("ascii").splitlines()]
    customers = sorted({row[1] for row in rows if row})
    _write(target / "customers.csv", CUSTOMER_HEADINGS, map(_invented, customers))
    orders = (
        [row[1], f"{row[2][:4]}-{row[2][4:6]}-{row[2][6:]}", row[3], row[4]] for row in rows if row
    )
    _write(target / "orders.csv", ("customer id", "date", "quantity", "amount"), orders)


SETS = {"complete_journey": complete_journey, "cdnow": cdnow}


def _invented(number: str) -> list[str]:
    """Address, language and consent follow from the number alone; three of four agree."""
    language = LANGUAGES[int(number) % 3]
    agreed = "no" if int(number) % 4 == 0 else "yes"
    return [number, f"household{number}@example.com", language, agreed, "made up for this example"]


def _gzipped(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
