"""What a heading may mean in a sheet of some kind, by its words alone.

A heading that is one of our words as a whole is sure. One that holds a word of ours among others
is less so, the less the more there is that we do not know; and some companions ("type", "child's",
"tax") make it another thing altogether.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from campaigns.sheets.understanding.fields import FIELDS, SheetKind
from campaigns.sheets.understanding.heading_words import PEOPLE
from campaigns.sheets.understanding.heading_words_trade import (
    AMBIGUOUS,
    DOUBTFUL,
    ROW_NUMBERS,
    TRADE,
)
from campaigns.sheets.understanding.questions import asks_for_letters

CACHED = 20_000
WHOLE = 1.0
FIRST_OF_SEVERAL = 0.95
"""Score of an ambiguous word's usual meaning; the next ones score ``STEP`` less each."""
STEP = 0.1
HARMLESS_PART = 0.9
UNKNOWN_PART = 0.6
LEAST_PART = 0.4
SHORTEST_STEM = 4
"""A word of our languages may go on ("հասցեն") when it is at least that long."""
WORDS = PEOPLE | TRADE
NEVER_IN_PART = frozenset({"consent", "consent_testimonials"})
""""Unsubscribed", "SMS consent" and "Consent withdrawn" hold the word, and are not consent: to read
them so would make consent up."""
ONLY_WITH_HARMLESS = frozenset(
    """
    name card order item count state paid sales user group type units text note notes result title
    reason cause message issue staff mail tel cell fname lname born birth theme handle owner article ena ser
    անուն անունը անուններ anun ազգանուն azganun քարտ հատ վիճակ նշում ալիք ելք փոստ սեռ ծնունդ
    სახელი saxeli sakheli გვარი gvari ბარათი ცალი ტიპი საქმე имя imya фамилия карта вид вал шт пол почта
    заказ чек счет документ сделка պատվեր կտրոն չեկ հաշիվ փաստաթուղթ შეკვეთა ჩეკი ქვითარი დოკუმენტი
    receipt invoice ticket agent operator manager category department subject channel body service product
    ապրանք անվանում անվանումը товар наименование დასახელება პროდუქტი საქონელი language status discount
    """.split()  # noqa: SIM905
)
"""Words that stand in many other headings too: "name" in "Child's name", "card" in "Card issued"."""
_HARMLESS = frozenset(
    """
    customer customers client clients buyer subscriber contact person user shopper member
    personal primary main default billing address full the of in a an your value 1 my order current no number
    hachaxordi hajaxordi klientis momxmareblis klienta
    amd gel usd eur rub դր դրամ լարի դրամով ლარი ლარში лари драм руб рублей рубль
    հաճախորդի հաճախորդների գնորդի կլիենտի հիմնական անձնական պատվերի գործընկերոջ
    მომხმარებლის კლიენტის მყიდველის ძირითადი პირადი შეკვეთის კონტრაგენტის
    клиента клиентов покупателя контакта контакт контрагента основной основная личный заказа
    """.split()  # noqa: SIM905
)
_OTHER_THINGS = frozenset(
    """
    street country region province company firm organization organisation brand manufacturer username login
    author source campaign
    փողոց երկիր մարզ շրջան ընկերություն կազմակերպություն ապրանքանիշ արտադրող
    ქუჩა ქვეყანა რეგიონი კომპანია ორგანიზაცია ბრენდი მწარმოებელი
    улица страна регион область компания организация бренд производитель логин автор
    """.split()  # noqa: SIM905
)
"""What has names too that look like those of people: streets, firms, brands."""
_UNITS = frozenset(
    "amd gel usd eur rub rur դր դրամ դրամով լարի ლარი ლარში лари драм руб рублей required".split()  # noqa: SIM905
)
_HARMFUL = frozenset(
    """
    type label yomi phonetic verified ip url image photo emergency fax extension ext company
    supplier vendor manager employee agent child children kid father mother spouse husband wife middle
    maiden nick nickname store shop warehouse bank issued expiry expires valid sms withdrawn unsubscribed
    not without frequency
    հայրան երեխայի երեխա խանութի ընկերության կազմակերպության մատակարարի մենեջերի աշխատակցի ամուսնու
    մոր հոր պահեստի տեսակ տեսակը
    ბავშვის მაღაზიის კომპანიის მამის დედის მეუღლის მომწოდებლის მენეჯერის თანამშრომლის ტიპი
    ребенка ребёнка магазина компании отца матери мужа жены супруга менеджера поставщика сотрудника склада тип факс
    """.split()  # noqa: SIM905
)
_HARMFUL_FOR: dict[str, frozenset[str]] = {
    "money": frozenset(
        """tax taxes vat shipping refund refunded discount delivery fee tip points bonus cost compare coupon
        cash cashless card commission balance spent average aov duties outstanding method
        ԱԱՀ ԱԱՀ-ն առաքման առաքում զեղչի զեղչ բոնուս կանխիկ անկանխիկ մնացորդ պարտք ինքնարժեք
        დღგ მიწოდების ფასდაკლების ფასდაკლება ბონუსი ნაშთი ვალი თვითღირებულება
        ндс скидки скидка доставки доставка бонус бонусы остаток долг себестоимость баланс""".casefold().split()
    ),
    "date": frozenset(
        """last first next delivery shipped shipping due expected updated modified reminder gift cancelled end
        finish վերջին առաջին առաքման փոփոխման ավարտի ბოლო პირველი მიწოდების последняя последней последнего первая
        первой доставки изменения завершения""".split()  # noqa: SIM905
    ),
    "place": frozenset("code tax zip".split()),  # noqa: SIM905
    "contact": frozenset(
        """name domain open opens sent clicks marketing consent count campaign bounced code country status
        date time template group""".split()  # noqa: SIM905
    ),
    "person": frozenset("email phone tel product item".split()),  # noqa: SIM905
    "thing": frozenset(
        "tax tags segment since status date count weight image options".split()  # noqa: SIM905
    ),
}
_CLASSES = {
    "amount": "money", "unit_price": "money", "discount": "money", "ordered_at": "date",
    "birthday": "date", "happened_at": "date", "consent_at": "date", "suppressed_at": "date",
    "given_name": "person", "family_name": "person", "full_name": "person", "city": "place", "address": "contact", "phone": "contact", "customer_id": "thing",
    "card_number": "thing", "order_id": "thing", "product": "thing", "product_code": "thing",
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_]{3})(?=\d)")
_BROKEN_LINE = re.compile(r"(?<=\w)[-\u00ad\u058a]\s*\n\s*(?=\w)")
_E_MAIL = re.compile(r"\be[\s\-_.]{0,2}mail")
_TONE = re.compile("[՛՜՞]")
"""Armenian marks of questions and the like stand inside words."""
_TOKEN = re.compile(r"[^\W_]+|#")
_NUMBERS = frozenset(["n", "nr", "номер", "համար", "համարը", "ნომერი"])
"""Beside other words, what the sign № stands for."""
_OWN_SCRIPTS = re.compile(r"[Ա-ևა-ჰа-яё]")


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a heading may mean; ``score`` is at most 1. One that is ``doubtful`` counts only
    when the values say so too.
    """

    field: str
    score: float
    doubtful: bool = False
    is_part: bool = False
    """The word stands in the heading beside others."""


@lru_cache(maxsize=CACHED)
def matches(heading: str, kind: SheetKind) -> tuple[Match, ...]:
    """Return what a heading may mean in a sheet of this kind, the likeliest first.

    >>> [match.field for match in matches("Customer's E-MAIL", SheetKind.CONTACTS)]
    ['address']
    >>> matches("SMS consent", SheetKind.CONTACTS)
    ()
    """
    words = tokens(heading)
    if not words:
        return ()
    bare = tuple(word for word in words if word not in _UNITS) or words
    whole = _whole(kind).get("".join(words)) or _whole(kind).get("".join(bare))
    if not whole and "consent" in FIELDS[kind] and asks_for_letters(words):
        return (Match("consent", UNKNOWN_PART, doubtful=True, is_part=True),)
    return whole or tuple(_best_part(bare, kind))


@lru_cache(maxsize=CACHED)
def fields_of_word(heading: str) -> frozenset[str]:
    """Return every field that a heading may mean in any kind of sheet."""
    return frozenset(match.field for kind in FIELDS for match in matches(heading, kind))


def is_known(heading: str) -> bool:
    """Say whether a text is a heading that we know, of any kind of sheet."""
    return bool(fields_of_word(heading)) or counts_rows(heading)


def is_whole(heading: str) -> bool:
    """Say whether a heading as a whole is a word of ours that means one thing in some kind."""
    found = (match for kind in FIELDS for match in matches(heading, kind))
    return any(match.score >= WHOLE for match in found)


def counts_rows(heading: str) -> bool:
    """Say whether a heading is that of a column which only numbers the rows: №, հ/հ, п/п."""
    return "".join(tokens(heading)) in _row_numbers()


def is_of_others(heading: str) -> bool:
    """Say whether a heading names something of another person, or of a thing."""
    return any(_hurts(word, None) or word in _OTHER_THINGS for word in tokens(heading))


def tidy(heading: str) -> str:
    r"""Return a heading in one line, with words whole that were parted at its end.

    >>> tidy(" Հեռախո-\n սահամար \n 2")
    'Հեռախոսահամար 2'
    """
    return " ".join(_BROKEN_LINE.sub("", heading).split())


@lru_cache(maxsize=CACHED)
def tokens(heading: str) -> tuple[str, ...]:
    """Return the words of a heading as they are compared.

    >>> tokens("InvoiceNo"), tokens("Էլ․ փոստ"), tokens("E-mail 1 - Value")
    (('invoice', 'no'), ('էլ', 'փոստ'), ('email', '1', 'value'))
    >>> tokens("შეკვეთის ნომერი") == tokens("შეკვეთის №")
    True
    """
    whole = _TONE.sub("", unicodedata.normalize("NFKC", heading))
    text = whole.replace("№", " no ").replace("#", " no ")
    text = _CAMEL.sub(" ", text).casefold()
    words = _TOKEN.findall(_E_MAIL.sub("email", text.replace("'s", "").replace("’s", "")))
    return (
        tuple("no" if word in _NUMBERS else word for word in words) if words[1:] else tuple(words)
    )


def _words(line: str) -> Iterator[tuple[str, ...]]:
    yield from filter(None, map(tokens, line.split(",")))


@cache
def _row_numbers() -> frozenset[str]:
    return frozenset("".join(word) for word in _words(ROW_NUMBERS))


@cache
def _whole(kind: SheetKind) -> dict[str, tuple[Match, ...]]:
    """Whole headings, joined: an ambiguous word of the kind outranks a plain one."""
    found: dict[str, tuple[Match, ...]] = {}
    for field in FIELDS[kind]:
        for word in _words(WORDS[field]):
            found.setdefault("".join(word), (Match(field, WHOLE),))
    doubtful = {"".join(word) for word in _words(DOUBTFUL)}
    for line, fields in AMBIGUOUS[kind].items():
        for word in _words(line):
            joined = "".join(word)
            doubt = joined in doubtful and kind in (SheetKind.CONTACTS, SheetKind.CONSENTS)
            meant = tuple(
                Match(field, FIRST_OF_SEVERAL - STEP * place, doubt and field != "consent_at")
                for place, field in enumerate(fields)
            )
            found[joined] = meant
    return found


@cache
def _parts(kind: SheetKind) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Words of several tokens or long enough to be found inside a heading, by their beginning."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for field in FIELDS[kind]:
        if field in NEVER_IN_PART:
            continue
        for word in _words(WORDS[field]):
            if len("".join(word)) > 2 or not word[0].isascii():
                found.setdefault(word[0][0], []).append((word, field))
    return found


def _best_part(words: tuple[str, ...], kind: SheetKind) -> Iterator[Match]:
    """The longest of our words in the heading decides, so that "order date" is no order."""
    best = (0, 0.0, "")
    for start, first in enumerate(words):
        for word, field in _parts(kind).get(first[0], ()):
            if _begins(words[start:], word):
                rest = (*words[:start], *words[start + len(word) :])
                score = _score(rest, word, field)
                best = max(best, (len("".join(word)), score, field))
    if best[1] > 0:
        yield Match(best[2], best[1], is_part=True)


def _begins(words: Sequence[str], word: tuple[str, ...]) -> bool:
    if len(words) < len(word):
        return False
    return all(_is_form(found, sought) for found, sought in zip(words, word, strict=False))


def _is_form(found: str, sought: str) -> bool:
    if found in (sought, f"{sought}s"):
        return True
    stem = len(sought) >= SHORTEST_STEM and _OWN_SCRIPTS.search(sought)
    return bool(stem) and found.startswith(sought) and len(found) - len(sought) <= 3


def _score(rest: Sequence[str], word: tuple[str, ...], field: str) -> float:
    """How likely a heading means a field whose word stands in it beside ``rest``; 0: not at all."""
    if any(_hurts(other, field) for other in rest):
        return 0.0
    unknown = [other for other in rest if other not in _HARMLESS]
    if not unknown:
        return HARMLESS_PART
    if len(word) == 1 and word[0] in ONLY_WITH_HARMLESS:
        return 0.0
    return max(LEAST_PART, UNKNOWN_PART - STEP * (len(unknown) - 1))


def _hurts(word: str, field: str | None) -> bool:
    bad = _HARMFUL | _HARMFUL_FOR.get(_CLASSES.get(field or "", ""), frozenset())
    return word in bad or any(len(one) >= 5 and word.startswith(one) for one in bad)
