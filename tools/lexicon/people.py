"""Write ``ka_surnames.txt`` and ``other_names.txt`` from the lists of the package faker (MIT).

python -m tools.lexicon.people
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from faker.providers.person import en_GB, en_US, ka_GE, ru_RU

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon"
SURNAMES_HEAD = """\
# Georgian surnames. From faker, MIT.
"""
OTHERS_HEAD = """\
# English and Russian names: name, G given or S surname, gender.
# m man, f woman, - both or not known. From faker, MIT.
"""


def main() -> None:
    """Write both lists."""
    _write("ka_surnames.txt", SURNAMES_HEAD, sorted(set(ka_GE.Provider.last_names)))
    _write("other_names.txt", OTHERS_HEAD, _given() + _surnames())


def _given() -> list[str]:
    men = _names(each.Provider.first_names_male for each in (en_US, en_GB, ru_RU))
    women = _names(each.Provider.first_names_female for each in (en_US, en_GB, ru_RU))
    genders = {
        name: "-" if name in men & women else "m" if name in men else "f" for name in men | women
    }
    return [f"{name}\tG\t{genders[name]}" for name in sorted(genders)]


def _surnames() -> list[str]:
    found = _names(each.Provider.last_names for each in (en_US, en_GB, ru_RU))
    return [f"{name}\tS\t-" for name in sorted(found)]


def _names(lists: Iterable[Iterable[str]]) -> set[str]:
    return {name for names in lists for name in names}


def _write(name: str, head: str, lines: list[str]) -> None:
    (TARGET / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} names")


if __name__ == "__main__":
    main()
