"""Make the example files of an invented shop, "Nur" of Yerevan and Tbilisi: always the same ones.

    python examples/make.py

``customers.xlsx``  about 2,000 customers and 20,000 orders, with the mess of real sheets
``orders.csv``      the old till's export: Windows-1251, semicolons, Russian headings

Nobody in them is real: names are drawn from lists of common ones, addresses end in example.com,
.org or .net (RFC 2606), which nobody can own.
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

HERE = Path(__file__).parent
SEED = 20261120
CUSTOMERS = 2_000
ORDERS = 20_000
TILL_ORDERS = 300
LAST_DAY = date(2026, 11, 20)
FIRST_DAY = date(2024, 11, 21)
SAVED = datetime(2026, 11, 20, 18)  # noqa: DTZ001 - a workbook's own time has no zone

GIVEN = {
    "hy": "Անի Ani f,Մարիամ Mariam f,Նարե Nare f,Լիլիթ Lilit f,Հասմիկ Hasmik f,Գայանե Gayane f,"
    "Սոնա Sona f,Արփինե Arpine f,Շուշան Shushan f,Եվա Yeva f,Տաթևիկ Tatevik f,Աստղիկ Astghik f,"
    "Դավիթ Davit m,Արմեն Armen m,Տիգրան Tigran m,Հայկ Hayk m,Նարեկ Narek m,Գևորգ Gevorg m,"
    "Արտյոմ Artyom m,Սամվել Samvel m,Վահե Vahe m,Հովհաննես Hovhannes m,Կարեն Karen m,Ռուբեն Ruben m",
    "ka": "ნინო Nino f,მარიამ Mariam f,თამარ Tamar f,ანა Ana f,ქეთევან Ketevan f,ნათია Natia f,"
    "ეკა Eka f,სოფიო Sopio f,მაია Maia f,ლელა Lela f,ხატია Khatia f,ელენე Elene f,"
    "გიორგი Giorgi m,დავით Davit m,ლევან Levan m,ლუკა Luka m,ირაკლი Irakli m,ზურაბ Zurab m,"
    "ნიკოლოზ Nikoloz m,საბა Saba m,ვახტანგ Vakhtang m,თორნიკე Tornike m,გელა Gela m,ოთარ Otar m",
    "en": "Emma Emma f,Olivia Olivia f,Sarah Sarah f,Laura Laura f,Anna Anna f,Julia Julia f,"
    "James James m,Daniel Daniel m,Thomas Thomas m,Peter Peter m,Mark Mark m,Paul Paul m",
}
FAMILY = {
    "hy": "Պետրոսյան Petrosyan,Գրիգորյան Grigoryan,Սարգսյան Sargsyan,Հարությունյան Harutyunyan,"
    "Հովհաննիսյան Hovhannisyan,Խաչատրյան Khachatryan,Հակոբյան Hakobyan,Վարդանյան Vardanyan,"
    "Գևորգյան Gevorgyan,Կարապետյան Karapetyan,Մկրտչյան Mkrtchyan,Ավետիսյան Avetisyan,"
    "Մանուկյան Manukyan,Ղազարյան Ghazaryan,Աբրահամյան Abrahamyan,Բաղդասարյան Baghdasaryan",
    "ka": "ბერიძე Beridze,კაპანაძე Kapanadze,გელაშვილი Gelashvili,მაისურაძე Maisuradze,"
    "გიორგაძე Giorgadze,ლომიძე Lomidze,წიკლაური Tsiklauri,კვარაცხელია Kvaratskhelia,"
    "ხუციშვილი Khutsishvili,ნოზაძე Nozadze,ჯაფარიძე Japaridze,აბაშიძე Abashidze,"
    "ქავთარაძე Kavtaradze,შენგელია Shengelia,მელაძე Meladze,დოლიძე Dolidze",
    "en": "Stone Stone,Miller Miller,Clark Clark,Walker Walker,Young Young,Baker Baker,Hill Hill,"
    "Cooper Cooper,Ward Ward,Turner Turner,Parker Parker,Reed Reed",
}
CITIES = {
    "hy": ["Երևան", "Երևան", "Երևան", "Գյումրի", "Վանաձոր", "Դիլիջան", "Աբովյան", "Yerevan"],
    "ka": ["თბილისი", "თბილისი", "თბილისი", "ბათუმი", "ქუთაისი", "რუსთავი", "Tbilisi"],
    "en": ["Yerevan", "Tbilisi", "Batumi", "Երևան", "თბილისი"],
}
CHOICES = {
    "hy": ("հայերեն", "hy", "Հայերեն", "армянский"),
    "ka": ("ქართული", "ka", "ქარ.", "վրացերեն"),
    "en": ("English", "en", "անգլերեն"),
}
YES = {"hy": ("այո", "Այո", "+"), "ka": ("კი", "დიახ", "1"), "en": ("yes", "Yes", "TRUE")}
NO = {"hy": "ոչ", "ka": "არა", "en": "no"}
SOURCES = {
    "hy": ("բոնուսային քարտի դիմում", "կայք"),
    "ka": ("ბარათის განაცხადი", "საიტი"),
    "en": ("card application", "web site"),
}
PROFESSIONS = ("բժիշկ", "ուսուցիչ", "ინჟინერი", "ექიმი", "designer", "accountant", None, None, None)
PRODUCTS = (  # dram; as the tills in Armenia and in Georgia print it, and on the label in English
    (4900, "Նռան գինի, 0,75 լ", "ბროწეულის ღვინო, 0,75 ლ", "Pomegranate wine, 0.75 l"),
    (6500, "Չրերի հավաքածու", "ჩირის ნაკრები", "Dried fruit selection"),
    (2900, "Ընկույզի մուրաբա", "კაკლის მურაბა", "Walnut preserve"),
    (1800, "Լեռնային թեյ, 100 գ", "მთის ჩაი, 100 გ", "Mountain tea, 100 g"),
    (5200, "Ուրցով մեղր, 500 գ", "თაფლი ბეგქონდარით, 500 გ", "Honey with thyme, 500 g"),
    (3900, "Սուրճ «Արարատ», 250 գ", "ყავა „არარატი“, 250 გ", 'Coffee "Ararat", 250 g'),
    (7500, "Կավե գավաթ", "თიხის ფინჯანი", "Clay cup"),
    (24000, "Ձեռագործ սփռոց", "ხელნაკეთი სუფრა", "Handmade tablecloth"),
    (18500, "Նվերի տուփ «Նուռ»", "სასაჩუქრე ყუთი „ნური“", 'Gift box "Nur"'),
    (4500, "Քաղցր սուջուխ, 5 հատ", "ჩურჩხელა, 5 ცალი", "Churchkhela, 5 pieces"),
    (2200, "Տկեմալի, 0,5 լ", "ტყემალი, 0,5 ლ", "Tkemali plum sauce, 0.5 l"),
    (3100, "Բալի մուրաբա", "ალუბლის მურაბა", "Sour cherry preserve"),
    (12500, "Կավե սափոր", "თიხის დოქი", "Clay jug"),
    (9900, "Նվերի փոքր տուփ", "პატარა სასაჩუქრე ყუთი", "Small gift box"),
    (2400, "Ձիթապտղի օճառ", "ზეითუნის საპონი", "Olive soap"),
    (5600, "Մոմ «Ծիրան»", "სანთელი „გარგარი“", 'Candle "Apricot"'),
    (11000, "Խոհարարական գիրք", "კულინარიული წიგნი", "Recipe book"),
    (1900, "Չորացրած ուրց, 50 գ", "ხმელი ბეგქონდარა, 50 გ", "Dried thyme, 50 g"),
)
LANGUAGES = ("hy", "ka", "en")  # as the columns of PRODUCTS stand
ELSEWHERE = 0.03  # of the orders are made at a till that prints another language
CANCELLED = ("չեղարկված", "cancelled", "გაუქმებული", "վերադարձ")
PAID = ("վճարված", "վճարված", "վճարված", "paid", "გადახდილი")
CUSTOMER_HEADINGS = (
    "Հաճախորդի համար", "Անուն", "Ազգանուն", "Էլ. փոստ", "Հեռախոս", "Լեզու", "Քաղաք", "Սեռ",
    "Ծննդյան օր", "Համաձայնություն", "Համաձայնության աղբյուր", "Համաձայնության ամսաթիվ",
    "Կարծիքի համաձայնություն", "Մասնագիտություն",
)  # fmt: skip
ORDER_HEADINGS = (
    "Պատվերի համար", "Ամսաթիվ", "Հաճախորդի համար", "Ապրանք", "Քանակ", "Գումար", "Կարգավիճակ",
)  # fmt: skip
TILL_HEADINGS = ("Номер заказа", "Дата", "Код клиента", "Товар", "Сумма", "Статус")
TILL_PRODUCTS = ("Вино гранатовое", "Чай горный", "Мёд с чабрецом", "Варенье ореховое", "Набор")

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Customer:
    """One invented person; the other cells of the row are drawn when it is written."""

    number: int
    language: str
    given: str
    family: str
    gender: str
    address: str | None
    weight: float
    """How often this person buys, against the others."""

    @property
    def customer_id(self) -> str:
        return f"N-{self.number:05d}"


def main() -> None:
    """Write the two files beside this script."""
    chance = random.Random(SEED)
    customers = [_customer(chance, number) for number in range(1, CUSTOMERS + 1)]
    (HERE / "customers.xlsx").write_bytes(workbook(chance, customers))
    (HERE / "orders.csv").write_bytes(till_export(chance, customers))


def workbook(chance: random.Random, customers: list[Customer]) -> bytes:
    """Return the workbook: customers under a merged title, orders on a sheet of their own."""
    book = Workbook(write_only=False)
    people = book.worksheets[0]
    people.title = "Հաճախորդներ"
    people.append(["«Նուռ» խանութի հաճախորդներ, 20.11.2026"])
    people.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(CUSTOMER_HEADINGS))
    people["A1"].font = Font(bold=True, size=14)
    people["A1"].alignment = Alignment(horizontal="center")
    people.append([])
    for row in customer_rows(chance, customers):
        people.append(row)
    orders = book.create_sheet("Պատվերներ")
    for row in order_rows(chance, customers):
        orders.append(row)
    return _saved(book)


def customer_rows(chance: random.Random, customers: list[Customer]) -> list[list[Cell]]:
    """Headings, customers, what went wrong while they were typed in, and a row of totals."""
    rows = [_customer_row(chance, customer) for customer in customers]
    for customer in chance.sample(customers, 60):  # entered twice, the second time in capitals
        if customer.address:
            again = replace(customer, address=customer.address.upper())
            rows.insert(chance.randrange(len(rows)), _customer_row(chance, again))
    for _ in range(6):
        rows.insert(chance.randrange(len(rows)), [])
        rows.insert(chance.randrange(len(rows)), [None, "Անի", None, None, None, None, "Երևան"])
    total: list[Cell] = ["Ընդամենը", None, None, len(customers)]
    return [list(CUSTOMER_HEADINGS), *rows, total]


def order_rows(chance: random.Random, customers: list[Customer]) -> list[list[Cell]]:
    """Headings, 20,000 orders in the order of time, and a row of totals."""
    weights = [customer.weight for customer in customers]
    buyers = chance.choices(customers, weights, k=ORDERS)
    days = sorted(_day(chance) for _ in buyers)
    rows = [
        _order_row(chance, 10_000 + place, day, buyer)
        for place, (day, buyer) in enumerate(zip(days, buyers, strict=True))
    ]
    for row, (column, wrong) in zip(chance.sample(rows, 12), _WRONG_CELLS, strict=True):
        row[column] = wrong
    for _ in range(15):  # a line copied twice
        place = chance.randrange(len(rows))
        rows.insert(place, list(rows[place]))
    return [list(ORDER_HEADINGS), *rows, ["Ընդամենը", None, None, None, None, ORDERS]]


_WRONG_CELLS = (
    (1, "երեկ"), (1, "31.02.2026"), (1, None), (5, "անվճար"), (5, "?"), (5, None), (5, "12 USD"),
    (2, None), (2, None), (2, "N-99999"), (2, "N-99998"), (5, "$25.00"),
)  # fmt: skip


def till_export(chance: random.Random, customers: list[Customer]) -> bytes:
    """Return what the old till writes: dd.mm.yyyy, decimal commas, spaces between thousands."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TILL_HEADINGS)
    for number in range(1, TILL_ORDERS + 1):
        day = _day(chance)
        buyer = chance.choices(customers, [each.weight for each in customers])[0]
        amount = f"{chance.randrange(15, 400) * 100:,}".replace(",", " ") + ",00"
        status = "отменен" if chance.random() < 0.04 else "оплачен"
        product = chance.choice(TILL_PRODUCTS)
        writer.writerow(
            (f"T-{number}", f"{day:%d.%m.%Y}", buyer.customer_id, product, amount, status)
        )
    return text.getvalue().encode("cp1251")


