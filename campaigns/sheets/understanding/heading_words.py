"""What headings are called in the sheets of Armenia and Georgia: of people, and of keys to them.

In four languages, in the Latin letters that tills write them with, and in the words of the programs
that export them. Gathered from exports of tills, web shops and accounting programs; a new word is
one more in a line here. ``headings.py`` says how they are compared.
"""

from __future__ import annotations

CUSTOMER_ID = """
    customer id, customer no, customer number, customer code, customer key, client id, client no,
    client number, client code, household id, household key, user id, member id, member no,
    member number, membership no, membership number, buyer id, contact id, subscriber id, shopper id,
    account id, account number, contact code, partner code, cust id, cust no,
    հաճախորդի համար, հաճախորդի կոդ, հաճախորդի id, հաճախորդ կոդ, կլիենտի կոդ, կլիենտի համար,
    գնորդի կոդ, գնորդի համար, գործընկերոջ կոդ, հ/հ կոդ, hachaxordi kod, hachaxordi hamar,
    hajaxordi kod, hajaxordi hamar, haxaxordi kod, hachakhordi kod, hachakhordi hamar,
    მომხმარებლის id, მომხმარებლის კოდი, მომხმარებლის ნომერი, კლიენტის id, კლიენტის კოდი,
    კლიენტის ნომერი, მყიდველის id, მყიდველის კოდი, მყიდველის ნომერი, მყიდველის ს/ნ,
    კონტრაგენტის კოდი, momxmareblis kodi, momxmareblis id, momxmareblis nomeri, klientis kodi,
    klientis id, klientis nomeri, myidvelis kodi,
    код клиента, id клиента, ид клиента, номер клиента, код покупателя, id покупателя,
    номер покупателя, код контрагента, id контакта, kod klienta, nomer klienta
"""
CARD_NUMBER = """
    card, card no, card number, card id, card code, loyalty card, loyalty card no, loyalty card number,
    bonus card, discount card, club card, member card, customer card, card barcode,
    քարտ, քարտի համար, քարտի կոդ, բոնուսային քարտ, բոնուս քարտ, բոնուսային քարտի համար,
    զեղչի քարտ, զեղչային քարտ, զեղչի քարտի համար, կուտակային քարտ, հավատարմության քարտ, qart,
    qarti hamar, kart, karti hamar,
    ბარათი, ბარათის ნომერი, ბარათის კოდი, ბარათის n, ბონუს ბარათი, ბონუს ბარათის ნომერი,
    ლოიალობის ბარათი, ფასდაკლების ბარათი, ბარათის შტრიხკოდი, barati, baratis nomeri, baratis kodi,
    карта, номер карты, код карты, n карты, бонусная карта, дисконтная карта, карта лояльности,
    карта клиента, номер бонусной карты, номер дисконтной карты, штрихкод карты, karta, nomer karty
"""
ADDRESS = """
    email, e-mail, mail, email address, e-mail address, email id, email value, contact email,
    e mail, электронка, էլ. փոստ, էլ. հասցե, էլփոստ, էլփոստի հասցե, էլ. փոստի հասցե, էլ. նամակ, իմեյլ, ի-մեյլ,
    էլեկտրոնային փոստ, էլեկտրոնային հասցե, էլեկտրոնային փոստի հասցե, մեյլ, փոստ, el post, el posta,
    el hasce, imeyl,
    ელფოსტა, ელ. ფოსტა, ელ-ფოსტა, იმეილი, მეილი, იმეილ, ელექტრონული ფოსტა, ელ. მისამართი,
    ელექტრონული მისამართი, ელფოსტის მისამართი, elfosta, el fosta, imeili, meili, eleqtronuli fosta,
    эл. почта, эл. адрес, электронная почта, электронный адрес, адрес электронной почты, адрес эл. почты,
    почта, имейл, емейл, мейл, эл. п., el pochta, pochta
"""
PHONE = """
    phone, phone number, phone no, mobile, mobile phone, mobile number, mobile no, tel, telephone,
    telephone number, tel no, tel number, cell, cell phone, cellphone, cell number, whatsapp, viber,
    contact number, contact phone, phone value, msisdn, gsm, caller, caller number, caller id,
    phone mobile, հեռ, հեռախոս, հեռախոսը, հեռախոսահամար, հեռախոսի համար, հեռ. համար, հեռ. հ., բջջային,
    բջջային հեռախոս, բջջայինի համար, բջջ., բջջ. հեռ., կոնտակտային հեռախոս, heraxos, heraxosi hamar,
    heraxosahamar, herakhos, herakhosahamar, bjjayin, bjj, her,
    ტელ, ტელ. ნომერი, ტელეფონი, ტელეფონის ნომერი, ტელ ნომ, მობილური, მობილურის ნომერი, მობილური ტელეფონი,
    მობ., მობ. ნომერი, მობ. ტელ., საკონტაქტო ნომერი, საკონტაქტო ტელეფონი, ნომერი (მობ.), telefoni,
    telefonis nomeri, mobiluri, mobiluris nomeri, mob, nomeri mob,
    тел, телефон, телефоны, номер телефона, № телефона, мобильный, мобильный телефон, моб., моб. тел., сотовый,
    сотовый телефон, контактный телефон, конт. телефон, telefon, nomer telefona, mobilnyy
"""
GIVEN_NAME = """
    first name, firstname, given name, forename, fname, անուն, անունը, անուններ, anun, anuny, anoun,
    სახელი, saxeli, sakheli, имя, имя клиента, imya
"""
FAMILY_NAME = """
    last name, lastname, family name, surname, second name, lname, ազգանուն, ազգանունը, azganun,
    azganuny, azganoun, გვარი, gvari, фамилия, фам., familiya, familia
"""
FULL_NAME = """
    full name, fullname, customer name, client name, buyer name, contact name, name surname,
    name and surname, name & surname, first and last name, name last name, name of customer, display name,
    անուն ազգանուն, ազգանուն անուն, անուն-ազգանուն, անուն և ազգանուն, ա.ա., աա, ա.ա.հ.,
    ազգանուն անուն հայրանուն, անուն ազգանուն հայրանուն, հաճախորդի անուն, հաճախորդի անունը,
    գործընկերոջ անուն, գործընկերոջ անվանում, գործընկերոջ անվանումը, հաճախորդի անուն ազգանուն, գնորդի անուն, գնորդի անուն ազգանուն, anun azganun, azganun anun,
    hachaxordi anun,
    სახელი გვარი, სახელი და გვარი, სახელი/გვარი, გვარი სახელი, გვარი და სახელი, სრული სახელი,
    მომხმარებლის სახელი, მომხმარებლის სახელი გვარი, კლიენტის სახელი, კლიენტის სახელი გვარი,
    მყიდველის სახელი, saxeli gvari, saxeli da gvari, gvari saxeli, sakheli gvari,
    фио, ф.и.о., фио клиента, имя фамилия, имя и фамилия, фамилия имя, фамилия и имя, фамилия имя отчество,
    полное имя, имя покупателя, наименование клиента, наименование контрагента, fio
"""
LANGUAGE = """
    language, lang, preferred language, locale, language code, communication language, լեզու, լեզուն,
    հաղորդակցության լեզու, նախընտրելի լեզու, lezu, lezun, ენა, საკომუნიკაციო ენა, სასურველი ენა,
    ena, язык, язык общения, язык клиента, yazyk
"""
CITY = """
    city, town, city/town, home city, locality, settlement, place of residence, քաղաք, քաղաքը, բնակավայր,
    բնակության վայր, մարզ/քաղաք, qaxaq, kaghak, qaghaq, bnakavayr, ქალაქი, დასახლებული პუნქტი, საცხოვრებელი ქალაქი,
    qalaqi, kalaki, город, нас. пункт, населенный пункт, населённый пункт, город проживания, gorod
"""
GENDER = """
    gender, sex, սեռ, սեռը, ser, სქესი, sqesi, skesi, пол, pol
"""
BIRTHDAY = """
    birthday, birth date, birthdate, date of birth, birth day, dob, d.o.b., bday, born, birth, ծննդյան օր, ծննդյան ամսաթիվ,
    ծննդյան օր/ամիս/տարի, ծնվ., ծնված, ծնունդ, ծննդ., ծննդյան տարեթիվ, ծնվ. ամսաթիվ, ծննդ. ամսաթիվ, ծն. ամսաթիվ,
    cnndyan or, cnndyan amsativ, tsnndyan or, tsnndyan amsativ, დაბადების დღე, დაბადების თარიღი, დაბ. თარიღი,
    დაბ. დღე, დაბადება, dabadebis dge, dabadebis dghe, dabadebis tarigi, dabadebis tarighi, дата рождения,
    дата рожд, день рождения, дата рожд., д.р., др, д. рожд., data rozhdeniya, den rozhdeniya
"""
CONSENT = """
    consent, marketing consent, email consent, opt in, subscribed, agreed, agrees to offers,
    accepts marketing, accepts email marketing, newsletter, email opt in, marketing consent (email),
    email marketing consent, email marketing, consent to offers, consent to letters, newsletter consent,
    newsletter subscription, consent given, gave consent, consented, opted in, consent to marketing,
    agrees to get letters, agrees to receive letters, agreed to letters, marketing opt in,
    համաձայնություն, համաձայն է, համաձայնություն նամակների, նամակների համաձայնություն,
    համաձայնություն առաջարկների համար, համաձայնություն նամակներ ստանալու, բաժանորդ,
    համաձայն է նամակներ ստանալ, համաձայն է ստանալ նամակներ, համաձայն եմ նամակներ ստանալ,
    համաձայն է առաջարկներ ստանալ, նամակներ ստանալու համաձայնություն, տվել է համաձայնություն,
    համաձայնություն գովազդի, hamadzaynutyun, hamadzaynutyun namakneri,
    თანხმობა, თანხმობა წერილებზე, თანხმობა შეთავაზებებზე, თანხმობა სიახლეებზე, გამომწერი, გამოწერა,
    თანახმაა, თანახმაა წერილების მიღებაზე, თანხმობა წერილების მიღებაზე, თანხმობა მარკეტინგზე,
    თანხმობა სარეკლამო წერილებზე, tanxmoba, tanxmoba werilebze, tankhmoba,
    согласие, согласие на рассылку, согласие на письма, согласие на email рассылку, рассылка, подписка,
    согласен на рассылку, согласен получать письма, согласен получать рассылку, soglasie,
    согласие на получение рассылки, согласие на маркетинг, согласие на рекламу,
    согласие на рекламную рассылку, согласен на рекламу, рекламное согласие,
    სარეკლამო თანხმობა, მარკეტინგული თანხმობა, თანხმობა რეკლამაზე,
    თანხმობა სარეკლამო შეტყობინებებზე, თანხმობა შეტყობინებებზე, გამოწერილია,
    գովազդի համաձայնություն, գովազդային համաձայնություն, համաձայնություն գովազդային նամակների,
    համաձայն եմ ստանալ նամակներ, համաձայնություն նորությունների
"""
CONSENT_TESTIMONIALS = """
    consent to reviews, testimonial consent, review consent, consent to be asked for opinions,
    opinions consent, կարծիքի համաձայնություն, համաձայնություն կարծիքի համար, կարծիք հարցնել,
    თანხმობა შეფასებაზე, თანხმობა გამოკითხვაზე, შეფასების თანხმობა, согласие на отзыв,
    согласие на опрос, согласие на отзывы, согласие на публикацию отзыва,
    გამოხმაურების გამოქვეყნება, გამოხმაურების გამოქვეყნების თანხმობა, თანხმობა გამოხმაურებაზე,
    կարծիքի հրապարակում, կարծիքի հրապարակման համաձայնություն
"""
CONSENT_SOURCE = """
    consent source, source of consent, where agreed, opt in source, consent method, համաձայնության աղբյուր,
    որտեղ է համաձայնել, համաձայնության վայր, თანხმობის წყარო, სად დათანხმდა, источник согласия, где дано согласие
"""
CONSENT_AT = """
    consent date, date of consent, consent time, consent timestamp, consent given on, agreed on, opt in date,
    opt in time, optin time, optin date, email marketing consent timestamp, subscribed at, subscription date,
    համաձայնության ամսաթիվ, համաձայնության օր, համաձայնության ժամանակ, თანხმობის თარიღი, თანხმობის დრო, дата согласия,
    дата подписки
"""

PEOPLE: dict[str, str] = {
    "customer_id": CUSTOMER_ID, "card_number": CARD_NUMBER, "address": ADDRESS, "phone": PHONE,
    "given_name": GIVEN_NAME, "family_name": FAMILY_NAME, "full_name": FULL_NAME,
    "language": LANGUAGE, "city": CITY, "gender": GENDER, "birthday": BIRTHDAY, "consent": CONSENT,
    "consent_testimonials": CONSENT_TESTIMONIALS, "consent_source": CONSENT_SOURCE,
    "consent_at": CONSENT_AT,
}  # fmt: skip
"""Field → its words, separated by commas."""
