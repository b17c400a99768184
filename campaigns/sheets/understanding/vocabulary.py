"""Words that stand in the sheets of Armenia and Georgia, in four languages, and what they mean.

The heading words were gathered from the exports of tills, web shops and accounting programs; a
new one is one more word in a line here.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Return what words are compared by: folded, without signs and spaces.

    >>> key("Էլ. փոստ") == key("ԷԼ ՓՈՍՏ"), key("E-mail")
    (True, 'email')
    """
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def _lines(text: str) -> frozenset[str]:
    return frozenset(key(word) for word in text.split(","))


CONTACT_WORDS: dict[str, frozenset[str]] = {
    "customer_id": _lines(
        "customer id, customer no, customer number, customer code, client id, client no, id, card,"
        " card no, card number, loyalty card, household id, հաճախորդի համար, հաճախորդի կոդ,"
        " հաճախորդի id, կոդ, քարտ, քարտի համար, հ/հ կոդ, მომხმარებლის id, მომხმარებლის კოდი,"
        " მომხმარებლის ნომერი, კლიენტის id, კლიენტის კოდი, კლიენტის ნომერი, კოდი, ბარათი,"
        " ბარათის ნომერი, ид, код, код клиента, id клиента, номер клиента, карта, номер карты,"
        " customer, household"
    ),
    "address": _lines(
        "email, e-mail, mail, email address, e-mail address, էլ. փոստ, էլ. հասցե, էլփոստ, իմեյլ,"
        " էլեկտրոնային փոստ, էլեկտրոնային հասցե, մեյլ, ელფოსტა, ელ. ფოსტა, ელ-ფოსტა, იმეილი, მეილი,"
        " ელექტრონული ფოსტა, ელ. მისამართი, эл. почта, электронная почта, почта, имейл, емейл, мейл"
    ),
    "given_name": _lines(
        "first name, given name, name, forename, անուն, անունը, სახელი, имя"
    ),
    "family_name": _lines(
        "last name, family name, surname, second name, ազգանուն, ազգանունը, გვარი, фамилия"
    ),
    "full_name": _lines(
        "full name, customer name, client name, name surname, name and surname, first and last name,"
        " անուն ազգանուն, անուն, ազգանուն, ազգանուն անուն, ա.ա., աա, հաճախորդ, հաճախորդի անուն,"
        " სახელი გვარი, სახელი და გვარი, გვარი სახელი, სრული სახელი, მომხმარებელი, კლიენტი, фио,"
        " имя фамилия, имя и фамилия, фамилия имя, полное имя, клиент, покупатель"
    ) - {key("անուն"), key("ազգանուն")},
    "phone": _lines(
        "phone, phone number, mobile, mobile phone, tel, telephone, cell, հեռ, հեռախոս,"
        " հեռախոսահամար, հեռ. համար, բջջային, բջջ., ტელ, ტელეფონი, ტელეფონის ნომერი, მობილური,"
        " მობ., тел, телефон, номер телефона, мобильный"
    ),
    "language": _lines(
        "language, lang, preferred language, լեզու, լեզուն, հաղորդակցության լեզու, ენა,"
        " საკომუნიკაციო ენა, язык, язык общения"
    ),
    "city": _lines(
        "city, town, քաղաք, բնակավայր, ქალაქი, город, населенный пункт"
    ),
    "gender": _lines("gender, sex, սեռ, სქესი, пол"),
    "birthday": _lines(
        "birthday, birth date, date of birth, dob, ծննդյան օր, ծննդյան ամսաթիվ, ծնվ., ծնունդ,"
        " ծննդյան տարեթիվ, დაბადების დღე, დაბადების თარიღი, дата рождения, дата рожд, день рождения, др"
    ),
    "consent": _lines(
        "consent, marketing consent, email consent, opt in, subscribed, agreed, agrees to offers, accepts marketing, accepts email marketing,"
        " newsletter, համաձայնություն, համաձայն է, համաձայնություն նամակների, նամակների համաձայնություն,"
        " համաձայնություն առաջարկների համար, համաձայնություն նամակներ ստանալու, բաժանորդ, თანხმობა,"
        " თანხმობა წერილებზე, თანხმობა შეთავაზებებზე, თანხმობა სიახლეებზე, გამომწერი, გამოწერა,"
        " согласие, согласие на рассылку, согласие на письма, согласие на email рассылку, рассылка,"
        " подписка, email opt in, marketing consent (email), consent to offers, consent to letters,"
        " newsletter consent, newsletter subscription, consent given, gave consent, consented, opted in,"
        " consent to marketing, agrees to get letters, agrees to receive letters, agreed to letters,"
        " համաձայն է նամակներ ստանալ, համաձայն է ստանալ նամակներ, համաձայն եմ նամակներ ստանալ,"
        " համաձայն է առաջարկներ ստանալ, նամակներ ստանալու համաձայնություն, տվել է համաձայնություն,"
        " თანახმაა, თანახმაა წერილების მიღებაზე, თანხმობა წერილების მიღებაზე, თანხმობა მარკეტინგზე,"
        " თანხმობა სარეკლამო წერილებზე, согласен на рассылку, согласен получать письма,"
        " согласен получать рассылку, согласие на получение рассылки, согласие на маркетинг"
    ),
    "consent_testimonials": _lines(
        "consent to reviews, testimonial consent, review consent, consent to be asked for opinions,"
        " opinions consent, կարծիքի համաձայնություն, համաձայնություն կարծիքի համար, կարծիք հարցնել,"
        " თანხმობა შეფასებაზე, თანხმობა გამოკითხვაზე, შეფასების თანხმობა, согласие на отзыв,"
        " согласие на опрос, согласие на отзывы"
    ),
    "consent_source": _lines(
        "consent source, source of consent, where agreed, համաձայնության աղբյուր,"
        " որտեղ է համաձայնել, თანხმობის წყარო, источник согласия"
    ),
    "consent_at": _lines(
        "consent date, date of consent, consent time, agreed on, համաձայնության ամսաթիվ,"
        " համաձայնության օր, თანხმობის თარიღი, дата согласия"
    ),
}  # fmt: skip

