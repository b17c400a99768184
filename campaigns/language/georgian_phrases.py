"""Georgian phrases, names of firms, foreign words and figures in a case.

The last word is inflected; of what stands before it, only adjectives in -ი change, and only in
the ergative, dative, adverbial and vocative: დიდი საჩუქარი, დიდმა საჩუქარმა, დიდი საჩუქრის.
A word in Latin letters, an abbreviation and a figure take the ending after a hyphen: CRM-ის,
აშშ-ის, 15-ის. Inside quotation marks the last word is inflected like any other: „თიბისი ბანკის“.
"""

from __future__ import annotations

import re

from campaigns.language.georgian_endings import (
    CONSONANT_ENDINGS,
    LATIN_VOWELS,
    VOWEL_ENDINGS,
    VOWELS,
    A,
    D,
    E,
    G,
    I,
    N,
    Stem,
    V,
    form,
)
from campaigns.language.georgian_nouns import noun
from campaigns.language.georgian_persons import surname
from campaigns.language.grammar import Case, Certainty, Form, Kind, abstain

_LAST = re.compile(r"(.*?)([ა-ჰ]+|[A-Za-zÀ-ɏ]+|[0-9]+)([”“\"»’']*)")
_ADJECTIVE_ENDS = (
    *("ური", "ული", "იანი", "ივი", "ოვანი", "ებელი", "ინდელი", "ანდელი", "იერი", "ებითი", "ობითი"),
    *("მეტი", "მოცი"),
)
"""Of adjectives, and of numerals: თხუთმეტი, ორმოცი."""
_NOUNS_LIKE_ADJECTIVES = frozenset(
    """
    ადამიანი არქივი ბოსტნეული ბროწეული ბულბული გაზაფხული დეტექტივი ზაფხული თაიგული
    ინდაური ლობიანი მაისური მეთაური მეზღვაური მომხმარებელი მასწავლებელი მოტივი მატარებელი ნიახური
    რვეული სადგური სამართებელი სამსახური საძინებელი საყვედური საწებელი საცივი საცხოვრებელი
    სიყვარული ფანდური ქრისტიანი წვნიანი შამპანური ჩაქაფული ჩონგური ხაჭაპური კუნძული
    """.split()  # noqa: SIM905
)
"""Goods and people before whose names nothing is an adjective: მაისური Nike, ხაჭაპური აჭარული."""
_ADJECTIVES = frozenset(
    """
    ათასი ათი ასი აღმოსავლეთი ახალი ახლობელი ბევრი ბნელი გემრიელი გრილი გრძელი დაბალი დამწვარი
    დასავლეთი დიდი ერთ-ერთი ერთი ერთნაირი ერთჯერადი ექვსი ვარდისფერი ვერცხლისფერი ვრცელი ზოგი
    ზოგიერთი თავისუფალი თბილი თეთრი თხევადი თხელი იაფი იშვიათი კარგი კეთილი ლამაზი ლურჯი მაგარი
    მაღალი მდიდარი მეტი მთავარი მთელი მილიარდი მილიონი მომავალი მორიგი მრავალი მრავალჯერადი მსუბუქი
    მუქი მყარი მშვიდი მშრალი ნაზი ნათელი ნამდვილი ნაცნობი ნაცრისფერი ნედლი ნელი ოთხი ორი ორმაგი
    ოქროსფერი ოცი პირადი პირველი რბილი რომელი სამი სამმაგი სამხრეთი სარეცხი სასურველი საღი
    საყვარელი საწმენდი სველი სქელი სწორი სწრაფი სხვანაირი ტკბილი უკანასკნელი უმცროსი უფროსი უცნობი
    ფერადი ფხვიერი ქართველი ყავისფერი ყვითელი ყოველი შავი შემდეგი შემწვარი შესანიშნავი შესაფერისი
    შვიდი ჩრდილოეთი ცივი ცისფერი ცოცხალი ცხელი ძველი ძვირფასი წვრილი წითელი ხელმისაწვდომი ხსნადი
    ხუთი ხშირი ჯანმრთელი
    """.split()  # noqa: SIM905
)
_MEASURES = frozenset(
    """
    ადგილის აზიის ამერიკის აფრიკის დღის ევროპის ზომის ეკონომიკის ენის ვადის თაობის თვის კატეგორიის
    კვირის კლასის ლარის მოცულობის რიგის საათის სართულის სიმძლავრის ტიპის ფერის ფორმის ხარისხის წლის
    წუთის ხნის
    """.split()  # noqa: SIM905
)
"""Genitives to which an adjective or a number before them belongs: მაღალი ხარისხის ქსოვილს."""
_POSSESSIVES = frozenset(["ჩემი", "შენი", "მისი", "ჩვენი", "თქვენი", "მათი", "თავისი"])
_THIS = {"ეს": "ამ", "ის": "იმ"}
_ATTRIBUTE = {N: "ი", E: "მა", D: "", G: "ი", I: "ი", A: "", V: "ო"}
_POSSESSIVE = _ATTRIBUTE | {D: "ს", A: "ს"}
_AND = ("და", "ან", "თუ", "&", "+")
_IN_SOMETHING = re.compile(r"...*(?:[^აეიოუვ]|[აეო])ში|...+(?:ზე|მდე)")
_NOUNS_IN_SHI = frozenset(["გულაში", "კალოში", "კომში", "ლავაში", "ქარქაში"])
_OPENING = ("„", "“", "«", '"')
_SAME_FOR_ALL = (N, G, I)
"""The cases in which an adjective in -ი is as it is in the nominative."""
_GENERIC = frozenset(
    """
    აკადემია აფთიაქი ბანკი ბიბლიოთეკა გიმნაზია დეპარტამენტი თეატრი კავშირი კაფე კლინიკა კლუბი
    კომპანია მაღაზია მუზეუმი ასოციაცია რესტორანი სააგენტო სალონი სამინისტრო სამსახური სასტუმრო
    სახლი სკოლა სტუდია ტელევიზია უნივერსიტეტი ფაბრიკა ფედერაცია ფონდი ქარხანა ქსელი ცენტრი ჯგუფი
    ინსტიტუტი ორგანიზაცია გაერთიანება კორპორაცია ჰოლდინგი დაზღვევა კოლეჯი ბაღი წრე ფირმა არხი
    გაზეთი ევროკავშირი პარლამენტი პარტია რეესტრი ფარმაცია ფოსტა ჯვარი ჟურნალი
    """.split()  # noqa: SIM905
)
"""What a firm or an institution is; other words at the end of its name are taken for brands."""
_NOUN_ENDS = ("ება", "ობა", "ცია")
_SURNAME_ENDS = ("ძე", "შვილი")


