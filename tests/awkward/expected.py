"""What each awkward file must come to: its sheets, who is known afterwards, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

Person = tuple[str | None, str | None, str | None, str | None, str]
"""Address, given name, family name, phone, language."""
ANI: Person = ("ani@example.com", "Անի", "Պետրոսյան", "+37491234567", "hy")
NINO: Person = ("nino@example.com", "ნინო", "ბერიძე", "+995599123456", "ka")
ANN: Person = ("ann@example.com", "Ann", "Walker", "+447911123456", "hy")
"""Nothing tells her language: the shop's default."""
ALL = (ANI, NINO, ANN)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Counts of one sheet; ``rows`` is the sum of the others. ``kind`` as it is guessed."""

    kind: str = "contacts"
    stored: int = 0
    merged: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        return sum(self.reasons.values())

    @property
    def rows(self) -> int:
        return self.stored + self.merged + self.refused


@dataclass(frozen=True, slots=True)
class Expected:
    """What comes of a file. What is None is not looked at."""

    sheets: tuple[Sheet, ...] = ()
    people: tuple[Person, ...] | None = None
    sums: dict[str, int] | None = None
    """Customer number → what the orders add up to, in hundredths of the shop's money (AMD)."""
    birthdays: dict[str, str] | None = None
    """Address → birthday."""
    attributes: dict[str, dict[str, str]] | None = None
    """Address → what is kept beside the fields, at least."""
    notes: tuple[str, ...] = ()
    """Remarks that must be made."""
    error: str | None = None
    """Code of the error that refuses the file as a whole."""


def people(*found: Person, **more: object) -> Expected:
    """One sheet of contacts, each row a new one."""
    return Expected((Sheet(stored=len(found)),), tuple(found), **more)  # type: ignore[arg-type]


def refused(code: str) -> Expected:
    """The whole file is refused."""
    return Expected(error=code)