NUMBERS = _lines("id, код, ид, կոդ, კოდი")
"""The number of whatever the sheet lists: a customer among customers, an order among orders."""

ORDER_WORDS: dict[str, frozenset[str]] = {
    "order_id": NUMBERS
    | _lines(
        "order id, order no, order number, order, receipt, receipt no, invoice, invoice no,"
        " basket id, transaction id, պատվեր, պատվերի համար, պատվերի կոդ, կտրոն, կտրոնի համար, չեկ,"
        " შეკვეთა, შეკვეთის ნომერი, შეკვეთის id, ქვითარი, ქვითრის ნომერი, ჩეკი, заказ, номер заказа,"
        " чек, номер чека"
    ),
    "ordered_at": _lines(
        "order date, date, ordered at, created at, paid at, purchased at, purchase date, transaction date, transaction timestamp,"
        " invoice date, ամսաթիվ, պատվերի ամսաթիվ, գնման ամսաթիվ, օր, თარიღი, შეკვეთის თარიღი,"
        " შეძენის თარიღი, дата, дата заказа, дата покупки"
    ),
    "amount": _lines(
        "amount, total, sum, revenue, sales value, order total, paid, price, գումար, արժեք,"
        " վճարված, ընդամենը, თანხა, ჯამი, ღირებულება, ფასი, сумма, стоимость, итого, цена"
    ),
    "currency": _lines("currency, արժույթ, ვალუტა, валюта"),
    "product": _lines(
        "product, product name, lineitem name, item, goods, description, ապրանք, ապրանքի անվանում, անվանում,"
        " პროდუქტი, საქონელი, პროდუქცია, დასახელება, товар, наименование, продукт"
    ),
    "quantity": _lines("quantity, qty, count, քանակ, քանակը, რაოდენობა, количество, кол-во"),
    "status": _lines("status, order status, state, կարգավիճակ, վիճակ, სტატუსი, статус"),
    "customer_id": (CONTACT_WORDS["customer_id"] - NUMBERS) | _lines("հաճախորդ, კლიენტი, მომხმარებელი, клиент"),
    "address": CONTACT_WORDS["address"],
}  # fmt: skip

ALONE = (
    _lines(
        "customer, household, client, order, name, card, count, state, հաճախորդ, անուն, պատվեր, քարտ,"
        " კლიენტი, მომხმარებელი, სახელი, შეკვეთა, ბარათი, клиент, покупатель, заказ, карта, անունը"
    )
    | CONTACT_WORDS["consent"]
    | CONTACT_WORDS["consent_testimonials"]
)
"""Words that mean something as a whole heading only: "customer" stands before any of its facts, and
to read "Unsubscribed", "SMS consent" or "Consent withdrawn" as consent would make consent up.
"""

TOTALS = _lines(
    "total, totals, grand total, sum total, ընդամենը, ընդհանուր, ընդհանուրը, հանրագումար,"
    " სულ, ჯამი, ჯამური, სულ ჯამი, итого, всего, итог"
)

YES = _lines(
    "yes, y, true, 1, ok, agree, agreed, subscribed, opt in, այո, հա, համաձայն, համաձայն է,"
    " համաձայն եմ, კი, დიახ, ხო, თანახმა, თანახმაა, თანახმა ვარ, да, согласен, согласна, есть"
) | {"+", "✓", "✔", "☑", "✅"}
NO = _lines(
    "no, n, false, 0, disagree, unsubscribed, opt out, ոչ, չէ, համաձայն չէ, համաձայն չեմ, հրաժարվել է,"
    " չի համաձայնել, պետք չէ, no thanks, no thank you, not agreed, does not agree, do not agree,"
    " not subscribed, off, არა, არ არის თანახმა, უარი, უარყო, нет, не согласен, не согласна, отказ, отказался,"
    " отказалась, отписан, отписана, отписался, отписалась, не подписан, не подписана"
) | {"-", "–", "—", "−", "✗", "✘", "☒", "❌", "☐"}

CANCELLED = _lines(
    "cancelled, canceled, cancel, void, returned, return, refunded, refund, չեղարկված, չեղարկվել է,"
    " չեղյալ, վերադարձված, վերադարձ, გაუქმებული, გაუქმდა, დაბრუნებული, დაბრუნება,"
    " отменен, отменён, отмена, возврат, возвращен, возвращён"
)

CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("֏", *_lines("amd, դրամ, դր, dram, drams, драм, драмов, დრამი")), "AMD"),
    **dict.fromkeys(("₾", *_lines("gel, ლარი, ლ, lari, лари, լարի")), "GEL"),
    **dict.fromkeys(("$", *_lines("usd, us$, դոլար, დოლარი, доллар, долларов, dollar, dollars")), "USD"),
    **dict.fromkeys(("€", *_lines("eur, եվրո, ევრო, евро, euro")), "EUR"),
    **dict.fromkeys(("₽", *_lines("rub, rur, ռուբլի, რუბლი, руб, рубль, рублей")), "RUB"),
}  # fmt: skip

# Beginnings of the months' names; enough letters to tell them apart.
MONTHS: dict[str, int] = {
    start: number
    for line in (
        "հունվ փետր մարտ ապր մայ հունիս հուլիս օգոս սեպտ հոկտ նոյ դեկտ",
        "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр ма июн июл авг сен окт ноя дек",
    )
    for number, start in enumerate(line.split(), 1)
}
