"""How Georgian first names written with a final -ი are called out.

Whether the -ი is the stem's own (გიორგი) or only the nominative ending (დავითი → დავით) cannot
be seen from the name. Stem classes are facts counted in the voter list of August 2012
(JumpStartGeorgia/Georgian-Names, MIT): the ending belongs to the stem where almost nobody
writes the name without it. Names that are in neither list are not called out at all.
"""

from __future__ import annotations

_OWN_I = """
    გიორგი ირაკლი ლალი ნანული მერი გივი ნელი დალი ბადრი ლილი ნანი აკაკი ნაზი დიმიტრი იური
    ციური ალექსი მაგული გოდერძი გიული გუგული ვიტალი ნუკრი ლერი ჯონი მეგი უშანგი ნინელი ფატი
    გოგი მარი ნაილი ალი ანი რატი გული არკადი კუკური სერგეი შმაგი კახი ევგენი გერონტი ლედი
    ანდრეი ბასტი გარი ბუხუტი დომენტი შუქრი ნური ნარი გიუნაი ვალი მამული ანრი სერგი იროდი
    იზოლდი ლეილი არმენუი ასლი დევი ფიზული ნაბი სესილი გური ოქტაი არაქსი დაჩი ჯიმი ქეთი
    შენგელი ზიზი ალახვერდი ლეონტი ფარი
"""

_ENDING_I = """
    თამარ ეთერ დავით ზურაბ მარიამ ლევან თამაზ ქეთევან ნოდარ ოთარ გურამ მერაბ მიხეილ მალხაზ
    ვახტანგ ზვიად ნუგზარ ბესიკ თეიმურაზ ავთანდილ თემურ ჯემალ ზაურ ვასილ ნიკოლოზ თინათინ
    თენგიზ რამაზ რუსუდან დარეჯან რევაზ ვლადიმერ გულნაზ ომარ იოსებ რომან ანზორ ტარიელ კახაბერ
    ამირან გრიგოლ როლანდ ემზარ ჯუმბერ არჩილ ასმათ ნარგიზ მურმან ოლეგ დემურ ვალერიან ნესტან
    ბორის როინ რობერტ მურად მზიურ ფრიდონ სიმონ ჯამბულ ელდარ მურთაზ ბეჟან ზაალ გრიგორ
    მზევინარ მევლუდ ზეინაბ ჯიმშერ ალბერტ მირიან რამინ ფატმან ტრისტან მანუჩარ იგორ რაულ
    ედუარდ ვარლამ გულად ფირუზ ვიქტორ რობიზონ ბაკურ სპარტაკ როსტომ სოლომონ სულხან ელიზბარ
    ბესარიონ გაიოზ ჰამლეტ ბაქარ რუსლან ცეზარ ელისაბედ იაკობ ნიაზ მზისადარ მარად აბესალომ
    მუხრან ენვერ ბაგრატ რუბენ ანტონ
"""

KEEPS_I = frozenset(_OWN_I.split())
"""Names whose -ი stays in every case: გიორგი, ირაკლი."""

DROPS_I = frozenset(_ENDING_I.split())
"""Bare stems whose nominative adds -ი: დავით(ი), თამარ(ი)."""


def vocative(name: str) -> str | None:
    """Return the form in which a person with this first name is called, or None when unsure.

    >>> vocative("დავითი"), vocative("გიორგი"), vocative("ნინო")
    ('დავით', 'გიორგი', 'ნინო')
    """
    if not name.endswith("ი") or name in KEEPS_I:
        return name
    stem = name.removesuffix("ი")
    return stem if stem in DROPS_I else None
