"""A name as it is written in another script: looked up, never guessed.

Sounds alone do not tell the spelling: t is տ or թ, k is კ, ქ or ყ.
"""

from __future__ import annotations

from campaigns.language.grammar import Kind
from campaigns.language.people.scripts import SCRIPTS, script_of
from campaigns.model.language import Language


def in_script(name: str, language: Language, *, kind: Kind = Kind.GIVEN) -> str | None:
    """Return ``name`` in the letters of ``language``, or None where no list tells its spelling."""
    known = kind in (Kind.GIVEN, Kind.SURNAME, Kind.PERSON)
    return name if known and script_of(name) == SCRIPTS[language] else None