def _customer(chance: random.Random, number: int) -> Customer:
    language = chance.choices(LANGUAGES, (45, 37, 18))[0]
    given, latin_given, gender = chance.choice(GIVEN[language].split(",")).split()
    family, latin_family = chance.choice(FAMILY[language].split(",")).split()
    if chance.random() < 0.12:  # typed without the right keyboard
        given, family = latin_given, latin_family
    domain = chance.choice(("example.com", "example.org", "example.net"))
    address: str | None = f"{latin_given}.{latin_family}{number}@{domain}".lower()
    fate = chance.random()
    if fate < 0.04:
        address = None
    elif fate < 0.052:
        address = chance.choice((f"{latin_given}.{number}@", f"{latin_given}@example", "չունի"))
    weight = 0.0 if chance.random() < 0.15 else chance.gammavariate(0.9, 1.0)
    return Customer(number, language, given, family, gender, address, weight)


def _customer_row(chance: random.Random, who: Customer) -> list[Cell]:
    answer = _answer(chance, who.language)
    agreed = _written(chance, _day(chance)) if answer and chance.random() < 0.7 else None
    return [
        who.customer_id, who.given, who.family, who.address, _phone(chance, who.language),
        chance.choice(CHOICES[who.language]) if chance.random() < 0.55 else None,
        chance.choice(CITIES[who.language]), _gender(chance, who), _birthday(chance), answer,
        chance.choice(SOURCES[who.language]) if answer and chance.random() < 0.8 else None, agreed,
        chance.choice(YES[who.language]) if answer and chance.random() < 0.6 else None,
        chance.choice(PROFESSIONS),
    ]  # fmt: skip


