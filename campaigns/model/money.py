"""An amount of one currency, in minor units, so that sums are exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from campaigns.errors import InputError

# Digits after the point, ISO 4217. The dram has two on paper; shops use none, but keep them.
EXPONENTS = {"AMD": 2, "GEL": 2, "USD": 2, "EUR": 2, "RUB": 2}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """``minor`` hundredths of ``currency`` (an ISO 4217 code)."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Return the amount written as a decimal string, such as ``"12500.50"``.

        Raises:
            InputError: the text is no number, or the currency is not one of ours.

        >>> Money.parse("49.90", "GEL")
        Money(minor=4990, currency='GEL')
        """
        exponent = EXPONENTS.get(currency)
        if exponent is None:
            raise InputError("money.currency", got=currency, expected=", ".join(EXPONENTS))
        try:
            minor = Decimal(text).scaleb(exponent)
        except InvalidOperation as cause:
            raise InputError("money.amount", got=text) from cause
        if not minor.is_finite() or minor != minor.to_integral_value():
            raise InputError("money.amount", got=text)
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