def phrase(parts: list[str], case: Case, kind: Kind) -> Form:
    """Return one word or several in ``case``; the certainty is that of the last word.

    >>> phrase(["მწვანე", "ჩაი"], Case.GENITIVE, Kind.NOUN).text
    'მწვანე ჩაის'
    """
    *before, last = parts
    found = _LAST.fullmatch(last)
    if not found:
        return abstain("not_a_word")
    head, word, tail = found.groups()
    if _are_several(before) or (before and _is_inflected(word)):
        return Form(" ".join(parts), "likely") if case is N else abstain("unknown_stem")
    inflected = _word(word, case, kind, before if head[:1] not in _OPENING else [])
    agreeing = _agreeing(before, case, kind)
    if head[:1] in _OPENING and case not in _SAME_FOR_ALL and before and before[-1][-1] == "ი":
        return abstain("unknown_stem")
    if word == "ი" and head[-1:] == "-":  # SMS-ი: only the ending is Georgian
        inflected = Form(CONSONANT_ENDINGS[case], "rule")
    if inflected.text is None or None in agreeing:
        return abstain("unknown_stem")
    text = " ".join([*(part for part in agreeing if part), head + inflected.text + tail])
    return Form(text, inflected.certainty)


def _are_several(before: list[str]) -> bool:
    """Whether nouns are listed; genitives may be: განათლების, მეცნიერებისა და სპორტის სამინისტრო."""
    pairs = zip(["", *before], before, strict=False)
    return any(
        (part in _AND and not previous.endswith(("ისა", "ოსა")))
        or (part[-1] in ",;" and not part.endswith("ის,"))
        for previous, part in pairs
    )


def _is_inflected(word: str) -> bool:
    """Whether a Georgian word at the end is in a case already: ყავა რძით, მიწოდება თბილისში."""
    if "ა" <= word[-1] <= "ჰ" and word[-1] not in VOWELS:
        return len(word) > 3 and any(letter in VOWELS for letter in word)
    return bool(_IN_SOMETHING.fullmatch(word)) and word not in _NOUNS_IN_SHI


