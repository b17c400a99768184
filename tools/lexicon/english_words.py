"""Write ``en_words.txt.xz`` from the English Hunspell dictionary, its endings written out.

    python -m tools.lexicon.english_words EN_US

``EN_US`` is the folder with ``en_US.dic`` and ``en_US.aff``, of SCOWL by K. Atkinson (permissive,
as the wheel of spylls 0.1.7 holds them).
"""

from __future__ import annotations

import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon" / "en_words.txt.xz"
HEAD = """\
# English words in all forms, American spelling, without 's. Names begin with a capital.
# Made of the Hunspell dictionary en_US, which is made of SCOWL: Copyright 2000-2019 by Kevin
# Atkinson, free to use, copy, modify, distribute and sell with this notice.
"""
_WORD = re.compile("[A-Za-z]{2,}")
_Rule = tuple[bool, str, str, str]


def main() -> None:
    """Write the list."""
    folder = Path(sys.argv[1])
    affixes = _affixes(folder / "en_US.aff")
    lines = (folder / "en_US.dic").read_text(encoding="utf-8").splitlines()[1:]
    entries = [line.partition("/")[::2] for line in lines]
    forms = {form for word, flags in entries for form in _forms(word, flags, affixes)}
    text = HEAD + "\n".join(sorted(form for form in forms if _WORD.fullmatch(form))) + "\n"
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _affixes(path: Path) -> dict[str, list[_Rule]]:
    """Return the rules of each flag: is it a prefix, what goes, what comes, and after what."""
    found: dict[str, list[_Rule]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if len(cells) >= 5 and cells[0] in ("SFX", "PFX"):
            rule = (cells[0] == "PFX", cells[2].strip("0"), cells[3].strip("0"), cells[4])
            found.setdefault(cells[1], []).append(rule)
    return found


def _forms(word: str, flags: str, affixes: dict[str, list[_Rule]]) -> Iterator[str]:
    if "!" in flags:  # a word that nobody should be led to
        return
    rules = [rule for flag in flags for rule in affixes.get(flag, [])]
    plain = [word]
    plain += [
        word.removesuffix(cut) + added
        for is_prefix, cut, added, after in rules
        if not is_prefix and re.search(f"(?:{after})$", word)
    ]
    yield from plain
    yield from (added + form for is_prefix, _, added, _ in rules if is_prefix for form in plain)


if __name__ == "__main__":
    main()
