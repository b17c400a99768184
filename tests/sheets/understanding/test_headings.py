import pytest

from campaigns.sheets.understanding.fields import SheetKind
from campaigns.sheets.understanding.headings import matches, tokens


def _field(heading, kind=SheetKind.CONTACTS):
    return next((match.field for match in matches(heading, kind)), None)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Customer E-mail Address (primary)", "address"), ("Հաճախորդի էլ. հասցե", "address"),
        ("Էլ․ փոստ", "address"), ("ელ-ფოსტა", "address"), ("Адрес эл. почты клиента", "address"),
        ("ᲔᲚ-ᲤᲝᲡᲢᲐ", "address"), ("Հեռ․", "phone"), ("ტელ.", "phone"), ("Тел.", "phone"),
        ("Бл. тел.", "phone"), ("Phone1", "phone"), ("heraxosahamar", "phone"), ("saxeli", "given_name"),
        ("anun", "given_name"), ("gvari", "family_name"), ("azganun", "family_name"),
        ("FirstName", "given_name"), ("Birth date*", "birthday"), ("ԾՆՆԴՅԱՆ\nԱՄՍԱԹԻՎ", "birthday"),
        ("Зарплатная карта", None), ("Карта лояльности", "card_number"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_words(heading, field):
    assert _field(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "Unsubscribed", "Not subscribed", "No consent", "Consent withdrawn", "SMS consent", "Opt out",
        "Do not email", "Հրաժարվել է", "Отписан", "უარი", "Consent to calls", "Without consent",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [SheetKind.CONTACTS, SheetKind.CONSENTS])
def test_no_heading_that_denies_or_limits_it_is_consent(kind, heading):
    assert _field(heading, kind) not in ("consent", "consent_testimonials")


@pytest.mark.parametrize(
    "heading",
    [
        "Child's name", "Company name", "Manager's phone", "Phone type", "E-mail status", "Card issued",
        "Հայրանունը", "Խանութի անունը", "ბავშვის სახელი", "Имя менеджера", "Fax number", "Country code",
    ],
)  # fmt: skip
def test_what_is_of_others_or_about_the_thing_is_not_the_customers(heading):
    assert _field(heading) is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Total (AMD)", "amount"), ("Сумма, руб.", "amount"), ("Ընդամենը (դրամ)", "amount"),
        ("Order tax amount", None), ("Shipping amount", None), ("Last order date", None),
        ("Order date", "ordered_at"), ("Order #", "order_id"), ("Price", "unit_price"),
        ("Order", "order_id"), ("შეკვეთის №", "order_id"), ("Կտրոնի №", "order_id"),
        ("Երբ", "ordered_at"), ("Order source", None),
    ],
)  # fmt: skip
def test_money_and_days_of_other_things_are_not_those_of_the_order(heading, field):
    assert _field(heading, SheetKind.ORDER_LINES) == field


def test_a_heading_among_unknown_words_is_less_sure():
    scores = [
        matches(heading, SheetKind.CONTACTS)[0].score
        for heading in ("Phone number", "Customer phone", "Home phone", "Home phone since spring")
    ]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_words_are_parted_where_letters_change_and_joined_where_a_line_breaks():
    assert tokens("customerID") == ("customer", "id")
    assert tokens("№ заказа") == ("no", "заказа")