def _answer(chance: random.Random, language: str) -> str | None:
    fate = chance.random()
    if fate < 0.12:
        return None
    return NO[language] if fate < 0.18 else chance.choice(YES[language])


def _phone(chance: random.Random, language: str) -> Cell:
    """A number as people write it: with the code, without it, or as the sheet's own number."""
    rest = f"{chance.randrange(10**6):06d}"
    if language == "ka":
        forms = (995_555_000_000 + int(rest), f"+995 555 {rest[:3]} {rest[3:]}", f"555{rest}")
    else:
        forms = (37_491_000_000 + int(rest), f"+374 91 {rest[:3]} {rest[3:]}", f"091-{rest}")
    return chance.choice((*forms, None)) if chance.random() < 0.98 else "չգիտեմ"


def _gender(chance: random.Random, who: Customer) -> str | None:
    words = {"f": ("իգ.", "ქალი", "f"), "m": ("ար.", "კაცი", "m")}[who.gender]
    return chance.choice(words) if chance.random() < 0.5 else None


def _birthday(chance: random.Random) -> Cell:
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    return _written(chance, born) if chance.random() < 0.6 else None


def _written(chance: random.Random, day: date) -> Cell:
    """A date in one of four ways, the first being a real date cell."""
    texts = (f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}")
    return day if chance.random() < 0.5 else chance.choice(texts)


