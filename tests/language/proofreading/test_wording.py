"""Wording: what a careful native editor strikes out, planted in sentences of its own making."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.proofreading import wording
from campaigns.language.proofreading.proof import proofread
from campaigns.language.proofreading.text import read
from campaigns.model.language import Language

HERE = Path(__file__).parent
HY, KA, EN = Language.HY, Language.KA, Language.EN

FAULTS = [
    # Armenian: translated word for word, or another sense
    (HY, "Երեկ Ձեզ երկու տառեր ուղարկեցինք։", "wrong_sense"),
    (HY, "Խնդրում ենք պատասխանել մեր տառերին։", "wrong_sense"),
    (HY, "Մեր արդյունաբերության մեջ որակն ամեն ինչ է։", "wrong_sense"),
    (HY, "Նշեք, թե որ արդյունաբերությունում եք աշխատում։", "wrong_sense"),
    (HY, "Կարդացեք մեր հաճախորդների վկայությունները։", "wrong_sense"),
    (
        HY,
        "Շնորհակալ ենք Ձեր հետադարձ կապի համար, այն կարևոր է։ Սպասում ենք հետադարձ կապին։",
        "wrong_sense",
    ),
    (HY, "Առաջարկն ուղարկվել է հաճախորդների որոշ հատվածների։", "calque"),
    (HY, "Մեր կանոնավոր հաճախորդների համար զեղչ կա։", "calque"),
    (HY, "Դուք մեր կանոնավոր հաճախորդն եք։", "calque"),
    (HY, "Շնորհակալ ենք Ձեր լոյալության համար։", "borrowed"),
    (HY, "Միացե՛ք լոյալ հաճախորդների ակումբին։", "borrowed"),
    (HY, "Դառնանք մեր ապրանքանիշի ջատագովներ։", "calque"),
    (HY, "Բերանից բերանային գովազդը լավագույնն է։", "calque"),
    (HY, "Քարտը Ձեզ պարգևներ է բերում։", "calque"),
    (HY, "Պատրաստել ենք հատուկ պարգև Ձեզ համար։", "calque"),
    (HY, "Մենք հոգ ենք տանում Ձեր փորձառության մասին։", "calque"),
    (HY, "Ձեր բավարարվածությունը մեզ համար առաջնային է։", "heavy"),
    (HY, "Սա անհատականացված առաջարկ է։", "calque"),
    (HY, "Ստացեք անհատականացված խորհուրդներ։", "calque"),
    (HY, "Բարձր է մեր ծառայության մակարդակը։", "calque"),
    (HY, "Մեր սրճարանը հանդիսանում է քաղաքի ամենահինը։", "heavy"),
    (HY, "Քարտն իրենից ներկայացնում է նվեր։", "heavy"),
    (HY, "Մեզ մոտ մեծ սկիդկաներ են։", "borrowed"),
    (HY, "Նվերը կգա պոչտայով։", "borrowed"),
    (HY, "Մեր կլիենտները գոհ են։", "borrowed"),
    (HY, "Խնդրում ենք ազատ զգացեք մեզ գրել։", "calque"),
    (HY, "Հրավիրեք Ձեր ընկերին և ստացեք բոնուս։", "nonstandard"),
    (HY, "Սա մեր ամենալավագույն առաջարկն է։", "nonstandard"),
    (HY, "Մեր բրենդը Ձեզ հետ է։ Ապրանքանիշի պատմությունը կարդացեք կայքում։", "two_words"),
    (HY, "Մարքեթինգը սիրում ենք, շուկայավարման գրքեր ունենք։", "two_words"),
    # Armenian: as to a friend
    (HY, "Շնորհակալ ենք Ձեզ։ Հիմա գրանցվի՛ր կայքում։", "informal"),
    (HY, "Հրավիրի՛ր ընկերներիդ, և երկուսդ էլ նվեր կստանաք։", "informal"),
    (HY, "Հարգելի հաճախորդ, քեզ նվեր ենք պատրաստել։", "informal"),
    (HY, "Ձեր պատվերն ընդունված է, կարող ես գալ։", "informal"),
    (HY, "Դու մեր սիրելի հյուրն ես։", "informal"),
    (HY, "Վերցրեք Ձեր քարտդ։", "informal"),
    (HY, "Պատվերդ պատրաստ է, սպասում ենք Ձեզ։", "informal"),
    (HY, "Մի՛ մոռացիր Ձեր քարտը։", "informal"),
    (HY, "Եթե հարց ունես, գրեք մեզ։", "informal"),
    (HY, "Ընտրի՛ր նվերը, և կառաքենք Ձեզ։", "informal"),
    (HY, "Մեր խանութում կգտնես այն, ինչ փնտրում եք։", "informal"),
    (HY, "Բոլոր զեղչերը տեսել ես, հիմա Ձեր հերթն է։", "informal"),
    (HY, "Սպասում ենք ձեզ մեր խանութում։", "small_you"),
    (HY, "Շնորհակալություն ձեր վստահության համար։", "small_you"),
    (HY, "Ուրախ ենք, որ դուք մեզ հետ եք։", "small_you"),
    # Armenian: pressure, blame
    (HY, "Սա Ձեր վերջին հնարավորությունն է։", "urgency"),
    (HY, "Միայն այսօ՛ր՝ 30 % զեղչ։", "urgency"),
    (HY, "Շտապե՛ք, զեղչն ավարտվում է։", "urgency"),
    (HY, "Մի՛ հապաղեք, քանակը սահմանափակ է։", "urgency"),
    (HY, "Գնե՛ք հիմա և խնայեք։", "urgency"),
    (HY, "Բաց մի՛ թողեք առաջարկը։", "urgency"),
    (HY, "Եթե չգաք, Ձեր միավորները կկորցնեք։", "threat"),
    (HY, "Հակառակ դեպքում Ձեր քարտը կփակվի։", "threat"),
    (HY, "Կփոշմանեք, եթե չգաք։", "threat"),
    (HY, "Դուք մոռացել եք վճարել։", "blame"),
    (HY, "Դուք դեռ չեք վճարել պատվերի համար։", "blame"),
    (HY, "Ինչո՞ւ լքեցիք մեզ։", "blame"),
    (HY, "Պատվերն ուշացավ Ձեր մեղքով։", "blame"),
    (HY, "Դուք սխալ եք լրացրել հասցեն։", "blame"),
    (HY, "Ցավում ենք, եթե վիրավորված եք։", "excuse"),
    (HY, "Ներողություն ենք խնդրում, եթե Ձեզ այդպես է թվացել։", "excuse"),
    (HY, "100% երաշխավորված արդյունք։", "promise"),
    (HY, "Քաղաքի ամենացածր գները։", "promise"),
    # Armenian forms
    (HY, "Քարտը գործում է 30 օրեր։", "plural_after_number"),
    (HY, "Ստացեք երեք նվերներ։", "plural_after_number"),
    (HY, "Ձեր հաշվին կա 150 միավորներ։", "plural_after_number"),
    (HY, "Առաջարկը գործում է մինչև 31 դեկտեմբերի։", "day_first"),
    (HY, "Սպասում ենք Ձեզ 8 մարտի։", "day_first"),
    (HY, "Զեղչը գործում է մինչև դեկտեմբերի 31։", "until_day"),
    (HY, "Հարգելի Անին,\n\nՇնորհակալ ենք։", "called_name"),
    (HY, "Սիրելի Արամը՝\n\nշնորհակալ ենք։", "called_name"),
    # Georgian: translated word for word, office language, borrowed, forms
    (KA, "გმადლობთ ლოიალურობისთვის.", "heavy"),
    (KA, "ჩვენი ლოიალურობის პროგრამა განახლდა.", "heavy"),
    (KA, "ჩვენი მომსახურეობით კმაყოფილი იქნებით.", "nonstandard"),
    (KA, "თქვენთვის პერსონიფიცირებული შეთავაზება გვაქვს.", "calque"),
    (KA, "ახალი კლიენტების შექმნა ძვირია.", "calque"),
    (KA, "კონკურენტის აქტივობამ ვერ შეცვალა თქვენი არჩევანი.", "calque"),
    (KA, "კუმულაციური ფასდაკლება გელოდებათ.", "calque"),
    (KA, "განაწყენებულ მომხმარებლებს საჩუქარს ვუგზავნით.", "heavy"),
    (KA, "გაგვიზიარეთ თქვენი გამოცდილება.", "wrong_sense"),
    (KA, "მომხმარებლის გამოცდილებას ვაუმჯობესებთ.", "wrong_sense"),
    (KA, "ეს ბარათი წარმოადგენს საჩუქარს.", "heavy"),
    (KA, "ფასდაკლებას ადგილი აქვს ყოველ კვირას.", "heavy"),
    (KA, "დღეს დიდი სკიდკებია.", "borrowed"),
    (KA, "დასტავკა უფასოა.", "borrowed"),
    (KA, "რამოდენიმე დღეში მიიღებთ.", "nonstandard"),
    (KA, "საჩუქრათ მიიღებთ ჩანთას.", "nonstandard"),
    (KA, "ძვირფასო მომხმარებელი, გმადლობთ.", "nonstandard"),
    (KA, "აირჩიეთ სასურველი საჩუქარის ფერი.", "lost_vowel"),
    (KA, "საჩუქარად მიიღებთ წიგნს.", "lost_vowel"),
    (KA, "ყველა მომხმარებელის აზრი გვაინტერესებს.", "lost_vowel"),
    (KA, "მოიწვიეთ მეგობარები.", "lost_vowel"),
    (KA, "შეთავაზება მოქმედებს 31 დეკემბერამდე.", "lost_vowel"),
    (KA, "თქვენ გაქვთ 150 ქულები.", "plural_after_number"),
    (KA, "შეიძინეთ 3 პროდუქტები.", "plural_after_number"),
    (KA, "ხუთი საჩუქრები გელოდებათ.", "plural_after_number"),
    (KA, "8 მარტი გელოდებით.", "on_day"),
    (KA, "ბატონო დავითი,\n\nგმადლობთ.", "called_name"),
    (KA, "ძვირფასო თამარი!", "called_name"),
    # Georgian: as to a friend
    (KA, "მოიწვიე მეგობარი და მიიღეთ საჩუქარი.", "informal"),
    (KA, "თქვენი ბარათი მზადაა, დარეგისტრირდი საიტზე.", "informal"),
    (KA, "შენთვის საჩუქარი გვაქვს, გთხოვთ, გვესტუმროთ.", "informal"),
    (KA, "გამოიწერე ჩვენი სიახლეები.", "informal"),
    (KA, "შეგიძლია აირჩიოთ ფერი.", "informal"),
    (KA, "თუ კითხვა გაქვს, მოგვწერეთ.", "informal"),
    (KA, "თქვენ შენი ქულები დაგიგროვდათ.", "informal"),
    (KA, "შეიძინე ორი და მიიღეთ მესამე.", "informal"),
    (KA, "დააჭირე ღილაკს და ნახეთ ფასები.", "informal"),
    (KA, "შემოგვიერთდი, გელოდებით თქვენ.", "informal"),
    # Georgian: pressure, blame
    (KA, "ეს თქვენი ბოლო შანსია!", "urgency"),
    (KA, "მხოლოდ დღეს — 30 % ფასდაკლება.", "urgency"),
    (KA, "იჩქარეთ, ადგილები ცოტაა.", "urgency"),
    (KA, "ნუ დააყოვნებთ, შეუკვეთეთ.", "urgency"),
    (KA, "იყიდეთ ახლავე!", "urgency"),
    (KA, "თორემ ქულებს დაკარგავთ.", "threat"),
    (KA, "წინააღმდეგ შემთხვევაში ბარათი გაუქმდება.", "threat"),
    (KA, "თუ არ მოხვალთ, ინანებთ.", "threat"),
    (KA, "დაგავიწყდათ შეკვეთის გადახდა.", "blame"),
    (KA, "ეს თქვენი ბრალია.", "blame"),
    (KA, "რატომ დაგვტოვეთ?", "blame"),
    (KA, "თქვენ მისამართი არასწორად მიუთითეთ.", "blame"),
    (KA, "ბოდიშს გიხდით, თუ გეწყინათ.", "excuse"),
    (KA, "ვწუხვართ, რომ ასე ფიქრობთ.", "excuse"),
    (KA, "100% გარანტირებული შედეგი.", "promise"),
    # English
    (EN, "This is your last chance to save.", "urgency"),
    (EN, "Act now and get a gift.", "urgency"),
    (EN, "The price holds only today.", "urgency"),
    (EN, "Hurry, the sale ends tonight!", "urgency"),
    (EN, "Don't miss our winter sale.", "urgency"),
    (EN, "You will lose your points on Friday.", "threat"),
    (EN, "Your account will be closed.", "threat"),
    (EN, "You forgot to pay for the order.", "blame"),
    (EN, "You failed to confirm the address.", "blame"),
    (EN, "Why did you leave us?", "blame"),
    (EN, "The delay was your own fault.", "blame"),
    (EN, "We are sorry if you were offended.", "excuse"),
    (EN, "We are sorry that you feel this way.", "excuse"),
    (EN, "100% guaranteed results for everybody.", "promise"),
    (EN, "Everything is free!!!", "spam"),
    (EN, "Click here for the catalogue.", "spam"),
    (EN, "Hey guys, new coffee is here.", "casual"),
    (EN, "Dear valued customer, we have news.", "calque"),
    (EN, "We look forward to your feedbacks.", "nonstandard"),
]

ARTICLES = [
    (HY, "որպեսզի բոլոր տառերը կարդան", "wrong_sense"),
    (HY, "անկախ ձեր արդյունաբերությունից", "wrong_sense"),
    (HY, "հիմնական գործոնը ծառայության մակարդակն է", "calque"),
    (HY, "կանոնավոր հաճախորդ", "calque"),
    (HY, "հաճախորդի լոյալություն", "borrowed"),
    (HY, "Ապրանքանիշի շահերի պաշտպանության և հավատարմության ծրագրեր", "wrong_sense"),
    (HY, "հետադարձ կապի և բնութագրերի արժեքավոր աղբյուրներ են", "wrong_sense"),
    (HY, "Հզորացնել հավատարիմ հաճախորդներին դառնալու ապրանքանիշի ջատագովներ", "calque"),
    (HY, "ծրագրեր, որոնք ապահովում են շոշափելի օգուտներ և պարգևներ", "calque"),
    (HY, "ստեղծում են անհատականացված փորձառություններ", "calque"),
    (HY, "բերանից բերանային շուկայավարում", "calque"),
    (HY, "հաճախորդների հատվածներ", "wrong_sense"),
    (HY, "Նոր հաճախորդների ձեռքբերումն ավելի թանկ է", "calque"),
    (HY, "հաճախորդի վկայություն", "wrong_sense"),
    (HY, "հաճախորդների բավարարվածություն", "heavy"),
    (HY, "հաճախորդների վարքագծի, նախասիրությունների և ցավոտ կետերի մասին", "calque"),
    (HY, "Հաճախորդի ցավի կետերն ամենամեծ հնարավորությունն են", "wrong_sense"),
    (HY, "մարքեթինգային արշավներ և շուկայավարում", "two_words"),
    (HY, "ապրանքանիշը և բրենդը", "two_words"),
    (HY, "երբեք չենք մաքսատարկում հաճախորդներին", "wrong_sense"),
    (KA, "კლიენტების ლოიალურობა შეიძლება გავზარდოთ", "heavy"),
    (KA, "თითოეული კლიენტის მომსახურეობას", "nonstandard"),
    (KA, "კლიენტების შენარჩუნება უფრო მარტივი და იაფია, ვიდრე ახალი კლიენტების შექმნა", "calque"),
    (KA, "გაუფრთხილდით განსაკუთრებით განაწყენებულ კლიენტებს", "heavy"),
    (KA, "კონკურენტის აქტივობის შემდეგად", "calque"),
]  # fmt: skip

CLEAN = [
    (HY, "Հարգելի Անի,\n\nՇնորհակալ ենք, որ ընտրել եք մեզ։ Ձեր պատվերն արդեն ճանապարհին է։"),
    (HY, "Գրքույկը տպագրված է հայերեն տառերով, մեծ տառերը ոսկեգույն են։"),
    (HY, "Մեր ոլորտում որակը կարևոր է, և մենք հոգ ենք տանում դրա մասին։"),
    (HY, "Մեր մշտական հաճախորդների համար տոնական զեղչեր ենք պատրաստել։"),
    (HY, "Հրավիրե՛ք Ձեր ընկերոջը, և երկուսդ էլ բոնուս կստանաք։"),
    (HY, "Պահպանեք կտրոնը և ծննդյան վկայականը։"),
    (HY, "Ընտրեք այն, ինչ սիրում եք. մենք կհոգանք մնացածը։"),
    (HY, "Առաջարկը գործում է մինչև դեկտեմբերի 31-ը։"),
    (HY, "Մարտի 8-ին խանութը բաց է մինչև ժամը 22-ը։"),
    (HY, "Քարտը գործում է 30 օր, և հաշվին կա 150 միավոր։"),
    (HY, "Շտապելու կարիք չկա. առաջարկը գործում է ամբողջ ամիս։"),
    (HY, "Մի՛ շտապեք, ընտրեք հանգիստ։"),
    (HY, "Եթե դեռ չեք վճարել, կարող եք դա անել առաքման պահին։"),
    (HY, "Ներողություն ենք խնդրում, որ պատվերն ուշացավ։ Սխալը մերն էր, և մենք այն ուղղել ենք։"),
    (HY, "Ես գրել եմ Ձեզ, որովհետև Ձեր կարծիքը կարևոր է։"),
    (HY, "Նոր հավաքածուն ներկայացնում է վեց գույն։"),
    (HY, "Դավիթը և Մարդուկը մեր խանութի կատուներն են։"),
    (HY, "Մեր բաժանորդը Հայաստանի ամեն անկյունից է, բոլորդ հրավիրված եք։"),
    (HY, "Այդ օրը խանութը փակ կլինի։"),
    (HY, "Կարոտել ենք Ձեզ։ Ի՞նչը կուզեիք փոխել մեր սպասարկման մեջ։"),
    (HY, "Ձեր էլփոստի հասցեն կարող եք փոխել անձնական էջում։"),
    (HY, "Ծրագիրն անվճար է, իսկ նկարիչը՝ երևանցի։"),
    (HY, "Սիրելի Արամ, շնորհավորում ենք Ձեր ծննդյան օրը։"),
    (HY, "Ընդամենը պատասխանեք այս նամակին, և կօգնենք Ձեզ։"),
    (HY, "Մեր երեք խանութներում սպասում ենք Ձեզ։"),
    (HY, "Ուրախությամբ կսպասենք Ձեր այցին։"),
    (HY, "Անվճար առաքում 10 000 դրամից սկսած պատվերների համար։"),
    (HY, "Ձեր կարծիքը մեզ օգնում է ավելի լավը դառնալ։"),
    (HY, "Մենք սխալվել ենք և ցավում ենք դրա համար։ Գումարը վերադարձրել ենք Ձեզ։"),
    (HY, "Քարտի վրա գրված է Ձեր անունը։ Այն կարող եք օգտագործել ցանկացած մասնաճյուղում։"),
    (KA, "ძვირფასო ნინო,\n\nგმადლობთ, რომ ჩვენ აგვირჩიეთ. თქვენი შეკვეთა უკვე გზაშია."),
    (KA, "ბატონო დავით, გმადლობთ ნდობისთვის."),
    (KA, "ჩვენი ერთგული მომხმარებლებისთვის საჩუქარი მოვამზადეთ."),
    (KA, "მოიწვიეთ მეგობარი და მიიღეთ ბონუსი."),
    (KA, "აირჩიეთ ის, რაც მოგწონთ."),
    (KA, "შეთავაზება მოქმედებს 31 დეკემბრის ჩათვლით."),
    (KA, "8 მარტს მაღაზია ღიაა. 8 მარტი ქალთა დღეა."),
    (KA, "თქვენ გაქვთ 150 ქულა და სამი საჩუქარი."),
    (KA, "საჩქარო არაფერია, შეთავაზება მთელ თვეს მოქმედებს."),
    (KA, "ბოდიშს გიხდით, რომ შეკვეთა დაგვიანდა. შეცდომა ჩვენია და უკვე გამოვასწორეთ."),
    (KA, "თუ ჯერ არ გადაგიხდიათ, შეგიძლიათ კურიერთან გადაიხადოთ."),
    (KA, "რა მოგეწონათ და რას შეცვლიდით ჩვენს მომსახურებაში?"),
    (KA, "თუ კითხვა გაქვთ, უბრალოდ უპასუხეთ ამ წერილს."),
    (KA, "გილოცავთ დაბადების დღეს და სიხარულს გისურვებთ."),
    (KA, "სასაჩუქრე ბარათს მაღაზიაში მიიღებთ."),
    (KA, "ახალი კოლექცია უკვე მაღაზიაშია, ფერები კი ექვსია."),
    (KA, "ჩვენს გუნდს დიდი გამოცდილება აქვს."),
    (KA, "ფიზიკური აქტივობა ჯანმრთელობისთვის სასარგებლოა."),
    (KA, "2025 და 2026 წლების კატალოგები საიტზეა."),
    (KA, "ქალბატონო ქეთევან, მოხარული ვიქნებით, თუ გვესტუმრებით."),
    (KA, "ჩაი მთაში იკრიფება და ხელით იფუთება."),
    (KA, "ბარათის გარეშეც მიიღებთ ფასდაკლებას."),
    (KA, "თქვენი აზრი გვეხმარება, უკეთესები გავხდეთ."),
    (KA, "წერილების მიღება ნებისმიერ დროს შეგიძლიათ შეწყვიტოთ."),
    (KA, "პატივისცემით,\nმაღაზიის გუნდი"),
    (EN, "Dear Anna,\n\nThank you for your order. It is on its way."),
    (EN, "We are sorry that your order came late. The mistake was ours, and we have put it right."),
    (EN, "The offer is valid until 31 December."),
    (EN, "There is no hurry: the offer holds all month."),
    (EN, "If you have not paid yet, you can do so on delivery."),
    (EN, "Tell us what we could do better."),
    (EN, "You can unsubscribe at any time with one click."),
    (EN, "Delivery is free of charge for orders over 10,000 drams."),
    (EN, "The last day of the exhibition is Sunday; today we open at ten."),
    (EN, "We miss you and would be glad to see you again."),
    (EN, "It's a small gift, and its colour is yours to choose."),
    (EN, "Your points are valid until 1 May; here is what you can do with them."),
    (EN, "We look forward to welcoming you."),
]


def codes(text: str, language: Language) -> set[str]:
    return {one.code for rule in wording.RULES for one in rule(read(text, language, "letter"))}


@pytest.mark.parametrize(("language", "text", "code"), FAULTS + ARTICLES)
def test_a_planted_fault_is_found(language, text, code):
    assert f"proof.{code}" in codes(text, language)


def sentences(name: str) -> list[tuple[Language, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(Language(language), text) for language, text in cells]


@pytest.mark.slow
def test_every_sentence_of_the_planted_file_is_remarked():
    missed = [
        text for language, text in sentences("planted_wording.tsv") if not codes(text, language)
    ]

    assert missed == []


@pytest.mark.slow
def test_no_sentence_of_the_clean_file_is_remarked():
    remarked = [text for language, text in sentences("clean_wording.tsv") if codes(text, language)]

    assert remarked == []


@pytest.mark.parametrize(("language", "text"), CLEAN)
def test_a_clean_sentence_is_left_alone(language, text):
    said = [one for rule in wording.RULES for one in rule(read(text, language, "letter"))]

    assert [(one.code, one.excerpt) for one in said] == []


@pytest.mark.parametrize(
    ("language", "text", "instead"),
    [
        (HY, "Կարդում ենք բոլոր տառերը։", "նամակները"),
        (HY, "Վերցրեք քարտդ։", "Ձեր քարտը"),
        (HY, "Հիմա գրանցվի՛ր։", "գրանցվեք"),
        (HY, "Գործում է մինչև 31 դեկտեմբերի։", "մինչև դեկտեմբերի 31-ը"),
        (HY, "Կա 150 միավորներ։", "միավոր"),
        (KA, "მომსახურეობით კმაყოფილი ხართ?", "მომსახურებით"),
        (KA, "საჩუქარად მიიღებთ წიგნს.", "საჩუქრად"),
        (KA, "თქვენ გაქვთ 150 ქულები.", "ქულა"),
        (KA, "ბატონო დავითი, გმადლობთ.", "დავით"),
        (KA, "თქვენ შეიძინე წიგნი.", "შეიძინეთ"),
    ],
)
def test_what_to_write_instead_fits_the_sentence(language, text, instead):
    said = {
        one.suggestion for rule in wording.RULES for one in rule(read(text, language, "letter"))
    }

    assert instead in said


def test_informal_forms_block_a_formal_text_and_only_warn_in_an_informal_one():
    formal, friendly = "Շնորհակալ ենք Ձեզ։ Ընտրի՛ր նվերը։", "Ընտրի՛ր նվերը։"

    gravity = [
        next(
            one.severity
            for one in proofread(text, HY, genre="page")
            if one.code == "proof.informal"
        )
        for text in (formal, friendly)
    ]

    assert gravity == ["error", "warning"]


def test_marketers_may_be_told_of_their_own_mistakes_and_customers_not():
    text = "---\ntitle: Ձեր սխալը\nabout: Ձեր սխալը շտկելիս։\nsubject: Ձեր սխալը\n---\nՁեր սխալը։\n"

    found = [one for one in proofread(text, HY, genre="letter") if one.code == "proof.blame"]

    assert [one.line for one in found] == [4, 6]


def test_an_interface_may_speak_of_letters_of_the_alphabet():
    text = "Մեկ բառում տառեր են խառնվել։"

    assert list(wording.RULES[2](read(text, HY, "interface"))) == []
    assert list(wording.RULES[2](read(text, HY, "letter"))) != []


@given(
    text=st.text(st.sampled_from("աեթձք ուդ՛ եր։ აებთს ლი 10%-,{}*#.\ufffc\n")),
    language=st.sampled_from(list(Language)),
)
def test_no_text_makes_a_rule_raise(text, language):
    said = [one for rule in wording.RULES for one in rule(read(text, language, "letter"))]

    assert all(one.line >= 1 and one.column >= 1 for one in said)
