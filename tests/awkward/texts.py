"""Awkward text files: alphabets, delimiters, quotes, line ends. Each is written byte by byte."""

from __future__ import annotations

import codecs

from campaigns.sheets.reading.codecs import encode
from tests.awkward.expected import ALL, ANI, ANN, NINO, Expected, Sheet, people, refused

HEADINGS = ("E-mail", "First name", "Last name", "Phone")
HY = ("Էլ. փոստ", "Անուն", "Ազգանուն", "Հեռախոս")
KA = ("ელფოსტა", "სახელი", "გვარი", "ტელეფონი")
RU = ("Эл. почта", "Имя", "Фамилия", "Телефон")
IVAN = ("ivan@example.com", "Иван", "Петров", "+79161234567", "hy")
"""Russian is no language of ours: the shop's default."""
OLGA = ("olga@example.com", "Ольга", "Смирнова", "+79167654321", "hy")
ARAM = ("aram@example.com", "Արամ", "Սարգսյան", "+37493111222", "hy")
GIORGI = ("giorgi@example.com", "გიორგი", "კაპანაძე", "+995577111222", "ka")
RENE = ("rene@example.com", "René", "Müller", "+33612345678", "hy")


def table(headings: tuple[str, ...], *rows: tuple, sign: str = ",", end: str = "\r\n") -> str:
    """The people as text; None is an empty cell."""
    lines = [headings, *(row[:4] for row in rows)]
    return end.join(sign.join(cell or "" for cell in line) for line in lines) + end


def _utf(mark: bytes, encoding: str, text: str) -> bytes:
    return mark + text.encode(encoding)


ORDERS = "Дата;Клиент;Номер заказа;Сумма\r\n"
LATIN_NINO = ("nino@example.com", "Nino", "Beridze", "+995599123456", "ka")

