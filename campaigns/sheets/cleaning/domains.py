"""Domains of mailboxes that look like a slip of the finger for one of the great ones.

Only told, never mended: a rare domain may be somebody's own.
"""

from __future__ import annotations

from functools import lru_cache

HOMES: dict[str, tuple[str, ...]] = {
    "gmail": ("com",),
    "yandex": ("ru", "com", "by", "kz", "ua", "uz", "ge", "am", "az", "fr", "md", "com.am", "com.ge", "com.tr"),
    "yahoo": ("com", "fr", "de", "it", "es", "ru", "gr", "ca", "in", "co.uk", "com.tr", "com.br"),
    "hotmail": ("com", "fr", "de", "it", "es", "ru", "gr", "be", "ca", "co.uk", "com.tr", "com.br"),
    "outlook": ("com", "fr", "de", "it", "es", "com.tr"),
    "icloud": ("com",),
    "rambler": ("ru", "ua"),
    "protonmail": ("com", "ch"),
    "inbox": ("ru", "com", "lv"),
    "list": ("ru",),
    "mail": ("ru", "com", "am", "ge", "ua", "de", "ee", "bg"),
    "bk": ("ru", "com"),
}  # fmt: skip
"""Providers of the region, each with the top-level domains that exist; the first is the usual."""
SLIPS = {
    "con": "com", "cmo": "com", "ocm": "com", "vom": "com", "xom": "com", "comm": "com", "coom": "com",
    "om": "com", "cm": "com", "co": "com", "c": "com", "cim": "com", "cpm": "com", "clm": "com", "cok": "com",
    "r": "ru", "ry": "ru", "rh": "ru", "ri": "ru", "rj": "ru", "tu": "ru", "ur": "ru", "u": "ru", "rru": "ru",
    "ruu": "ru", "fu": "ru",
}  # fmt: skip
"""Endings that are slips for one of these."""
OWN = frozenset({"ymail", "email", "gmx", "mai", "rmail", "lists", "kmail", "fmail", "hmail"})
"""Names of other providers, or of a university, that are one letter off a great one."""
SHORTEST = 5
"""A shorter name is one letter off too many others."""
_MAIL = frozenset({"mial", "mali", "maill", "maiil", "mmail", "maul", "meil", "mqil", "amil"})


@lru_cache(maxsize=10_000)
def meant_domain(domain: str) -> str | None:
    """Return the domain that was probably meant, or None where nothing speaks for a slip.

    >>> meant_domain("gmial.com"), meant_domain("mail.ry"), meant_domain("ymail.com")
    ('gmail.com', 'mail.ru', None)
    """
    name, _, ending = domain.rpartition(".") if domain.count(".") == 1 else domain.partition(".")
    if name in HOMES:
        return _of_ending(name, ending)
    meant = "mail" if name in _MAIL else _one_slip_off(name)
    if meant is None or ending not in {*HOMES[meant], *SLIPS}:
        return None
    return f"{meant}.{ending if ending in HOMES[meant] else _usual(meant, ending)}"


def _of_ending(name: str, ending: str) -> str | None:
    if ending in HOMES[name]:
        return None
    if name == "gmail" or ending in SLIPS:
        return f"{name}.{_usual(name, ending)}"
    return None


def _usual(name: str, ending: str) -> str:
    meant = SLIPS.get(ending, ending)
    return meant if meant in HOMES[name] else HOMES[name][0]


def _one_slip_off(name: str) -> str | None:
    long = [each for each in HOMES if len(each) >= SHORTEST]
    return None if name in OWN else next((each for each in long if _is_slip(name, each)), None)


def _is_slip(written: str, meant: str) -> bool:
    """Say whether one letter is missing, added, another, or two neighbours changed places."""
    if abs(len(written) - len(meant)) > 1 or written == meant:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b),
        min(len(written), len(meant)),
    )
    a, b = written[head:], meant[head:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
