"""What headings are called in sheets of trade: orders, products, calls, refusals of letters.

Four languages and transliterations, as in ``heading_words.py``. A word that means different things
in different sheets ("date", "name", "number") stands in ``AMBIGUOUS``, by the kind of sheet.
"""

from __future__ import annotations

from campaigns.sheets.understanding.fields import SheetKind

ORDER_ID = """
    order, order id, order no, order number, order #, order name, order code, receipt, receipt no, receipt number,
    receipt id, invoice, invoice no, invoice number, invoice id, basket id, transaction id, bill no,
    bill number, check number, sale id, sales order, purchase id, deal id, document no, document number,
    պատվեր, պատվերի համար, պատվերի կոդ, պատվերի №, պատվերի id, կտրոն, կտրոնի համար, կտրոնի n, չեկ, չեկի համար,
    հդմ կտրոնի համար, հդմ կտրոն, ֆիսկալ համար, հաշիվ, հաշվի համար, հաշիվ-ապրանքագիր, ապրանքագրի համար, փաստաթղթի համար, փաստաթուղթ,
    գնման համար, գործարքի համար, patveri hamar, ktroni hamar,
    შეკვეთა, შეკვეთის ნომერი, შეკვეთის id, შეკვეთის n, შეკვეთის კოდი, ქვითარი, ქვითრის ნომერი, ჩეკი, ჩეკის ნომერი,
    ინვოისი, ინვოისის ნომერი, ზედნადები, ზედნადების ნომერი, ზედნადების n, ანგარიშ-ფაქტურა, დოკუმენტი, დოკუმენტის ნომერი, დოკ. ნომერი,
    დოკ. n, საბუთის ნომერი, გაყიდვის ნომერი, ტრანზაქციის ნომერი, ტრანზაქციის id, shekvetis nomeri, sekvetis nomeri, qvitris nomeri, chekis nomeri,
    заказ, номер заказа, № заказа, id заказа, код заказа, чек, номер чека, № чека, накладная, номер накладной,
    № накладной, счет, номер счета, № счета, документ, номер документа, № документа, реализация, номер продажи, nomer zakaza,
    сделка, id сделки, номер сделки, регистратор, документ движения, документ продажи
"""
ORDERED_AT = """
    order date, ordered at, ordered on, created at, purchased at, purchase date, date of purchase,
    transaction date, transaction timestamp, transaction time, invoice date, sale date, sales date, date of sale, receipt date,
    when, երբ, როდის, когда, bill date, order created, date created, date of order, order time, order datetime, document date, closing date,
    պատվերի ամսաթիվ, պատվերի օր, պատվերի ժամանակ, գնման ամսաթիվ, գնման օր, վաճառքի ամսաթիվ, վաճառքի օր, կտրոնի ամսաթիվ,
    չեկի ամսաթիվ, փաստաթղթի ամսաթիվ, վճարման ամսաթիվ, գործարքի ամսաթիվ, ամսաթիվ և ժամ, ամսաթիվ/ժամ, patveri amsativ, gnman amsativ,
    շეკვეთის თარიღი, შეკვეთის თარიღი, შეძენის თარიღი, ყიდვის თარიღი, გაყიდვის თარიღი, ქვითრის თარიღი, ჩეკის თარიღი,
    გადახდის თარიღი, დოკუმენტის თარიღი, დოკ. თარიღი, ზედნადების თარიღი, ტრანზაქციის თარიღი, თარიღი და დრო, გააქტიურების თარიღი,
    shekvetis tarigi, sekvetis tarigi, gayidvis tarigi,
    дата заказа, дата покупки, дата продажи, дата чека, дата оплаты, дата документа, дата накладной, дата реализации,
    дата и время, дата создания, дата отгрузки, дата сделки, data zakaza, data pokupki
""".replace("    շეკვეთის თარიღი, შეკვეთის", "    შეკვეთის").replace(
    "გააქტიურების თარიღი", "შესყიდვის თარიღი"
)
AMOUNT = """
    amount, sum, revenue, sales value, sale amount, sales amount, sales, net sales, paid, amount paid, dollar value, order value,
    line total, line amount, total price, price total, turnover, order amount, invoice amount, net revenue, lineitem total, extended price,
    subtotal, item subtotal, total sum, total amount,
    գումար, գումարը, ընդհանուր գումար, արժեք, արժեքը, վճարված, վճարված գումար, վաճառքի գումար, գնման գումար, պատվերի գումար, չեկի գումար, կտրոնի գումար,
    հասույթ, gumar, gumary,
    თანხა, ღირებულება, გადახდილი, გადახდილი თანხა, ჯამური თანხა, სულ თანხა, გაყიდვის თანხა, შეკვეთის თანხა, ჩეკის თანხა, რეალიზაციის თანხა, საერთო თანხა,
    tanxa, tankha, jami,
    сумма, стоимость, сумма заказа, сумма чека, сумма покупки, сумма продажи, сумма продаж, выручка, оплачено, сумма оплаты, сумма документа, сумма со скидкой, общая сумма,
    сумма сделки, summa, stoimost
"""
ORDER_TOTAL = """
    total, grand total, order total, order total amount, invoice total, receipt total, basket total, total paid, payment amount,
    պատվերի ընդհանուր գումար, ընդամենը, ընդհանուր, კალათის ჯამი, შეკვეთის ჯამი, ჯამი, სულ, итого, всего, итого по заказу, итого по чеку, итоговая сумма
"""
CURRENCY = """
    currency, currency code, order currency, ccy, արժույթ, արժույթը, arjuyt, ვალუტა, valuta, валюта, вал
"""
PRODUCT = """
    product, product name, product title, lineitem name, item, item name, item title, goods, article name, service, product/service, products,
    ապրանք, ապրանքը, ապրանքի անվանում, ապրանքի անուն, ապրանքատեսակ, ապրանքանուն, ապրանքի անվանումը, ծառայություն, ապրանք/ծառայություն, անվանում, անվանումը, apranq, apranqi anvanum, anvanum,
    პროდუქტი, პროდუქტის დასახელება, საქონელი, საქონლის დასახელება, პროდუქცია, პროდუქციის დასახელება, დასახელება, მომსახურება, ნომენკლატურა, produqti, saqoneli, dasaxeleba, saqonlis dasaxeleba,
    товар, название товара, наименование товара, наименование, номенклатура, продукт, услуга, товар/услуга, товары, tovar, naimenovanie
"""
PRODUCT_CODE = """
    product code, product id, product no, product number, sku, lineitem sku, item code, item id, item no, item number, stock code, article, article no,
    article number, barcode, ean, upc, gtin, plu, variant sku, part number, product sku, handle,
    ապրանքի կոդ, ապրանքի համար, ապրանքի id, ապրանքի կոդը, արտիկուլ, շտրիխ կոդ, շտրիխկոդ, գծիկավոր կոդ, apranqi kod, artikul,
    პროდუქტის კოდი, პროდუქტის id, საქონლის კოდი, არტიკული, შტრიხკოდი, შტრიხ კოდი, ბარკოდი, ნომენკლატურის კოდი, produqtis kodi, saqonlis kodi, barkodi, strixkodi,
    код товара, артикул, штрихкод, штрих-код, id товара, код номенклатуры, номенклатурный номер, ид товара
"""
QUANTITY = """
    quantity, qty, count, pieces, pcs, units, item quantity, lineitem quantity, items sold, number of items, number of cds, units sold, quantity sold, no of items,
    քանակ, քանակը, քանակություն, քան., հատ, qanak, kanak, რაოდენობა, რაოდ., რ-ბა, ცალი, raodenoba, количество, кол-во, кол., к-во, шт, kolichestvo, kol vo
"""
UNIT_PRICE = """
    unit price, price per unit, price each, item price, item cost, lineitem price, unit cost, price/unit, product price, variant price, sale price, retail price, regular price,
    միավորի գին, մեկի գին, հատի գին, միավոր գին, միավորի արժեք, ապրանքի գին, վաճառքի գին, miavori gin,
    ერთეულის ფასი, ერთ. ფასი, ცალის ფასი, ერთეული ფასი, პროდუქტის ფასი, საქონლის ფასი, გასაყიდი ფასი, ertis fasi, erteulis fasi,
    цена за единицу, цена за шт, цена за ед, цена ед, цена товара, розничная цена, цена розничная, цена розн, розн цена, цена продажи, մանրածախ գին, գին մանրածախ, საცალო ფასი, ფასი საცალო
"""
PRICE = """
    price, գին, գինը, gin, ფასი, fasi, цена, tsena, cena
"""
DISCOUNT = """
    discount, line discount, lineitem discount, item discount, zeghch, զեղչ, զեղչը, զեղչի գումար, zexch, ფასდაკლება, ფასდაკლების თანხა, fasdakleba, скидка, сумма скидки, skidka
"""
STATUS = """
    status, order status, state, financial status, payment status, order state, deal stage, կարգավիճակ, վիճակ, պատվերի կարգավիճակ, պատվերի վիճակ, kargavichak,
    სტატუსი, შეკვეთის სტატუსი, მდგომარეობა, statusi, статус, статус заказа, состояние, стадия, стадия сделки
"""
CATEGORY = """
    category, product category, product group, item category, product type, collection, կատեգորիա, ապրանքախումբ, ապրանքային խումբ, տեսակ, kategoria,
    კატეგორია, სასაქონლო ჯგუფი, პროდუქტის ჯგუფი, ტიპი, kategoria, категория, товарная группа, группа товаров, тип товара
""".replace("kategoria,\n    კატ", "\n    კატ")
CONVERSATION_ID = """
    call id, conversation id, ticket id, ticket number, ticket no, ticket, chat id, case id, case number, case no, interaction id, session id, uniqueid, unique id,
    զանգի համար, զանգի կոդ, զանգի id, հայտի համար, զրույցի համար, ზარის id, ზარის ნომერი, საუბრის ნომერი, тикет, номер обращения, id звонка, номер звонка, номер тикета, id обращения
"""
HAPPENED_AT = """
    call date, call time, call start, call datetime, date/time, date time, start time, started at, start date, answer time, conversation date, date of call, date and time, opened at, ticket date, contact date,
    visit date, created at, created, call started, calldate, զանգի ամսաթիվ, զանգի ժամանակ, զանգի ժամ, զանգի սկիզբ, զրույցի ամսաթիվ, այցի ամսաթիվ, ամսաթիվ և ժամ, ամսաթիվ/ժամ,
    ზარის თარიღი, ზარის დრო, საუბრის თარიღი, თარიღი და დრო, ვიზიტის თარიღი, თარიღი/დრო, дата звонка, время звонка, дата обращения, дата и время, дата/время, дата создания, начало, начало звонка, дата визита
"""
CHANNEL = """
    channel, direction, call type, call direction, medium, contact channel, conversation type, source channel, ալիք, կապի ալիք, ուղղություն, զանգի տեսակ, զանգի ուղղություն,
    არხი, საკომუნიკაციო არხი, მიმართულება, ზარის ტიპი, ზარის მიმართულება, канал, канал связи, направление, тип звонка, направление звонка
"""
TOPIC = """
    topic, subject, theme, reason for call, call reason, request type, issue, թեմա, զանգի թեմա, զանգի պատճառ, խնդիր, հարցի թեմա, դիմումի թեմա,
    თემა, ზარის თემა, ზარის მიზეზი, საკითხი, პრობლემა, тема, тема обращения, причина звонка, причина обращения, вопрос
"""
TEXT = """
    text, message, message text, body, transcript, conversation, call notes, what was said, description, comment, comments, note, notes, summary, content,
    տեքստ, հաղորդագրություն, զրույց, զրույցի բովանդակություն, բովանդակություն, մեկնաբանություն, նշում, նշումներ, նկարագրություն,
    ტექსტი, შეტყობინება, საუბარი, საუბრის შინაარსი, შინაარსი, კომენტარი, შენიშვნა, აღწერა, текст, сообщение, содержание, разговор, комментарий, примечание, описание, текст обращения
"""
OUTCOME = """
    outcome, result, resolution, disposition, call status, call result, call outcome, status, state, ticket status, արդյունք, զանգի արդյունք, ելք, լուծում, կարգավիճակ, վիճակ, զանգի կարգավիճակ,
    შედეგი, ზარის შედეგი, გადაწყვეტა, სტატუსი, ზარის სტატუსი, результат, результат звонка, итог, решение, статус, статус звонка, исход
"""
EMPLOYEE = """
    employee, agent, agent name, operator, manager, assigned to, assignee, handled by, responsible, staff, user, answered by, owner, աշխատակից, օպերատոր, մենեջեր, պատասխանատու, աշխատող,
    თანამშრომელი, ოპერატორი, მენეჯერი, პასუხისმგებელი, сотрудник, оператор, менеджер, ответственный, агент
"""
REASON = """
    reason, bounce reason, unsub reason, unsubscribe reason, suppression reason, unsubscribe reason other, cause, պատճառ, հրաժարման պատճառ, պատճառը, მიზეზი, უარის მიზეზი, причина, причина отписки, причина отказа
"""
SUPPRESSED_AT = """
    unsub time, unsubscribed at, unsubscribe date, unsubscribe time, unsubscribed on, unsubscribed date, bounced at, bounce date, clean time, suppressed at, suppressed on, opt out date, opt out time, opted out at, blocked at, date unsubscribed,
    հրաժարման ամսաթիվ, հրաժարման օր, უარის თარიღი, გამოწერის გაუქმების თარიღი, дата отписки, дата отказа, время отписки
"""

