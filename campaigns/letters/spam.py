"""How spam filters see a letter: SpamAssassin's rules, run here without the network.

Nothing is sent anywhere; where the program is not installed there is no score.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

PROGRAM = "spamassassin"
TIMEOUT_S = 60
DOUBTFUL = 2.0
"""From here on a letter should be written anew; filters refuse at 5.0."""
_STATUS = re.compile(r"^X-Spam-Status: \w+, score=(-?[0-9.]+).*?tests=(.*?)(?:\s+autolearn|\Z)",
                     re.DOTALL | re.MULTILINE)  # fmt: skip
_BETWEEN = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Score:
    """What SpamAssassin gave a mail, and the rules that it broke."""

    points: float
    rules: tuple[str, ...]


def is_installed() -> bool:
    """Say whether SpamAssassin is here."""
    return shutil.which(PROGRAM) is not None


def score(mail: bytes) -> Score | None:
    """Return the score of a whole mail, None where SpamAssassin is not here or gave no answer."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-L", "-t"], input=mail, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return read_score(done.stdout.decode("utf-8", "replace"))


def read_score(answer: str) -> Score | None:
    r"""Return what the header of SpamAssassin's answer says.

    >>> read_score("X-Spam-Status: No, score=0.7 required=5.0 tests=A_RULE,\n\tB autolearn=no")
    Score(points=0.7, rules=('A_RULE', 'B'))
    """
    found = _STATUS.search(answer)
    if found is None:
        return None
    rules = [rule for rule in _BETWEEN.split(found[2]) if rule and rule != "none"]
    return Score(float(found[1]), tuple(rules))
