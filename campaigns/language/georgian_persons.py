"""The stems of Georgian given names and surnames, and full names in a case.

Whether the -ი of a given name is its own (გიორგი) or only the nominative's (დავითი) cannot be seen
from the name: it is counted in the voter list of 2012. A name in a vowel keeps it (ანას, ივანეს);
of the surnames only -ძე gives way (ბერიძის). In a full name the first part is a bare stem in
every case (143 of 146 in the Universal Dependencies treebanks): დავით ბერიძემ.
"""

from __future__ import annotations

import re

from campaigns.language.georgian_endings import VOWELS, A, D, E, G, I, N, Stem, V, form
from campaigns.language.grammar import Case, Certainty, Form, abstain
from campaigns.language.lexicon import georgian_names

_ENDS_OWN_I = ("სკი", "ცკი", "უჰი", *(vowel + "ი" for vowel in VOWELS))
"""Names in -ი that keep it in every case: ივანოვსკიმ, არმენუჰიმ, გალილეიმ, ნიკოლაიმ."""
_OWN_I = frozenset(
    """
    ამბროსი ანატოლი აქვსენტი გენადი გერვასი ევსტაფი ვალერი ვიტალი იგნატი ივერი კლიმენტი კორნელი
    ლავრენტი ტერენტი
    ბრედლი ბრიტნი ნენსი სტენლი ტედი ტონი ჩარლი ჯერი ჯოვანი ჰარი ჰილარი
    """.split()  # noqa: SIM905
)
"""Given names in -ი < -ιος that half of the voters write without it: the standard keeps it; and
names from abroad in a vowel."""
_CONSONANT = frozenset(
    """
    ბრიუსი დონალდი ვილჰელმი ვოლფგანგი იოზეფი იოჰანესი კლარკი კლოდი მაიკლი პიტერი სტივი ფრენკი
    ჩარლზი ჯეიმსი ჯოზეფი ჯორჯი ჰაინრიხი ჰანსი ჰაროლდი ჰერბერტი
    """.split()  # noqa: SIM905
)
"""Given names from abroad in a consonant that few or no voters bear."""
_FOREIGN_OWN_I = frozenset(
    """
    აგასი ალი ანრი ანჩელოტი არმანი ბელინი ბელუჩი ბერლუსკონი ბერნინი ბერტოლუჩი ბოტიჩელი ბოჩელი
    ბრედბერი ბრონტი განდი გარიბალდი გორკი დალი დებიუსი დონიცეტი ვერდი ვესპუჩი ვივალდი ვინჩი
    ვისკონტი თეკერი კადაფი კენედი კერი კიური კრისტი მაკიაველი მანჩინი მარლი მაქკარტნი მედიჩი მელონი
    მესი მოდი მოდილიანი მუსოლინი პაგანინი პავაროტი პაზოლინი პრესლი პუჩინი როსელინი როსინი რუნი
    რუჰანი სალიერი სარკოზი სოდი ტოტი ფელინი ფერარი ფერმი შელი ხომეინი ჯოლი ჰარდი ჰაქსლი
    """.split()  # noqa: SIM905
)
"""Surnames of the world in a vowel -i. Georgian ones have none but -სკი and -ცკი."""
_MOSTLY_CONSONANT = (
    *("ანი", "არი", "იკი", "ინი", "ათი", "აზი", "ატი", "ონი", "ამი", "იმი", "უში", "აკი", "ენი"),
    *("უმი", "იდი", "ოსი", "ეთი", "ეტი", "იზი", "ირი", "იფი", "იგი", "ოზი"),
    *("აბი", "აფი", "აში", "ეგი", "ემი", "ესი", "იბი", "ითი", "ორი", "რტი", "უდი"),
)
"""Ends of names of three syllables and more whose -ი is dropped by 95 in 100 or more of them."""
_SURNAME_ENDS = ("ძე", "შვილი")
_GEORGIAN_SURNAMES = (*_SURNAME_ENDS, "ია", "ავა", "უა", "ანი", "ელი", "ური", "ული")
_LIKE_SURNAMES = (*_GEORGIAN_SURNAMES, "ოვი", "ევი", "ოვა", "ევა", *_ENDS_OWN_I[:2])
_IN_CONSONANT = frozenset(
    """
    ბახი ბრამსი ბრეხტი ბუში გრიგი დვალი კანტი კიმი მარქსი მასკი მესხი პლანკი პრუსტი ჟღენტი სარტრი
    სმითი ტრამპი ფორდი ღლონტი შმიდტი შულცი ჯობსი
    """.split()  # noqa: SIM905
)
"""Surnames of two syllables whose -ი is the nominative's; of others that cannot be told."""
_BYNAMES = {
    "აღმაშენებელი": "აღმაშენებლ", "გორგასალი": "გორგასლ", "მეფე": "მეფ", "მეორე": "მეორ",
    "მესამე": "მესამ", "მეოთხე": "მეოთხ", "მეხუთე": "მეხუთ", "მეექვსე": "მეექვს",
}  # fmt: skip
"""What kings are called by, with the stem of -ის: words, and inflected like words."""
_WESTERN = frozenset(
    ["გეორგი", "კარლი", "მარკი", "მაქსი", "ნილი", "პოლი", "ჟაკი", "ჟანი", "ჯეკი", "ჯონი", "ჰანსი"]
)
"""Names of one syllable abroad, so bare before a foreign surname; some are Georgian names too."""
_TITLES = {
    stem + end: stem
    for stem in ("ბატონ", "ქალბატონ", "აკადემიკოს", "დოქტორ", "ექიმ", "პროფესორ")
    for end in ("ი", "", "ო")
}
_TITLE_ENDINGS = {N: "ი", E: "მა", D: "", G: "", I: "", A: "", V: "ო"}
_WEAKEST_FIRST: tuple[Certainty, ...] = ("likely", "rule", "listed")
_MANY_MORE = 10
"""So many times more people bear a first name than a surname that some have for a first name."""
_INITIAL = re.compile(r"[ა-ჰ]\.")


