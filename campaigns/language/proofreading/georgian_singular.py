"""Georgian verbs that address one friend: they only lack the -თ of politeness.

No list could hold them all. A word is such a verb where the same word with -თ is surely one, where
it is no noun, and where it does not speak of the writer (ვ).
"""

from __future__ import annotations

from campaigns.language import spelling
from campaigns.model.language import Language

_PREVERBS = (
    *("გადმო", "გადა", "გამო", "წარმო", "წამო", "შემო", "ჩამო", "დამო", "ამო", "მო", "მი", "და"),
    *("შე", "ჩა", "წა", "გა"),
)
_VERSIONS = ("ი", "ა", "უ", "გვი", "მი")
_PRESENT = ("ებ", "ობ", "ავ", "ევ", "ენ", "ამ", "ხვალ", "იხარ")
"""Of these only nouns and adjectives could be anything else, and they take -ის."""
_AORIST = ("ე", "დი")
_PASSIVE = "ები"
_OPTATIVE = "ო"
_MIN_PRESENT, _MIN_OTHER = 4, 6
_NO_VERBS = frozenset(
    {"გარეშე", "მიმღებ", "უნებლიე", "უფლებამოსილები", "დანარჩენე", "დამსწრე", "მოთამაშე"}
)


def is_singular(word: str) -> bool:
    """Say whether ``word`` is said to one friend, and ``word`` with -თ to a customer.

    >>> is_singular("ირჩევ"), is_singular("გამოიწერე"), is_singular("ვირჩევ"), is_singular("საქმე")
    (True, True, False, False)
    """
    if word.endswith(_PRESENT):
        known = len(word) >= _MIN_PRESENT and (
            spelling.is_form(word + "თ") or word.endswith("იხარ") or _is_made(word)
        )
        return known and not (_is_mine(word) or _is_noun(word))
    if len(word) < _MIN_OTHER or _is_noun(word) or _is_mine(word):
        return False
    if word.endswith(_PASSIVE):
        return _is_passive(word)
    if word.endswith(_OPTATIVE):
        return _is_optative(word)
    begins = word.startswith(_PREVERBS) or (
        word.startswith(_VERSIONS) and spelling.is_form(word + "თ")
    )
    past = word.endswith("ე") and spelling.is_form(word[:-1] + "ა")  # ჩაეწერე, ჩაეწერა
    return word.endswith(_AORIST) and begins and (past or spelling.is_listed(word + "თ"))


def _is_made(word: str) -> bool:
    """Say whether a verb with a preverb is known by its other forms: დააგროვებ, of დააგროვა."""
    has_preverb = word.endswith("ებ") and word.startswith(_PREVERBS) and len(word) > _MIN_OTHER
    return has_preverb and spelling.is_form(word.removesuffix("ებ") + "ა")


def _is_passive(word: str) -> bool:
    """Say whether -ები is a person, not a plural: ელოდები, of which ელოდება is the third."""
    stem = word.removesuffix("ი")
    nouns = (stem + "ის", stem + "ს", word.removesuffix(_PASSIVE) + "ის")
    is_verbal = stem.endswith("დებ") or word.startswith(("ე", "ი", "უ", "გე"))
    return is_verbal and spelling.is_form(stem + "ა") and not any(map(spelling.is_listed, nouns))


def _is_optative(word: str) -> bool:
    """Say whether -ო is “that you …”: გამოიყენო beside გამოიყენა; გამოაცხო is “he baked”."""
    stem = word.removesuffix("ო")
    if word.endswith(("ყო", "გო")):  # მოაწყო, გაიგო: he did
        return False
    return word.startswith(_PREVERBS) and all(
        map(spelling.is_form, (word + "თ", word + "ს", stem + "ა"))
    )


def _is_mine(word: str) -> bool:
    preverb = next((one for one in _PREVERBS if word.startswith(one)), "")
    rests = (word, word[len(preverb) :])
    return any(rest.startswith("ვ") and not rest.startswith("ვლ") for rest in rests)


def _is_noun(word: str) -> bool:
    if word in _NO_VERBS or spelling.is_common(word, Language.KA):
        return True
    if word.endswith(("ენ", "ამ")):  # თქვენ, ცხენ
        return spelling.is_listed(word + "ი")
    if word.endswith(_PRESENT):
        return spelling.is_listed(word + "ი") and spelling.is_listed(word + "ის")
    return any(map(spelling.is_listed, (word + "ები", word + "ებს")))  # მონაწილე, მოთამაშე