TRADE: dict[str, str] = {
    "order_id": ORDER_ID, "ordered_at": ORDERED_AT, "amount": AMOUNT, "currency": CURRENCY,
    "product": PRODUCT, "product_code": PRODUCT_CODE, "quantity": QUANTITY,
    "unit_price": UNIT_PRICE, "discount": DISCOUNT, "status": STATUS, "category": CATEGORY,
    "conversation_id": CONVERSATION_ID, "happened_at": HAPPENED_AT, "channel": CHANNEL,
    "topic": TOPIC, "text": TEXT, "outcome": OUTCOME, "employee": EMPLOYEE, "reason": REASON,
    "suppressed_at": SUPPRESSED_AT,
}  # fmt: skip
"""Field → its words, separated by commas."""

_NUMBER = """
    id, code, no, number, nr, код, ид, номер, կոդ, կոդը, համար, կոդ/համար, kod, hamar, კოდი, ნომერი, kodi, nomeri
"""
_DATE = """
    date, day, timestamp, datetime, time, ամսաթիվ, ամսաթիվը, օր, ժամանակ, amsativ, or, თარიღი, დღე, დრო, tarigi, tarighi, дата, день, время, период, data
"""
_NAME = """
    name, names, title, անվանում, անուն/անվանում, სახელწოდება, название
"""
_CUSTOMER = """
    customer, client, buyer, household, shopper, member, partner, contact, հաճախորդ, հաճախորդը, գնորդ, պատվիրատու, կլիենտ, գործընկեր, hachaxord,
    კლიენტი, მომხმარებელი, მყიდველი, შემკვეთი, კონტრაგენტი, პარტნიორი, momxmarebeli, klienti, заказчик, клиент, покупатель, контрагент, контакт, партнер, партнёр, klient, pokupatel
"""
_CONTACT = """
    contact, contacts, contact info, contact details, կոնտակտ, կոնտակտային տվյալներ, կապ, კონტაქტი, საკონტაქტო, контакт, контакты, контактные данные, связь
"""
_POSTAL = """
    address, հասցե, hasce, მისამართი, misamarti, адрес
"""
_CALLERS = """
    from, to, src, source, dst, destination, number, party, caller, callee, calling number, called number, external number, client number, customer number, ումից, ում, համար, ვისგან, ვის, ნომერი, номер, от кого, кому, откуда, куда, абонент
"""
_MORE_TEXT = """
    description, details, նկարագրություն, აღწერა, описание
"""
_TOTAL = ORDER_TOTAL
_ORDERS = {
    "paid at, date paid, payment date": ("ordered_at",), _NUMBER: ("order_id",), _DATE: ("ordered_at",), _CUSTOMER: ("customer_id", "address", "phone"),
    _NAME: ("product", "order_id"), _MORE_TEXT: ("product",), _TOTAL: ("amount",),
}  # fmt: skip
_PEOPLE_ALSO = {_CONTACT: ("phone", "address"), _POSTAL: ("address",)}

