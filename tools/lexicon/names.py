"""Write ``ka_names.txt`` and ``hy_names.txt`` from the lists that are credited beside them.

    python -m tools.lexicon.names GEORGIAN.tsv ARMENIAN.tsv

``GEORGIAN.tsv`` counts the first names of the voter list of 2012 (JumpStartGeorgia/Georgian-Names,
MIT) with the columns name, voters_2012, gender, stem_class, paired_form. ``ARMENIAN.tsv`` has
name, type, gender, declension_class, sources; only rows from MIT sources are taken.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon"
STEMS = {"C-bare": "C", "C-nom": "C", "V": "V", "I": "I", "I?": "?"}
GEORGIAN_HEAD = """\
# Georgian first names: stem, its class, gender, voters of 2012 who bear it.
# C consonant stem (the nominative may add -ი), V vowel stem, I the stem's own -ი, ? cannot be told.
# M man, F woman, B both, - not known. Counted by JumpStartGeorgia/Georgian-Names, MIT.
"""
ARMENIAN_HEAD = """\
# Armenian names: name, G given or S surname, gender.
# m man, f woman, - not known. From uniparser-eastern-armenian and faker, MIT both.
"""


def main() -> None:
    """Write both lists."""
    georgian, armenian = (_rows(Path(name)) for name in sys.argv[1:3])
    _write("ka_names.txt", GEORGIAN_HEAD, _georgian(list(georgian)))
    _write("hy_names.txt", ARMENIAN_HEAD, _armenian(armenian))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)


def _georgian(rows: list[dict[str, str]]) -> list[str]:
    found: dict[str, tuple[str, str, int]] = {}
    for row in rows:
        stem = row["name"].removesuffix("ი") if row["stem_class"] == "C-nom" else row["name"]
        _, gender, voters = found.get(stem, ("", "", 0))
        count = voters + int(row["voters_2012"])
        found[stem] = (STEMS[row["stem_class"]], gender or row["gender"], count)
    ranked = sorted(found.items(), key=lambda entry: (-entry[1][2], entry[0]))
    return [f"{stem}\t{kind}\t{sex or '-'}\t{count}" for stem, (kind, sex, count) in ranked]


def _armenian(rows: Iterator[dict[str, str]]) -> list[str]:
    lines = set()
    for row in rows:
        if "MIT" in row["sources"]:
            kind = {"given": "G", "surname": "S"}[row["type"]]
            lines.add(f"{row['name']}\t{kind}\t{row['gender'] or '-'}")
    return sorted(lines)


def _write(name: str, head: str, lines: list[str]) -> None:
    (TARGET / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} names")


if __name__ == "__main__":
    main()
