"""Words that stand in the name cells of Armenian and Georgian sheets and are no names."""

from __future__ import annotations

from campaigns.language.grammar import Gender

_MEN = """
    պարոն պրն պր պ-ն ბატონი ბატონო ბ-ნი ბ-ნ ბნი mr mister sir г-н господин гн
    paron batoni batono парон батони батоно
"""
_WOMEN = """
    տիկին տկն տիկ տ-կին տ-ն օրիորդ օր-դ ქალბატონი ქალბატონო ქ-ნი ქ-ნ ქნი mrs ms miss madam mme
    г-жа госпожа гжа
    tikin oriord kalbatoni kalbatono тикин калбатони калбатоно
"""
_LEARNED = """
    dr prof professor doctor դոկտոր դոկ պրոֆ պրոֆեսոր բժիշկ დოქტორი პროფ პროფესორი ექიმი доктор
    проф профессор д-р др
"""
TITLES: dict[str, Gender | None] = {
    **dict.fromkeys(_MEN.split(), "m"),
    **dict.fromkeys(_WOMEN.split(), "f"),
    **dict.fromkeys(_LEARNED.split(), None),
}
"""Titles in the cell, without their full stop, and the gender they tell."""

COMPANIES = frozenset(
    """
    սպը փբը բբը փբ ընկերություն կազմակերպություն խանութ შპს სს კომპანია მაღაზია ორგანიზაცია
    ააიპ ооо оао зао пао ип ао тоо компания магазин фирма организация llc l.l.c ltd inc gmbh
    company corp corporation co shop store hotel restaurant cafe plc sarl jsc cjsc ojsc group bank
    pharmacy salon clinic school studio դեղատուն սրահ կլինիկա դպրոց աձ ա/ձ ի/ձ აფთიაქი სალონი
    კლინიკა სკოლა ი/მ ა/მ аптека салон клиника школа студия
    բանկ հյուրանոց ռեստորան սրճարան ბანკი სასტუმრო რესტორანი კაფე банк отель кафе ресторан
    """.lower().split()
)
PLACEHOLDERS = frozenset(
    """
    test tests testing tester demo none null nan nil na n/a n.a unknown noname nameless anonymous
    anonym name firstname lastname surname customer client user guest admin administrator info
    office support sales asdf qwerty abc xyz xxx yyy zzz aaa
    անուն ազգանուն անանուն անհայտ հաճախորդ գնորդ հյուր փորձ թեստ ադմին չկա չգիտեմ
    სახელი გვარი უცნობი ანონიმი კლიენტი მომხმარებელი სტუმარი ტესტი ადმინი მყიდველი არარის
    asd asdasd asdfgh qwe qwer bla blabla йцу йцукен фыва ыва family ընտանիք ოჯახი семья
    имя фамилия неизвестно неизвестный аноним клиент покупатель тест гость нет админ пользователь
    """.split()  # noqa: SIM905
)
BESIDE = frozenset(
    """
    vip jr sr junior senior ii iii manager director accountant secretary driver boss mom mum mama papa dad
    հաշվապահ տնօրեն մենեջեր վարորդ մայրիկ հայրիկ ბუღალტერი დირექტორი მენეჯერი მძღოლი დედა მამა
    бухгалтер директор менеджер секретарь водитель мама папа вип мл ст
    """.split()  # noqa: SIM905
)
"""What stands beside a name and tells the shop who that is."""
PARTICLES = frozenset(
    """
    ter տեր тер ტერ von van der den de del di da dos la le el al bin ibn ფონ ფან фон ван
    """.split()  # noqa: SIM905
)
"""Parts of a surname that stand before it as a word of their own."""
SONS: dict[str, Gender] = {
    **dict.fromkeys(
        ["որդի", "ძე", "ოღლი", "ოღლუ", "oglu", "oghlu", "ogly", "oghli", "оглы", "оглу", "օղլի"],
        "m",
    ),
    **dict.fromkeys(
        ["ასული", "դուստր", "ყიზი", "ქიზი", "qizi", "kyzy", "kizi", "gizi", "кызы", "գիզի"], "f"
    ),
}
"""Words after a father's name: son, daughter."""
AND = frozenset(
    ["և", "եւ", "եվ", "ու", "և/կամ", "կամ", "და", "ან", "and", "or", "et", "и", "или", "with"]
)
