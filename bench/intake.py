"""How fast files become stored rows, beside openpyxl, pandas and the bare read of the same file.

Targets: 100,000 rows × 15 in 4 s, a million in 25 s, 2.5 times the bare read, 1.5 GiB; order lines
within twice the bare scan.

.venv/bin/python -m bench.intake [--rows 100000] [--orders 500000] [--million]

Each way runs in a process of its own, so that its memory is its own. The slow ways run once, the
others in rounds, interleaved; medians are printed.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.intake_files import write_customers, write_orders
from bench.own_process import Figures, measured, median_of

ROUNDS = 3
BARE, OURS = "bare read (fastexcel, text)", "read, cleaned, stored (ours)"
SCAN, OURS_LINES = "bare scan (polars)", "scanned, cleaned, stored (ours)"
SLOW = {
    "openpyxl, row by row, nothing kept": "bench.intake_ways:by_openpyxl",
    "pandas, all text, nothing kept": "bench.intake_ways:by_pandas",
}
OF_BOOKS = {BARE: "bench.intake_ways:bare_book", OURS: "bench.intake_ways:take_in"}
OF_TEXTS = {SCAN: "bench.intake_ways:bare_scan", OURS_LINES: "bench.intake_ways:take_in"}


def main() -> None:
    """Make files, take them in in every way, and print what each took."""
    said = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        sizes = [max(1, said.rows // 4), said.rows, *([1_000_000] if said.million else [])]
        ours = {rows: _books(here, rows, slow=rows == said.rows) for rows in sizes}
        print("growth, core-seconds for 100,000 rows: ", end="")
        print(" · ".join(f"{rows:,} {took.core * 1e5 / rows:.2f}" for rows, took in ours.items()))
        _orders(here, said.orders)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.intake")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=500_000)
    parser.add_argument("--million", action="store_true", help="a million rows as well: minutes")
    return parser.parse_args()


def _books(folder: Path, rows: int, *, slow: bool) -> Figures:
    book = folder / f"customers-{rows}.xlsx"
    columns = write_customers(book, rows)
    print(f"\n{rows:,} customers × {columns} columns, {book.stat().st_size / 1e6:.1f} MB")
    once = {name: [measured(way, book)] for name, way in SLOW.items()} if slow else {}
    return _shown(once | _rounds(OF_BOOKS, book), rows, BARE)[OURS]


def _orders(folder: Path, count: int) -> None:
    text = folder / "orders.csv"
    write_orders(text, count)
    print(f"\n{count:,} order lines, {text.stat().st_size / 1e6:.1f} MB of CSV")
    _shown(_rounds(OF_TEXTS, text), count, SCAN)


def _rounds(ways: dict[str, str], path: Path) -> dict[str, list[Figures]]:
    found: dict[str, list[Figures]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            found[name].append(measured(way, path))
    return found


def _shown(runs: dict[str, list[Figures]], count: int, base: str) -> dict[str, Figures]:
    """Print medians, and the ratio of each to the bare read."""
    medians = {name: median_of(figures) for name, figures in runs.items()}
    print(f"{'':36} {'seconds':>8} {'core-s':>8} {'rows/s':>10} {'peak MB':>8} {'ratio':>6}")
    for name, took in medians.items():
        print(f"{name:36} {took.seconds:8.2f} {took.core:8.2f} {count / took.seconds:10,.0f}"
              f" {took.peak_mb:8.0f} {took.seconds / medians[base].seconds:6.2f}")  # fmt: skip
        for stage, seconds in took.stages.items():
            print(f"    {stage:32} {seconds:8.2f}")
    return medians


if __name__ == "__main__":
    main()