def given_name(word: str) -> Stem:
    """Return the stem of a given name, written in the nominative or bare."""
    names = georgian_names()
    known = names.get(word)
    if word[-1] != "ი":
        return Stem(word, None, "listed" if known else "rule", is_name=True)
    if word in _OWN_I or (known and known.stem_class == "I"):
        return Stem(word, None, "listed", is_name=True)
    if _ends_own_i(word):
        return Stem(word, None, "rule", is_name=True)
    if word in _CONSONANT or (not known and word[:-1] in names):
        return Stem(word[:-1], None, "listed", is_name=True)
    if _syllables(word) > 2 and word.endswith(_MOSTLY_CONSONANT):
        return Stem(word[:-1], None, "likely", is_name=True)
    return Stem(word, None, "rule", is_name=True, is_doubtful=True)


def surname(word: str) -> Stem:
    """Return the stem of a surname; one of two syllables in -ი may be a foreign one in a vowel.

    In the vocative it stays as it is written: ბატონო სააკაშვილი.
    """
    if word.endswith("ძე"):
        return Stem(word, word[:-1], "rule", is_name=True)
    if word[-1] != "ი" or _ends_own_i(word) or word in _FOREIGN_OWN_I:
        return Stem(word, _BYNAMES.get(word), "rule", is_name=True)
    is_sure = _syllables(word) > 2 or word in _IN_CONSONANT
    certainty: Certainty = "rule" if is_sure else "likely"
    return Stem(word[:-1], _BYNAMES.get(word), certainty, is_name=True, called="ი")


def full_name(parts: list[str], case: Case) -> Form:
    """Return a name of several parts in ``case``, with the title before it if there is one.

    The last part is the one that is inflected: the surname, or the given name where the surname
    stands first. Between them a patronymic (გიორგის ძე) and initials stay as they are.

    >>> full_name(["დავითი", "ბერიძე"], Case.ERGATIVE).text
    'დავით ბერიძემ'
    """
    if parts[0] in _TITLES and len(parts) > 1:
        named = full_name(parts[1:], case)
        title = _TITLES[parts[0]] + _TITLE_ENDINGS[case]
        return Form(f"{title} {named.text}", named.certainty) if named.text else named
    *first, last = parts
    if _INITIAL.fullmatch(last) or "და" in first:
        return Form(" ".join(parts), "likely") if case is N else abstain("unknown_stem")
    stem = _last_part(first, last)
    text = form(stem, case)
    kept = [_kept(part, last, is_first=place == 0) for place, part in enumerate(first)]
    if text is None or (case is not N and any(one.is_doubtful for one in kept)):
        return abstain("unknown_stem")
    certainties = {stem.certainty, *(one.certainty for one in kept)}
    weakest = next(one for one in _WEAKEST_FIRST if one in certainties)
    return Form(" ".join([*(one.full for one in kept), text]), weakest)


def _last_part(first: list[str], last: str) -> Stem:
    names = georgian_names()
    if first and not first[0].endswith(_SURNAME_ENDS) and not _is_surname(first[0], last):
        return surname(last)
    if last.endswith(_SURNAME_ENDS) or (not first and _is_of_the_world(last)):
        return surname(last)
    if first or last in names or last.removesuffix("ი") in names:
        return given_name(last)
    if last[-1] == "ი" and _syllables(last) > 2:
        return surname(last)._replace(certainty="likely")
    return given_name(last)


def _kept(part: str, last: str, *, is_first: bool) -> Stem:
    """The part as it stands before the last one, in every case."""
    if not is_first or part.endswith(("ს", "ძე")) or _INITIAL.fullmatch(part):
        return Stem(part, None, "rule")
    if part.endswith("შვილი") or (part[-1] == "ი" and _is_surname(part, last)):
        return Stem(part, None, "rule", is_doubtful=True)
    if part in _WESTERN and not last.endswith(_GEORGIAN_SURNAMES):
        return Stem(part[:-1], None, "likely")
    stem = given_name(part)
    if stem.is_doubtful:
        return Stem(part if _syllables(part) == 2 else part[:-1], None, "likely")
    return stem


def _is_surname(first: str, last: str) -> bool:
    """Whether ``first`` looks like a surname before the given name ``last``: ხაჩატრიანი ანი."""
    return first.endswith(_LIKE_SURNAMES) and _bearers(last) > _MANY_MORE * _bearers(first)


def _is_of_the_world(word: str) -> bool:
    return word in _IN_CONSONANT or word in _FOREIGN_OWN_I


def _bearers(name: str) -> int:
    names = georgian_names()
    known = names.get(name) or names.get(name.removesuffix("ი"))
    return known.voters if known else 0


def _ends_own_i(word: str) -> bool:
    is_own = word.endswith(_ENDS_OWN_I) or _syllables(word) == 1
    return is_own and word not in _IN_CONSONANT


def _syllables(word: str) -> int:
    return sum(letter in VOWELS for letter in word)
