"""Headings of forms that are whole questions: which of them ask whether letters may be sent.

"Do you agree to receive our news by e-mail?" is answered with the consent that we need; the same
question about an SMS, a call, a photo or personal data is not, and what is asked the other way round
("I do not want …") must never be read as a yes. So one word of another matter is enough for no.
"""

from __future__ import annotations

from collections.abc import Sequence

_AGREE = (
    "agree", "consent", "like", "want", "wish", "համաձայն", "թույլատր", "ցանկան", "բաժանորդագր", "თანახმა",
    "თანხმ", "გსურ", "მსურ", "გამოწერ", "соглас", "хотите", "хочу", "подпис",
)  # fmt: skip
_RECEIVE = ("receive", "get", "ստանա", "მიიღ", "მიღებ", "получ")
_LETTERS = (
    "email", "newsletter", "news", "offers", "promotions", "նամակ", "նորություն", "առաջարկ", "լրատվ",
    "ელფოსტ", "წერილ", "სიახლ", "შეთავაზ", "рассылк", "письм", "новост", "предложен", "имейл",
)  # fmt: skip
_OTHER_MATTERS = (
    "sms", "смс", "viber", "вайбер", "whatsapp", "telegram", "телеграм", "messenger", "call",
    "phone", "հեռախոս", "զանգ", "ტელეფონ", "ზარ", "звон", "телефон", "processing", "personal", "data",
    "privacy", "terms", "policy", "rules", "անձնական", "մշակ", "պայման", "կանոն", "პერსონალ",
    "მონაცემ", "დამუშავ", "პირობ", "წეს", "персональн", "данн", "обработк", "услов", "политик",
    "правил", "third", "partner", "երրորդ", "գործընկեր", "მესამე", "პარტნიორ", "треть", "партнер",
    "партнёр", "photo", "video", "լուսանկար", "ფოტო", "фото", "review", "survey", "կարծիք",
    "հարցում", "შეფასებ", "გამოკითხვ", "отзыв", "опрос", "date", "time", "source", "ամսաթիվ",
    "աղբյուր", "თარიღ", "წყარო", "дата", "источник", "when", "which", "what", "how", "where", "why",
    "ե՞րբ", "երբ", "ինչ", "որ", "როდის", "რა", "რომელ", "как", "когда", "что", "где", "почему", "зачем",
)  # fmt: skip
_AGAINST = (
    "not", "don", "dont", "no", "never", "without", "stop", "unsub", "withdr", "refus", "declin",
    "opt", "disagree", "anymore", "longer", "չ", "հրաժար", "դադար", "առանց", "არ", "აღარ", "ნუ", "უარ",
    "გაუქმ", "შეწყვ", "не", "нет", "отказ", "отпис", "прекрат", "без", "отмен", "отзыв",
)  # fmt: skip
"""Beginnings of words that turn a question round."""
_WHOLE = frozenset({"no", "not", "don", "opt", "არ", "ნუ", "не", "что", "как", "где", "без",
                    "რა", "որ", "ինչ", "երբ", "data", "how", "what", "when", "time", "date"})  # fmt: skip
"""Of these only the word itself: many others begin so."""


_CHANNELS = (
    "sms", "смс", "viber", "вайбер", "whatsapp", "telegram", "телеграм", "messenger", "call",
    "phone", "հեռախոս", "զանգ", "ტელეფონ", "ზარ", "звон", "телефон", "push", "post", "link", "url",
)  # fmt: skip
_REFUSED = (
    "unsub", "withdr", "optout", "optedout", "refus", "հրաժար", "ապաբաժան", "უარ", "გაუქმ", "отказ",
    "отпис",
)  # fmt: skip
_WRITTEN_TO = ("email", "mail", "contact", "disturb")


def tells_of_refusal(words: Sequence[str]) -> bool:
    """Say whether a yes or a date under a heading means that letters are not wanted.

    Args:
        words: of the heading, folded (``headings.tokens``).

    >>> tells_of_refusal(["consent", "withdrawn"]), tells_of_refusal(["sms", "opt", "out"])
    (True, False)
    """
    if _any(words, _CHANNELS):
        return False
    joined = "".join(words)
    plain = _any(words, _REFUSED) or "optout" in joined or "optedout" in joined
    not_written = {"do", "not"} <= {*words} and _any(words, _WRITTEN_TO)
    declined = _any(words, _AGAINST) and _any(words, _AGREE) and _any(words, _LETTERS)
    return plain or not_written or declined


def asks_for_letters(words: Sequence[str]) -> bool:
    """Say whether a heading asks for consent to letters, and for nothing else.

    Args:
        words: of the heading, folded (``headings.tokens``).

    >>> asks_for_letters("do you agree to receive our news by email".split())
    True
    >>> asks_for_letters("do you agree to receive news by sms or email".split())
    False
    """
    asked = all(_any(words, kind) for kind in (_AGREE, _RECEIVE, _LETTERS))
    return asked and not _any(words, _OTHER_MATTERS) and not _any(words, _AGAINST)


def _any(words: Sequence[str], beginnings: Sequence[str]) -> bool:
    return any(
        word == one if one in _WHOLE else word.startswith(one)
        for word in words
        for one in beginnings
    )
