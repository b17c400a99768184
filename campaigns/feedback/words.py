"""What a person may write, and how it is made safe to keep. Decisions only; nothing is stored."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaigns.errors import InputError
from campaigns.model.language import Language

TEXT_LEAST = 10
TEXT_MOST = 2000
NAME_MOST = 80
RATINGS = range(1, 6)
ALIKE = 0.85
"""How much of a text a correction of spelling leaves as it was (``difflib`` ratio)."""

# Invisible or unprintable: controls, bidirectional overrides, surrogates, private use. The
# zero-width joiner stays, because it holds emoji together.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEPT = frozenset("\n\u200d")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\v\f\x85]")
_PILED_MARKS = re.compile(r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # fmt: skip
_BLANK_LINES = re.compile(r"\n{3,}")

_SCRIPTS = {"ARMENIAN": "hy", "GEORGIAN": "ka", "LATIN": "en", "CYRILLIC": "ru"}

_HY = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև"
_HY_LATIN = (
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev"
)
_KA = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
_KA_LATIN = "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h"
_LATIN = dict(
    zip(map(ord, _HY + _KA), f"{_HY_LATIN} {_KA_LATIN}".split(), strict=True)
)  # BGN/PCGN without its apostrophes; Georgia's national system likewise


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person sent with the form, cleaned."""

    text: str
    display_name: str
    rating: int | None
    consented: bool


def cleaned(text: str) -> str:
    """Return ``text`` without what cannot be seen: controls, bidi overrides, piles of marks.

    Cleaning twice changes nothing more.
    """
    lines = _BREAKS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    visible = "".join(c for c in lines if c in _KEPT or unicodedata.category(c) not in _HIDDEN)
    calm = _PILED_MARKS.sub(r"\1", visible)
    trimmed = "\n".join(line.strip() for line in calm.split("\n"))
    return unicodedata.normalize("NFC", _BLANK_LINES.sub("\n\n", trimmed).strip())


def one_line(text: str) -> str:
    """Return ``text`` cleaned, on one line."""
    return " ".join(cleaned(text).split())


def submission(text: str, display_name: str, rating: str, *, consented: bool) -> Submission:
    """Return what came with a form, cleaned; a rating that is no number is 0, which is none."""
    is_number = rating.isascii() and rating.isdecimal() and len(rating) < 4
    number = int(rating) if is_number else 0
    return Submission(cleaned(text), one_line(display_name), number if rating else None, consented)


def problems(submission: Submission) -> dict[str, InputError]:
    """Return what is wrong with each field of the form; empty when all is well."""
    found: dict[str, InputError] = {}
    if not TEXT_LEAST <= len(submission.text) <= TEXT_MOST:
        found["text"] = InputError(
            "testimonial.text", got=len(submission.text), least=TEXT_LEAST, most=TEXT_MOST
        )
    if not 1 <= len(submission.display_name) <= NAME_MOST:
        found["display_name"] = InputError("testimonial.name", most=NAME_MOST)
    if submission.rating is not None and submission.rating not in RATINGS:
        found["rating"] = InputError("testimonial.rating")
    if not submission.consented:
        found["consented"] = InputError("testimonial.consent")
    return found


def is_correction(original: str, corrected: str) -> bool:
    """Say whether ``corrected`` still is what the person wrote, but for small mistakes.

    Source: EU 2005/29 annex I 23c and FTC 16 CFR 465.2: words may not be put into mouths.
    """
    return SequenceMatcher(None, original, corrected, autojunk=False).ratio() >= ALIKE


def language_of(text: str, form_language: Language) -> str:
    """Return the tag of the language that ``text`` is written in, judged by its letters.

    >>> language_of("ძალიან კარგი მომსახურება", Language.HY)
    'ka'
    """
    counts = dict.fromkeys(_SCRIPTS, 0)
    for c in text:
        script = unicodedata.name(c, "").partition(" ")[0]
        if script in counts:
            counts[script] += 1
    script, most = max(counts.items(), key=lambda item: item[1])
    return _SCRIPTS[script] if most else str(form_language)


def default_name(given_name: str | None, family_name: str | None) -> str:
    """Return the name that the form suggests: the given name and an initial.

    >>> default_name("Անի", "Ուլուբաբյան"), default_name("ნინო", None)
    ('Անի Ու.', 'ნინო')
    """
    given, family = one_line(given_name or ""), one_line(family_name or "")
    initial = family[:2] if family.startswith("Ու") else family[:1]  # one Armenian letter
    return f"{given} {initial}." if given and initial else given


def slug(display_name: str, token: str) -> str:
    """Return the last part of a page's address: readable, and not to be guessed.

    >>> slug("Անի Գ.", "tok")[:6]
    'ani-g-'
    """
    lowered = display_name.lower().replace("ու", "u").translate(_LATIN)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode("ascii")
    readable = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    digest = hashlib.sha256(f"testimonial-page:{token}".encode()).digest()
    return f"{readable or 'opinion'}-{base64.b32encode(digest).decode('ascii')[:8].lower()}"
