"""What the rows of a sheet are: people, orders, calls … decided from what its columns may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.sheets.understanding.columns import Meaning
from campaigns.sheets.understanding.fields import KEYS, SheetKind
from campaigns.sheets.understanding.headings import WHOLE, counts_rows, matches, tokens
from campaigns.sheets.understanding.lines import Lines
from campaigns.sheets.understanding.looks import NAMES
from campaigns.sheets.understanding.values import FITTING, Facts

OF_ORDERS = frozenset(
    {"order_id", "quantity", "product", "product_code", "unit_price", "status", "currency"}
)
OF_PEOPLE = frozenset(
    {
        "given_name", "family_name", "full_name", "language", "gender", "birthday", "consent",
        "consent_testimonials",
    }
)  # fmt: skip
"""Sheets of people may tell since when and how much they bought: a date and a sum do not decide."""
OF_TALKS = frozenset({"conversation_id", "channel", "topic", "text", "outcome", "employee"})
REACHED_BY = frozenset({"address", "phone", "card_number"})
CALL_WORDS = (
    "call", "duration", "billsec", "ticket", "chat", "conversation", "transcript", "talk",
    "զանգ", "տևողութ", "զրույց", "խոսակց", "հայտ", "ზარ", "ხანგრძლივ", "საუბ", "звон", "длительн",
    "разговор", "обращен",
)  # fmt: skip
"""Beginnings of words that stand in headings of sheets of conversations."""
WEIGHT_OF_CALL_WORDS = 2
FEW, MANY = 5, 20
SEVERAL_TIMES, ONCE = 0.8, 0.98
"""Share of distinct keys among all, up to which they repeat, and from which on they do not."""
REFUSALS = (
    "suppress", "bounce", "unsubscri", "spam", "blocks", "blocked", "invalid_email",
    "invalid email", "blacklist", "black list", "stop list", "stop-list", "stoplist", "cleaned_",
    "отписа", "стоп-лист", "стоп лист", "черный список", "чёрный список", "հրաժարված",
    "հրաժարվածներ", "սև ցուցակ", "ապաբաժանորդ", "შავი სია", "გაუქმებული გამოწერ", "უარყოფილ",
)  # fmt: skip
"""What names of files and sheets hold that list addresses not to write to."""
MOST_COLUMNS_OF_REFUSALS = 6
MOSTLY_FILLED = 0.9


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet by its columns: what each may mean in each kind of sheet."""

    facts: Mapping[str, Facts]
    meanings: Mapping[SheetKind, Mapping[str, Meaning]]
    name: str
    """Of the file and the sheet."""

    def by_field(self, kind: SheetKind) -> dict[str, str]:
        """Return field → heading, as a sheet of that kind."""
        return {found.field: name for name, found in self.meanings[kind].items()}

    def is_named(self, kind: SheetKind, field: str) -> bool:
        """Say whether a heading as a whole is a word for the field, and for no other."""
        found = self.meanings[kind].values()
        return any(each.field == field and each.by_heading >= WHOLE for each in found)


def kind_of(sheet: Seen, lines: Lines) -> SheetKind:
    """Return what the rows of the sheet are; ``ignore`` when nothing tells."""
    judges = (
        (SheetKind.SUPPRESSIONS, _lists_refusals),
        (SheetKind.ORDERS, _lists_orders),
        (SheetKind.CONVERSATIONS, _lists_talks),
        (SheetKind.PRODUCTS, _lists_products),
        (SheetKind.CONSENTS, _lists_consents),
        (SheetKind.CONTACTS, _lists_people),
    )
    kind = next((kind for kind, judge in judges if judge(sheet)), SheetKind.IGNORE)
    return _of_orders(sheet, lines) if kind is SheetKind.ORDERS else kind


def _lists_orders(sheet: Seen) -> bool:
    orders = {*sheet.by_field(SheetKind.ORDERS), *sheet.by_field(SheetKind.ORDER_LINES)}
    people = OF_PEOPLE & sheet.by_field(SheetKind.CONTACTS).keys()
    keyed = not orders.isdisjoint(KEYS[SheetKind.ORDERS])
    paid = "ordered_at" in orders and not orders.isdisjoint({"amount", "unit_price"})
    return paid and keyed and len(orders & OF_ORDERS) + _returns(sheet) > len(people)


def _returns(sheet: Seen) -> int:
    """How much speaks for purchases that people stand there again, as those do who buy: 1 when each
    stands there once, 3 when many come again, 2 when the rows are too few to tell.
    """
    found = sheet.by_field(SheetKind.ORDERS)
    keys = [sheet.facts[found[name]] for name in KEYS[SheetKind.ORDERS] if name in found]
    if any(key.count >= FEW and key.distinct <= SEVERAL_TIMES for key in keys):
        return 3
    return 1 if all(key.count >= MANY and key.distinct >= ONCE for key in keys) else 2


