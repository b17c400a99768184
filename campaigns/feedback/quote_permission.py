"""The sentence that a person agrees to before their words may be quoted.

A published wording is never edited: the database keeps what each person read, and ``VERSION``
tells which it was. A change is a new version here. Sources: GDPR art. 4(11) and 7; Georgia
3144-XIმს-Xმპ art. 5, 12; FTC 16 CFR 465 (nobody is quoted who did not speak).
"""

from __future__ import annotations

from campaigns.model.language import Language

VERSION = "quote-1"

_WORDINGS: dict[Language, str] = {
    Language.HY: (
        "Համաձայն եմ, որ «{shop}» ընկերությունը հրապարակի իմ կարծիքն այստեղ նշածս անունով"
        " իր կայքում և օգտագործի այն իր նամակներում։ Համաձայնությունս կարող եմ հետ վերցնել"
        " ցանկացած պահի՝ նույն հղումով։"
    ),
    Language.KA: (
        "თანახმა ვარ, რომ კომპანიამ „{shop}“ გამოაქვეყნოს ჩემი შეფასება აქ მითითებული სახელით"
        " თავის საიტზე და გამოიყენოს თავის წერილებში. თანხმობის გაუქმება ნებისმიერ დროს"
        " შემიძლია, იმავე ბმულით."
    ),
    Language.EN: (
        "I agree that {shop} may publish my words, under the name I give here, on its website"
        " and in its letters. I can withdraw this at any time with the same link."
    ),
}


def wording(language: Language, shop_name: str) -> str:
    """Return the sentence as it stands beside the tick box, the shop named."""
    return _WORDINGS[language].replace("{shop}", shop_name)


def version(language: Language) -> str:
    """Return the name of that sentence: its version and its language.

    >>> version(Language.KA)
    'quote-1.ka'
    """
    return f"{VERSION}.{language}"