AMBIGUOUS: dict[SheetKind, dict[str, tuple[str, ...]]] = {
    SheetKind.CONTACTS: {
        "id, код, ид, կոդ, կոդը, კოდი, code, kod, kodi": ("customer_id", "card_number"),
        "number, no, nr, номер, համար, ნომერი, hamar, nomeri": ("phone", "card_number"),
        _NAME: ("given_name", "full_name"), _CUSTOMER: ("full_name", "customer_id", "phone", "address"),
        _DATE: ("birthday",), **_PEOPLE_ALSO,
    },
    SheetKind.CONSENTS: {
        "id, код, ид, կոդ, კოდი, code": ("customer_id", "card_number"),
        _CUSTOMER: ("customer_id", "address", "phone"), _DATE: ("consent_at",), **_PEOPLE_ALSO,
        "source, աղբյուր, წყარო, источник, channel, method": ("consent_source",),
    },
    SheetKind.ORDERS: {**_ORDERS, PRICE: ("amount",)},
    SheetKind.ORDER_LINES: {**_ORDERS, PRICE: ("unit_price",)},
    SheetKind.PRODUCTS: {
        _NUMBER: ("product_code",), _NAME: ("product",), PRICE: ("unit_price",),
        "department, group, type, department name, բաժին, խումբ, ჯგუფი, группа, раздел, вид": ("category",),
        _MORE_TEXT: ("product",), AMOUNT: ("unit_price",),
    },
    SheetKind.CONVERSATIONS: {
        "id, код, ид, կոդ, კოდი, code, no": ("conversation_id",), _DATE: ("happened_at",),
        _CALLERS: ("phone",), _CUSTOMER: ("customer_id", "address", "phone"),
        _CONTACT: ("phone", "address"), "type, տեսակ, ტიპი, тип, source, աղբյուր, წყარო, источник": ("channel",),
    },
    SheetKind.SUPPRESSIONS: {
        f"{_DATE}, created, created at, date added, added, ավելացված, добавлен": ("suppressed_at",),
        "type, status, category, տեսակ, ტიპი, тип, статус": ("reason",), **_PEOPLE_ALSO,
    },
    SheetKind.IGNORE: {},
}  # fmt: skip
"""Kind → words → the fields that they may mean there, the usual one first."""

DOUBTFUL = f"{_DATE}, {_CONTACT}, {_POSTAL}, number, no, nr, номер, համար, ნომერი, hamar, nomeri"
"""Words among people that say so little that the values must say it too."""
ROW_NUMBERS = """
    ա/ա, n, no, nr, №, #, num, n n, nn, n/n, հ/հ, հհ, հ, h/h, ნ, რიგ., რიგითი ნომერი, რიგითი n, п/п, № п/п, n п/п, нпп, row, row number, line, line no, rowid, index, unnamed: 0, պ/պ, # п/п
"""
"""Headings of a column that only counts the rows."""