def _of_orders(sheet: Seen, lines: Lines) -> SheetKind:
    fields = sheet.by_field(SheetKind.ORDER_LINES).keys()
    named = not fields.isdisjoint({"product", "product_code"})
    priced = named and {"unit_price", "quantity"} <= fields
    return SheetKind.ORDER_LINES if priced or lines.repeat else SheetKind.ORDERS


def _lists_refusals(sheet: Seen) -> bool:
    fields = sheet.by_field(SheetKind.SUPPRESSIONS)
    if "address" not in fields:
        return False
    if _names_refusals(sheet.name):
        return not _says_of_each(sheet)
    people = (OF_PEOPLE | {"phone", "city"}) & sheet.by_field(SheetKind.CONTACTS).keys()
    ended = fields.get("suppressed_at")
    if ended and sheet.is_named(SheetKind.SUPPRESSIONS, "suppressed_at"):
        return sheet.facts[ended].filled >= MOSTLY_FILLED
    reasoned = sheet.is_named(SheetKind.SUPPRESSIONS, "reason")
    return reasoned and not people and len(sheet.facts) <= MOST_COLUMNS_OF_REFUSALS


def _names_refusals(name: str) -> bool:
    return any(word in name.casefold() for word in REFUSALS)


def _says_of_each(sheet: Seen) -> bool:
    """Whether a column tells apart who refused and who did not: then not all of them did."""
    return any(
        facts.share(FITTING["consent"]) >= MOSTLY_FILLED and facts.count * facts.distinct > 1
        for name, facts in sheet.facts.items()
        if _names_refusals(name)
    )


def _lists_talks(sheet: Seen) -> bool:
    fields = sheet.by_field(SheetKind.CONVERSATIONS)
    if "happened_at" not in fields or fields.keys().isdisjoint(KEYS[SheetKind.CONVERSATIONS]):
        return False
    words = {word for heading in sheet.facts for word in tokens(heading)}
    spoken = any(word.startswith(CALL_WORDS) for word in words)
    if "created" in tokens(fields["happened_at"]) and not spoken:
        return False  # whatever is kept in a program was created at some time
    contacts = sheet.by_field(SheetKind.CONTACTS)
    told = [contacts[name] for name in OF_PEOPLE | {"city"} if name in contacts]
    people = [name for name in told if not _is_key(name, SheetKind.CONVERSATIONS)]
    talks = len(fields.keys() & OF_TALKS)
    return talks > 0 and talks + WEIGHT_OF_CALL_WORDS * spoken > len(people) + 1


def _is_key(heading: str, kind: SheetKind) -> bool:
    return any(match.field in KEYS[kind] for match in matches(heading, kind))


def _lists_products(sheet: Seen) -> bool:
    fields = sheet.by_field(SheetKind.PRODUCTS).keys()
    named = not fields.isdisjoint(KEYS[SheetKind.PRODUCTS])
    told = not fields.isdisjoint({"unit_price", "category"})
    return named and told and not _has_people(sheet)


def _has_people(sheet: Seen) -> bool:
    """Whether anything tells of a person; a bare "ID" or "Name" may be a product's."""
    found = sheet.by_field(SheetKind.CONTACTS)
    if not found.keys().isdisjoint({*REACHED_BY, "birthday", "gender", "consent", "family_name"}):
        return True
    names = [found[name] for name in ("given_name", "full_name") if name in found]
    called = any(sheet.facts[name].share(NAMES) >= 0.5 for name in names)
    return called or sheet.is_named(SheetKind.CONTACTS, "customer_id")


def _lists_consents(sheet: Seen) -> bool:
    found = sheet.meanings[SheetKind.CONSENTS]
    fields = {meaning.field for meaning in found.values()}
    every = all(name in found or counts_rows(name) for name in sheet.facts)
    answered = not fields.isdisjoint({"consent", "consent_testimonials"})
    proved = not fields.isdisjoint({"consent_at", "consent_source"})
    return every and answered and proved and not fields.isdisjoint(KEYS[SheetKind.CONSENTS])


def _lists_people(sheet: Seen) -> bool:
    found = sheet.by_field(SheetKind.CONTACTS)
    if not found.keys().isdisjoint(REACHED_BY):
        return True
    if "customer_id" not in found:
        return False
    named = not found.keys().isdisjoint(OF_PEOPLE)
    own = sheet.is_named(SheetKind.CONTACTS, "customer_id")
    return named or (own and sheet.facts[found["customer_id"]].distinct >= MOSTLY_FILLED)
