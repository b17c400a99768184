"""Compile every catalogue that changed: ``.po``, which people write, into ``.mo`` beside it.

python -m tools.compile_catalogues
"""

from __future__ import annotations

from pathlib import Path

from campaigns.language.catalogue import compiled

LOCALES = Path(__file__).parents[1] / "locales"


def main() -> None:
    """Compile beside the texts."""
    compile_into(LOCALES)


def compile_into(target: Path) -> list[Path]:
    """Write the ``.mo`` files that are missing in ``target`` or older than their texts.

    Returns those that were written; another process sees the old file or the new one, whole.
    """
    done = []
    for written in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        machine = target / written.relative_to(LOCALES).with_suffix(".mo")
        if not _is_fresh(machine, written):
            machine.parent.mkdir(parents=True, exist_ok=True)
            draft = machine.with_suffix(".new")
            draft.write_bytes(compiled(written))
            done.append(draft.replace(machine))
    return done


def _is_fresh(machine: Path, written: Path) -> bool:
    return machine.exists() and machine.stat().st_mtime_ns > written.stat().st_mtime_ns


if __name__ == "__main__":
    main()