def _day(chance: random.Random) -> date:
    return FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days + 1))


def _order_row(chance: random.Random, number: int, day: date, buyer: Customer) -> list[Cell]:
    price, *names = chance.choice(PRODUCTS)
    name = names[LANGUAGES.index(_till(chance, buyer.language))]
    quantity = chance.choices((1, 2, 3, 6), (70, 20, 7, 3))[0]
    status = chance.choice(CANCELLED if chance.random() < 0.03 else PAID)
    return [
        number, _written(chance, day), buyer.customer_id, name, quantity,
        _price(chance, price * quantity), status,
    ]  # fmt: skip


def _till(chance: random.Random, language: str) -> str:
    """Return the language in which the product is printed: nearly always the buyer's own."""
    others = [other for other in LANGUAGES if other != language]
    return chance.choice(others) if chance.random() < ELSEWHERE else language


def _price(chance: random.Random, amount: int) -> Cell:
    spaced = f"{amount:,}".replace(",", " ")
    return (
        amount if chance.random() < 0.9 else chance.choice((spaced, f"{spaced} ֏", f"{amount} դր."))
    )


def _saved(book: Workbook) -> bytes:
    """Return the workbook with no trace of when it was made, so that it is always the same."""
    book.properties.created = book.properties.modified = SAVED
    book.properties.creator = "Campaigns"
    draft, target = io.BytesIO(), io.BytesIO()
    book.save(draft)
    with (
        zipfile.ZipFile(draft) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "docProps/core.xml":
                data = _without_save_time(data)
            copy.writestr(
                zipfile.ZipInfo(member.filename, SAVED.timetuple()[:6]), data, zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def _without_save_time(core: bytes) -> bytes:
    """Put our date over the moment of saving, which openpyxl writes as ``modified``."""
    head, _, rest = core.partition(b"<dcterms:modified")
    _, mark, tail = rest.partition(b"</dcterms:modified>")
    stamp = f' xsi:type="dcterms:W3CDTF">{SAVED.isoformat()}Z'.encode()
    return head + b"<dcterms:modified" + stamp + mark + tail


if __name__ == "__main__":
    main()