FILES: dict[str, tuple[bytes, Expected]] = {
    "excel_utf8_semicolon.csv": (
        _utf(codecs.BOM_UTF8, "utf-8", table(HEADINGS, *ALL, sign=";")), people(*ALL)),
    "plain_utf8_comma.csv": (table(HY, *ALL).encode(), people(*ALL)),
    "unicode_text_tab.txt": (
        _utf(codecs.BOM_UTF16_LE, "utf-16-le", table(KA, *ALL, sign="\t")), people(*ALL)),
    "utf16_big_endian.csv": (
        _utf(codecs.BOM_UTF16_BE, "utf-16-be", table(HEADINGS, *ALL, sign=";")), people(*ALL)),
    "utf16_without_mark.csv": (table(HEADINGS, *ALL).encode("utf-16-le"), people(*ALL)),
    "windows_1251.csv": (
        table(RU, IVAN, OLGA, sign=";").encode("cp1251"), people(IVAN, OLGA)),
    "koi8_r.csv": (table(RU, IVAN, OLGA, sign=";").encode("koi8-r"), people(IVAN, OLGA)),
    "cp866.csv": (table(RU, IVAN, OLGA, sign=";").encode("cp866"), people(IVAN, OLGA)),
    "windows_1252.csv": (
        table(HEADINGS, RENE, ANN, sign=";").encode("cp1252"), people(RENE, ANN)),
    "armscii_8.csv": (
        encode(table(HY, ANI, ARAM, sign=";").replace("Էլ.", "Էլ"), "armscii-8"),
        people(ANI, ARAM)),
    "geostd8.csv": (encode(table(KA, NINO, GIORGI, sign=";"), "geostd8"), people(NINO, GIORGI)),
    "acadnusx.csv": (
        b"elfosta;saxeli;gvari;telefoni\r\n"
        b"nino@example.com;nino;beriZe;599123456\r\n"
        b"giorgi@example.com;giorgi;kapanaZe;577111222\r\n"
        b"qeTevan@example.com;qeTevani;SonTaZe;577333444\r\n".replace(b"qeTevan@", b"keti@"),
        people(NINO, GIORGI,
               ("keti@example.com", "ქეთევანი", "შონთაძე", "+995577333444", "ka"))),
    "arial_armenian.csv": (
        # ARMSCII-8 letters seen as Latin ones and saved so in UTF-8
        encode(table(HY, ANI, ARAM, sign=";").replace("Էլ.", "Էլ"), "armscii-8")
        .decode("latin-1").encode(), people(ANI, ARAM)),
    "latin_names_stay.csv": (
        table(HEADINGS, LATIN_NINO, ANN).encode(), people(LATIN_NINO, ANN)),
    "twice_encoded.csv": (
        table(HY, ANI, ARAM).encode().decode("latin-1").encode(), people(ANI, ARAM)),
    "late_foreign_bytes.csv": (
        (table(HEADINGS, *((f"p{n}@example.org", "Ann", "Walker", None) for n in range(6000)))
         + "rene@example.com,Ren\xe9,M\xfcller,+33612345678\r\n").encode("cp1252"),
        Expected((Sheet(stored=6001),))),
    "one_broken_byte.csv": (
        table(HY, *ALL).encode() + b"x@example.com,Ann,Wal\xffker,\r\n",
        Expected((Sheet(stored=4),))),
    "pipes.txt": (table(HEADINGS, *ALL, sign="|").encode(), people(*ALL)),
    "sep_line.csv": (b"sep=;\r\n" + table(HEADINGS, *ALL, sign=";").encode(), people(*ALL)),
    "title_above.csv": (
        ("Մեր հաճախորդները;;;\r\n2026 թ.;;;\r\n;;;\r\n" + table(HY, *ALL, sign=";")).encode(),
        people(*ALL)),
    "ragged.csv": (
        (b"E-mail,First name,Last name,Phone\r\nani@example.com,\xd4\xb1\xd5\xb6\xd5\xab\r\n"
        b"ann@example.com,Ann,Walker,+447911123456,extra,more\r\n"),
        Expected((Sheet(stored=2),),
                 (("ani@example.com", "Անի", None, None, "hy"), ANN))),
    "line_break_in_quotes.csv": (
        (b'E-mail,First name,Last name,Phone,Note\r\nann@example.com,Ann,Walker,+447911123456,'
        b'"two\r\nlines, and a ""word"""\r\n'),
        people(ANN, attributes={"ann@example.com": {"Note": 'two lines, and a "word"'}})),
    "stray_quotes.csv": (
        'E-mail,First name,Last name,Phone,Firm\r\nann@example.com,Ann,Walker,+447911123456,'
        'LLC "Star"\r\nani@example.com,Անի,Պետրոսյան,+37491234567,5" screen\r\n'.encode(),
        people(ANN, ANI, attributes={"ann@example.com": {"Firm": 'LLC "Star"'}})),
    "quote_never_closed.csv": (
        b'E-mail,First name\r\nann@example.com,"Ann\r\nani@example.com,Ani\r\n',
        refused("sheet.text")),
    "carriage_returns_only.csv": (table(HEADINGS, *ALL, end="\r").encode(), people(*ALL)),
    "line_feeds_only.csv": (table(HEADINGS, *ALL, end="\n").encode(), people(*ALL)),
    "blank_lines.csv": (
        table(HEADINGS, *ALL).replace("\r\n", "\r\n\r\n").encode(), people(*ALL)),
    "delimiter_at_the_end.csv": (
        table(HEADINGS, *ALL, sign=";").replace("\r\n", ";\r\n").encode(), people(*ALL)),
    "no_headings.csv": (
        table(("ann@example.com", "Ann"), ("ani@example.com", "Անի", None, None)).encode(),
        Expected((Sheet(stored=2),))),
    "empty.csv": (b"", refused("sheet.empty")),
    "blanks_only.csv": (b" \r\n\r\n ;;\r\n", refused("sheet.empty")),
    "headings_only.csv": (table(HEADINGS).encode(), refused("sheet.no_rows")),
    "words.txt": (
        b"Dear all,\r\nplease find the list attached.\r\n",
        Expected((Sheet("ignore"),)),
    ),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(100), refused("sheet.not_a_workbook")),
    "formulas.csv": (
        (b'E-mail,First name,Last name,Phone,Note\r\nann@example.com,Ann,Walker,+447911123456,'
        b'"=HYPERLINK(""http://x"",""y"")"\r\n'),
        people(ANN, attributes={"ann@example.com": {"Note": '=HYPERLINK("http://x","y")'}})),
    "till_orders_1251.csv": (
        (ORDERS + "01.02.2026;C-1;A1;12 500,50\r\n02.02.2026;C-1;A2;1 000,00\r\n"
         "03.02.2026;C-2;A3;\r\nИтого;;;13 500,50\r\n").encode("cp1251"),
        Expected((Sheet("orders", stored=2, reasons={"bad_amount": 1, "totals_row": 1}),),
                 sums={"C-1": 1350050})),
    "american_dates.csv": (
        (b"E-mail,First name,Birthday\r\nann@example.com,Ann,03/25/1990\r\n"
        b"bob@example.com,Bob,04/05/1991\r\n"),
        Expected((Sheet(stored=2),),
                 birthdays={"ann@example.com": "1990-03-25", "bob@example.com": "1991-04-05"})),
    "regional_dates.csv": (
        "E-mail,First name,Birthday\r\na@example.com,Ann,5 մարտի 1990 թ.\r\n"
        "b@example.com,Bob,7 აპრილი 1991\r\nc@example.com,Kim,9 мая 1992 г.\r\n"
        "d@example.com,Lee,1993-06-11T00:00:00Z\r\ne@example.com,Joe,12.07.94\r\n".encode(),
        Expected((Sheet(stored=5),), birthdays={
            "a@example.com": "1990-03-05", "b@example.com": "1991-04-07",
            "c@example.com": "1992-05-09", "d@example.com": "1993-06-11",
            "e@example.com": "1994-07-12"})),
    "money_of_all_kinds.csv": (
        "Date;Customer ID;Order;Amount\r\n01.02.2026;C-1;1;12 500 ֏\r\n01.02.2026;C-1;2;1.200,50 դր.\r\n"
        "01.02.2026;C-1;3;(500,00)\r\n01.02.2026;C-2;4;AMD 700,25\r\n".encode(),
        Expected((Sheet("orders", stored=4),), sums={"C-1": 1320050, "C-2": 70025})),
    "foreign_money.csv": (
        "Date;Customer ID;Order;Amount\r\n01.02.2026;C-1;1;100 ₾\r\n01.02.2026;C-1;2;5000 ֏\r\n".encode(),
        Expected((Sheet("orders", stored=1, reasons={"no_rate": 1}),), sums={"C-1": 500000})),
    "the_same_person_twice.csv": (
        b"E-mail,First name,City\r\nann@example.com,Ann,\r\nANN@Example.com,,London\r\n",
        Expected((Sheet(stored=1, merged=1),))),
    "two_people_in_one_row.csv": (
        b"Customer ID,E-mail\r\nC-1,ann@example.com\r\nC-2,bob@example.com\r\nC-1,bob@example.com\r\n",
        Expected((Sheet(stored=2, reasons={"identity_conflict": 1}),))),
    "bad_addresses.csv": (
        (b"E-mail,First name\r\nann@example,Ann\r\nann@@example.com,Ann\r\n@,Ann\r\n"
        b"ann@example.com,Ann\r\n,Bob\r\n"),
        Expected((Sheet(stored=1, reasons={"bad_address": 2, "no_key": 2}),))),
    "unsubscribed.csv": (
        (b"Email Address,Reason,Created\r\nann@example.com,unsubscribe,2026-01-05\r\n"
        b"bob@example.com,bounce,2026-01-06\r\n"),
        Expected((Sheet("suppressions", stored=2),))),
}  # fmt: skip
