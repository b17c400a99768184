"""Keeps what html-validate and caniemail find in our designs, so that a new finding is seen.

    npm install --prefix tools/mail_checks
    .venv/bin/python -m tools.mail_baseline

Writes ``tests/letters/baselines/<design>.json`` from a letter with every block; look at the
difference before it is committed. Both checkers work without the network.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from campaigns.letters.design import designs
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from tools.letter_screens import ILLUSTRATED, QUOTES, SAMPLES

ROOT = Path(__file__).parents[1]
CHECKS = ROOT / "tools" / "mail_checks"
BASELINES = ROOT / "tests" / "letters" / "baselines"


def main() -> None:
    """Write the findings of every design anew."""
    BASELINES.mkdir(exist_ok=True)
    source = (SAMPLES / "every_block" / "hy.md").read_text(encoding="utf-8")
    for design in designs():
        compiled = compile_text(source, Language.HY, ILLUSTRATED, design=design, quotes=QUOTES)
        found = findings(compiled.render(sample_values(Language.HY)).html)
        text = json.dumps(found, indent=1, ensure_ascii=False)
        (BASELINES / f"{design}.json").write_text(text + "\n", encoding="utf-8")


def is_installed() -> bool:
    """Say whether both checkers and Node are here."""
    return bool(shutil.which("node")) and (CHECKS / "node_modules" / "caniemail").exists()


def findings(html: str) -> dict[str, Any]:
    """Return what the checkers find: rules with how often, features with who lacks them."""
    command = ["node", str(CHECKS / "check.mjs")]
    done = subprocess.run(command, input=html, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