def _word(word: str, case: Case, kind: Kind, before: list[str]) -> Form:
    if word[0].isdigit():
        return Form(_hyphened(word, case, ends_in_vowel=_figure_ends_in_vowel(word)), "rule")
    if not "ა" <= word[0] <= "ჰ":
        return _latin(word, case)
    if _is_abbreviation(word):
        return Form(_hyphened(word, case, ends_in_vowel=False), "rule")
    stem = _firm(word, before) if kind is Kind.ORGANISATION else noun(word)
    text = form(stem, case)
    return Form(text, stem.certainty) if text else abstain("unknown_stem")


def _is_abbreviation(word: str) -> bool:
    """Nouns end in a vowel; what is short and does not is read letter by letter: აშშ, დღგ."""
    if not any(letter in VOWELS for letter in word):
        return True
    return len(word) < 5 and word[-1] not in VOWELS


def _firm(word: str, before: list[str]) -> Stem:
    """A brand in a vowel keeps it (ნიკორას); whether its -ი is its own cannot be seen (მაგთი).

    After what describes it the word is a common noun: საქართველოს ფოსტის, ქართული ოცნების.
    """
    if word.endswith(_SURNAME_ENDS):
        return surname(word)
    stem = noun(word)
    if stem.certainty == "listed" or word in _GENERIC:
        return stem
    if (before and _describes(before[-1])) or (len(word) > 5 and word.endswith(_NOUN_ENDS)):
        return stem._replace(certainty="likely")
    if word[-1] == "ი":
        return Stem(word, None, "likely", is_doubtful=True)
    return Stem(word, None, "likely")


def _latin(word: str, case: Case) -> Form:
    """Of a Latin word the spelling tells roughly how it ends; before -ს it does not matter."""
    silent = word[-1] in "eE" and case not in (N, D)
    if silent:
        return abstain("unknown_stem")
    ends_in_vowel = word[-1].lower() in LATIN_VOWELS and not word.isupper()
    certainty: Certainty = "rule" if case in (N, D) else "likely"
    return Form(_hyphened(word, case, ends_in_vowel=ends_in_vowel), certainty)


def _hyphened(word: str, case: Case, *, ends_in_vowel: bool) -> str:
    if case is N:
        return word
    endings = VOWEL_ENDINGS if ends_in_vowel else CONSONANT_ENDINGS
    return f"{word}-{endings[case]}"


def _figure_ends_in_vowel(figure: str) -> bool:
    """Whether it is read with -ა at the end: 8 რვა, 9 ცხრა, 28 ოცდარვა; but 18 თვრამეტი.

    Georgian counts by twenties.
    """
    return int(figure[-2:]) % 20 in (8, 9)


def _agreeing(before: list[str], case: Case, kind: Kind) -> list[str | None]:
    """The words before the last one as the case demands; None where it cannot be told.

    An adjective before a genitive may belong to it (ახალი წლის საჩუქარს) or not (ახალ ქალის კაბას).
    """
    agreeing: list[str | None] = []
    owner = ""
    for part in reversed(before):
        is_adjective = _is_adjective(part)
        if not is_adjective:
            agreeing.append(_attribute(part, case, kind))
            owner = part if _is_genitive(part) else ""
        elif case in _SAME_FOR_ALL or owner in _MEASURES:
            agreeing.append(part)
            owner = part  # whose the next adjective is, nobody can tell
        else:
            agreeing.append(None if owner else part[:-1] + _ATTRIBUTE[case])
    return agreeing[::-1]


def _attribute(part: str, case: Case, kind: Kind) -> str | None:
    """A word that is no adjective.

    In the name of a firm it is a brand, and stays: თიბისი ბანკს.
    """
    if part in _THIS and case is not N:
        return _THIS[part]
    if part[-1] != "ი" or case in _SAME_FOR_ALL:
        return part
    if part in _POSSESSIVES:
        return part[:-1] + _POSSESSIVE[case]
    return part if kind is Kind.ORGANISATION else None


def _is_adjective(part: str) -> bool:
    if part in _NOUNS_LIKE_ADJECTIVES:
        return False
    is_superlative = part[0] == "უ" and part.endswith("ესი")
    is_derived = len(part) > 4 and part.endswith(_ADJECTIVE_ENDS)
    return part in _ADJECTIVES or is_superlative or is_derived


def _describes(part: str) -> bool:
    """Whether a noun must follow: after a genitive, an adjective, a plural in -თა."""
    return _is_genitive(part) or part.endswith("თა") or _is_adjective(part)


def _is_genitive(part: str) -> bool:
    return part[-1] == "ს" and part[-2:-1] in tuple(VOWELS)
