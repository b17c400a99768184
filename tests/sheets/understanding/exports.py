"""Sheets as real systems export them: headings and a few rows, and what must be understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaigns.sheets.understanding.fields import SheetKind
from tests.support.grids import lines


@dataclass(frozen=True, slots=True)
class Export:
    """What a system writes. ``columns`` are those with a field; all others have none."""

    kind: SheetKind
    rows: list[list[str]]
    columns: dict[str, str]
    file: str = "export.csv"
    types: dict[str, str] = field(default_factory=dict)


SHOPIFY_CUSTOMERS = Export(
    SheetKind.CONTACTS,
    lines("""
Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address City,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags
'6790001,Ani,Petrosyan,ani@example.com,yes,,Abovyan 1,Yerevan,AM,0010,,+37491234567,no,120.00,3,,no,vip
'6790002,Nino,Beridze,nino@example.com,no,,Rustaveli 2,Tbilisi,GE,0108,,+995599123456,no,0.00,0,,no,
'6790003,Ann,Walker,ann@example.com,yes,,High St 3,London,GB,N1,,,no,50.00,1,,no,"""),
    {"Customer ID": "customer_id", "First Name": "given_name", "Last Name": "family_name",
     "Email": "address", "Accepts Email Marketing": "consent", "Default Address City": "city",
     "Phone": "phone"},
    types={"Total Spent": "number", "Total Orders": "number", "Accepts SMS Marketing": "yes_no",
           "Tax Exempt": "yes_no"},
)  # fmt: skip
SHOPIFY_ORDERS = Export(
    SheetKind.ORDER_LINES,
    lines("""
Name,Email,Financial Status,Paid at,Fulfillment Status,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Billing Phone,Shipping Name,Cancelled at,Refunded Amount,Vendor,Id,Tags,Lineitem discount,Phone
#1001,ani@example.com,paid,2026-01-05 10:00:00 +0400,fulfilled,yes,AMD,300.00,10,0,310.00,,0.00,2026-01-05 10:00:00 +0400,2,Tea,100.00,,T-1,Ani P,+37491234567,Ani P,,0,Tea Co,5500001,,0.00,+37491234567
#1001,ani@example.com,,,,,,,,,,,,2026-01-05 10:00:00 +0400,1,Cup,100.00,,C-1,,,,,,Tea Co,,,0.00,
#1002,nino@example.com,paid,2026-01-06 10:00:00 +0400,fulfilled,no,AMD,50.00,10,0,60.00,,0.00,2026-01-06 10:00:00 +0400,1,Spoon,50.00,,S-1,Nino B,+995599123456,Nino B,,0,Tea Co,5500002,,0.00,+995599123456
#1003,ann@example.com,pending,,fulfilled,no,AMD,150.00,10,0,160.00,,0.00,2026-01-06 10:00:00 +0400,1,Spoon,50.00,,S-1,Ann W,,Ann W,,0,Tea Co,5500003,,0.00,
#1003,ann@example.com,,,,,,,,,,,,2026-01-06 10:00:00 +0400,1,Tea,100.00,,T-1,,,,,,Tea Co,,,0.00,"""),
    {"Name": "order_id", "Email": "address", "Financial Status": "status", "Currency": "currency",
     "Created at": "ordered_at", "Lineitem quantity": "quantity", "Lineitem name": "product",
     "Lineitem price": "unit_price", "Lineitem sku": "product_code",
     "Lineitem discount": "discount", "Phone": "phone"},
)  # fmt: skip
WOO_LINES = Export(
    SheetKind.ORDER_LINES,
    lines("""
Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),City (Billing),Email (Billing),Phone (Billing),Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity,Item Cost,Coupon Code,Discount Amount
101,Completed,2026-01-05 10:00,,Ani,P,Yerevan,ani@example.com,+37491234567,0,250,0,0,250,0,T-1,1,Tea,2,100,,0
101,Completed,2026-01-05 10:00,,Ani,P,Yerevan,ani@example.com,+37491234567,0,250,0,0,250,0,C-1,2,Cup,1,50,,0
102,Completed,2026-01-06 10:00,,Nino,B,Tbilisi,nino@example.com,+995599123456,0,200,0,0,200,0,T-1,1,Tea,1,100,,0
102,Completed,2026-01-06 10:00,,Nino,B,Tbilisi,nino@example.com,+995599123456,0,200,0,0,200,0,C-1,2,Cup,2,50,,0"""),
    {"Order Number": "order_id", "Order Status": "status", "Order Date": "ordered_at",
     "Email (Billing)": "address", "Phone (Billing)": "phone", "SKU": "product_code",
     "Item Name": "product", "Quantity": "quantity", "Item Cost": "unit_price"},
)  # fmt: skip
WOO_CUSTOMERS = Export(
    SheetKind.CONTACTS,
    lines("""
Name,Username,Last Active,Date Registered,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code
Ani Petrosyan,ani,2026-01-05,2025-01-05,ani@example.com,3,300,100,AM,Yerevan,,0010
Nino Beridze,nino,2026-01-05,2025-01-05,nino@example.com,3,300,100,GE,Tbilisi,,0108"""),
    {"Name": "full_name", "Email": "address", "City": "city"},
    types={"Last Active": "date", "Date Registered": "date", "Orders": "number",
           "Total Spend": "number", "AOV": "number"},
)  # fmt: skip
WOO_ORDERS = Export(
    SheetKind.ORDERS,
    lines("""
Date,Order #,N. Revenue (formatted),Net Sales,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Attribution
2026-01-05 10:00:00,101,$100,100,completed,Ani Petrosyan,new,2x Tea,2,,Direct
2026-01-06 10:00:00,102,$50,50,completed,Nino Beridze,returning,1x Cup,1,,Direct"""),
    {"Date": "ordered_at", "Order #": "order_id", "Net Sales": "amount", "Status": "status",
     "Customer": "customer_id", "Product(s)": "product", "Items sold": "quantity"},
)  # fmt: skip
_MAILCHIMP = "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,"
_MEMBER = "ani@example.com,Ani,Petrosyan,1 Abovyan,+37491234567,03/25,2,2025-01-05 10:00:00,,2025-01-05 10:00:00,1.2.3.4,"
MAILCHIMP_SUBSCRIBED = Export(
    SheetKind.CONTACTS,
    lines(f"{_MAILCHIMP}LAST_CHANGED,LEID,EUID,NOTES,TAGS\n{_MEMBER}2025-01-05 10:00:00,123,abc,,"),
    {"Email Address": "address", "First Name": "given_name", "Last Name": "family_name",
     "Phone Number": "phone", "Birthday": "birthday", "OPTIN_TIME": "consent_at"},
    types={"CONFIRM_TIME": "date", "LAST_CHANGED": "date", "MEMBER_RATING": "number",
           "LEID": "number"},
)  # fmt: skip
MAILCHIMP_UNSUBSCRIBED = Export(
    SheetKind.SUPPRESSIONS,
    lines(f"{_MAILCHIMP}UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID\n{_MEMBER}2025-02-05 10:00:00,News,9,NORMAL,,123"),
    {"Email Address": "address", "UNSUB_TIME": "suppressed_at", "UNSUB_REASON": "reason"},
)  # fmt: skip
MAILCHIMP_CLEANED = Export(
    SheetKind.SUPPRESSIONS,
    lines(f"{_MAILCHIMP}CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID\n{_MEMBER}2025-02-05 10:00:00,News,9,123"),
    {"Email Address": "address", "CLEAN_TIME": "suppressed_at"},
)  # fmt: skip
KLAVIYO = Export(
    SheetKind.CONTACTS,
    lines("""
Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,City,State / Region,Country,Zip Code,Source,IP Address,Email Marketing Consent,Email Marketing Consent Timestamp,SMS Marketing Consent,First Active,Profile Created On
ani@example.com,01H,Ani,Petrosyan,,,+37491234567,Abovyan 1,Yerevan,,Armenia,0010,,1.2.3.4,SUBSCRIBED,2025-01-05T10:00:00,NEVER_SUBSCRIBED,2025-01-05,2025-01-05
nino@example.com,01J,Nino,Beridze,,,,,Tbilisi,,Georgia,,,1.2.3.4,UNSUBSCRIBED,2025-01-05T10:00:00,NEVER_SUBSCRIBED,2025-01-05,2025-01-05"""),
    {"Email": "address", "First Name": "given_name", "Last Name": "family_name",
     "Phone Number": "phone", "City": "city", "Email Marketing Consent": "consent",
     "Email Marketing Consent Timestamp": "consent_at"},
    types={"First Active": "date", "Profile Created On": "date"},
)  # fmt: skip
SENDGRID_BOUNCES = Export(
    SheetKind.SUPPRESSIONS,
    lines("status,reason,email,created\n5.1.1,550 no user,a@example.com,1443651125"),
    {"reason": "reason", "email": "address", "created": "suppressed_at"},
)
SENDGRID_UNSUBSCRIBES = Export(
    SheetKind.SUPPRESSIONS, lines("email,created\na@example.com,1443651125"),
    {"email": "address", "created": "suppressed_at"}, file="suppression_unsubscribes.csv",
)  # fmt: skip
SENDGRID_SPAM_REPORTS = Export(
    SheetKind.SUPPRESSIONS, lines("ip,email,created\n1.2.3.4,a@example.com,1443651125"),
    {"email": "address", "created": "suppressed_at"}, file="suppression_spam_reports.csv",
)  # fmt: skip
BITRIX_CONTACTS = Export(
    SheetKind.CONTACTS,
    lines("""
ID;Обращение;Фамилия;Имя;Отчество;Дата рождения;Должность;Комментарий;Рабочий телефон;Мобильный телефон;Домашний телефон;Рабочий e-mail;Частный e-mail;Компания;Тип контакта;Источник;Создан;Изменен;Ответственный
1;;Петров;Иван;Иванович;05.03.1980;;;;+79161234567;;;ivan@example.com;ООО;Клиенты;Сайт;05.03.2025 10:00:00;05.03.2025 10:00:00;Анна Смирнова
2;;Смирнова;Ольга;;;;;+79161234568;+79161234569;;olga@work.com;olga@example.com;ООО;Клиенты;Сайт;05.03.2025 10:00:00;05.03.2025 10:00:00;Анна Смирнова
3;;Сидоров;Пётр;;15.03.1999;;;;+79161234569;;;petr@example.com;ООО;Клиенты;Сайт;05.03.2025 10:00:00;05.03.2025 10:00:00;Анна Смирнова""", ";"),
    {"ID": "customer_id", "Фамилия": "family_name", "Имя": "given_name", "Дата рождения": "birthday",
     "Мобильный телефон": "phone", "Частный e-mail": "address"},
    types={"Создан": "date", "Изменен": "date"},
)  # fmt: skip
BITRIX_DEALS = Export(
    SheetKind.ORDERS,
    lines("""
ID;Название сделки;Стадия сделки;Сумма;Валюта;Компания;Контакт: Мобильный телефон;Контакт: Рабочий e-mail;Дата начала;Дата создания;Ответственный
11;Сделка 1;Успешно;12500;AMD;;+79161234567;ivan@example.com;05.03.2025;05.03.2025 10:00:00;Анна
12;Сделка 2;В работе;700;AMD;;+79161234568;olga@example.com;06.03.2025;06.03.2025 10:00:00;Анна""", ";"),
    {"ID": "order_id", "Стадия сделки": "status", "Сумма": "amount", "Валюта": "currency",
     "Контакт: Мобильный телефон": "phone", "Контакт: Рабочий e-mail": "address",
     "Дата создания": "ordered_at"},
)  # fmt: skip
BITRIX_CALLS = Export(
    SheetKind.CONVERSATIONS,
    lines("""
Сотрудник;Номер телефона;Тип звонка;Дата;Длительность;Статус
Анна;+79161234567;Входящий;05.01.2026 10:00;00:01:00;Успешно
Анна;+79161234568;Исходящий;05.01.2026 11:00;00:01:00;Пропущен""", ";"),
    {"Сотрудник": "employee", "Номер телефона": "phone", "Тип звонка": "channel",
     "Дата": "happened_at", "Статус": "outcome"},
)  # fmt: skip
ONE_C = Export(
    SheetKind.ORDER_LINES,
    [
        ["Ведомость по продажам"], ["Период: 01.01.2026 - 31.01.2026"], [],
        ["№", "Контрагент", "Номенклатура", "Количество", "Цена", "Сумма", "Дата", "Документ движения"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["1", "C-0001", "Чай", "2", "100,00", "200,00", "05.01.2026", "Реализация 0001"],
        ["2", "C-0002", "Кофе", "1", "1 500,00", "1 500,00", "06.01.2026", "Реализация 0002"],
        ["3", "C-0002", "Чай", "3", "100,00", "300,00", "06.01.2026", "Реализация 0002"],
        ["Итого", "", "", "6", "", "2 000,00"], [], ["Главный бухгалтер ____________"],
    ],
    {"Контрагент": "customer_id", "Номенклатура": "product", "Количество": "quantity",
     "Цена": "unit_price", "Сумма": "amount", "Дата": "ordered_at", "Документ движения": "order_id"},
)  # fmt: skip
TILL = Export(
    SheetKind.ORDERS,
    [
        ["ՀԴՄ կտրոնների ցանկ"],
        ["Հ/Հ", "ՀԴՄ կտրոնի համար", "Ամսաթիվ", "Ժամ", "Գանձապահ", "Գումար", "Կանխիկ", "Անկանխիկ",
         "Քարտի համար", "Հեռ․"],
        ["1", "000123", "05.01.2026", "10:15", "Սոնա", "12500", "12500", "0", "4000001", "091234567"],
        ["2", "000124", "05.01.2026", "10:25", "Սոնա", "700", "0", "700", "4000002", "093111222"],
        ["Ընդամենը", "", "", "", "", "13200"],
    ],
    {"ՀԴՄ կտրոնի համար": "order_id", "Ամսաթիվ": "ordered_at", "Գումար": "amount",
     "Քարտի համար": "card_number", "Հեռ․": "phone"},
)  # fmt: skip
ARMENIAN_LINES = Export(
    SheetKind.ORDER_LINES,
    lines("""
Գործընկեր;Գործընկերոջ կոդ;Փաստաթղթի համար;Փաստաթղթի ամսաթիվ;Ապրանքի կոդ;Ապրանքի անվանում;Չափի միավոր;Քանակ;Գին;Գումար
Անի Պետրոսյան;K-1;Ա-001;05.01.2026;T-1;Թեյ;հատ;2;100;200
Անի Պետրոսյան;K-1;Ա-001;05.01.2026;C-1;Բաժակ;հատ;1;50;50
Արամ Սարգսյան;K-2;Ա-002;06.01.2026;C-1;Բաժակ;հատ;1;50;50""", ";"),
    {"Գործընկերոջ կոդ": "customer_id", "Փաստաթղթի համար": "order_id",
     "Փաստաթղթի ամսաթիվ": "ordered_at", "Ապրանքի կոդ": "product_code",
     "Ապրանքի անվանում": "product", "Քանակ": "quantity", "Գին": "unit_price", "Գումար": "amount"},
)  # fmt: skip
WAYBILLS = Export(
    SheetKind.ORDER_LINES,
    lines("""
ზედნადების ნომერი;მყიდველი;მყიდველის ს/ნ;თარიღი;საქონლის დასახელება;ზომის ერთეული;რაოდენობა;ერთ. ფასი;თანხა
0778;ნინო ბერიძე;01001012345;05.01.2026;ჩაი;ცალი;2;10.00;20.00
0778;ნინო ბერიძე;01001012345;05.01.2026;ფინჯანი;ცალი;1;5.00;5.00
0779;გიორგი კაპანაძე;01001012346;06.01.2026;ჩაი;ცალი;1;10.00;10.00""", ";"),
    {"ზედნადების ნომერი": "order_id", "მყიდველის ს/ნ": "customer_id", "თარიღი": "ordered_at",
     "საქონლის დასახელება": "product", "რაოდენობა": "quantity", "ერთ. ფასი": "unit_price",
     "თანხა": "amount"},
)  # fmt: skip
LOYALTY_KA = Export(
    SheetKind.CONTACTS,
    lines("""
ბარათის ნომერი;სახელი გვარი;მობ. ნომერი;დაბ. თარიღი;სქესი;დაგროვილი ქულები
1000001;ნინო ბერიძე;599123456;05.03.1990;მდედრ.;120
1000002;გიორგი კაპანაძე;577111222;15.03.1985;მამრ.;20""", ";"),
    {"ბარათის ნომერი": "card_number", "სახელი გვარი": "full_name", "მობ. ნომერი": "phone",
     "დაბ. თარიღი": "birthday", "სქესი": "gender"},
    types={"დაგროვილი ქულები": "number"},
)  # fmt: skip
ONLINE_RETAIL = Export(
    SheetKind.ORDER_LINES,
    lines("""
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE LANTERN,6,12/1/2010 8:26,2.55,17850,United Kingdom
536365,71053,HOLDER,6,12/1/2010 8:26,3.39,17850,United Kingdom
536366,22633,WARMER,6,12/1/2010 8:28,1.85,17851,United Kingdom"""),
    {"InvoiceNo": "order_id", "StockCode": "product_code", "Description": "product",
     "Quantity": "quantity", "InvoiceDate": "ordered_at", "UnitPrice": "unit_price",
     "CustomerID": "customer_id"},
)  # fmt: skip
GOOGLE = Export(
    SheetKind.CONTACTS,
    lines("""
First Name,Middle Name,Last Name,Phonetic First Name,Nickname,File As,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - City,Address 1 - Country
Ani,,Petrosyan,,,,,,1990-03-05,,,* myContacts,Home,ani@example.com,Work,ani@work.com,Mobile,+37491234567,Home,Yerevan,AM
Nino,,Beridze,,,,,,,,,* myContacts,Home,nino@example.com,,,Mobile,+995599123456,Home,Tbilisi,GE"""),
    {"First Name": "given_name", "Last Name": "family_name", "Birthday": "birthday",
     "E-mail 1 - Value": "address", "Phone 1 - Value": "phone", "Address 1 - City": "city"},
)  # fmt: skip
GOOGLE_OLD = Export(
    SheetKind.CONTACTS,
    lines("""
Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Gender,Language,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - City
Ani Petrosyan,Ani,,Petrosyan,,,,,* My,*,ani@example.com,Mobile,+37491234567,Yerevan
Nino Beridze,Nino,,Beridze,,,,,* My,*,nino@example.com,Mobile,+995599123456,Tbilisi"""),
    {"Name": "full_name", "Given Name": "given_name", "Family Name": "family_name",
     "Birthday": "birthday", "Gender": "gender", "Language": "language",
     "E-mail 1 - Value": "address", "Phone 1 - Value": "phone", "Address 1 - City": "city"},
)  # fmt: skip
OUTLOOK = Export(
    SheetKind.CONTACTS,
    lines("""
Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,Home City,Business Phone,Home Phone,Mobile Phone,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Birthday,Gender,Language,Notes
,Ani,,Petrosyan,,,,,,,Yerevan,,,+37491234567,ani@example.com,SMTP,Ani Petrosyan (ani@example.com),,0/0/00,Unspecified,,
,Nino,,Beridze,,,,,,,Tbilisi,,,+995599123456,nino@example.com,SMTP,Nino Beridze (nino@example.com),,0/0/00,Unspecified,,"""),
    {"First Name": "given_name", "Last Name": "family_name", "Home City": "city",
     "Mobile Phone": "phone", "E-mail Address": "address", "Birthday": "birthday",
     "Gender": "gender", "Language": "language"},
)  # fmt: skip
CALL_LOG = Export(
    SheetKind.CONVERSATIONS,
    lines("""
Date/Time,Direction,From,To,Duration,Status,Agent
2026-02-01 10:00,Inbound,+37491234567,+37410555555,00:02:10,Answered,Sona
2026-02-01 11:00,Inbound,+37493111222,+37410555555,00:02:10,Missed,
2026-02-01 12:00,Inbound,+37494111222,+37410555555,00:02:10,Missed,"""),
    {"Date/Time": "happened_at", "Direction": "channel", "From": "phone", "Status": "outcome",
     "Agent": "employee"},
)  # fmt: skip
ASTERISK = Export(
    SheetKind.CONVERSATIONS,
    lines("""
calldate,clid,src,dst,duration,billsec,disposition,uniqueid
2026-02-01 10:00:00,Ani,091234567,010555555,130,120,ANSWERED,1706.1
2026-02-01 11:00:00,Nare,093111222,010555555,130,120,ANSWERED,1706.2
2026-02-01 12:00:00,Eva,094111222,010555555,130,120,NO ANSWER,1706.3"""),
    {"calldate": "happened_at", "src": "phone", "disposition": "outcome",
     "uniqueid": "conversation_id"},
    types={"duration": "number", "billsec": "number"},
)  # fmt: skip
CDNOW = Export(
    SheetKind.ORDERS,
    lines("customer_id date number_of_cds dollar_value\n00001 19970101 1 11.77\n00002 19970112 5 77.00", " "),
    {"customer_id": "customer_id", "date": "ordered_at", "number_of_cds": "quantity",
     "dollar_value": "amount"},
)  # fmt: skip
CDNOW_SAMPLE = Export(
    SheetKind.ORDERS,
    lines("""
00004 0001 19970101 2 29.33
00004 0001 19970118 2 29.73
00004 0001 19970802 1 14.96
00021 0002 19970101 3 63.34
00021 0002 19970113 1 11.77
00050 0003 19970101 1 6.79""", " "),
    {"A": "customer_id", "C": "ordered_at", "D": "quantity", "E": "amount"},
)  # fmt: skip
COMPLETE_JOURNEY = Export(
    SheetKind.ORDER_LINES,
    lines("""
household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp
2261,309,31625220889,940996,1.0,3.86,0.43,0.0,0.0,5,2017-01-28 19:06:53
2261,309,31625220889,873902,1.0,1.59,0.9,0.0,0.0,5,2017-01-28 19:06:53
511,316,32445856036,847901,1.0,1.0,0.69,0.0,0.0,13,2017-03-26 17:22:21"""),
    {"household_id": "customer_id", "basket_id": "order_id", "product_id": "product_code",
     "quantity": "quantity", "sales_value": "amount", "transaction_timestamp": "ordered_at"},
)  # fmt: skip
GOODS = Export(
    SheetKind.PRODUCTS,
    lines("""
product_id,manufacturer_id,department,brand,product_category,product_type,package_size
25671,2,GROCERY,National,FRZN ICE,ICE - CRUSHED/CUBED,22 LB
26081,2,MISCELLANEOUS,National,,,"""),
    {"product_id": "product_code", "product_category": "category"},
    types={"manufacturer_id": "number"},
)  # fmt: skip

EXPORTS: dict[str, Export] = {
    name.lower(): found for name, found in list(globals().items()) if isinstance(found, Export)
}
