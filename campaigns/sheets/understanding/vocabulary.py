"""Words that stand in the cells of sheets of Armenia and Georgia, in four languages.

Gathered from the exports of tills, web shops and accounting programs; a new one is one more word in
a line here. The words of headings stand in ``heading_words*.py``.
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


TOTALS = _lines(
    "total, totals, grand total, sum total, ընդամենը, ընդհանուր, ընդհանուրը, հանրագումար,"
    " სულ, ჯამი, ჯამური, სულ ჯამი, საერთო ჯამი, итого, всего, итог, общий итог,"
    " промежуточный итог, subtotal"
)

YES = _lines(
    "yes, y, true, 1, ok, agree, agreed, subscribed, opt in, այո, հա, համաձայն, համաձայն է,"
    " համաձայն եմ, კი, დიახ, ხო, თანახმა, თანახმაა, თანახმა ვარ, да, согласен, согласна, есть,"
    " on, v, accepted, accepts, opted in, ayo, ki, diakh, da, истина, хочу, хочет, подписан, подписана, ճիշտ,"
    " ցանկանում է, ցանկանում եմ, სურს, მსურს, მინდა, ჭეშმარიტი"
) | {"+", "✓", "✔", "☑", "✅"}
NO = _lines(
    "no, n, false, 0, disagree, unsubscribed, opt out, ոչ, չէ, համաձայն չէ, համաձայն չեմ, հրաժարվել է,"
    " չի համաձայնել, պետք չէ, no thanks, no thank you, not agreed, does not agree, do not agree,"
    " not subscribed, off, არა, არ არის თანახმა, უარი, უარყო, нет, не согласен, не согласна, отказ, отказался,"
    " отказалась, отписан, отписана, отписался, отписалась, не подписан, не подписана,"
    " unsubscribe, opted out, declined, nonsubscribed, voch, che, ara, net, ложь, не хочу, не хочет, սխալ,"
    " չի ցանկանում, չեմ ցանկանում, չի ուզում, არ სურს, არ მსურს, არ მინდა, მცდარი, გააუქმა"
) | {"-", "–", "—", "−", "✗", "✘", "☒", "❌", "☐"}

CANCELLED = _lines(
    "cancelled, canceled, cancel, void, returned, return, refunded, refund, չեղարկված, չեղարկվել է,"
    " չեղյալ, վերադարձված, վերադարձ, გაუქმებული, გაუქმდა, დაბრუნებული, დაბრუნება,"
    " отменен, отменён, отмена, возврат, возвращен, возвращён"
)

CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("֏", *_lines("amd, դրամ, դր, դ, dram, drams, драм, драмов, დრამი")), "AMD"),
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

LANGUAGES = _lines(
    "hy, ka, en, ru, am, ge, hye, arm, kat, geo, eng, rus, hy-am, ka-ge, en-us, en-gb, ru-ru, armenian, georgian, english,"
    " russian, հայ, հայերեն, վրացերեն, անգլերեն, ռուսերեն, հայ., ռուս., անգլ., ქართული, სომხური, ინგლისური, რუსული,"
    " ქარ., армянский, грузинский, английский, русский, рус, анг, арм, груз, hayeren, qartuli, kartuli, fr, de, french, german"
)
CITIES = _lines(
    "երևան, գյումրի, վանաձոր, վաղարշապատ, էջմիածին, աբովյան, կապան, հրազդան, արմավիր, արտաշատ, իջևան, գավառ, գորիս, չարենցավան,"
    " արարատ, մասիս, աշտարակ, սևան, դիլիջան, սիսիան, ալավերդի, մարտունի, ստեփանավան, սպիտակ, վարդենիս, եղվարդ, ջերմուկ, եղեգնաձոր, թբիլիսի, մոսկվա,"
    " თბილისი, ბათუმი, ქუთაისი, რუსთავი, გორი, ზუგდიდი, ფოთი, ხაშური, სამტრედია, სენაკი, ზესტაფონი, მარნეული, თელავი, ახალციხე, ქობულეთი,"
    " ოზურგეთი, კასპი, ჭიათურა, წყალტუბო, საგარეჯო, გარდაბანი, ბორჯომი, ახალქალაქი, მცხეთა, გურჯაანი, ყვარელი, სიღნაღი, მესტია, ერევანი, მოსკოვი,"
    " yerevan, erevan, gyumri, vanadzor, vagharshapat, ejmiatsin, echmiadzin, abovyan, kapan, hrazdan, armavir, artashat, ijevan, gavar, goris,"
    " charentsavan, ararat, masis, ashtarak, sevan, dilijan, sisian, alaverdi, martuni, stepanavan, spitak, vardenis, jermuk, tbilisi, batumi, kutaisi,"
    " rustavi, gori, zugdidi, poti, khashuri, samtredia, senaki, zestaponi, marneuli, telavi, akhaltsikhe, kobuleti, ozurgeti, kaspi, chiatura,"
    " tskaltubo, sagarejo, gardabani, borjomi, akhalkalaki, mtskheta, gurjaani, kvareli, mestia, moscow, london, paris, berlin, new york, los angeles,"
    " glendale, dubai, istanbul, kyiv, minsk, tehran, saint petersburg, st petersburg, krasnodar, sochi, rostov, ереван, гюмри, ванадзор, эчмиадзин,"
    " абовян, капан, раздан, армавир, арташат, иджеван, гавар, горис, дилижан, севан, аштарак, тбилиси, батуми, кутаиси, рустави, гори, зугдиди, поти,"
    " телави, ахалцихе, кобулети, боржоми, марнеули, москва, санкт петербург, краснодар, сочи, ростов, киев, минск"
)
STATUSES = CANCELLED | _lines(
    "paid, unpaid, pending, authorized, partially paid, partially refunded, voided, fulfilled, unfulfilled, partial, completed, complete, done,"
    " processing, on hold, failed, shipped, delivered, new, open, closed, in progress, active, inactive, confirmed, ready, sent, returned,"
    " answered, no answer, busy, missed, success, won, lost, solved, resolved,"
    " վճարված, չվճարված, կատարված, ավարտված, ավարտվել է, նոր, ընթացքի մեջ, առաքված, առաքվել է, սպասման մեջ, հաստատված, լուծված, պատասխանված, բաց թողնված,"
    " გადახდილი, გადაუხდელი, შესრულებული, დასრულებული, ახალი, მიმდინარე, მიწოდებული, გაგზავნილი, დადასტურებული, მოლოდინში, ნაპასუხები, გამოტოვებული,"
    " оплачен, оплачено, не оплачен, выполнен, выполнено, завершен, завершён, завершено, новый, в работе, в обработке, доставлен, доставлено, отправлен,"
    " подтвержден, подтверждён, ожидает, принят, закрыт, успешно, отвечен, пропущен"
)
UNITS = _lines(
    "amd, gel, usd, eur, rub, դրամ, դր, լարի, հատ, կգ, գ, լ, մ, օր, տոկոս, ლარი, ლ, ცალი, კგ, გრ, დღე, шт, руб, драм, лари, кг, г, л, м, дн, дней,"
    " pcs, kg, g, l, m, days, units, unit, amount, dd.mm.yyyy, dd/mm/yyyy, yyyy-mm-dd, mm/dd/yyyy, օր.ամ.տարի, дд.мм.гггг, text, number, date, m/f, yes/no,"
    " այո/ոչ, კი/არა, да/нет, м/ж, ա/ի, required, optional, hh:mm, thousand amd, հազ. դրամ, тыс. руб"
) | {"֏", "₾", "$", "€", "₽", "%"}
"""What stands in a row of units below the headings."""
SIGNATURES = (
    "գանձապահ", "მოლარე", "кассир", "cashier", "գլխավոր հաշվապահ", "հաշվապահ", "տնօրեն", "ստորագրություն", "կազմեց", "կատարող", "կ.տ", "տպված է", "տպվել է", "ստուգեց", "հաստատում եմ", "պատասխանատու անձ",
    "მთავარი ბუღალტერი", "ბუღალტერი", "დირექტორი", "ხელმოწერა", "შემსრულებელი", "შეადგინა", "ბ.ა", "ამობეჭდილია", "დაბეჭდვის თარიღი", "გენერალური დირექტორი",
    "главный бухгалтер", "бухгалтер", "директор", "генеральный директор", "подпись", "исполнитель", "составил", "м.п", "дата печати", "отчет сформирован", "отчёт сформирован",
    "сформировано", "руководитель", "ответственный", "chief accountant", "accountant", "director", "signature", "signed", "prepared by", "approved by", "printed", "generated",
    "report generated", "exported", "date printed", "page ", "էջ ", "გვერდი ", "страница ", "стр. ", "стр ", "лист ",
)  # fmt: skip
"""Beginnings of what stands below a printed table, or at the foot of each page of it."""
