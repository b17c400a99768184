"""Write the awkward files anew: python -m tests.awkward.make

Those of LibreOffice (.ods, .xls) are converted from others, where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.awkward import books, texts
from tests.awkward.expected import ALL, Expected, Sheet, people

FILES = Path(__file__).parent / "files"
CONVERTED: dict[str, tuple[str, Expected]] = {
    "libreoffice.ods": ("starts_at_c5.xlsx", people(*ALL)),
    "libreoffice.xls": ("starts_at_c5.xlsx", people(*ALL)),
    "several_sheets.ods": ("several_sheets.xlsx", books.FILES["several_sheets.xlsx"][1]),
    "hidden_sheet.xls": ("hidden_sheet.xlsx", books.FILES["hidden_sheet.xlsx"][1]),
    "hidden_row.ods": ("hidden_row.xlsx", people(*ALL, notes=("hidden_rows",))),
    "orders.xls": ("dates_and_times.xlsx", books.FILES["dates_and_times.xlsx"][1]),
    "merged_in_body.ods": ("merged_in_body.xlsx", Expected(
        (Sheet("order_lines", stored=3),), sums={"C-1": 25000, "C-2": 10000})),
    "money_by_format.ods": ("money_by_format.xlsx", books.FILES["money_by_format.xlsx"][1]),
}  # fmt: skip
CASES: dict[str, Expected] = {
    **{name: expected for name, (_, expected) in (*texts.FILES.items(), *books.FILES.items())},
    **{name: expected for name, (_, expected) in CONVERTED.items()},
}


def main() -> None:
    """Write every file; convert those that LibreOffice makes."""
    FILES.mkdir(exist_ok=True)
    for name, (data, _) in texts.FILES.items():
        (FILES / name).write_bytes(data)
    for name, (draw, _) in books.FILES.items():
        (FILES / name).write_bytes(draw())
    office = shutil.which("soffice")
    for name, (source, _) in CONVERTED.items() if office else ():
        _convert(str(office), FILES / source, FILES / name)


def _convert(office: str, source: Path, target: Path) -> None:
    folder = target.parent / f".{target.stem}"
    ending = target.suffix[1:]
    subprocess.run(
        [office, "--headless", "--convert-to", ending, "--outdir", str(folder), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / f"{source.stem}.{ending}").replace(target)
    folder.rmdir()


if __name__ == "__main__":
    main()
