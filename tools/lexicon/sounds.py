"""Write ``name_sounds.txt``: how the given names of the lists sound, by tetrak-translit.

Run it when a list of given names or the version of tetrak-translit changes; a test tells.

python -m tools.lexicon.sounds
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campaigns.language.people.spellings import given_names, sound

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon" / "name_sounds.txt"
HEAD = """\
# Given names of the other lists: script, name, and its sound as tetrak-translit folds it.
# Made by tools/lexicon/sounds.py: working them out takes longer than reading a thousand rows.
"""


def main() -> None:
    """Write the list."""
    lines = list(sounds())
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)} names")


def sounds() -> Iterator[str]:
    """Yield the lines of the list."""
    for script, names in given_names().items():
        for name in sorted(names):
            yield f"{script}\t{name}\t{sound(name, script)}"


if __name__ == "__main__":
    main()
