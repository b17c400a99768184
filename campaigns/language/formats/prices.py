"""Amounts in words, in the part that they play in a sentence: from, up to, for, by.

The currency takes the ending, the figure stays: «5 000 դրամից», „50 ლარიდან“.
"""

from __future__ import annotations

from campaigns.language.formats.amounts import NO_BREAK, money_in_words
from campaigns.model.language import Language
from campaigns.model.money import Money

# Ablative (from) and instrumental (for, by). Currencies in -ի: ռուբլի is an old word and declines
# as եկեղեցի does; լարի is a young one and keeps its ի.
_HY = {
    "AMD": ("դրամից", "դրամով"),
    "GEL": ("լարիից", "լարիով"),
    "USD": ("դոլարից", "դոլարով"),
    "EUR": ("եվրոյից", "եվրոյով"),
    "RUB": ("ռուբլուց", "ռուբլով"),
}
_KA_STEMS = {"AMD": "დრამ", "GEL": "ლარ", "USD": "დოლარ", "EUR": "ევრო", "RUB": "რუბლ"}


def money_from(amount: Money, language: Language) -> str:
    """Return the least price: "from 50 lari".

    >>> money_from(Money(5000, "GEL"), Language.KA).replace(NO_BREAK, "~")
    '50~ლარიდან'
    """
    if language is Language.HY:
        return _with(amount, language, _HY[amount.currency][0])
    if language is Language.KA:
        return _ka(amount, "იდან", "დან")
    return f"from {money_in_words(amount, language)}"


def money_up_to(amount: Money, language: Language) -> str:
    """Return the highest price: "up to 50 lari".

    >>> money_up_to(Money(5000, "EUR"), Language.KA).replace(NO_BREAK, "~")
    '50~ევრომდე'
    """
    if language is Language.KA:
        return _ka(amount, "ამდე", "მდე")
    words = money_in_words(amount, language)
    return f"մինչև {words}" if language is Language.HY else f"up to {words}"


def money_for(amount: Money, language: Language) -> str:
    """Return for what price: "for 50 lari".

    >>> money_for(Money(5000, "GEL"), Language.KA).replace(NO_BREAK, "~")
    '50~ლარად'
    """
    if language is Language.HY:
        return _with(amount, language, _HY[amount.currency][1])
    if language is Language.KA:
        return _ka(amount, "ად", "დ")
    return f"for {money_in_words(amount, language)}"


def money_by(amount: Money, language: Language) -> str:
    """Return by how much: "cheaper by 50 lari".

    >>> money_by(Money(500000, "AMD"), Language.HY).replace(NO_BREAK, "~")
    '5~000~դրամով'
    """
    if language is Language.HY:
        return _with(amount, language, _HY[amount.currency][1])
    if language is Language.KA:
        return _ka(amount, "ით", "თი")
    return f"by {money_in_words(amount, language)}"


def _ka(amount: Money, after_consonant: str, after_vowel: str) -> str:
    stem = _KA_STEMS[amount.currency]
    ending = after_vowel if stem.endswith("ო") else after_consonant
    return _with(amount, Language.KA, stem + ending)


def _with(amount: Money, language: Language, word: str) -> str:
    figure = money_in_words(amount, language).rpartition(NO_BREAK)[0]
    return f"{figure}{NO_BREAK}{word}"
